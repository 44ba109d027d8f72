"""Leaks a statistician knows by name, each planted in a release and found by it.

Every one is told as a reader sees it: sums of people with what is printed of them. The attacker has
to name the withheld number and the printed ones that give it away, no more and no fewer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from tests.spec.protect import telling as t
from tests.spec.protect.telling import exactly, shown

from cauce.model.audit import Cited
from cauce.protect.attack import attack, cells_of, repair, without
from cauce.protect.told import Secret, System, Told

MINIMUM = 5
HIDDEN = "hidden"


@dataclass
class Planted:
    """A release in the making: people of some kinds, what is printed of them, what is hidden."""

    kinds: list[str] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)
    whole: bool = True

    def sum(self, kinds: str) -> dict[int, int]:
        """The sum of some kinds, by their names with plus and minus signs between."""
        vector: dict[int, int] = {}
        for name in kinds.replace("-", "+-").split("+"):
            bare = name.strip("- ")
            if bare not in self.kinds:
                self.kinds.append(bare)
            vector[self.kinds.index(bare)] = -1 if name.strip().startswith("-") else 1
        return vector

    def tell(self, name: str, kinds: str, *bounds: float, vintage: str = "") -> "Planted":
        low, high = bounds[0], bounds[-1]
        self.told.append(Told(Cited("DF", (name,), "n", vintage), self.sum(kinds), low, high))
        return self

    def hide(self, kinds: str, true: float, width: float = MINIMUM - 2) -> "Planted":
        of = Cited("DF", (HIDDEN,), "n")
        self.secrets.append(Secret(of, self.sum(kinds), true, width, primary=True))
        return self

    @property
    def system(self) -> System:
        whole = (self.whole,) * len(self.kinds)
        return System(len(self.kinds), whole, tuple(self.told), tuple(self.secrets))


def difference_of_two_tables() -> Planted:
    found = Planted().tell("all, table 1", "men+women", 100).tell("men, table 2", "men", 97)
    return found.hide("women", 3)


def overlapping_age_bands() -> Planted:
    found = Planted().tell("15-24", "15-19+20-24", 50).tell("15-29", "15-19+20-24+25-29", 54)
    return found.hide("25-29", 4)


def rate_times_denominator() -> Planted:
    low, high = t.whole(t.part(shown(7.5, 1), exactly(40)))
    return Planted().tell("rate of 40", "unemployed", low, high).hide("unemployed", 3)


def rate_and_its_numerator() -> Planted:
    low, high = t.whole(t.denominator(shown(75.0, 1), exactly(3)))
    return Planted().tell("rate of 3 cases", "asked", low, high).hide("asked", 4)


def rate_beside_another_table() -> Planted:
    """Neither side of a rate is printed beside it, but the whole is in another table."""
    found = Planted().tell("labour force, table 2", "employed+unemployed", 40)
    rate = t.ratio(shown(7.5, 1), found.sum("unemployed"), found.sum("employed+unemployed"))
    for vector, low, high in rate:
        found.told.append(Told(Cited("DF", ("rate, table 1",), "value"), vector, low, high))
    return found.hide("unemployed", 3)


def shares_add_up_to_100() -> Planted:
    found = Planted().tell("all classes", "a+b+c", 50)
    for kind, share in (("a", 60.0), ("b", 34.0)):
        found.tell(f"share of {kind}", kind, *t.whole(t.part(shown(share, 0), exactly(50))))
    return found.hide("c", 3)


def mean_over_quarters() -> Planted:
    found = Planted().tell("year", "q1+q2+q3+q4", *t.whole(t.total_of_mean(shown(10.75, 2), 4)))
    for quarter, count in (("q1", 12), ("q2", 13), ("q3", 14)):
        found.tell(quarter, quarter, count)
    return found.hide("q4", 4)


def prior_vintage() -> Planted:
    return Planted().tell("as first published", "cell", 4, vintage="2025-01").hide("cell", 4)


def two_geographies() -> Planted:
    """A border municipality is in one province of the map and in another zone of the plan."""
    found = Planted().tell("province", "inland+border", 60).tell("zone", "inland+coast", 80)
    return found.tell("coast", "coast", 24).hide("border", 4)


def rounded_parts_of_an_exact_total() -> Planted:
    found = Planted().tell("all", "a+b+c", 103)
    for kind, value in (("a", 60), ("b", 38)):
        found.tell(kind, kind, *t.whole(shown(value, 0).bounds))
    return found.hide("c", 5)


def zero_row() -> Planted:
    """One of two withheld cells of a column stands in a row that sums to nobody."""
    found = Planted().tell("row of nobody", "a+b", 0).tell("column", "a+c", 4)
    return found.hide("c", 4)


def group_disclosure() -> Planted:
    """All of a large group have what is asked, and so all of every small one in it."""
    return Planted().tell("without, all", "without 1+without 2", 0).hide("without 1", 0)


def singleton_subtracts_himself() -> Planted:
    """Two withheld cells of one row; the one respondent of the first knows his own."""
    return Planted().tell("row", "own+other", 4).tell("himself", "own", 1).hide("other", 3)


def two_in_league() -> Planted:
    found = Planted().tell("row", "one+two+third", 6)
    return (
        found.tell("the first's own", "one", 1).tell("the second's own", "two", 2).hide("third", 3)
    )


def interval_tells_the_size() -> Planted:
    """An interval printed where n is not: its half-width is an error, and that a size."""
    error = t.error_of_interval(shown(1, 3), shown(99, 3), 1.96)
    low, high = t.whole(t.size_of_error(exactly(50), error, exactly(1)))
    return Planted().tell("interval of a rate of 50 %", "asked", low, high).hide("asked", 4)


def effective_size_times_deff() -> Planted:
    low, high = t.whole(t.size_of_ess(shown(2.67, 2), shown(1.50, 2)))
    return Planted().tell("ESS and deff", "asked", low, high).hide("asked", 4)


def growth_on_last_year() -> Planted:
    low, high = t.whole(t.grown(exactly(8), shown(-50, 0)))
    return Planted().tell("growth on 8 of last year", "now", low, high).hide("now", 4)


def error_and_cv_tell_the_value() -> Planted:
    low, high = t.value_of_cv(shown(2.00, 2), shown(50.0, 1))
    found = Planted(whole=False).tell("se and cv", "total", low, high)
    return found.hide("total", 4)


def indicators_across_tables() -> Planted:
    found = (
        Planted().tell("labour force", "employed+unemployed", 64).tell("employed", "employed", 60)
    )
    return found.hide("unemployed", 4)


def total_of_one_child() -> Planted:
    return Planted().tell("section, of one division", "division", 3).hide("division", 3)


def small_margin() -> Planted:
    """Three withheld cells of a row of two: none can be more, and nobody has to subtract."""
    return Planted().tell("row of two", "a+b+c", 2).hide("a", 1)


def column_that_leaves_no_room() -> Planted:
    """No sum is exact for anybody, but what is beside the cell can be one person at most."""
    return Planted().tell("row 1", "a+b", 10).tell("column 2", "b+d", 1).hide("a", 9)


def silent_and_asked() -> Planted:
    found = Planted().tell("in the sample", "answered+silent", 50).tell("silent", "silent", 46)
    return found.hide("answered", 4)


def largest_contributor_subtracts() -> Planted:
    """The largest payer of a withheld wage bill knows his own: he knows the other's within 10 %."""
    found = Planted(whole=False).tell("wage bill", "largest+second+third", 1000)
    found.tell("the largest's own", "largest", 800).tell("the third's own", "third", 5, 15)
    return found.hide("second", 190, width=19)


def recruiter_by_nationality() -> Planted:
    """A register counted twice: by recruiter, and by nationality with a recruiter alone in it."""
    found = Planted().tell("recruiter A", "A of X+A of Y", 30).tell("nationality X", "A of X", 27)
    return found.hide("A of Y", 3)


LEAKS: list[Callable[[], Planted]] = [
    difference_of_two_tables,
    overlapping_age_bands,
    rate_times_denominator,
    rate_and_its_numerator,
    rate_beside_another_table,
    shares_add_up_to_100,
    mean_over_quarters,
    prior_vintage,
    two_geographies,
    rounded_parts_of_an_exact_total,
    zero_row,
    group_disclosure,
    singleton_subtracts_himself,
    two_in_league,
    interval_tells_the_size,
    effective_size_times_deff,
    growth_on_last_year,
    error_and_cv_tell_the_value,
    indicators_across_tables,
    total_of_one_child,
    small_margin,
    column_that_leaves_no_room,
    silent_and_asked,
    largest_contributor_subtracts,
    recruiter_by_nationality,
]


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_it_is_refused_by_name(leak: Callable[[], Planted]) -> None:
    planted = leak()

    (found,) = attack(planted.system, 60).leaks

    assert found.bound.of.key == (HIDDEN,)
    assert found.bound.low - 1e-6 <= planted.secrets[0].true <= found.bound.high + 1e-6
    assert {of.key[0] for of in found.by} == {one.of.key[0] for one in planted.told}


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_without_any_one_of_the_numbers_that_give_it_away_it_is_wider(
    leak: Callable[[], Planted],
) -> None:
    system = leak().system
    (found,) = attack(system, 60).leaks

    for of in found.by:
        fewer = replace(system, told=tuple(one for one in system.told if one.of != of))
        (bound,) = attack(fewer, 60).bounds
        assert bound.high - bound.low > found.bound.high - found.bound.low


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_it_is_repaired_where_a_number_can_be_withheld(leak: Callable[[], Planted]) -> None:
    system = leak().system
    found = attack(system, 60)

    gone = repair(system, found, 60)

    after = attack(without(system, [(of.flow, of.key) for of in gone]), 60)
    kept = leak is prior_vintage
    assert bool(after.leaks) == kept
    assert set(gone) <= {told[0].of for told in cells_of(system.told).values()}


def test_there_are_twenty_and_more() -> None:
    assert len({leak.__name__ for leak in LEAKS}) == len(LEAKS) >= 20
