"""Stages after the first, as a pack's [[design.stage]] and design.certainty name them."""

from collections.abc import Iterator, Mapping

from cauce.declare.section import Section
from cauce.harmonise.sql import text_literal
from cauce.harmonise.values import canonical, column_sql
from cauce.model.pack import DesignColumns, Pack
from cauce.model.recipe import Check
from cauce.model.stage_columns import Certainty, StageColumns


def read_stages(section: Section) -> tuple[StageColumns, ...]:
    """The stages after the first, in the order in which units were drawn."""
    return tuple(_stage(inner) for inner in section.tables("stage"))


def _stage(section: Section) -> StageColumns:
    unit, stratum = section.text("unit"), section.text("stratum", "")
    value = section.data.get("fpc")
    if isinstance(value, dict):
        section.has("fpc")
        inner = Section(value, (*section.path, "fpc"), section.origin)
        found = StageColumns(unit, stratum, no_fpc=inner.said("none"))
        inner.finish()
    else:
        found = StageColumns(unit, stratum, section.text("fpc"))
    section.finish()
    return found


def read_certainty(section: Section) -> Certainty | None:
    """Which PSUs were sure to be drawn, if the pack says so; needs a stage below."""
    inner = section.table("certainty", required=False)
    if inner is None:
        return None
    sure, others = inner.texts("sure"), inner.texts("not_sure", ())
    for code in sorted(set(sure) & set(others)):
        inner.note("sure", f"design.certainty says of {code!r} that it is sure and that it is not.")
    found = Certainty(inner.text("column"), sure, others, section.place("certainty"))
    inner.finish()
    if not section.has("stage"):
        section.note(
            "certainty",
            "design.certainty needs a [[design.stage]]: what was drawn in a PSU that was sure "
            "stands in the place of PSUs.",
        )
    return found


def stage_columns(design: DesignColumns) -> list[str]:
    """The columns of the file that stages and certainty need."""
    names = [name for stage in design.stages for name in (stage.unit, stage.stratum, stage.fpc)]
    return [*names, *([design.certainty.column] if design.certainty else [])]


def stages_sql(design: DesignColumns) -> tuple[StageColumns, ...]:
    """The stages as expressions over the relation `harmonised`."""
    return tuple(
        StageColumns(*(column_sql(name) for name in (stage.unit, stage.stratum, stage.fpc)))
        for stage in design.stages
    )


def certainty_sql(pack: Pack, columns: Mapping[str, str]) -> str:
    """Whether somebody lives in a PSU that was sure to be drawn; "" if the pack says nothing."""
    certainty = pack.design.certainty
    if certainty is None:
        return ""
    codes = ", ".join(text_literal(code) for code in certainty.sure)
    return f"({canonical(certainty.column, columns)} IN ({codes}))"


def stage_checks(pack: Pack, columns: Mapping[str, str]) -> Iterator[Check]:
    """Questions about the columns of stages that must have no answer."""
    for number, stage in enumerate(pack.design.stages, 2):
        for what, name in (("unit", stage.unit), ("stratum", stage.stratum)):
            if name:
                yield Check(
                    "SELECT NULL AS code, count(*) AS count FROM harmonised WHERE "
                    f"{column_sql(name)} IS NULL",
                    f"The {what} of stage {number} (column {name}) is empty for {{count}} "
                    "respondents. Whoever answered was drawn in one: complete the file.",
                )
        if stage.fpc:
            sql = column_sql(stage.fpc)
            yield Check(
                "SELECT NULL AS code, count(*) AS count FROM harmonised WHERE "
                f"{sql} IS NOT NULL AND TRY_CAST({sql} AS DOUBLE) IS NULL",
                f"The fpc of stage {number} (column {stage.fpc}) is not a number for {{count}} "
                "respondents.",
            )
    certainty = pack.design.certainty
    if certainty is not None:
        codes = (*certainty.sure, *certainty.not_sure)
        known, text = ", ".join(map(text_literal, codes)), canonical(certainty.column, columns)
        yield Check(
            f"SELECT {text} AS code, count(*) AS count FROM harmonised WHERE {text} NOT IN "
            f"({known}) GROUP BY 1 ORDER BY 1",
            f"design.certainty (column {certainty.column}) has codes the pack does not know: "
            "{codes}. Add each to `sure` or to `not_sure`.",
            known=codes,
        )


def said_stages(design: DesignColumns) -> dict[str, str]:
    """The columns of each stage in one line, by "stage2", "stage3" and "certainty"."""
    found = {}
    for number, stage in enumerate(design.stages, 2):
        more = {"stratum": stage.stratum, "fpc": stage.fpc}
        told = [f"{what} {name}" for what, name in more.items() if name]
        found[f"stage{number}"] = " · ".join([stage.unit, *told])
    if design.certainty:
        codes = ", ".join(design.certainty.sure)
        found["certainty"] = f"{design.certainty.column} = {codes}"
    return found
