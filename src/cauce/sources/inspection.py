"""Looking into a file to start a pack from it: columns, labels and codes; never a person."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cauce.model.pack import CsvFormat, Format
from cauce.sources.limits import Limits
from cauce.sources.process import Progress, Request, private_folder
from cauce.sources.staging import read


@dataclass(frozen=True)
class CodeSeen:
    """A code with the number of rows that have it, and its label or ""."""

    code: str
    count: int
    label: str


@dataclass(frozen=True)
class ColumnSeen:
    """A column in counts: `filled` rows have a value, `distinct` different ones.

    `codes` are the values where they are few and shared (at most 60), else empty: no personal
    value is ever shown. `value_labels` are the file's own. `note` says why it cannot be read.
    `systems` are the classifications that know some of its values, with the share of respondents.
    """

    name: str
    kind: str
    label: str
    filled: int
    distinct: int
    codes: tuple[CodeSeen, ...]
    value_labels: dict[str, str]
    note: str = ""
    systems: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Inspection:
    """What a file seems to be. `suggestions` holds columns that look like weight, stratum, psu."""

    name: str
    sha256: str
    size: int
    member: str
    format: Format
    csv: CsvFormat | None
    rows: int
    columns: tuple[ColumnSeen, ...]
    suggestions: dict[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()


LOOKS_LIKE = {
    "stratum": (
        r"^(estrato?|strat|stratum|strata|est_dis|est_d|diseno_muestra|varstrat|sdmvstra)",
        r"estrato|stratum|strata|variabilidad",
    ),
    "psu": (
        r"^(upm|psu|ups|cluster|congl|varunit|sdmvpsu|ea_id)|_(upm|psu)$|upm",
        r"unidad(es)? primaria|primary sampling|conglomerado|\bpsu\b|\bupm\b",
    ),
    "weight": (
        r"^(factor|fac|fex|fexp|peso|pond|weight|wgt|wt|pweight|hhweight|w)(_|\d|$)|^fac|weight",
        r"factor de expansi|ponderador|expansion factor|sampling weight|peso muestral",
    ),
}


def inspect(
    path: Path,
    format: str = "",  # noqa: A002 - the pack's word
    member: str = "",
    csv: CsvFormat | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Inspection:
    """Look at every column of a file, in the separate process that also reads surveys.

    What is not given is proposed: the format by first bytes and name, of a CSV the delimiter,
    decimal sign and encoding. Proposals are for a person to confirm in the pack.

    Raises:
        BadInput: the file cannot be read; the message names it.
    """
    request = Request("examine", path, member, format, csv, None)
    with private_folder() as folder:
        found, sha256, size = read(request, folder, limits or Limits(), progress)
    columns = tuple(column_seen(item) for item in found["columns"])
    return Inspection(
        name=path.name,
        sha256=sha256,
        size=size,
        member=found["member"],
        format=found["format"],
        csv=CsvFormat(**found["csv"]) if found["csv"] else None,
        rows=found["rows"],
        columns=columns,
        suggestions=suggest(columns),
        notes=tuple(found["notes"]),
    )


def column_seen(item: dict[str, Any]) -> ColumnSeen:
    labels = item["value_labels"]
    codes = tuple(CodeSeen(code, count, labels.get(code, "")) for code, count in item.pop("codes"))
    return ColumnSeen(**item, codes=codes)


def suggest(columns: tuple[ColumnSeen, ...]) -> dict[str, tuple[str, ...]]:
    """Columns that look like stratum, PSU and weight: name and label, then name, then label.

    Among them those marked as of the sample design (est_dis, upm_dis) come first.
    """
    result = {}
    for role, (by_name, by_label) in LOOKS_LIKE.items():
        named = [c.name for c in columns if re.search(by_name, c.name, re.IGNORECASE)]
        labelled = [c.name for c in columns if re.search(by_label, c.label, re.IGNORECASE)]
        both = [name for name in named if name in labelled]
        found = dict.fromkeys([*both, *named, *labelled])
        result[role] = tuple(sorted(found, key=lambda name: "_dis" not in name.lower()))
    return result
