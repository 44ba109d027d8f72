"""What the pages of a record are given: as it is, its history, two states side by side."""

from dataclasses import dataclass

from cauce.office.desk.compare import Pair
from cauce.office.desk.parts import Choice
from cauce.office.desk.shown import Item


@dataclass(frozen=True)
class Deed:
    """Something that can be done: a word, what it means, and where."""

    name: str
    about: str
    href: str


@dataclass(frozen=True)
class RecordPage:
    """What templates/desk/record.html is given, and nothing else."""

    title: str
    register: str
    register_href: str
    country: str
    state: str
    state_name: str
    note: str
    sent: str
    when: str
    on: str
    known: str
    problem: str
    beside: tuple[str, ...]
    items: tuple[Item, ...]
    deeds: tuple[Deed, ...]
    review: str
    history: str


@dataclass(frozen=True)
class Past:
    """An entry in the history."""

    number: int
    did: str
    when: str
    who: str
    at: str
    reason: str
    state: str
    state_name: str
    verdict: str
    differences: str


@dataclass(frozen=True)
class HistoryPage:
    """What templates/desk/history.html is given, and nothing else."""

    title: str
    above: str
    above_href: str
    entries: tuple[Past, ...]
    choices: tuple[tuple[Choice, ...], ...]
    compare: str


@dataclass(frozen=True)
class DifferencesPage:
    """What templates/desk/differences.html is given, and nothing else."""

    title: str
    above: str
    above_href: str
    left: str
    right: str
    pairs: tuple[Pair, ...]
