"""The proposals a list of spellings yields: what may be one organisation, and what to ask."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from cauce.registers.matching.likeness import ACCEPT, REVIEW, Likeness, likeness
from cauce.registers.matching.spelling import Spelling, spelling

Pair = tuple[int, int]


@dataclass(frozen=True)
class Proposal:
    """Spellings proposed as one, the most frequent first, each with why it is among them.

    `doubtful` says that two of them are not like each other and only a third holds them together.
    """

    spellings: tuple[str, ...]
    why: tuple[Likeness, ...]
    doubtful: bool


@dataclass(frozen=True)
class Question:
    """Two proposals, by their places in the list, that a person may find to be one."""

    one: int
    other: int
    why: Likeness


def propose(counted: Mapping[str, int]) -> tuple[tuple[Proposal, ...], tuple[Question, ...]]:
    """Proposals and questions for spellings with their frequencies; each spelling is in one."""
    names = sorted((n for n in counted if n.strip()), key=lambda n: (-counted[n], n))
    read = [spelling(name) for name in names]
    like = {pair: likeness(read[pair[0]], read[pair[1]]) for pair in candidates(read)}
    groups = _components(len(names), (p for p, each in like.items() if each.score >= ACCEPT))
    proposals = tuple(_proposal(group, read, like) for group in groups)
    return proposals, _questions(groups, like)


def candidates(read: Sequence[Spelling]) -> Iterator[Pair]:
    """Pairs whose own words, or one of them, begin or end alike, each once.

    General words make no block: half of a list may begin with "Agencia".
    """
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(read):
        own = "".join(each.distinctive) or each.core
        keys = {f"^{own[:2]}", f"{own[-5:]}$"}
        for key in keys | {word[:5] for word in each.distinctive if len(word) > 2}:
            blocks[key].append(number)
    yield from sorted({pair for block in blocks.values() for pair in combinations(block, 2)})


def _components(count: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """Numbers that pairs hold together, directly or by others; in the order of their first."""
    head = list(range(count))

    def top(number: int) -> int:
        while head[number] != number:
            number = head[number]
        return number

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        head[high] = low
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(count):
        found[top(number)].append(number)
    return list(found.values())


def _proposal(
    group: list[int], read: Sequence[Spelling], like: Mapping[Pair, Likeness]
) -> Proposal:
    """Each spelling with the strongest tie to one that stands before it."""
    inside = {pair: _tie(pair, read, like) for pair in combinations(group, 2)}
    why = tuple(
        max((inside[first, number] for first in group[:place]), key=lambda each: each.score)
        for place, number in enumerate(group)
        if place
    )
    doubtful = any(each.score < REVIEW for each in inside.values())
    return Proposal(tuple(read[n].written for n in group), why, doubtful)


def _tie(pair: Pair, read: Sequence[Spelling], like: Mapping[Pair, Likeness]) -> Likeness:
    return like.get(pair) or likeness(read[pair[0]], read[pair[1]])


def _questions(groups: list[list[int]], like: Mapping[Pair, Likeness]) -> tuple[Question, ...]:
    """Of each two groups the strongest tie, where it is worth a question; strongest first."""
    group_of = {number: place for place, group in enumerate(groups) for number in group}
    best: dict[Pair, Likeness] = {}
    for (one, other), each in like.items():
        low, high = sorted((group_of[one], group_of[other]))
        if low == high or each.score < REVIEW:
            continue
        if (low, high) not in best or best[low, high].score < each.score:
            best[low, high] = each
    ordered = sorted(best.items(), key=lambda item: (-item[1].score, item[0]))
    return tuple(Question(one, other, why) for (one, other), why in ordered)
