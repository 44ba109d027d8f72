"""Leaks planted in whole releases, by what an operator or a bug may do: each is refused by name.

What withholds cells for the sake of others is away, or a rule missed a cell. The attacker alone
stands at the door, and his words have to name the cell and every public cell that gives it away.
With all guards in place the same tables leave, that cell withheld, unless it is public already.
"""

import re
from collections.abc import Callable

import pytest

from cauce.model.errors import BadInput
from cauce.protect.refusal import Refused

from .planted import PLANTS
from .planting import Plant, unguarded

LINE = re.compile(
    r"(?P<hidden>.+ \(\w+\)) is known (?P<how>exactly|too narrowly), from (?P<by>.+)\."
)
CELL = re.compile(r"(\S+)(?: of (\S+))? A\.XAA\.(\S+) \((\w+)\)")


def refused(planted: Plant) -> dict[str, tuple[str, frozenset[str]]]:
    """What the refusal names: of every number how it is known, and from which cells."""
    with unguarded(planted.mistake), pytest.raises(Refused) as caught:
        planted.released()
    found = {}
    for line in map(LINE.match, str(caught.value).splitlines()):
        if line and (hidden := CELL.match(line["hidden"])):
            by = frozenset(
                f"{flow}{vintage and '@'}{vintage} {key}"
                for flow, vintage, key, _ in CELL.findall(line["by"])
            )
            found[f"{hidden[1]} {hidden[3]} {hidden[4]}"] = line["how"], by
    return found


@pytest.mark.parametrize("leak", PLANTS, ids=lambda leak: leak.__name__)
def test_it_is_refused_by_name(leak: Callable[[], Plant]) -> None:
    planted = leak()

    how, by = refused(planted)[planted.hidden]

    assert how == ("exactly" if planted.exactly else "too narrowly")
    assert by == planted.by


@pytest.mark.parametrize("leak", PLANTS, ids=lambda leak: leak.__name__)
def test_with_all_guards_it_leaves_withheld_or_not_at_all(leak: Callable[[], Plant]) -> None:
    planted = leak()
    if not planted.leaves:
        with pytest.raises(BadInput):
            planted.released()
        return

    audit = planted.released().audit

    assert audit is not None
    assert audit.leaks == ()
    flow, key, _ = planted.hidden.split()
    assert (flow, ("A", "XAA", *key.split("."))) in {(one.flow, one.key) for one in audit.withheld}


def test_there_are_twenty_and_more() -> None:
    assert len({leak.__name__ for leak in PLANTS}) == len(PLANTS) >= 20
