"""How past forecasts did: every method at every horizon, with base rates and who is published."""

from dataclasses import dataclass

from cauce.model.rule import rule_in
from cauce.portal.links import table_path
from cauce.portal.origins import Table
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words

SCORES = ("PRJ_WAPE_RT", "PRJ_DSM_RT", "PRJ_HIT_RT")
NONE = "–"
PERFECT, ALL_GROW = "PERFECT", "EVERYTHING_GROWS"
"""What a score is read against: the survey's own error, and a guess that costs nothing."""


@dataclass(frozen=True)
class Method:
    """What a method scored; `here` says that it is the one that is published."""

    name: str
    scores: tuple[str, ...]
    here: bool


@dataclass(frozen=True)
class Record:
    """The scorecard of one level: its verdicts in words, and the scores one year ahead.

    `verdicts` say which method is published and why, each with the years ahead it holds for.
    `read` puts the published method's scores beside their base rates, in a sentence. `coverage` is
    by horizon: years ahead, and how many outcomes lay in the interval of 80 %.
    """

    level: str
    verdicts: tuple[tuple[str, str], ...]
    read: str
    horizon: str
    heads: tuple[str, ...]
    methods: tuple[Method, ...]
    coverage: tuple[tuple[str, str], ...]
    href: str


def records(run: Run, words: Words, levels: tuple[str, ...] = ()) -> tuple[Record, ...]:
    """The scorecards of a run, of all levels or of some."""
    table = run.table("SCORES")
    if table is None:
        return ()
    names = next(d for d in table.flow.dimensions if d.id == "LEVEL").codes
    return tuple(
        _record(table, code.id, words.of(code.name), words)
        for code in names
        if not levels or code.id in levels
    )


def _record(table: Table, level: str, name: str, words: Words) -> Record:
    codes = {d.id: d.codes for d in table.flow.dimensions}
    first = codes["HORIZON"][0]
    held = [one for one in SCORES if table.has("INDICATOR", one)]
    methods, scores = [], dict[str, dict[str, str]]()
    for code in codes["METHOD"]:
        at = {"LEVEL": level, "HORIZON": first.id, "METHOD": code.id}
        told = []
        for score in held:
            rows = table.rows({**at, "INDICATOR": score})
            told.append(_said(table, rows, words))
        scores[code.id] = dict(zip(held, told, strict=True))
        said = _verdict(table, at, words)
        if said:
            scores[""] = scores[code.id]
        if any(one != NONE for one in told) or said:
            methods.append(Method(words.of(code.name), tuple(told), bool(said)))
    coverage = []
    for horizon in codes["HORIZON"]:
        wanted = {"LEVEL": level, "HORIZON": horizon.id, "INDICATOR": "PRJ_COV_RT"}
        rows = table.rows(wanted, ("METHOD",)) if table.has("INDICATOR", "PRJ_COV_RT") else []
        coverage.append((words.of(horizon.name), _said(table, rows, words)))
    return Record(
        level=name,
        verdicts=_verdicts(table, level, words),
        read=_read(scores, words.of(first.name), words),
        horizon=words.of(first.name),
        heads=tuple(table.indicator_name(one, words) for one in held),
        methods=tuple(methods),
        coverage=tuple(one for one in coverage if one[1] != NONE),
        href=table_path(words.language, table.flow.id),
    )


def _verdicts(table: Table, level: str, words: Words) -> tuple[tuple[str, str], ...]:
    """Why which method is published, once for the horizons it holds for, in their order."""
    codes = {d.id: d.codes for d in table.flow.dimensions}
    found: dict[str, list[str]] = {}
    for horizon in codes["HORIZON"]:
        for method in codes["METHOD"]:
            at = {"LEVEL": level, "HORIZON": horizon.id, "METHOD": method.id}
            if said := _verdict(table, at, words):
                found.setdefault(said, []).append(words.of(horizon.name))
    return tuple(("; ".join(years), said) for said, years in found.items())


def _read(scores: dict[str, dict[str, str]], horizon: str, words: Words) -> str:
    """The published method's error and directions beside what a perfect and a free guess score."""
    wape, _, hit = SCORES
    own, perfect, grow = (scores.get(one, {}) for one in ("", PERFECT, ALL_GROW))
    parts = []
    if all(one.get(wape, NONE) != NONE for one in (own, perfect)):
        parts.append(words("o_base_error", error=own[wape], perfect=perfect[wape]))
    if all(one.get(hit, NONE) != NONE for one in (own, grow)):
        parts.append(words("o_base_hit", hit=own[hit], grow=grow[hit]))
    return f"{horizon[:1].upper()}{horizon[1:]}: {' '.join(parts)}" if parts else ""


def _said(table: Table, rows: list[int], words: Words) -> str:
    value = table.figure(rows[0], words).value if rows else ""
    return f"{value} %" if value else NONE


def _verdict(table: Table, at: dict[str, str], words: Words) -> str:
    """Why a method is published, "" if it is not; it stands beside its scores."""
    for indicator in ("PRJ_WAPE_RT", "PRJ_COV_RT"):
        for row in table.rows({**at, "INDICATOR": indicator}):
            rule = table.observations.rule[row]
            if rule and table.value(row) is not None:
                return rule_in(rule, words.language)
    return ""
