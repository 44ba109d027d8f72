"""The dataflows a pack publishes, and where its headlines stand in them."""

from collections.abc import Sequence
from dataclasses import replace

from cauce.declare.hierarchies import standing_above
from cauce.harmonise.breakdowns import theme_of
from cauce.harmonise.pairs import pairs_of
from cauce.harmonise.replicates import error_words, said_replicates
from cauce.harmonise.stages import said_stages
from cauce.harmonise.years import years
from cauce.model.catalogue import Theme
from cauce.model.codelist import NOT_APPLICABLE, TOTAL, UNKNOWN, Code, Codelist
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.pack import HeadlineSpec, Pack, TableSpec
from cauce.model.rule import rule, rule_in
from cauce.model.text import Text

TAYLOR = rule(
    Text(
        "Taylor linearisation, ultimate clusters",
        "Linealización de Taylor, conglomerados últimos",
    )
)
AFTER = Text(", of the residuals after calibration", ", de los residuos tras la calibración")
CALIBRATED = rule(
    Text(
        f"Taylor linearisation, ultimate clusters{AFTER.en}",
        f"Linealización de Taylor, conglomerados últimos{AFTER.es}",
    )
)
FREQUENCIES = {
    "A": Text("Annual", "Anual"),
    "S": Text("Half-yearly", "Semestral"),
    "Q": Text("Quarterly", "Trimestral"),
    "M": Text("Monthly", "Mensual"),
}
SPECIAL = {
    TOTAL: Text("Total", "Total"),
    UNKNOWN: Text("Unknown", "Se desconoce"),
    NOT_APPLICABLE: Text("Not applicable", "No se aplica"),
}


def dataflows(pack: Pack) -> tuple[Dataflow, ...]:
    """One dataflow per table, with the periods of all waves and of the years made of them."""
    flows = (_dataflow(pack, table) for table in pack.tables)
    return tuple(replace(flow, pairs=pairs_of(flow, pack.dictionary)) for flow in flows)


def dataflow_id(pack: Pack, table: TableSpec) -> str:
    return f"{pack.survey.area}_{pack.survey.id}_{table.id}"


def _dataflow(pack: Pack, table: TableSpec) -> Dataflow:
    survey = pack.survey
    indicators = tuple(pack.dictionary.indicators[name] for name in table.indicators)
    pooled = years(pack)
    periods = sorted([*(wave.period for wave in pack.waves), *pooled])
    frequencies = [survey.freq, *(["A"] if pooled else [])]
    area = survey.area_name or Text(survey.area, survey.area)
    flow = dataflow_id(pack, table)
    return Dataflow(
        id=flow,
        version="1.0",
        name=table.name,
        dimensions=(
            _fixed(
                "FREQ", "Frequency", "Frecuencia", [Code(f, FREQUENCIES[f]) for f in frequencies]
            ),
            _fixed("REF_AREA", "Area", "Área", [Code(survey.area, area)], "CL_AREA"),
            _fixed("INDICATOR", "Indicator", "Indicador", [Code(i.id, i.name) for i in indicators]),
            *(_own(pack, name) for name in table.dimensions),
            _fixed("TIME_PERIOD", "Period", "Período", [Code(p, Text(p, p)) for p in periods]),
        ),
        indicators=indicators,
        source=Source(
            survey=survey.id,
            area=survey.area,
            name=survey.name,
            population=survey.population,
            licence=survey.licence,
            citation=survey.source,
            invented=survey.invented,
        ),
        method=_method(pack, table),
        wave_psus=pack.design.wave_psus,
        theme=_theme(pack, table),
    )


def _fixed(name: str, en: str, es: str, codes: list[Code], codelist: str = "") -> Dimension:
    return Dimension(name, Text(en, es), tuple(codes), codelist or f"CL_{name}")


def _own(pack: Pack, name: str) -> Dimension:
    variable = pack.dictionary.variables[name]
    codelist: Codelist = pack.dictionary.codelists[variable.codelist]
    special = [Code(code, words) for code, words in SPECIAL.items()]
    codes = (special[0], *codelist.codes, *special[1:])
    groups = standing_above(codelist.codes, codelist, pack.dictionary.codelists)
    return Dimension(name, variable.name, codes, codelist.id, additive=True, groups=groups)


def _method(pack: Pack, table: TableSpec) -> Method:
    design, concepts = pack.design, pack.survey.concepts
    columns = {"stratum": design.stratum, "psu": design.psu, "weight": design.weight}
    return Method(
        var_method=_var_method(pack),
        single_psu=design.single_psu,
        psu_scope=design.psu_scope,
        fpc=design.fpc or design.absent.get("fpc", ""),
        reliability_profile=table.reliability or pack.rules.reliability,
        rule_version="",
        icls=_icls(pack, table),
        isco=concepts.get("isco", ""),
        isic=concepts.get("isic", ""),
        columns={name: column for name, column in columns.items() if column}
        | said_stages(design)
        | said_replicates(design.replicates),
        absent={name: design.absent[name] for name, column in columns.items() if not column},
    )


def _var_method(pack: Pack) -> str:
    """How the error is found: by ultimate clusters, further stages too, or replicate weights."""
    design = pack.design
    if design.replicates is not None:
        return error_words(design.replicates)
    after = AFTER if pack.calibration else Text("", "")
    if not design.stages or not (design.fpc or design.certainty):
        return CALIBRATED if pack.calibration else TAYLOR
    count = len(design.stages) + 1
    return rule(
        Text(
            f"Taylor linearisation, {count} stages of the draw{after.en}",
            f"Linealización de Taylor, {count} etapas del muestreo{after.es}",
        )
    )


def _theme(pack: Pack, table: TableSpec) -> Theme | None:
    """What a table is listed under: its own theme, or that of its first indicator."""
    return pack.dictionary.themes.get(table.theme or theme_of(table.indicators[0], pack.dictionary))


def _icls(pack: Pack, table: TableSpec) -> str:
    """The standard of a table's figures; where they have none, that of the office."""
    found = (pack.dictionary.indicators[name].icls for name in table.indicators)
    return next(filter(None, found), pack.survey.concepts.get("icls", ""))


def headline_key(
    pack: Pack, spec: HeadlineSpec, flows: Sequence[Dataflow]
) -> tuple[int, tuple[int, ...]]:
    """Which dataflow holds a headline, and the position of its key in every dimension.

    Dimensions the headline does not name are at their total.

    Raises:
        BadInput: no table has the headline.
    """
    for table in pack.tables:
        if spec.indicator in table.indicators and set(spec.codes) <= set(table.dimensions):
            flow = next(f for f in flows if f.id == dataflow_id(pack, table))
            wanted = {"INDICATOR": spec.indicator, "TIME_PERIOD": spec.period, **spec.codes}
            if "-" not in spec.period:
                wanted["FREQ"] = "A"
            key = tuple(
                next(
                    (p for p, c in enumerate(d.codes) if c.id == wanted.get(d.id, d.codes[0].id)),
                    0,
                )
                for d in flow.dimensions
            )
            return flows.index(flow), key
    raise BadInput(f"No table has the headline {rule_in(spec.name, 'en')}.")
