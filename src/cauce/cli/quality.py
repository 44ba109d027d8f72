"""`cauce quality`: the quality report of a pack, without releasing it."""

import csv
import json
import os
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import FilesOption, RegionOption, own_region
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES
from cauce.pipeline.packs import read_pack
from cauce.pipeline.release import Made, make_release
from cauce.portal.alone import quality_html
from cauce.publish import Edition, quality_report, report_json

ONLY_US = 0o600


def run(
    pack: Annotated[Path, typer.Argument(help="The folder of the pack.")],
    file: FilesOption = None,
    region: RegionOption = None,
    out: Annotated[Path, typer.Option(help="The folder to write the reports to.")] = Path(
        "quality"
    ),
    rows: Annotated[
        Path | None,
        typer.Option(
            help="Also write, for the office alone, which rows of the files fail a rule or move a "
            "number: a CSV nobody else may read."
        ),
    ] = None,
) -> None:
    """Write the quality report of every wave, as pages and JSON; nothing is published."""
    with plain_errors(), steps() as step:
        declared = read_pack(pack, region or own_region())
        made = make_release(declared, pack, file or (), step, rows is not None)
        step("Writing")
        written = write_reports(made, out)
        if rows is not None:
            write_rows(made, rows)
    console.print(f"{written} files are in {out}.", markup=False)
    if rows is not None:
        console.print(f"Rows of people are in {rows}: keep it inside the office.", markup=False)
    for fault in made.faults:
        console.print(f"A release would stop: {fault}", markup=False)


def write_reports(made: Made, out: Path) -> int:
    """The reports of every wave, a page per language and a JSON; how many files."""
    release = made.release
    if release.quality is None or not release.flows:
        return 0
    edition = Edition(
        dataflow=release.flows[0].dataflow,
        quality=release.quality,
        headlines=release.headlines,
        vintage=release.vintage,
        reason=release.reason,
        audited=release.audited,
        indicators=tuple(
            {one.id: one for flow in release.flows for one in flow.dataflow.indicators}.values()
        ),
    )
    files: dict[str, str] = {}
    for wave in release.quality.waves:
        report = quality_report(edition, wave.period)
        name = f"{release.survey}_{wave.period}"
        files[f"{name}.json"] = json.dumps(
            report_json(report), ensure_ascii=False, indent=1, allow_nan=False
        )
        for language in LANGUAGES:
            files[f"{name}_{language}.html"] = quality_html(report, language)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (out / name).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"--out: {out} cannot be written ({error.strerror}).") from error
    return len(files)


def write_rows(made: Made, path: Path) -> None:
    """Rows by period and rule, and the most influential by number, with mode 0600."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ONLY_US)
    except OSError as error:
        raise BadInput(f"--rows: {path} cannot be written ({error.strerror}).") from error
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        path.chmod(ONLY_US)
        writer = csv.writer(file)
        writer.writerow(("period", "rule_or_number", "row", "effect_in_standard_errors"))
        for wave in made.waves:
            for rule, row in wave.findings.rows:
                writer.writerow((wave.period, rule, row, ""))
            for one in wave.influences:
                for row, effect in zip(one.rows, one.effects, strict=True):
                    writer.writerow((wave.period, one.indicator, row, f"{effect:.4g}"))
