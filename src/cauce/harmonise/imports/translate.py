"""From the lines of another producer's file to observations in our codes; nothing is guessed."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite, isnan, nan

from cauce.declare.words import did_you_mean
from cauce.harmonise.imports.flow import dataflow
from cauce.model.errors import BadInput
from cauce.model.imported import Imported, ImportPack, Lines, Meaning, Raw, Twice
from cauce.model.observation import WITHOUT_VALUE, ConfStatus, ObsStatus
from cauce.model.rule import rule

MOST = 20
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
PERIODS = {
    "A": re.compile(r"\d{4}"),
    "S": re.compile(r"\d{4}-S[12]"),
    "Q": re.compile(r"\d{4}-Q[1-4]"),
    "M": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
}

Key = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One number of the file with its status, and where it stands."""

    value: float
    meaning: Meaning
    at: int


@dataclass
class _Work:
    """What was found while the lines are gone through."""

    lines: Lines
    found: dict[Key, Told] = field(default_factory=dict)
    unknown: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    untaken: Counter[str] = field(default_factory=Counter)

    def fault(self, at: int, message: str) -> None:
        self.faults.append(f"{self.lines.place(at)}: {message}")


def translate(pack: ImportPack, lines: Lines) -> Imported:
    """The observations of a file, each key once, in the order of the dimensions' codes.

    Raises:
        BadInput: a word of the file has no code, a value is no number, a key stands twice, a status
            is not known or contradicts its number, nothing is left; up to 20 places are named.
    """
    work = _Work(lines)
    _check_columns(pack, lines)
    words = {spec.id: lines.words[spec.source] for spec in pack.dimensions if spec.source}
    for at in range(len(lines.values)):
        if not _skipped(pack, work, at):
            _line(pack, work, words, at)
    _refuse(pack, work)
    _fill_gaps(pack, work)
    if not work.found:
        raise BadInput(f"{pack.file}: no number is left of {len(lines.values):,} lines.")
    return _imported(pack, work)


def _check_columns(pack: ImportPack, lines: Lines) -> None:
    """Raises BadInput if the pack takes codes from a column that the shape does not give."""
    asked = {spec.source for spec in pack.dimensions} | {pack.period, pack.status_from}
    asked |= {skip.column for skip in pack.skips} | set(pack.constants)
    if lacking := sorted(asked - {""} - set(lines.words)):
        raise BadInput(
            f"{pack.id}: the pack takes codes from {', '.join(lacking)}, and lines of this shape "
            f"have {', '.join(lines.words)}."
        )


def _skipped(pack: ImportPack, work: _Work, at: int) -> bool:
    for skip in pack.skips:
        if work.lines.words[skip.column][at].startswith(skip.begins):
            if work.lines.values[at] is not None:
                word = work.lines.words[skip.column][at][:40]
                work.fault(at, f"{word!r} is declared as no data in [[skip]], and has a number.")
            work.untaken[rule(skip.because)] += 1
            return True
    return False


def _line(pack: ImportPack, work: _Work, words: Mapping[str, tuple[str, ...]], at: int) -> None:
    """Take one line up, or note why it cannot be taken."""
    for column, said in pack.constants.items():
        if (word := work.lines.words[column][at]) != said:
            work.fault(at, f"{column} says {word[:60]!r} and not {said!r}: is it another table?")
    told = _number(pack, work, at)
    if told is None:
        return
    codes = []
    for spec in pack.dimensions:
        word = words[spec.id][at] if spec.source else ""
        code = spec.codes.get(word, "") if spec.source else spec.fixed
        if not code:
            work.unknown.setdefault((spec.id, word), []).append(at)
        codes.append(code)
    period = work.lines.words[pack.period][at] if pack.period else pack.fixed_period
    if not PERIODS[pack.frequency].fullmatch(period):
        work.fault(at, f"{period[:40]!r} is no period of frequency {pack.frequency}.")
    if all(codes):
        _put(pack, work, (*codes, period), told)


def _number(pack: ImportPack, work: _Work, at: int) -> Told | None:
    """The number of a line with its status; None if it is not taken, or wrong."""
    raw: Raw = work.lines.values[at]
    word = work.lines.words[pack.status_from][at] if pack.status_from else ""
    meaning = pack.statuses.get(word)
    if meaning is None:
        known = [one for one in pack.statuses if one]
        work.fault(at, f"status {word[:40]!r} is not known.{did_you_mean(word, known)}")
        return None
    if raw is None or (isinstance(raw, str) and not NUMBER.fullmatch(raw)):
        return _without(pack, work, at, raw or "", meaning if word else None)
    value = float(raw)
    if not isfinite(value) or value < 0:
        work.fault(at, f"{raw} is no number that can be: it is infinite or below 0.")
        return None
    if value == 0 and pack.zero is not None:
        work.untaken[rule(pack.zero)] += 1
        return None
    if meaning.status in WITHOUT_VALUE:
        work.fault(at, f"status {word!r} says that there is no number, and there is {raw}.")
        return None
    return Told(value * pack.multiplier, meaning, at)


def _without(
    pack: ImportPack, work: _Work, at: int, word: str, meaning: Meaning | None
) -> Told | None:
    """A line without a number: what its status says or, without one, its mark."""
    if not word and meaning is not None:
        if meaning.status is ObsStatus.NOT_SIGNIFICANT:
            return Told(nan, Meaning(ObsStatus.SUPPRESSED, meaning.conf, meaning.note), at)
        if meaning.status in WITHOUT_VALUE:
            return Told(nan, meaning, at)
        if "" not in pack.marks:
            status = meaning.status.value
            work.fault(at, f"there is no number, and the status {status} asks for one.")
            return None
    mark = pack.marks.get(word)
    if mark is None:
        said = f"{word[:40]!r} is not a number" if word else "the cell is empty"
        work.fault(at, f"{said}. If it means something, say so in [marks].")
        return None
    if mark.absent:
        work.untaken[mark.note] += 1
        return None
    return Told(nan, mark, at)


def _put(pack: ImportPack, work: _Work, key: Key, told: Told) -> None:
    """Keep a number under its key; a key that is there already needs a declaration."""
    before = work.found.get(key)
    if before is None:
        work.found[key] = told
        return
    declared = next((one for one in pack.twice if _applies(one, work.lines, told.at)), None)
    same = before.value == told.value or (isnan(before.value) and isnan(told.value))
    may_add = not (isnan(before.value) or isnan(told.value))
    if declared is None or not (may_add if declared.do == "add" else same):
        first = work.lines.place(before.at)
        work.fault(
            told.at,
            f"{'.'.join(key)} stands twice, here and in {first}, with "
            f"{'the same number' if same else 'another number'}. If it may, say so in [[twice]].",
        )
    elif declared.do == "add":
        work.found[key] = Told(
            before.value + told.value,
            Meaning(before.meaning.status, before.meaning.conf, rule(declared.because)),
            before.at,
        )
    else:
        work.untaken[rule(declared.because)] += 1


def _applies(one: Twice, lines: Lines, at: int) -> bool:
    return all(lines.words.get(column, {at: ""})[at] == word for column, word in one.word.items())


def _refuse(pack: ImportPack, work: _Work) -> None:
    """Raises BadInput with everything that was wrong, if anything was."""
    for (dimension, word), lines in work.unknown.items():
        spec = next(one for one in pack.dimensions if one.id == dimension)
        also = f", {len(lines):,} lines" if len(lines) > 1 else ""
        work.faults.append(
            f"{work.lines.place(lines[0])}: {word[:60]!r} has no code in {dimension}{also}."
            f"{did_you_mean(word, spec.codes)}"
        )
    if work.faults:
        count = len(work.faults)
        things = "1 thing is" if count == 1 else f"{count:,} things are"
        head = f"{pack.file}: {things} wrong. Nothing was taken."
        more = [f"… and {count - MOST:,} more."] if count > MOST else []
        raise BadInput("\n".join((head, *work.faults[:MOST], *more)))


def _fill_gaps(pack: ImportPack, work: _Work) -> None:
    """Where the file lacks a period, every series that has its neighbours says so."""
    periods = sorted({key[-1] for key in work.found})
    for gap in pack.gaps:
        if gap.period in periods:
            raise BadInput(
                f"{pack.file} has {gap.period}, which the pack says it lacks. Take the [[gap]] out."
            )
        earlier = [period for period in periods if period < gap.period][-1:]
        later = [period for period in periods if period > gap.period][:1]
        series = {key[:-1] for key in work.found if key[-1] in (*earlier, *later)}
        missing = Meaning(ObsStatus.MISSING, ConfStatus.FREE, rule(gap.because))
        work.found |= {(*one, gap.period): Told(nan, missing, -1) for one in series}


def _imported(pack: ImportPack, work: _Work) -> Imported:
    flow = dataflow(pack, list(work.found))
    at = [{code.id: n for n, code in enumerate(one.codes)} for one in flow.dimensions]
    order = [spec.id for spec in pack.dimensions]
    own = [order.index(one.id) for one in flow.dimensions[1:-1] if one.id in order]
    keys = []
    for key in work.found:
        codes = iter(key[place] for place in own)
        head = (0, at[1][next(codes)], 0)
        rest = (at[3 + n][code] for n, code in enumerate(codes))
        keys.append((*head, *rest, at[-1][key[-1]]))
    told = list(work.found.values())
    return Imported(
        dataflow=flow,
        key=tuple(keys),
        value=tuple(one.value for one in told),
        obs_status=tuple(one.meaning.status for one in told),
        conf_status=tuple(one.meaning.conf for one in told),
        note=tuple(one.meaning.note for one in told),
        notes=tuple(rule(note) for note in pack.notes),
        untaken=dict(work.untaken),
    )
