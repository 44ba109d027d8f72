"""From a survey of recruitment costs to SDG 10.7.1 and its kin: the whole story, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cauce.assess.recruitment.costs import Money, borne, employer_pays
from cauce.assess.recruitment.costs_told import NAMES, Found, told_costs
from cauce.assess.recruitment.ledgers import costs_of, people_of, rates_of
from cauce.assess.recruitment.ratios import ratio_of
from cauce.declare.problems import Problems
from cauce.estimate import design_from_labels, estimate
from cauce.harmonise.flows import FREQUENCIES, SPECIAL, TAYLOR
from cauce.model.codelist import NOT_APPLICABLE, TOTAL, UNKNOWN, Code, Codelist
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.design import SinglePsu
from cauce.model.errors import BadInput
from cauce.model.house import House
from cauce.model.indicator import Estimator, Indicator
from cauce.model.judgement import Judgement
from cauce.model.missing import Missing
from cauce.model.recruitment_cost import SERIES, CostRatio, LedgerItem, Recruited, Series
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.sample import Sample, Score
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.pipeline.registers import read_house, read_registers
from cauce.pipeline.retained import retained_in
from cauce.pipeline.tables import read_tables
from cauce.protect import protect

BY = {"sex": "CL_SEX", "origin": "CL_COUNTRY", "destination": "CL_COUNTRY"}
STATISTICS: tuple[tuple[str, Text, Estimator, tuple[float, ...]], ...] = (
    ("MEAN", Text("mean", "media"), "mean", ()),
    ("MEDIAN", Text("median", "mediana"), "quantile", (0.5,)),
    ("Q4", Text("fourth quintile", "cuarto quintil"), "quantile", (0.8,)),
)
DEFINITION = Text(
    "Recruitment cost borne by the worker over one month's earnings in the first job abroad, of "
    "the same person; then the statistic, weighted.",
    "Costo de contratación asumido por la persona sobre un mes de ingresos del primer empleo en el "
    "exterior, de la misma persona; después el estadístico, ponderado.",
)
POPULATION = Text("Respondents of the series, one country", "Personas de la serie, un solo país")


@dataclass(frozen=True)
class AskedCosts:
    """Whose figure it is, of when, in which currency, and by what it is broken down.

    `store` is where earlier vintages are public, None if nowhere.
    """

    area: str = ""
    currency: str = "USD"
    period: str = ""
    vintage: str = ""
    by: tuple[str, ...] = ()
    single_psu: SinglePsu = "refuse"
    reason: str = ""
    invented: bool = False
    store: Path | None = None


@dataclass(frozen=True)
class Study:
    """A survey of costs as it was read, of one country."""

    people: tuple[Recruited, ...]
    items: Mapping[str, Sequence[LedgerItem]]
    money: Money
    area: Code
    period: str
    lists: Mapping[str, Codelist]
    inputs: tuple[InputFile, ...]


def release_costs(
    file: Path, registers: Path, asked: AskedCosts, lists: Mapping[str, Codelist] | None = None
) -> tuple[Release, Judgement]:
    """Judge every recruitment, estimate each series apart, and clear every cell; nothing is kept.

    `lists` stand for the code lists that come with the registers.

    Raises:
        BadInput: a table is not what was promised; several countries, which have no average.
        MethodFailed: the design does not allow a variance; LonelyPsu names the way out.
    """
    study = read_study(file, lists or read_registers(registers).lists, asked)
    found = found_in(study)
    flows = dataflows(study, found.ratios, asked)
    sample = sample_of(study, found.ratios, asked)
    cells = estimate(sample, flows)
    own = terms(study, read_house(registers), asked)
    public = retained_in(asked.store, own.survey, own.vintage)
    release = protect(cells, own, retained=public)
    done = replace(release, provenance=provenance(study, release), reason=asked.reason)
    return done, told_costs(found, done.flows)


def read_study(file: Path, lists: Mapping[str, Codelist], asked: AskedCosts) -> Study:
    """The tables people, costs and rates, checked. Raises BadInput with everything wrong."""
    tables, inputs = read_tables(file, ("people", "costs"), ("rates",))
    problems = Problems()
    people = people_of(tables["people"], problems)
    items = costs_of(tables["costs"], lists, problems)
    rates = rates_of(tables["rates"], problems) if tables["rates"].head else []
    tokens = {one.token for one in people}
    strangers = sum(item.person not in tokens for item in items)
    if strangers:
        problems.add_told(f"costs: {strangers:,} rows are of nobody in people.")
    problems.stop_if_any("The survey of recruitment costs")
    area = _area(people, asked.area, lists["CL_COUNTRY"])
    people = [one for one in people if one.area == area.id]
    by_person: dict[str, list[LedgerItem]] = {one.token: [] for one in people}
    for item in items:
        by_person.get(item.person, []).append(item)
    money = Money(asked.currency, rates)
    period = asked.period or _year(people)
    return Study(tuple(people), by_person, money, area, period, lists, inputs)


def _area(people: Sequence[Recruited], asked: str, countries: Codelist) -> Code:
    """The one country a figure is of. Raises BadInput."""
    areas = sorted({one.area for one in people})
    if (asked and asked not in areas) or not areas:
        raise BadInput(f"Nobody of {asked or 'any country'} is in people.")
    if not asked and len(areas) > 1:
        raise BadInput(
            f"people holds {len(areas)} countries, {', '.join(areas[:12])}: SDG 10.7.1 has no "
            "regional or global average (its metadata say so). Say which with --area."
        )
    area = asked or areas[0]
    for code in countries.codes:
        if code.id == area:
            return code
    raise BadInput(f"{area[:12]} is no country of CL_COUNTRY: write codes such as ABW.")


def _year(people: Sequence[Recruited]) -> str:
    years = sorted({str(one.interviewed.year) for one in people})
    if len(years) > 1:
        raise BadInput(f"Interviews are of {', '.join(years)}: say of which year with --period.")
    return years[0]


def found_in(study: Study) -> Found:
    each = [(one, study.items[one.token]) for one in study.people]
    return Found(
        study.money.currency,
        [borne(one, items, study.money) for one, items in each],
        [employer_pays(one, items, study.money) for one, items in each],
        [ratio_of(one, items, study.money) for one, items in each],
    )


def dataflows(study: Study, ratios: Sequence[CostRatio], asked: AskedCosts) -> tuple[Dataflow, ...]:
    """A dataflow for each series somebody is of: they are never mixed. Raises BadInput."""
    series = [name for name in SERIES if any(one.series == name for one in ratios)]
    if not series:
        raise BadInput("Of nobody it can be told which series they are of: nothing is estimated.")
    own = tuple(_own(study, name) for name in asked.by)
    return tuple(_flow(study, name, own, asked) for name in series)


def _flow(study: Study, series: Series, own: tuple[Dimension, ...], asked: AskedCosts) -> Dataflow:
    area, name = study.area, NAMES[series]
    indicators = tuple(_indicators(series))
    fixed = (
        ("FREQ", "Frequency", "Frecuencia", [Code("A", FREQUENCIES["A"])], "CL_FREQ"),
        ("REF_AREA", "Area", "Área", [area], "CL_AREA"),
        ("INDICATOR", "Indicator", "Indicador", [Code(i.id, i.name) for i in indicators], ""),
    )
    first = (
        Dimension(name_of, Text(en, es), tuple(codes), listed or f"CL_{name_of}")
        for name_of, en, es, codes, listed in fixed
    )
    period = Code(study.period, Text(study.period, study.period))
    words = Text("Period", "Período")
    return Dataflow(
        id=f"{area.id}_RECRUITMENT_{series}",
        version="1.0",
        name=name,
        dimensions=(
            *first,
            *own,
            Dimension("TIME_PERIOD", words, (period,), "CL_TIME_PERIOD"),
        ),
        indicators=indicators,
        source=Source(
            survey="RECRUITMENT",
            area=area.id,
            name=Text("Survey of recruitment costs", "Encuesta de costos de contratación"),
            population=POPULATION,
            licence="To be said by the office that carried it out",
            citation="UNSD, SDG indicator 10.7.1: metadata",
            invented=asked.invented,
        ),
        method=Method(
            TAYLOR,
            asked.single_psu,
            "stratum",
            "",
            "ilo",
            "",
            columns={"stratum": "stratum", "psu": "psu", "weight": "weight"},
        ),
    )


def _indicators(series: Series) -> list[Indicator]:
    name = NAMES[series]
    return [
        Indicator(
            f"{series}_{short}",
            Text(f"{name.en}: {words.en}", f"{name.es}: {words.es}"),
            DEFINITION,
            estimator,
            "",
            "cost / earnings",
            "",
            "MONTHS_OF_EARNINGS",
            1.0,
            2,
            "",
            p=p,
        )
        for short, words, estimator, p in STATISTICS
    ]


def _own(study: Study, name: str) -> Dimension:
    """A dimension with the codes that occur. Raises BadInput for one without a list."""
    if name not in BY:
        raise BadInput(f"--by {name[:20]} has no code list here. There are: {', '.join(BY)}.")
    known = study.lists[BY[name]]
    here = {one.columns.get(name, "") for one in study.people} - {""}
    strange = here - {code.id for code in known.codes}
    if strange:
        raise BadInput(f"people, column {name}: {len(strange)} codes are not of {known.id}.")
    special = {key: Code(key, words) for key, words in SPECIAL.items()}
    codes = tuple(code for code in known.codes if code.id in here)
    ends = (special[UNKNOWN], special[NOT_APPLICABLE])
    words = {"sex": Text("Sex", "Sexo"), "origin": Text("Origin", "Origen")}
    label = words.get(name, Text("Destination", "Destino"))
    return Dimension(name.upper(), label, (special[TOTAL], *codes, *ends), known.id, additive=True)


def sample_of(study: Study, ratios: Sequence[CostRatio], asked: AskedCosts) -> Sample:
    """Everybody asked, in the design: those of other series stay in with nothing to add."""
    people = study.people
    design = design_from_labels(
        np.array([one.stratum for one in people]),
        np.array([one.psu for one in people]),
        np.array([one.weight for one in people], dtype=np.float64),
        None,
        "stratum",
        asked.single_psu,
    )
    scores = tuple(score for name in SERIES for score in _scores(name, ratios))
    columns = {name.upper(): _column(study, name) for name in asked.by}
    return Sample(study.period, design, columns, scores)


def _scores(series: Series, ratios: Sequence[CostRatio]) -> list[Score]:
    here = np.array([one.series == series for one in ratios], dtype=np.bool_)
    known = np.array([one.ratio is not None for one in ratios], dtype=np.bool_)
    value = np.array([one.ratio or 0.0 for one in ratios], dtype=np.float64)
    missing = here & ~known
    return [
        Score(
            f"{series}_{short}",
            here & known,
            np.where(here & known, value, 0.0),
            None,
            int(missing.sum()),
            True,
            estimator,
            missing,
        )
        for short, _, estimator, _ in STATISTICS
    ]


def _column(study: Study, name: str) -> np.ndarray:
    codes = [code.id for code in _own(study, name).codes[1:-2]]
    at = {code: position for position, code in enumerate(codes)}
    said = [one.columns.get(name, "") for one in study.people]
    return np.array([at.get(one, Missing.NOT_STATED) for one in said], dtype=np.int32)


def terms(study: Study, house: House, asked: AskedCosts) -> Terms:
    """Costs are what people said of themselves: the house's rules for what is sensitive."""
    vintage = asked.vintage or study.period
    return Terms(f"{study.area.id}_RECRUITMENT", vintage, house.sensitive)


def provenance(study: Study, release: Release) -> Provenance:
    return Provenance(
        pack="assess/recruitment 1.0",
        pack_sha256=study.inputs[0].sha256,
        inputs=tuple(replace(one, period=study.period) for one in study.inputs),
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=tuple(sorted({flow.dataflow.method.rule_version for flow in release.flows})),
    )
