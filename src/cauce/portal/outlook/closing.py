"""Who could close the gaps, what channels let through, and where one more would help."""

from dataclasses import dataclass

from cauce.portal.chart import axis_number, fitted
from cauce.portal.outlook.rows import CLASS, SKILL, Cell, cell, own_dimension
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words
from cauce.publish.charts import Drawing, Point, bars

STEP = "CAPABILITY"
STEPS = (
    "MISSING", "CONDITIONS", "TRAINING", "RECOGNITION", "RETURN", "CHANNELS", "REMAINDER",
)  # fmt: skip
NOW = "NOW"


@dataclass(frozen=True)
class Step:
    """One step of the waterfall, with the years before it brings anybody."""

    name: str
    people: Cell
    lead: str


@dataclass(frozen=True)
class Fall:
    """The waterfall of an occupation: its steps, and drawn."""

    steps: tuple[Step, ...]
    svg: str


@dataclass(frozen=True)
class Through:
    """People that could come from an origin by a channel to an occupation, and what bounds it.

    `ends` are the codes of origin and destination.
    """

    ends: tuple[str, str]
    destination: str
    origin: str
    channel: str
    occupation: str
    mark: str
    people: Cell
    spare: Cell | None


@dataclass(frozen=True)
class Agreement:
    """Where a new or larger agreement would help: how many more without a cap, with one place.

    `ends` are the codes of origin and destination.
    """

    ends: tuple[str, str]
    destination: str
    origin: str
    channel: str
    kind: str
    lifted: Cell
    one: Cell | None


@dataclass(frozen=True)
class Square:
    """Occupations by whether they are short now and what is ahead; never one score of both."""

    ahead: tuple[str, ...]
    lines: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def fall(run: Run, code: str, year: str, words: Words) -> Fall | None:
    """The waterfall of an occupation until a year; None where none is published."""
    table = run.table("CAPABILITY")
    if table is None or not table.has(own_dimension(table), code):
        return None
    steps, points = [], []
    time = table.flow.dimensions[-1].id
    for name in STEPS:
        wanted = {own_dimension(table): code, STEP: name, time: year}
        rows = table.rows({**wanted, "INDICATOR": "PRJ_CPB_NB"}, (SKILL,))
        if not rows:
            continue
        leads = table.rows({**wanted, "INDICATOR": "PRJ_CPB_YR"}, (SKILL,))
        told = table.name(rows[0], STEP, words)
        lead = table.figure(leads[0], words).value if leads else ""
        steps.append(Step(told, cell(table, rows[0], words), lead))
        points.append(table.point(rows[0], told, words))
    if not points or points[0].value is None:
        return None
    return Fall(tuple(steps), _drawn(points, words))


def _drawn(points: list[Point], words: Words) -> str:
    number = axis_number(points, words)

    def draw(width: float) -> Drawing | None:
        return bars(words("o_fall"), words("o_fall_say"), points, number, width=width)

    return fitted(draw)[0]


def through(run: Run, words: Words, code: str = "") -> tuple[Through, ...]:
    """What could pass by each channel, to all occupations or to one."""
    table = run.table("CHANNELS")
    if table is None:
        return ()
    occupations = next(d.id for d in table.flow.dimensions if d.id.startswith("OC"))
    free = ("REF_AREA", "ORIGIN", "CHANNEL", occupations, SKILL, "PASSAGE")
    found = []
    for row in table.rows({"INDICATOR": "PRJ_PAS_NB"}, free):
        where = {name: table.code(row, name) for name in free}
        if where["ORIGIN"].startswith("_") or (code and where[occupations] != code):
            continue
        spare = table.rows({"INDICATOR": "PRJ_SPR_NB", **where})
        found.append(
            Through(
                (where["ORIGIN"], where["REF_AREA"]),
                table.name(row, "REF_AREA", words),
                table.name(row, "ORIGIN", words),
                "" if where["CHANNEL"].startswith("_") else table.name(row, "CHANNEL", words),
                table.name(row, occupations, words),
                table.name(row, "PASSAGE", words),
                cell(table, row, words),
                cell(table, spare[0], words) if spare else None,
            )
        )
    return tuple(sorted(found, key=lambda one: -(one.people.raw or 0.0)))


def agreements(run: Run, words: Words) -> tuple[Agreement, ...]:
    """Where one more place would help most, the greatest gain first."""
    table = run.table("AGREEMENTS")
    if table is None:
        return ()
    free = ("REF_AREA", "ORIGIN", "CHANNEL", "CAP_KIND")
    found = []
    for row in table.rows({"INDICATOR": "PRJ_AGR_NB"}, free):
        where = {name: table.code(row, name) for name in free}
        one = table.rows({"INDICATOR": "PRJ_AGR_RT", **where})
        found.append(
            Agreement(
                (where["ORIGIN"], where["REF_AREA"]),
                table.name(row, "REF_AREA", words),
                table.name(row, "ORIGIN", words),
                "" if where["CHANNEL"].startswith("_") else table.name(row, "CHANNEL", words),
                table.name(row, "CAP_KIND", words),
                cell(table, row, words),
                cell(table, one[0], words) if one else None,
            )
        )
    return tuple(sorted(found, key=lambda one: -(one.lifted.raw or 0.0)))


def square(run: Run, words: Words) -> Square | None:
    """Now and ahead beside each other; None where shortage today is not published."""
    table = run.table("NOW_AHEAD")
    if table is None:
        return None
    names = {d.id: {c.id: words.of(c.name) for c in d.codes} for d in table.flow.dimensions}
    found: dict[tuple[str, str], list[str]] = {}
    for row in table.rows({}, (own_dimension(table), SKILL, NOW, CLASS)):
        at = table.code(row, NOW), table.code(row, CLASS)
        found.setdefault(at, []).append(table.name(row, own_dimension(table), words))
    return Square(
        tuple(names[CLASS].values()),
        tuple(
            (name, tuple(tuple(found.get((now, ahead), ())) for ahead in names[CLASS]))
            for now, name in names[NOW].items()
        ),
    )
