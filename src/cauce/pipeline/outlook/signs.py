"""Signs of present shortage from released tables: what a file names, and what the store has."""

from pathlib import Path

import numpy as np

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.model.arrays import Floats
from cauce.model.codelist import UNKNOWN
from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.shortage import PresentShortage
from cauce.model.text import Text
from cauce.outlook.shortage import INDICATORS, Reading, growth, panel
from cauce.pipeline.outlook.histories import read_history
from cauce.pipeline.outlook.pack import SignsFile, Sought, Wanted
from cauce.sources.folder import read_text
from cauce.store import Snapshot

NOT_NAMED = Text(
    "No released table is named for it.", "No se nombra ningún cuadro publicado para él."
)
NOT_PUBLISHED = Text("Its table is not published.", "Su cuadro no está publicado.")
ONE_WAVE = Text(
    "Growth needs two waves, and one is published.",
    "El crecimiento necesita dos ondas, y se publica una.",
)


def read_signs(file: Path) -> SignsFile:
    """What a file of signs declares. Raises BadInput with everything that is wrong, by line."""
    problems = Problems()
    top = open_toml(file.name, read_text(file, file.name), problems)
    if top is None:
        raise problems.error("The file of signs")
    employment = top.table("employment")
    signs = {name: _sought(name, section) for name, section in top.named("sign")}
    for name in signs:
        if name not in INDICATORS:
            top.note("sign", f"{name} is no sign of shortage. Known: {', '.join(INDICATORS)}.")
    area, years = top.text("area"), top.number("years", 3.0)
    if employment is None:
        raise problems.error("The file of signs")
    found = SignsFile(area, years, _wanted("employment", employment), signs)
    employment.finish()
    top.finish()
    problems.stop_if_any("The file of signs")
    return found


def _wanted(name: str, section: Section) -> Wanted:
    return Wanted(
        name=name,
        flow=section.text("flow"),
        indicator=section.text("indicator"),
        over=(section.text("over"),),
        at={},
        place=section.place(),
    )


def _sought(name: str, section: Section) -> Sought:
    found = Sought(
        _wanted(name, section),
        section.truth("growth", False),
        section.truth("per_worker", False),
    )
    section.finish()
    return found


def present_shortage(snapshot: Snapshot, asked: SignsFile) -> tuple[PresentShortage, ...]:
    """Every occupation with employment, its signs, and what they say together today.

    All signs of the list are there: one without a published table says so and counts for nothing.

    Raises:
        BadInput: no employment is published to set the signs against.
    """
    work = read_history(snapshot, asked.employment)
    if work is None:
        raise BadInput(f"{asked.employment.flow} is not published: without it there is no trend.")
    # Who did not state an occupation is in none.
    own = [at for at, cell in enumerate(work.history.cells) if cell[0] != UNKNOWN]
    codes = [work.history.cells[at][0] for at in own]
    employed, error = work.history.value[-1][own], work.history.se[-1][own]
    readings = [_reading(snapshot, name, asked, codes, (employed, error)) for name in INDICATORS]
    return panel(codes, readings, np.nan_to_num(employed))


def _reading(
    snapshot: Snapshot,
    name: str,
    asked: SignsFile,
    codes: list[str],
    employed: tuple[Floats, Floats],
) -> Reading:
    nothing = np.full(len(codes), np.nan)
    sought = asked.signs.get(name)
    if sought is None:
        return Reading(name, nothing, nothing, NOT_NAMED)
    read = read_history(snapshot, sought.wanted)
    if read is None or not len(read.history.years):
        return Reading(name, nothing, nothing, NOT_PUBLISHED)
    history = read.history
    if sought.growth:
        if len(history.years) < 2:
            return Reading(name, nothing, nothing, ONE_WAVE)
        value, se = _growth(history, asked.years)
    else:
        value, se = history.value[-1], history.se[-1]
    value, se = (_aligned(history, column, codes) for column in (value, se))
    if sought.per_worker:
        value, se = _per_worker(value, se, *employed)
    return Reading(name, value, se)


def _growth(history: History, years: float) -> tuple[Floats, Floats]:
    """From the wave nearest to so many years ago to the last."""
    last = history.years[-1]
    before = int(np.argmin(np.abs(history.years[:-1] - (last - years))))
    one, other = (history.value[before], history.se[before]), (history.value[-1], history.se[-1])
    return growth(*one, *other, float(last - history.years[before]))


def _aligned(history: History, column: Floats, codes: list[str]) -> Floats:
    """A column of a history in the order of the occupations; NaN where it lacks one."""
    place = {cell[0]: at for at, cell in enumerate(history.cells)}
    return np.array([column[place[code]] if code in place else np.nan for code in codes])


def _per_worker(
    value: Floats, se: Floats, employed: Floats, error: Floats
) -> tuple[Floats, Floats]:
    """Both of one sample: their covariance is left out, so the error comes out a little large."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = value / employed
        return ratio, np.hypot(se / employed, ratio * error / employed)
