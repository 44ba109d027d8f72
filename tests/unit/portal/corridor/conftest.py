"""Two invented countries with all that is known of a corridor, in a store made by hand.

People go from XAA to XBB: XBB has a survey by country of birth, XAA has none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import Dataflow, Dimension
from cauce.model.difference import Differences
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.pair import Pair
from cauce.model.release import Release
from cauce.model.shelf import Filled, PublicRecord
from cauce.model.text import Text
from cauce.portal.app import create_app
from cauce.portal.corridor.ends import countries, ends_of
from cauce.portal.corridor.telling import told_corridor
from cauce.portal.words import words
from cauce.publish.brief.told import Brief
from cauce.store import Reader, Store

from ..conftest import NEWS, RATE, dimension, flow_of, plain, release_of
from ..registers.conftest import field, record, shelf

AT = "2026-01-02T10:00:00+00:00"
COUNTRIES = [Code(c, Text(f"{c} land", f"País {c}")) for c in ("XAA", "XBB", "XCC")]
AREAS = [*COUNTRIES, Code("WORLD", Text("World", "Mundo"))]
BIRTH = [
    Code("_T", Text("Total", "Total")),
    Code("XBB", Text("Born in XBB", "Nacidos en XBB")),
    Code("XAA", Text("Born in XAA", "Nacidos en XAA")),
    Code("OTH", Text("Born elsewhere", "Nacidos en otro país")),
]
Values = Mapping[tuple[str, ...], float]


def indicator(name: str, unit: str, **more: object) -> Indicator:
    text = Text(f"Indicator {name}", f"Indicador {name}")
    kept = {"id": name, "name": text, "unit": unit, "age": "Y_GE15", "icls": "13"}
    return replace(RATE, **{**kept, **more})  # type: ignore[arg-type] # as given


PARTICIPATION = indicator("EAP_DWAP", "PT")
INFORMAL = indicator("EMP_NIFL_RT", "PT")
EMPLOYED = indicator("EMP_TEMP", "PERSONS", estimator="total", decimals=0)
EARNINGS = indicator("EAR_XEES", "LCU", estimator="mean", decimals=0)
SHARE = indicator("EMP_TEMP_SEX_OCU_DT", "PT", estimator="share", within="OCU")
GAP = indicator(
    "OUR_GAP",
    "PT",
    estimator="relative_gap",
    numerator="EARN_MONTH",
    first="CBR_XBB = 'XBB'",
    second="CBR_XBB = 'XAA'",
)
STOCK = indicator("MIG_STOCK", "PERSONS", estimator="total", decimals=0, age="", icls="")
SENT = indicator("REMITTANCES", "USD_MN", estimator="total", age="", icls="")
VISAS = indicator("VISAS", "VISAS", estimator="total", decimals=0, age="", icls="")


def flow(
    name: str,
    area: str,
    indicators: Sequence[Indicator],
    own: Sequence[Dimension],
    periods: Sequence[str],
    areas: Sequence[Code] = (),
    **more: object,
) -> Dataflow:
    made = flow_of(periods, invented=False)
    freq, ref, of, _, time = made.dimensions
    codes = plain(*(each.id for each in indicators))
    dimensions = (
        freq,
        replace(ref, codes=tuple(areas or plain(area))),
        replace(of, codes=tuple(codes)),
        *own,
        time,
    )
    survey = name if areas else "LFS"
    source = replace(made.source, area=area, survey=survey, citation=f"Office of {name} (2025).")
    kept = {
        "id": name,
        "name": Text(f"Table {name}", f"Cuadro {name}"),
        "dimensions": dimensions,
        "indicators": tuple(indicators),
        "source": source,
        "method": replace(made.method, icls="13" if not areas else ""),
    }
    return replace(made, **{**kept, **more})  # type: ignore[arg-type] # as given


def observed(
    of: Dataflow, values: Values, withheld: Sequence[tuple[str, ...]] = ()
) -> Observations:
    """Numbers by their codes after FREQ, each 2 wide to both sides; NaN for what is withheld."""
    codes = [{c.id: at for at, c in enumerate(d.codes)} for d in of.dimensions]
    every = [*values, *withheld]
    key = np.array(
        [[0, *(codes[j + 1][code] for j, code in enumerate(each))] for each in every],
        dtype=np.int32,
    )
    order = np.lexsort(key.T[::-1])
    value = np.array([*values.values(), *(np.nan for _ in withheld)])[order]
    hidden = np.isnan(value)
    nan, none = np.full(len(value), np.nan), np.full(len(value), -1, dtype=np.int32)
    survey = of.method.icls != ""
    n = np.where(hidden, -1, 400).astype(np.int32) if survey else none
    return Observations(
        of,
        key[order],
        value=value,
        se=np.where(hidden, np.nan, 1.0) if survey else nan,
        cv=nan,
        ci_low=value - 2 if survey else nan,
        ci_high=value + 2 if survey else nan,
        deff=nan,
        ess=nan,
        df=none,
        n=n,
        cases=none,
        missing=none,
        psus=none,
        strata=none,
        obs_status=tuple(ObsStatus.SUPPRESSED if h else ObsStatus.NORMAL for h in hidden),
        conf_status=tuple(ConfStatus.CONFIDENTIAL if h else ConfStatus.FREE for h in hidden),
        reliability=tuple(Reliability.NONE if h else Reliability.RELIABLE for h in hidden),
        rule=("All criteria met. || Cumple todos los criterios.",) * len(value),
    )


NATIVES = Pair("NATIVES", Text("Natives and XAA", "Nativos y XAA"), "CBR_XBB", "XBB", "XAA")


def labour() -> tuple[Observations, Differences]:
    """Participation 50 and 60, told apart; informality 30 and 31, not; earnings untested."""
    own = [dimension("CBR_XBB", "Country of birth", "País de nacimiento", BIRTH)]
    asked = (PARTICIPATION, INFORMAL, EMPLOYED, EARNINGS)
    of = flow("XBB_LFS_LABOUR", "XBB", asked, own, ["2024"], pairs=(NATIVES,))
    numbers = {
        ("EAP_DWAP", "XBB"): 50.0, ("EAP_DWAP", "XAA"): 60.0,
        ("EMP_NIFL_RT", "XBB"): 30.0, ("EMP_NIFL_RT", "XAA"): 31.0,
        ("EMP_TEMP", "XBB"): 9000.0, ("EMP_TEMP", "XAA"): 1234.0,
        ("EAR_XEES", "XBB"): 800.0, ("EAR_XEES", "XAA"): 500.0,
    }  # fmt: skip
    made = observed(of, {("XBB", i, code, "2024"): x for (i, code), x in numbers.items()})
    both = np.ones(2)
    compared = Differences(
        of,
        np.array([[0, 0, i, 1, 0] for i in (0, 1)], dtype=np.int32),
        np.array([3, 3], dtype=np.int32),
        np.array([2, 2], dtype=np.int32),
        difference=np.array([-10.0, -1.0]),
        se=both,
        ci_low=np.array([-12.0, -3.0]),
        ci_high=np.array([-8.0, 1.0]),
        covariance=0 * both,
        df=np.full(2, 9, dtype=np.int32),
        common=np.full(2, 7, dtype=np.int32),
        reliability=(Reliability.RELIABLE, Reliability.RELIABLE),
    )
    return made, compared


def occupations() -> Observations:
    own = [
        dimension("OCU", "Occupation", "Ocupación", plain("_T", "1", "2")),
        dimension("CBR_XBB", "Country of birth", "País de nacimiento", BIRTH),
    ]
    of = flow("XBB_LFS_OCCUPATION", "XBB", (SHARE,), own, ["2024"], pairs=(NATIVES,))
    known = {("1", "XBB"): 40.0, ("2", "XBB"): 60.0, ("2", "XAA"): 97.5}
    values = {("XBB", SHARE.id, *codes, "2024"): x for codes, x in known.items()}
    return observed(of, values, [("XBB", SHARE.id, "1", "XAA", "2024")])


def gaps() -> Observations:
    of = flow("XBB_LFS_GAP", "XBB", (GAP,), (), ["2024"])
    return observed(of, {("XBB", GAP.id, "2024"): 37.5})


def by_origin(name: str, of: Indicator, numbers: Values, periods: Sequence[str]) -> Observations:
    """Numbers by destination, origin and period, as an import has them."""
    own = [Dimension("ORIGIN", Text("Origin", "Origen"), tuple(AREAS), "CL_COUNTRY")]
    made = flow(name, "XCC", (of,), own, periods, areas=AREAS)
    return observed(made, {(to, of.id, *rest): x for (to, *rest), x in numbers.items()})


def stocks() -> Observations:
    numbers = {
        ("XBB", "XAA", "2010"): 300.0,
        ("XBB", "XAA", "2020"): 500.0,
        ("XCC", "XAA", "2020"): 900.0,
        ("XBB", "XCC", "2020"): 100.0,
        ("XAA", "XBB", "2020"): 77.0,
        ("WORLD", "XAA", "2020"): 5000.0,
    }
    return by_origin("PEOPLE_BY_ORIGIN", STOCK, numbers, ["2010", "2020"])


def remittances() -> Observations:
    return by_origin("MONEY_SENT", SENT, {("XBB", "XAA", "2017"): 12.5}, ["2017"])


def visas() -> Observations:
    own = [
        Dimension("ORIGIN", Text("Origin", "Origen"), tuple(AREAS), "CL_COUNTRY"),
        dimension("VISA_CLASS", "Class", "Clase", plain("W1", "_T", "TOUR")),
    ]
    made = flow("VISAS_GIVEN", "XCC", (VISAS,), own, ["2024-12", "2025-12"], areas=AREAS)
    numbers = {
        ("XBB", "VISAS", "XAA", "W1", "2024-12"): 40.0,
        ("XBB", "VISAS", "XAA", "W1", "2025-12"): 55.0,
        ("XBB", "VISAS", "XAA", "TOUR", "2025-12"): 999.0,
    }
    return observed(made, numbers)


FIELDS = (
    field("title_en"),
    field("title_es"),
    field("kind", "code", codelist="CL_KIND"),
    field("country", kind="code", codelist="CL_COUNTRY"),
)
LANDS = Codelist("CL_COUNTRY", Text("Country", "País"), tuple(COUNTRIES))


def mechanisms() -> Filled:
    own = replace(shelf("mechanisms", FIELDS), title=Text("title_en", "title_es"))
    lists = (LANDS, *(each for each in own.codelists if each.id != "CL_COUNTRY"))
    said = {"title_en": "Harvest pact", "title_es": "Pacto de cosecha", "kind": "BLA"}
    found: PublicRecord = record(
        "m", {**said, "country": "XBB"}, places=("XAA", "XBB"), corridors=("XAA-XBB",)
    )
    return Filled(replace(own, codelists=lists), (found,))


def releases() -> list[Release]:
    """All tables, each a release of its own; the survey's share a vintage."""
    made, compared = labour()
    survey = replace(
        release_of(made), flows=(made, occupations(), gaps()), differences=(compared,), lineages=()
    )
    imports = (stocks(), remittances(), visas())
    others = [replace(release_of(o), survey=o.dataflow.id, lineages=()) for o in imports]
    return [survey, *others]


@dataclass(frozen=True)
class Corridors:
    """The store, what is told of a corridor in it, and the portal over it."""

    root: Path

    def told(self, code: str = "XAA-XBB", language: str = "en") -> Brief:
        snapshot, of = Reader(self.root).snapshot(), words(language)  # type: ignore[arg-type]
        ends = ends_of(code, countries(snapshot, of))
        assert ends is not None, code
        return told_corridor(snapshot, ends, of)

    def portal(self) -> TestClient:
        app = create_app(self.root, NEWS)
        client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
        client.headers["accept-encoding"] = "identity"
        return client


@pytest.fixture(scope="session")
def corridors(tmp_path_factory: pytest.TempPathFactory) -> Corridors:
    root = tmp_path_factory.mktemp("corridors")
    store = Store(root)
    for release in releases():
        store.publish(release, AT)
    store.publish_registers((mechanisms(),), AT)
    return Corridors(root)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Corridors:
    """A store whose register names the corridor, and that has no figures."""
    root = tmp_path_factory.mktemp("empty")
    Store(root).publish_registers((mechanisms(),), AT)
    return Corridors(root)
