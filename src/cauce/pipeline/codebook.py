"""The codebook of a pack's files: made of the pack and the files, and a pack begun from one."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from cauce.harmonise import check_names, said_stages, source_columns
from cauce.model.codebook import (
    ROLES,
    Category,
    Codebook,
    ColumnKind,
    FileColumn,
    Role,
    SurveyFile,
    Words,
)
from cauce.model.codelist import Codelist
from cauce.model.errors import BadInput
from cauce.model.missing import Missing
from cauce.model.pack import Number, Pack, Recode, Wave
from cauce.model.rule import rule_in
from cauce.model.text import LANGUAGES, Text
from cauce.pipeline.packs import read_pack
from cauce.pipeline.parts import find_file
from cauce.pipeline.progress import Progress, silent
from cauce.publish.ddi import ddi_codebook
from cauce.sources import Limits, Staged, stage
from cauce.sources.codebook_skeleton import chosen_files, codebook_skeleton
from cauce.sources.codes import USER_MISSING
from cauce.sources.ddi import read_codebook

REASONS = {
    Missing.NOT_STATED: Text("Not stated", "No declarado"),
    Missing.REFUSED: Text("Refused", "Se niega"),
    Missing.DONT_KNOW: Text("Does not know", "No sabe"),
    Missing.NOT_APPLICABLE: Text("Not applicable", "No se aplica"),
}
DESIGN: dict[Role, Text] = {
    "stratum": Text("Strata", "Estratos"),
    "psu": Text("Primary sampling units", "Unidades primarias de muestreo"),
    "weight": Text("Weight", "Peso"),
    "fpc": Text("Finite population correction", "Corrección por población finita"),
}
SURE = Text("Primary sampling units sure to be drawn", "Unidades primarias de selección cierta")
TRUTH = {"true": Text("Yes", "Sí"), "false": Text("No", "No")}


def write_codebook(
    folder: Path,
    region: Path,
    files: Sequence[Path] = (),
    languages: Sequence[str] = LANGUAGES,
    progress: Progress = silent,
) -> bytes:
    """The codebook of a pack as DDI-Codebook 2.5.

    Args:
        files: the survey's files or a folder of them; without any, what the pack says alone.

    Raises:
        BadInput: the pack or a file is not what it should be.
    """
    progress("Reading the pack")
    pack = read_pack(folder, region)
    told = [_file(pack, wave, folder, files, progress) for wave in pack.waves]
    return ddi_codebook(codebook_of(pack, told), languages)


def start_from_codebook(
    file: Path, area: str, survey: str, period: str, into: Path, only: str = ""
) -> int:
    """Write `pack.toml` into a new folder from a codebook; returns the number of its columns.

    Raises:
        BadInput: a name no pack may have, no codebook, several files none of which is named, or a
            pack in the folder.
    """
    check_names(area, survey, period)
    target = into / "pack.toml"
    if target.exists():
        raise BadInput(f"{target} exists. Choose another folder: nothing is overwritten.")
    codebook = read_codebook(file)
    chosen = chosen_files(codebook, only)
    text = codebook_skeleton(codebook, chosen, area, survey, period)
    into.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return len({column.name for one in chosen for column in one.columns})


def _file(
    pack: Pack, wave: Wave, folder: Path, files: Sequence[Path], progress: Progress
) -> SurveyFile:
    if not files:
        return file_of(pack, wave)
    found = find_file(folder, wave, files, len(pack.waves) == 1)
    progress(f"Reading {wave.period}")
    with stage(found, wave, None, Limits()) as staged:
        return file_of(pack, wave, staged)


def codebook_of(pack: Pack, files: Sequence[SurveyFile]) -> Codebook:
    """What a pack says of its survey, and these files of it."""
    survey = pack.survey
    return Codebook(
        id=f"{survey.area}_{survey.id}_{survey.vintage}",
        title=_words(survey.name),
        files=tuple(files),
        area=survey.area,
        area_name=_words(survey.area_name) if survey.area_name else {},
        version=survey.vintage,
        population=_words(survey.population),
        licence=_in_both(survey.licence),
        producer=survey.source,
        frequency=survey.freq,
        sampling={one: " ".join(_sampling(pack, one)) for one in LANGUAGES},
        weighting={
            "en": f"Weight: column {pack.design.weight}.",
            "es": f"Peso: columna {pack.design.weight}.",
        },
        derived=tuple((one.variable, " ".join(one.expression.split())) for one in pack.derivations),
        invented=survey.invented,
        confidential=survey.confidential,
        partial=any(not column.kind for file in files for column in file.columns),
    )


def _sampling(pack: Pack, language: str) -> Iterator[str]:
    design = pack.design
    columns: dict[Role, str] = {
        "stratum": design.stratum,
        "psu": design.psu,
        "fpc": design.fpc,
    }
    for role, column in columns.items():
        name = _words(DESIGN[role])[language]
        word = "columna" if language == "es" else "column"
        told = f"{word} {column}." if column else _in_both(design.absent[role])[language]
        yield f"{name}: {told}"
    for stage_said, told in said_stages(design).items():
        name = _words(SURE if stage_said == "certainty" else _stage(stage_said))[language]
        yield f"{name}: {told}."


def _stage(said: str) -> Text:
    """What a stage after the first is called, from "stage2", "stage3", …"""
    number = said.removeprefix("stage")
    return Text(f"Units of stage {number}, column", f"Unidades de la etapa {number}, columna")


def file_of(pack: Pack, wave: Wave, staged: Staged | None = None) -> SurveyFile:
    """A wave's file: every column of it if it was read, else those the pack names."""
    names = tuple(staged.columns) if staged else source_columns(pack, every=True)
    return SurveyFile(
        name=wave.file,
        columns=tuple(_column(name, pack, staged) for name in names),
        format=wave.format,
        member=wave.member,
        period=wave.period,
    )


def _column(name: str, pack: Pack, staged: Staged | None) -> FileColumn:
    recodes = [one for one in pack.recodes if one.column == name]
    numbers = [one for one in pack.numbers if one.column == name]
    makes = (*(one.variable for one in recodes), *(one.variable for one in numbers))
    label = staged.labels.get(name, "") if staged else ""
    labels = staged.value_labels.get(name, {}) if staged else {}
    kinds = {kind: kind for kind in get_args(ColumnKind)}
    return FileColumn(
        name=name,
        label={"": label} if label else _made_label(makes, pack),
        kind=kinds[staged.columns[name]] if staged else "",
        categories=tuple(_categories(recodes, numbers, labels, pack)),
        question=_words(pack.questions[name]) if name in pack.questions else {},
        makes=makes,
        roles=tuple(_roles(name, pack)),
    )


def _made_label(makes: Sequence[str], pack: Pack) -> Words:
    """Of a column that has no label of its own, the name of the one variable made of it."""
    return _words(pack.dictionary.variables[makes[0]].name) if len(makes) == 1 else {}


def _roles(name: str, pack: Pack) -> Iterator[Role]:
    design = pack.design
    columns: dict[Role, tuple[str, ...]] = {
        "stratum": (design.stratum,),
        "psu": (design.psu,),
        "weight": (design.weight,),
        "fpc": (design.fpc,),
        "person": design.person,
    }
    yield from (role for role in ROLES if name in columns[role])


def _categories(
    recodes: Sequence[Recode], numbers: Sequence[Number], labels: Mapping[str, str], pack: Pack
) -> Iterator[Category]:
    """Every code that has a label or a meaning, in the order of the labels."""
    lost = [*(one.missing for one in recodes), *(one.missing for one in numbers)]
    known = [*labels, *(code for one in recodes for code in one.codes)]
    known += [code for missing in lost for code in missing]
    for code in dict.fromkeys(known):
        means = {one.variable: one.codes[code] for one in recodes if code in one.codes}
        why = [missing[code] for missing in lost if code in missing]
        plain = code.removeprefix(USER_MISSING)
        missing = plain != code or code.startswith(".") or (bool(why) and not means)
        yield Category(
            code=plain,
            label={"": labels[code]} if labels.get(code) else _meaning(means, why, pack),
            missing=missing,
            reason=why[0].name.lower() if why and missing else "",
            means=means,
        )


def _meaning(means: Mapping[str, str], why: Sequence[Missing], pack: Pack) -> Words:
    """What a code without a label of its own is to the pack: of several things, none is its."""
    if len(means) == 1:
        ((variable, code),) = means.items()
        codelist = pack.dictionary.codelists.get(pack.dictionary.variables[variable].codelist)
        return _words(_named(codelist, code))
    return _words(REASONS[why[0]]) if why and not means else {}


def _named(codelist: Codelist | None, code: str) -> Text:
    if codelist is None:
        return TRUTH[code]
    return next(one.name for one in codelist.codes if one.id == code)


def _words(text: Text) -> dict[str, str]:
    return {"en": text.en, "es": text.es}


def _in_both(told: str) -> dict[str, str]:
    """Words that may hold both languages in one string."""
    return {language: rule_in(told, language) for language in LANGUAGES}
