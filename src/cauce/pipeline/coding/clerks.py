"""Queues that come back from clerks: checked, recorded with who and when, compared."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.outlook.coding import LEVELS, Agreement, Coder, agreement, in_or_out
from cauce.sources.coding.out import coded_rows, neutral
from cauce.sources.coding.queue_file import Decision, Line, add_decisions, read_queue

SHOWN = 20
"""Faults that are listed; more are counted."""


@dataclass(frozen=True)
class Decided:
    """What came back: lines with a code, how many of them are new in the log, lines left open."""

    decided: int
    new: int
    open: int


def take_decisions(
    queue: Path, log: Path, coder: Coder, who: str, now: Callable[[], datetime] | None = None
) -> Decided:
    """Add what a clerk decided to the log; from then on it can be given as an index.

    Raises:
        BadInput: a code that the classification has not, named with its rows; nothing is recorded.
    """
    if not who.strip():
        raise BadInput("Say who decided: --who NAME. Every decision is kept with who and when.")
    lines = read_queue(queue)
    moment = (now or (lambda: datetime.now(UTC)))().isoformat(timespec="seconds")
    decided = [line for line in lines if line.code]
    codes = _codes(decided, coder, queue)
    found = [
        _decision(line, code, coder, line.coder or who, line.decided_on or moment)
        for line, code in zip(decided, codes, strict=True)
    ]
    new = add_decisions(log, found)
    return Decided(len(found), new, len(lines) - len(found))


def _decision(line: Line, code: str, coder: Coder, who: str, when: str) -> Decision:
    return Decision(
        when, neutral(who), coder.scheme.id, coder.words.language, line.line, code,
        neutral(line.title), neutral(line.tasks), line.beside, neutral(line.note),
    )  # fmt: skip


def _codes(lines: Sequence[Line], coder: Coder, queue: Path) -> list[str]:
    """The codes of lines, with the zero a workbook ate. Raises BadInput for unknown ones."""
    known = {coder.scheme.group(code, digits) for code in coder.linear.codes for digits in LEVELS}
    known |= set(coder.names)
    codes = [_code(line.code, known) for line in lines]
    wrong = [line.code for line, code in zip(lines, codes, strict=True) if not code]
    if wrong:
        listed = ", ".join(dict.fromkeys(wrong[:SHOWN]))
        raise BadInput(
            f"{queue.name}: {len(wrong):,} codes are none of {coder.scheme.id}: {listed}. Write a "
            "code of one to four digits, such as that of a proposal. Nothing was recorded."
        )
    return codes


def _code(written: str, known: set[str]) -> str:
    """A code as written, or out of a proposal copied whole ("7112 – Albañiles"); "" if unknown."""
    first = written.strip().split()[0].rstrip(".") if written.strip() else ""
    return next((code for code in (first, first.zfill(4), first.zfill(3)) if code in known), "")


@dataclass(frozen=True)
class Compared:
    """Agreement of two coders about one thing: all codes at a level, one group, some people."""

    about: str
    part: str
    digits: int
    found: Agreement


def compare_queues(first: Path, second: Path, coder: Coder) -> list[Compared]:
    """How far two clerks agree on the lines both coded: by level, major group, and who it is about.

    By what the queue was parted by, such as migrant status: what coders do differently about
    migrants would pass for a difference of the migrants.

    Raises:
        BadInput: an unknown code, or no line that both coded.
    """
    one, other = (_coded(path, coder) for path in (first, second))
    both = [line for line in one if line in other]
    if not both:
        raise BadInput(
            f"No line of {first.name} and {second.name} has a code in both: has the second clerk "
            "filled the column code?"
        )
    mine, theirs = [one[line][0] for line in both], [other[line][0] for line in both]
    by = [one[line][1] for line in both]
    return [*_by_level(mine, theirs, coder), *_by_group(mine, theirs, coder),
            *_by_people(mine, theirs, by, coder)]  # fmt: skip


def _coded(path: Path, coder: Coder) -> dict[str, tuple[str, str]]:
    lines = [line for line in read_queue(path) if line.code]
    codes = _codes(lines, coder, path)
    return {line.line: (code, line.by) for line, code in zip(lines, codes, strict=True)}


def _by_level(mine: Sequence[str], theirs: Sequence[str], coder: Coder) -> Iterable[Compared]:
    for digits in LEVELS:
        yield Compared("all", "", digits, _at(mine, theirs, digits, coder))


def _by_group(mine: Sequence[str], theirs: Sequence[str], coder: Coder) -> Iterable[Compared]:
    """Each major group against the rest."""
    tops = [[coder.scheme.group(code, 1) for code in codes] for codes in (mine, theirs)]
    for group in sorted(set(tops[0]) | set(tops[1])):
        said = [in_or_out(codes, group) for codes in tops]
        yield Compared("major group", group, 1, agreement(said[0], said[1]))


def _by_people(
    mine: Sequence[str], theirs: Sequence[str], by: Sequence[str], coder: Coder
) -> Iterable[Compared]:
    for part in sorted(set(by) - {""}):
        here = [row for row, value in enumerate(by) if value == part]
        for digits in (4, 1):
            found = _at([mine[i] for i in here], [theirs[i] for i in here], digits, coder)
            yield Compared("by", part, digits, found)


def _at(mine: Sequence[str], theirs: Sequence[str], digits: int, coder: Coder) -> Agreement:
    cut = [[coder.scheme.group(code, digits) for code in codes] for codes in (mine, theirs)]
    return agreement(cut[0], cut[1])


def write_agreement(path: Path, compared: Sequence[Compared]) -> None:
    """Agreement and kappa as a table; what is not said is empty, with why."""
    with coded_rows(path) as write:
        write(("about", "part", "digits", "pairs", "agreed", "kappa", "low", "high", "why"))
        for each in compared:
            found = each.found
            numbers = (found.agreed, found.kappa, found.low, found.high)
            told = ["" if number != number else f"{number:.4f}" for number in numbers]
            write(
                [each.about, neutral(each.part), str(each.digits), str(found.n), *told, found.why]
            )
