"""From the registers of a mechanism to a release of how long people wait in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from cauce.estimate import Median, median_wait
from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import WAITING, Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.house import House
from cauce.model.indicator import Indicator
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.model.wait import Waited, Waits
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.pipeline.register_count import Asked, Rulebook
from cauce.pipeline.register_lend import Lender
from cauce.pipeline.registers import read_house, read_registers
from cauce.pipeline.retained import retained_in
from cauce.protect import protect
from cauce.registers.counted import ANNUAL, PROFILE
from cauce.registers.lending import list_of
from cauce.registers.log import as_of
from cauce.registers.waiting import parse_waits, registers_of, waiting
from cauce.sources import read_register_folder
from cauce.store.log import Database
from cauce.store.log.reader import last_of

WAITS = "counting/waits.toml"
MECHANISMS = list_of("mechanisms")
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Found:
    """The waits of all steps as of a day; `left` are records that could not be used."""

    waits: tuple[Waited, ...]
    left: int


def release_waits(
    folder: Path,
    database: Database,
    asked: Asked,
    progress: Progress = silent,
    given: Rulebook | None = None,
) -> Release:
    """The medians of every step, mechanism and year, cleared; nothing is kept or published here.

    `given` stands for the registers and the rules that the folder declares.

    Raises:
        BadInput: nobody waited by that day; the waits declared are not what they should be.
    """
    known_at = asked.known_at or datetime.now(UTC)
    declared, house = given or (read_registers(folder), read_house(folder))
    declaration = read_register_folder(folder).get(WAITS, "")
    waits = parse_waits(declaration, declared.registers, WAITS)
    lender = Lender(database, declared, asked.day, known_at, asked.approved)
    progress("Reading who waits")
    found = _found(waits, lender)
    if not found.waits:
        raise BadInput(f"Nobody waited by {asked.day}: no approved record has begun a step.")
    loans = lender.lend({MECHANISMS})
    flow = _flow(waits, house, found.waits, declared.lists["CL_COUNTRY"].codes,
                 loans.lists[MECHANISMS].codes)  # fmt: skip
    progress("Estimating medians, and protecting")
    terms = Terms(f"{house.area}_WAITS", asked.vintage or asked.day.isoformat(), house.sensitive)
    public = retained_in(asked.store, terms.survey, terms.vintage)
    release = protect([_cells(flow, found.waits)], terms, asked.day, retained=public)
    needed = registers_of(waits, declared.registers)
    return replace(
        release,
        provenance=_provenance(needed, database, replace(asked, known_at=known_at), release),
        notes=(*release.notes, *_left(found.left)),
        reason=asked.reason or f"Estimated anew from the registers as of {asked.day}.",
        lent=loans.lent,
    )


def _left(count: int) -> tuple[str, ...]:
    """What could not be used, unless so few are told of that they could be found."""
    return (f"{count:,} records left out: a day is not known.",) if count >= 5 else ()


def _found(waits: Waits, lender: Lender) -> Found:
    registers = lender.declared.registers
    records = {
        name: {
            group[0].key: period.record
            for group in lender.groups(name)
            if (period := as_of(group, lender.day, lender.known_at)) is not None
        }
        for name in registers_of(waits, registers)
    }
    every = [waiting(step, registers, records, lender.day) for step in waits.steps]
    return Found(tuple(one for each in every for one in each.waits), sum(e.left for e in every))


def _flow(
    waits: Waits,
    house: House,
    found: Sequence[Waited],
    countries: Iterable[Code],
    mechanisms: Iterable[Code],
) -> Dataflow:
    """The dataflow with the codes that occur. Raises BadInput for a mechanism nobody may name."""
    named = {code.id: code for code in mechanisms}
    used = sorted({one.mechanism for one in found})
    if set(used) - set(named):
        raise BadInput("A request names a mechanism that is not approved: have it approved first.")
    places = {one.country for one in found}
    years = sorted({str(one.began.year) for one in found})
    own = (
        ("STEP", "Step", "Paso", [Code(s.id, s.name) for s in waits.steps], "CL_WAIT_STEP"),
        ("COUNTRY", "Country", "País", [c for c in countries if c.id in places], "CL_COUNTRY"),
        ("MECHANISM", "Mechanism", "Mecanismo", [named[x] for x in used], MECHANISMS),
        ("TIME_PERIOD", "Year the wait began", "Año en que empezó la espera",
         [Code(x, Text(x, x)) for x in years], "CL_TIME_PERIOD"),
    )  # fmt: skip
    indicator = _indicator(waits)
    first = (
        ("FREQ", "Frequency", "Frecuencia", [ANNUAL], "CL_FREQ"),
        ("REF_AREA", "Area", "Área", [Code(house.area, house.name)], "CL_AREA"),
        ("INDICATOR", "Indicator", "Indicador", [Code(indicator.id, indicator.name)],
         "CL_INDICATOR"),
    )  # fmt: skip
    return Dataflow(
        id=waits.id,
        version="1.0",
        name=waits.name,
        dimensions=tuple(
            Dimension(name, Text(en, es), tuple(codes), listed)
            for name, en, es, codes, listed in (*first, *own)
        ),
        indicators=(indicator,),
        source=Source(
            "WAITS", house.area, waits.about, waits.about, house.licence, "", house.invented
        ),
        method=Method(WAITING, "", "", "", PROFILE, ""),
    )


def _indicator(waits: Waits) -> Indicator:
    return Indicator(
        "WAIT_MEDIAN", Text("Median wait", "Espera mediana"), waits.definition, "quantile",
        "", "days", "", "DAYS", 1.0, 0, "", p=(0.5,),
    )  # fmt: skip


def _cells(flow: Dataflow, found: Sequence[Waited]) -> Cells:
    """One cell a step, country, mechanism and year."""
    groups: dict[Key, list[Waited]] = {}
    for one in found:
        key = (one.step, one.country, one.mechanism, str(one.began.year))
        groups.setdefault(key, []).append(one)
    at = [{code.id: n for n, code in enumerate(d.codes)} for d in flow.dimensions[3:]]
    keys = [[0, 0, 0, *(here[code] for here, code in zip(at, key, strict=True))] for key in groups]
    medians = [_median(group) for group in groups.values()]
    owners = np.array([len({x.contributor for x in each}) for each in groups.values()])
    size, nothing = len(groups), np.full(len(groups), np.nan)
    nobody = np.full(size, -1, dtype=np.int64)
    return Cells(
        dataflow=flow,
        key=np.array(keys, dtype=np.int32),
        value=np.array([m.value for m in medians]),
        se=nothing,
        cv=nothing,
        ci_low=np.array([m.low for m in medians]),
        ci_high=np.array([m.high for m in medians]),
        deff=nothing,
        ess=nothing,
        df=nobody,
        n=owners.astype(np.int64),
        cases=np.minimum(owners, [m.ended for m in medians]).astype(np.int64),
        missing=np.zeros(size, dtype=np.int64),
        psus=nobody,
        strata=nobody,
        weighted=owners.astype(np.float64),
        # A median is an amount, and of none does one person hold a share.
        largest=np.zeros((size, 2)),
    )


def _median(group: Sequence[Waited]) -> Median:
    return median_wait(
        np.array([one.days for one in group], dtype=np.float64),
        np.array([one.ended for one in group]),
    )


def _provenance(
    needed: Sequence[str], database: Database, asked: Asked, release: Release
) -> Provenance:
    """What is needed to estimate again: the last entry of each register then."""
    periods = [code.id for code in release.flows[0].dataflow.dimensions[-1].codes]
    known = "" if asked.known_at is None else asked.known_at.isoformat()
    inputs = []
    for register in needed:
        number, digest = last_of(database, register, asked.known_at)
        name = f"register log to entry {number}, {register} as of {asked.day}, known at {known}"
        inputs += [InputFile(name, digest, 0, period, number) for period in periods]
    return Provenance(
        pack="registers/waits 1",
        pack_sha256="",
        inputs=tuple(inputs),
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=tuple(sorted({flow.dataflow.method.rule_version for flow in release.flows})),
    )
