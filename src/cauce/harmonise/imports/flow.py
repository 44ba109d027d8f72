"""The dataflow of an import: the codes that occur, in the order the pack lists them."""

from collections.abc import Sequence

from cauce.declare.hierarchies import standing_above
from cauce.harmonise.flows import FREQUENCIES
from cauce.harmonise.imports.dimensions import AREA
from cauce.model.codelist import Code
from cauce.model.dataflow import ADMITTED, Dataflow, Dimension, Method, Source
from cauce.model.imported import DimensionSpec, ImportPack
from cauce.model.lineage import Lineage, Step
from cauce.model.rule import rule
from cauce.model.text import Text

RULES = "admit-1"
"""The version of the rules by which status letters and marks are translated."""


def dataflow(pack: ImportPack, keys: Sequence[tuple[str, ...]]) -> Dataflow:
    """FREQ, REF_AREA, INDICATOR, the pack's own dimensions and TIME_PERIOD.

    Args:
        keys: the codes of every observation: those of the pack's dimensions, then the period.
    """
    found = {
        spec.id: _dimension(spec, {key[at] for key in keys})
        for at, spec in enumerate(pack.dimensions)
    }
    area = found.pop(AREA)
    periods = sorted({key[-1] for key in keys})
    figure = pack.indicator
    return Dataflow(
        id=pack.id,
        version=pack.version,
        name=pack.name,
        dimensions=(
            Dimension(
                "FREQ",
                Text("Frequency", "Frecuencia"),
                (Code(pack.frequency, FREQUENCIES[pack.frequency]),),
                "CL_FREQ",
            ),
            area,
            Dimension(
                "INDICATOR",
                Text("Indicator", "Indicador"),
                (Code(figure.id, figure.name),),
                "CL_INDICATOR",
            ),
            *found.values(),
            Dimension(
                "TIME_PERIOD",
                Text("Period", "Período"),
                tuple(Code(one, Text(one, one)) for one in periods),
                "CL_TIME_PERIOD",
            ),
        ),
        indicators=(figure,),
        source=Source(
            survey=pack.id,
            area=area.codes[0].id,
            name=pack.provider,
            population=pack.about,
            licence=rule(pack.licence),
            citation=pack.citation,
            invented=False,
            open_licence=pack.open_licence,
        ),
        method=Method(
            var_method=ADMITTED,
            single_psu="",
            psu_scope="",
            fpc="",
            reliability_profile="",
            rule_version=RULES,
        ),
        theme=pack.theme,
    )


def lineage(pack: ImportPack, file: str) -> Lineage:
    """From which column of the file each dimension is, and by which words; `file` is the pack's."""
    steps = [
        Step(
            spec.id,
            "mapped",
            spec.told,
            (spec.source,) if spec.source else (),
            file,
            spec.line,
            rule(spec.name),
        )
        for spec in pack.dimensions
    ]
    return Lineage(pack.id, pack.indicator.id, tuple(steps))


def _dimension(spec: DimensionSpec, used: set[str]) -> Dimension:
    above = {code.id: code.parent for code in spec.ladder.codes}
    codes = tuple(
        Code(code, words, above.get(code, "")) for code, words in spec.names.items() if code in used
    )
    groups = standing_above(codes, spec.ladder, {})
    return Dimension(spec.id, spec.name, codes, spec.codelist, groups=groups)
