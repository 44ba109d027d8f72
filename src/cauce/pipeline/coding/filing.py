"""A file coded row by row: its order and every row kept, what is unsure put in a queue."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.outlook.chance import stream
from cauce.outlook.coding import SHARE, Coded, Coder, Said, drawn_twice, token
from cauce.pipeline.progress import Progress, silent
from cauce.sources.coding.out import coded_rows, neutral
from cauce.sources.coding.queue_file import MOST_LINES, Line, write_queue
from cauce.sources.coding.rows import opened_rows, place_of

BATCH = 4_096
TOLD = 50_000
"""Rows between two words on how far it is."""
REMEMBERED = 100_000
"""Answers whose codes are kept at hand: many people give the same."""
ADDED = ("code", "digits", "margin", "how", "why", *(str(number) for number in range(1, 6)))


@dataclass(frozen=True)
class Columns:
    """Where a file has what: the occupation, and what is known beside it ("" for not)."""

    title: str
    tasks: str = ""
    isic: str = ""
    education: str = ""
    status: str = ""
    by: str = ""


@dataclass(frozen=True)
class Queueing:
    """Where the queue goes, its second copy for double coding, and the share coded twice."""

    first: Path
    second: Path
    share: float = SHARE
    seed: int = 1


@dataclass
class Filed:
    """What became of the rows: by how they were coded, by digits, and by why they were not."""

    rows: int = 0
    how: Counter[str] = field(default_factory=Counter)
    digits: Counter[int] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)
    formulas: int = 0
    queued: int = 0
    twice: int = 0
    unqueued: int = 0


@dataclass
class Waiting:
    """Answers for a clerk, each once with the rows it stands in, and those drawn for a second."""

    lines: dict[tuple[Said, str], tuple[Coded, int]] = field(default_factory=dict)
    drawn: set[tuple[Said, str]] = field(default_factory=set)
    left: int = 0


def code_file(
    path: Path,
    columns: Columns,
    coder: Coder,
    out: Path,
    queueing: Queueing | None = None,
    encoding: str = "utf-8",
    as_it_is: bool = False,
    say: Progress = silent,
) -> Filed:
    """Code a column of a file into another file; nothing is written if a row cannot be read.

    Raises:
        BadInput: what `opened_rows` and `coded_rows` raise; a column that is not there, or one of
            the added names that is.
    """
    if out.exists() and path.exists() and out.samefile(path):
        raise BadInput("The coded file would be written over the one it is made of: name another.")
    done, waiting = Filed(), Waiting()
    with opened_rows(path, encoding) as (header, rows), coded_rows(out) as write:
        places = _places(header, columns, path)
        added = [f"{columns.title}_{name}" for name in ADDED]
        there = [name for name in added if name in header]
        if there:
            raise BadInput(f"{path.name} has a column {there[0]} already: was it coded before?")
        write([*header, *added])
        chance = stream(queueing.seed, "doubles") if queueing else None
        memory = _Memory(coder)
        while batch := list(islice(rows, BATCH)):
            answers = [_said(row, places) for row in batch]
            coded = memory.coded(answers)
            for row, each in zip(batch, coded, strict=True):
                cells = [*row, *_cells(each, coder)]
                safe = cells if as_it_is else [neutral(cell) for cell in cells]
                done.formulas += safe != cells
                write(safe)
                _count(done, each)
            if queueing and chance:
                drawn = drawn_twice(chance, len(batch), queueing.share)
                by = [row[places["by"]] if "by" in places else "" for row in batch]
                _wait(waiting, list(zip(answers, by, strict=True)), coded, drawn.tolist())
            if done.rows % TOLD < BATCH:
                say(f"{done.rows:,} rows coded …")
    if queueing:
        _queue(waiting, coder, queueing, done)
    return done


def _places(header: list[str], columns: Columns, path: Path) -> dict[str, int]:
    return {
        name: place_of(header, column, path) for name, column in vars(columns).items() if column
    }


def _said(row: Sequence[str], places: dict[str, int]) -> Said:
    beside = (
        token(name, row[places[column]])
        for name, column in (("isic", "isic"), ("edu", "education"), ("status", "status"))
        if column in places
    )
    tasks = row[places["tasks"]] if "tasks" in places else ""
    return Said(row[places["title"]], tasks, tuple(filter(None, beside)))


class _Memory:
    """The codes of answers met lately."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder
        self._known: dict[Said, Coded] = {}

    def coded(self, answers: Sequence[Said]) -> list[Coded]:
        new = list(dict.fromkeys(answer for answer in answers if answer not in self._known))
        if len(self._known) + len(new) > REMEMBERED:
            self._known.clear()
            new = list(dict.fromkeys(answers))
        self._known |= zip(new, self._coder.code(new), strict=True)
        return [self._known[answer] for answer in answers]


def _cells(coded: Coded, coder: Coder) -> Iterator[str]:
    yield coded.code
    yield str(coded.digits) if coded.digits else ""
    # An index has no margin: what it says is known.
    yield "" if coded.margin != coded.margin else f"{coded.margin:.3f}"
    yield coded.how
    yield coded.why
    told = proposed(coded, coder)
    yield from (*told, *[""] * (5 - len(told)))


def proposed(coded: Coded, coder: Coder) -> list[str]:
    """The five proposals of an answer as people read them: "7112 – Albañiles"."""
    return [
        f"{each.code} – {name}" if (name := coder.names.get(each.code, "")) else each.code
        for each in coded.proposals
    ]


def _count(done: Filed, coded: Coded) -> None:
    done.rows += 1
    done.how[coded.how] += 1
    done.digits[coded.digits] += 1
    if coded.how == "none":
        done.why[coded.why or "unsure"] += 1


def _wait(
    waiting: Waiting, answers: list[tuple[Said, str]], coded: Sequence[Coded], drawn: list[bool]
) -> None:
    """Put in the queue what has words and no full code, and what was drawn to be coded twice."""
    for answer, each, twice in zip(answers, coded, drawn, strict=True):
        if each.why or (each.digits == 4 and not twice and answer not in waiting.lines):
            continue
        if answer not in waiting.lines and len(waiting.lines) == MOST_LINES:
            waiting.left += 1
            continue
        _, rows = waiting.lines.get(answer, (each, 0))
        waiting.lines[answer] = (each, rows + 1)
        if twice:
            waiting.drawn.add(answer)


def _queue(waiting: Waiting, coder: Coder, queueing: Queueing, done: Filed) -> None:
    """Write both queues, the answers of most rows first. The second shows no more than the first.

    Neither shows the code of the machine, so that a clerk who codes a drawn answer judges it.
    """
    order = sorted(waiting.lines.items(), key=lambda item: (-item[1][1], item[0][0].title))
    first = [_line(answer, coded, rows, coder) for (answer, (coded, rows)) in order]
    second = [
        line for line, (answer, _) in zip(first, order, strict=True) if answer in waiting.drawn
    ]
    write_queue(queueing.first, first)
    write_queue(queueing.second, second)
    done.queued, done.twice, done.unqueued = len(first), len(second), waiting.left


def _line(answer: tuple[Said, str], coded: Coded, rows: int, coder: Coder) -> Line:
    said, by = answer
    beside = " ".join(said.beside)
    name = "\0".join((said.title, said.tasks, beside, by))
    number = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    why = "unsure" if coded.how == "none" else coded.how
    return Line(
        number, rows, said.title, said.tasks, beside, by, why, tuple(proposed(coded, coder))
    )
