"""Is the difference real? A number beside those it is compared with, as one object for the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np

from cauce.model.codelist import TOTAL
from cauce.model.dataflow import NOT_SAMPLED, Dataflow
from cauce.model.difference import Differences
from cauce.model.observation import Observations, Reliability
from cauce.model.vintage import Manifest
from cauce.portal.compare_pictures import compared_pictures
from cauce.portal.crumbs import topic_crumbs
from cauce.portal.figures import Figure, figure
from cauce.portal.links import Link, address, compare_address, explain_address, table_path
from cauce.portal.pages import Invented
from cauce.portal.pictures import Picture
from cauce.portal.words import Words
from cauce.publish import differs, unit_of
from cauce.publish.charts import Point
from cauce.store.keys import key_text

Key = tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """Two numbers to compare: the keys of both, the dimension they differ in, and its words."""

    id: str
    title: str
    across: int
    first: Key
    second: Key


@dataclass(frozen=True)
class Side:
    """One of the two numbers: of whom, and the page behind it, "" if nobody is there."""

    name: str
    figure: Figure | None
    href: str


@dataclass(frozen=True)
class Tested:
    """A difference with its error, the verdict, and how the two samples go together."""

    point: Point
    difference: str
    interval: str
    error: str
    verdict: str
    weak: bool
    together: str


@dataclass(frozen=True)
class Answer:
    """What is said of a question: the test, or why there is none."""

    id: str
    title: str
    first: Side
    second: Side
    why: str
    tested: Tested | None
    drawn: tuple[Picture, ...]


@dataclass(frozen=True)
class ComparePage:
    """What templates/compare.html is given, and nothing else."""

    title: str
    indicator: str
    invented: Invented
    flow_name: str
    crumbs: list[Link]
    table: str
    explain: str
    codes: tuple[tuple[str, str], ...]
    vintage: str
    answers: tuple[Answer, ...]
    files: tuple[Link, ...]


def questions(observations: Observations, row: int, words: Words) -> tuple[Question, ...]:
    """What a number may be compared with: the declared pairs, and the wave before."""
    flow = observations.dataflow
    if flow.method.var_method in NOT_SAMPLED:
        return ()
    key: Key = tuple(observations.key[row].tolist())
    return (*_pairs(flow, key, words), *_wave(observations, key, words))


def _pairs(flow: Dataflow, key: Key, words: Words) -> Iterator[Question]:
    """Pairs the number is one of, or the whole of."""
    for pair in flow.pairs:
        j = [dimension.id for dimension in flow.dimensions].index(pair.dimension)
        codes = [code.id for code in flow.dimensions[j].codes]
        if codes[key[j]] in (TOTAL, pair.first, pair.second):
            first, second = (_with(key, j, codes.index(c)) for c in (pair.first, pair.second))
            yield Question(pair.id, words.of(pair.name), j, first, second)


def _wave(observations: Observations, key: Key, words: Words) -> Iterator[Question]:
    """The period before, of the same frequency."""
    alike = observations.key[observations.key[:, 0] == key[0], -1]
    earlier = alike[alike < key[-1]]
    if len(earlier):
        j, before = len(key) - 1, int(earlier.max())
        codes = observations.dataflow.dimensions[j].codes
        title = words("did_it_change", now=codes[key[j]].id, before=codes[before].id)
        yield Question("wave", title, j, key, _with(key, j, before))


def _with(key: Key, j: int, code: int) -> Key:
    return (*key[:j], code, *key[j + 1 :])


def compare_links(
    observations: Observations, row: int, words: Words, vintage_asked: str
) -> tuple[Link, ...]:
    """The questions that may be asked of a number, each with its place on the page of answers."""
    flow = observations.dataflow
    position = observations.key[row].tolist()
    period = flow.dimensions[-1].codes[position[-1]].id
    page = compare_address(words.language, flow.id, key_text(flow, position), period, vintage_asked)
    return tuple(
        Link(asked.title, f"{page}#{asked.id}") for asked in questions(observations, row, words)
    )


def compare_page(
    manifest: Manifest,
    observations: Observations,
    differences: Differences,
    row: int,
    words: Words,
    vintage_asked: str = "",
) -> ComparePage:
    """Every comparison of one number, tested or not."""
    flow = observations.dataflow
    position = observations.key[row].tolist()
    period = flow.dimensions[-1].codes[position[-1]].id
    name = words.of(flow.indicators[position[2]].name)
    path = f"/{words.language}/compare/{flow.id}"
    vintage = {"vintage": vintage_asked}
    asker = Asker(manifest, observations, differences, words, vintage_asked)
    return ComparePage(
        title=f"{name}: {words('difference_real')}",
        indicator=name,
        invented="all" if flow.source.invented else "",
        flow_name=words.of(flow.name),
        crumbs=list(topic_crumbs(flow, words)),
        table=address(
            table_path(words.language, flow.id),
            {"INDICATOR": flow.indicators[position[2]].id, "vintage": vintage_asked},
        ),
        explain=explain_address(
            words.language, flow.id, key_text(flow, position), period, vintage_asked
        ),
        codes=tuple(
            (words.of(d.name), words.of(d.codes[p].name))
            for d, p in list(zip(flow.dimensions, position, strict=True))[3:]
        ),
        vintage=manifest.vintage,
        answers=tuple(asker.answer(each) for each in questions(observations, row, words)),
        files=(
            Link("CSV", address(f"{path}.csv", vintage)),
            Link("JSON", address(f"{path}.json", vintage)),
        ),
    )


@dataclass(frozen=True)
class Asker:
    """Answers questions from one vintage of a dataflow."""

    manifest: Manifest
    observations: Observations
    differences: Differences
    words: Words
    vintage_asked: str

    def answer(self, asked: Question) -> Answer:
        first, second = self._row(asked.first), self._row(asked.second)
        at = self._difference(asked)
        why = self._why(asked, first, second, at)
        sides = self._side(asked, asked.first, first), self._side(asked, asked.second, second)
        told = self.words("not_testable", why=self.words(f"untestable_{why}")) if why else ""
        tested = None if why else self._test(asked, at)
        drawn = () if tested is None else self._drawn(asked, sides, tested)
        return Answer(asked.id, asked.title, *sides, told, tested, drawn)

    def _drawn(
        self, asked: Question, sides: tuple[Side, Side], tested: Tested
    ) -> tuple[Picture, ...]:
        name = self.words.of(self.observations.dataflow.indicators[asked.first[2]].name)
        both = [(side.name, side.figure) for side in sides]
        return compared_pictures(name, both, tested.point, self.words)

    def _why(self, asked: Question, first: int, second: int, at: int) -> str:
        """The key of the reason there is no test, "" if there is one."""
        values = self.observations.value
        if first < 0 or second < 0:
            return "absent"
        if not (isfinite(values[first]) and isfinite(values[second])):
            return "withheld"
        if at >= 0:
            return "" if isfinite(self.differences.se[at]) else "still"
        return self._why_wave(asked) if asked.id == "wave" else "unknown"

    def _why_wave(self, asked: Question) -> str:
        flow = self.observations.dataflow
        if not flow.wave_psus:
            return "waves"
        periods = (flow.dimensions[-1].codes[key[-1]].id for key in (asked.first, asked.second))
        of = {p: part.vintage for part in self.manifest.parts for p in part.periods}
        return "vintage" if len({of[period] for period in periods}) > 1 else "unknown"

    def _test(self, asked: Question, at: int) -> Tested:
        words, found = self.words, self.differences
        indicator = found.dataflow.indicators[asked.first[2]]
        digits = indicator.decimals + 1 if indicator.decimals else 0
        numbers = [
            words.number(float(column[at]), digits)
            for column in (found.difference, found.ci_low, found.ci_high, found.se)
        ]
        codes = found.dataflow.dimensions[asked.across].codes
        names = [words.of(codes[k[asked.across]].name) for k in (asked.first, asked.second)]
        verdict = "differs" if differs(found, at) else "differs_not"
        new = asked.id == "wave" and found.dataflow.wave_psus == "new"
        common = words.number(int(found.common[at]), 0)
        weak = found.reliability[at] is Reliability.WEAK
        return Tested(
            point=Point(
                name=words("compared_less", first=names[0], second=names[1]),
                value=float(found.difference[at]),
                low=float(found.ci_low[at]),
                high=float(found.ci_high[at]),
                weak=weak,
                shown=numbers[0],
                said=f"{numbers[0]} ({words('interval_from_to', low=numbers[1], high=numbers[2])})",
            ),
            difference=f"{numbers[0]} {words.unit(unit_of(indicator.unit))}",
            interval=words("interval_from_to", low=numbers[1], high=numbers[2]),
            error=numbers[3],
            verdict=words(verdict),
            weak=weak,
            together=words("psus_new") if new else words("psus_common", count=common),
        )

    def _row(self, key: Key) -> int:
        return _only(np.flatnonzero((self.observations.key == key).all(axis=1)))

    def _difference(self, asked: Question) -> int:
        found = self.differences
        same = (found.key == asked.first).all(axis=1) & (found.across == asked.across)
        return _only(np.flatnonzero(same & (found.second == asked.second[asked.across])))

    def _side(self, asked: Question, key: Key, row: int) -> Side:
        flow, words = self.observations.dataflow, self.words
        code = flow.dimensions[asked.across].codes[key[asked.across]]
        if row < 0:
            return Side(words.of(code.name), None, "")
        period = flow.dimensions[-1].codes[key[-1]].id
        text = key_text(flow, list(key))
        href = explain_address(words.language, flow.id, text, period, self.vintage_asked)
        return Side(words.of(code.name), figure(self.observations, row, words), href)


def _only(rows: np.ndarray) -> int:
    return int(rows[0]) if len(rows) else -1
