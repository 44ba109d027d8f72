"""What several tables count is one unknown, so far as it is the same."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.catalogue import Nesting
from cauce.model.dataflow import CENSUS
from cauce.model.retained import Retained
from cauce.model.text import Text
from cauce.protect import protect
from cauce.protect.primary import primary_of
from cauce.protect.system import united
from cauce.protect.system.derived import followed, with_more
from cauce.protect.system.frames import Judged
from cauce.protect.system.links import merged
from cauce.protect.system.lists import lists
from cauce.protect.system.loose import Loose
from cauce.protect.system.parts import Columns, Part
from cauce.protect.system.places import spots
from cauce.protect.system.recalled import recalled, rows
from cauce.protect.system.statements import known
from cauce.protect.system.union import at_margins
from cauce.protect.system.zeros import Zeros
from cauce.protect.table import table


@pytest.fixture
def union_of(pack_of):
    def make(*cells):
        rules = pack_of().rules
        tables = [table([one]) for one in cells]
        [(found, _)] = united([Judged(one, primary_of(one, 10, rules)) for one in tables])
        return found

    return make


def called(cells, flow, *names):
    own = cells.dataflow.dimensions
    dimensions = (replace(one, id=name) for one, name in zip(own[3:-1], names, strict=True))
    flow = replace(cells.dataflow, id=flow, dimensions=(*own[:3], *dimensions, own[-1]))
    return replace(cells, dataflow=flow)


def test_a_coarser_table_has_no_unknowns_of_its_own(cells_of, one, union_of):
    fine = called(cells_of((one("POP"),), [[[4, 40], [50, 60]]]), "F", "AGE", "SEX")
    coarse = called(cells_of((one("POP"),), [[44, 110]]), "C", "AGE")

    assert union_of(fine).of == union_of(fine, coarse).of
    assert union_of(fine, coarse).alike == []


def test_the_margins_that_tables_share_are_equal(cells_of, one, union_of):
    sexes = called(cells_of((one("POP"),), [[[4, 40], [50, 60]]]), "S", "AGE", "SEX")
    regions = called(cells_of((one("POP"),), [[[20, 24], [40, 70]]]), "R", "AGE", "REGION")

    found = union_of(sexes, regions)

    assert len(found.alike) == 2
    assert all(sorted(vector.values()) == [-1, -1, 1, 1] for vector in found.alike)
    assert all(sum(found.true[one] * by for one, by in vector.items()) == 0
               for vector in found.alike)  # fmt: skip


def test_margins_of_other_people_are_not(cells_of, one, union_of):
    sexes = called(cells_of((one("POP"),), [[[4, 40], [50, 60]]]), "S", "AGE", "SEX")
    regions = called(cells_of((one("POP"),), [[[20, 25], [40, 70]]]), "R", "AGE", "REGION")

    assert union_of(sexes, regions).alike == []


def test_a_coarser_table_of_other_people_keeps_its_own(cells_of, one, union_of):
    fine = called(cells_of((one("POP"),), [[[4, 40], [50, 60]]]), "F", "AGE", "SEX")
    coarse = called(cells_of((one("POP"),), [[45, 110]]), "C", "AGE")

    assert len(union_of(fine, coarse).of) == len(union_of(fine).of) + len(union_of(coarse).of)


def test_three_tables_that_share_a_margin_are_told_it_twice(cells_of, one, union_of):
    tables = [
        called(cells_of((one("POP"),), [[[4, 40], [50, 60]]]), "S", "AGE", "SEX"),
        called(cells_of((one("POP"),), [[[20, 24], [40, 70]]]), "R", "AGE", "REGION"),
        called(cells_of((one("POP"),), [[[30, 14], [80, 30]]]), "B", "AGE", "BIRTH"),
    ]
    assert len(union_of(*tables).alike) == 4


def test_a_zero_of_one_table_is_zero_in_the_parts_of_another(cells_of, one, pack_of):
    """Nobody of the second age: neither of a sex nor of a region."""
    sexes = called(cells_of((one("R", "rate"),), [[[60, 50], [50, 60], [70, 80]]],
                            [[[4, 40], [0, 0], [20, 30]]]), "S", "AGE", "SEX")  # fmt: skip
    regions = called(cells_of((one("R", "rate"),), [[[70, 40], [40, 70], [90, 60]]],
                              [[[20, 24], [0, 0], [25, 25]]]), "R", "AGE", "REGION")  # fmt: skip

    flows = protect([sexes, regions], pack_of()).flows

    for flow in flows:
        second = flow.key[:, 3] == 2
        assert set(np.array(flow.conf_status)[second]) == {"F"}


def columns(names, vectors, rows):
    own = tuple(name for name in names if vectors[name] == {names.index(name): 1})
    return Columns(vectors, own, {}, frozenset(), rows)


A, B, C, D = (("n", (name,)) for name in "ABCD")


def test_what_is_not_told_follows_from_relations_found_elsewhere():
    """C = A + B and D = C + B: where A and B stand, C and D follow; where C and A, B does."""
    known = [{C: 1, A: -1, B: -1}, {D: 1, C: -1, B: -1}]

    assert followed(columns((A, B), {A: {0: 1}, B: {1: 1}}, 9), known) == {
        C: {A: 1, B: 1},
        D: {A: 1, B: 2},
    }
    assert followed(columns((A, C), {A: {0: 1}, C: {1: 1}}, 9), known)[B] == {C: 1, A: -1}
    assert followed(columns((A,), {A: {0: 1}}, 9), known) == {}


def test_a_part_knows_what_follows():
    own = columns((A, B), {A: {0: 1}, B: {1: 1}}, 9)
    part = Part(None, own, {A: np.array([3.0, 0.0]), B: np.array([1.0, 5.0])})

    more = with_more(part, {C: {A: 1, B: 1}, D: {A: 1, B: -1}})

    assert more.columns.vectors[C] == {0: 1, 1: 1}
    assert more.true[C].tolist() == [4.0, 5.0]
    assert more.true[D].tolist() == [2.0, -5.0]


def census(cells):
    """The cells as a register is counted: the value is how many records there are."""
    method = replace(cells.dataflow.method, var_method=CENSUS)
    return replace(cells, dataflow=replace(cells.dataflow, method=method), value=cells.n * 1.0)


def test_people_in_several_cells_are_bounded_by_their_parts(cells_of, one, pack_of):
    """12 + 40 + 50 records of 90 people, who are in several cells: no sum of people."""
    cells = census(cells_of((one("RECORDS"),), [[12, 40, 4, 50]]))
    people = cells.n.copy()
    people[0] = 90
    cells = replace(cells, n=people, cases=people)

    release = protect([cells], pack_of())

    assert release.audited
    assert sorted(one.key[3] for one in release.audit.withheld)[:1] == ["C0"]


def test_the_smaller_of_two_groups_is_at_least_that_of_its_parts(cells_of, one, pack_of):
    cells = cells_of((one("GAP", "difference"),), [[60, 70, 80]], [[12, 4, 30]])
    cases = cells.cases.copy()
    cases[0] = 50

    release = protect([replace(cells, cases=cases)], pack_of())

    assert release.audited


def test_sets_that_something_joins_are_one():
    assert merged([{1}, {2}, {3}], [{1, 3}]) == [{2}, {1, 3}]
    assert merged([{1}, {2}], [{1, 9}]) == [{1}, {2}]


def test_finer_margins_say_the_coarser_ones(cells_of, one, union_of):
    """Two tables share age by sex, and a third with each of them sex: told once to each."""
    tables = [
        called(cells_of((one("POP"),), [[[[4, 2], [40, 1]], [[50, 3], [60, 5]]]]),
               "A", "AGE", "SEX", "REGION"),
        called(cells_of((one("POP"),), [[[[3, 3], [1, 40]], [[3, 50], [5, 60]]]]),
               "B", "AGE", "SEX", "BIRTH"),
        called(cells_of((one("POP"),), [[[30, 29], [80, 26]]]), "C", "SEX", "SCHOOL"),
    ]  # fmt: skip
    found = union_of(*tables)

    assert len(found.alike) == 4 + 2


def test_amounts_that_may_be_below_zero_are_bounded_too(cells_of, one, pack_of):
    largest = np.tile([[0.1, 0.1], [0.9, 0.05], [0.1, 0.1], [0.1, 0.1], [0.1, 0.1]], (1, 1))
    cells = cells_of((one("SUM", "total", "PROFIT"),), [[30, 40, 50, 60]], largest=largest)
    cells = replace(cells, value=np.array([900.0, -100.0, 400.0, 300.0, 300.0]))

    release = protect([cells], pack_of())

    assert release.audited
    assert len(release.audit.withheld) == 2


def test_amounts_are_bounded_as_counts_are(cells_of, one, pack_of):
    """Means of a wage, and one that nobody earns."""
    largest = np.tile([[0.1, 0.1], [0.9, 0.05], [0.1, 0.1], [0.1, 0.1], [0.1, 0.1]], (1, 1))
    cells = cells_of((one("MEAN", "mean", "WAGE"),), [[30, 40, 50, 0]], largest=largest)
    weighted = np.array([120.0, 30.0, 40.0, 50.0, 0.0])
    mean = np.array([3.0, 4.0, 3.0, 2.4, np.nan])

    release = protect([replace(cells, value=mean, weighted=weighted)], pack_of())
    amounts = [bound for bound in release.audit.bounds if bound.of.number == "amount"]

    assert len(amounts) == 2
    assert all(bound.high - bound.low >= bound.width for bound in amounts)


def test_what_may_not_be_below_zero_is_told(union_of, cells_of, one):
    """Cases of the second are those of the first and some more."""
    few = np.array([[3, 20, 11, 15, 8, 2, 17, 9, 6, 30, 4]])
    more = few + np.array([[40, 7, 12, 30, 5, 9, 14, 3, 8, 21, 2]])
    names = (one("A", "rate", "A"), one("B", "rate", "B"))
    found = union_of(cells_of(names, [more + 50, more], [more, few]))
    found.parts = (replace(found.parts[0], columns=replace(
        found.parts[0].columns, vectors={NEW: {0: 1, 1: -1}})), *found.parts[1:])  # fmt: skip

    told = list(known(found))

    assert len(told) == few.size
    assert all((one.low, one.high) == (0.0, np.inf) for one in told)


NEW = ("n", ("new",))


def test_a_zero_that_is_a_difference_is_one_sum(cells_of, one, union_of):
    cells = cells_of((one("A", "rate"),), [[50, 60]], [[0, 20]])
    found = union_of(cells)
    columns = found.parts[0].columns
    zero = next(name for name in columns.vectors if name[0] == "cases")
    below = {**dict.fromkeys(columns.below, ()), zero: (zero,)}
    bent = replace(columns, vectors={**columns.vectors, zero: {0: 1, 1: -1}}, below=below)
    found.parts = (replace(found.parts[0], columns=bent),)
    first = next(spot for spot in spots(found) if spot.domain == (0,))

    assert [sorted(vector.values()) for vector in Zeros(found).told([first])] == [[-1, 1]]


def test_a_nesting_of_a_list_nobody_uses_links_nothing(cells_of, one):
    cells = called(cells_of((one("POP"),), [[40, 50]]), "F", "AGE_NEW")
    nesting = Nesting(Text("x", "x"), "A", "B", {"a": ("b",)})

    assert lists([table([cells])], [nesting]).concepts == {}


def test_codes_of_no_class_are_in_no_margin(cells_of, one, union_of):
    part = union_of(called(cells_of((one("POP"),), [[40, 50, 60]]), "A", "AGE")).parts[0]

    assert at_margins(part, (("AGE", (("C0",), ("C2",))),)) == {(0,): [0], (1,): [2]}


def test_two_empty_margins_make_each_other_empty(cells_of, one, pack_of, union_of):
    """Nobody has it in the first age of the table by sex, so nobody has in that by region."""
    sexes = called(cells_of((one("R", "rate"),), [[[60, 50], [50, 60]]], [[[0, 0], [20, 30]]]),
                   "S", "AGE", "SEX")  # fmt: skip
    regions = called(cells_of((one("R", "rate"),), [[[70, 40], [40, 70]]], [[[0, 0], [25, 25]]]),
                     "R", "AGE", "REGION")  # fmt: skip
    found = union_of(sexes, regions)
    every = spots(found)
    zeros = Zeros(found)

    first = [spot for spot in every if spot.section.judged.table.cells.dataflow.id == "S"]
    told = zeros.know(first)

    assert len(told) == 4


def test_a_count_that_is_no_sum_is_kept_once(cells_of, one, union_of):
    cells = cells_of((one("GAP", "difference"),), [[60, 70, 80]], [[12, 40, 30]])
    cases = cells.cases.copy()
    cases[0] = 50
    found = union_of(replace(cells, cases=cases))
    loose = Loose(found)
    spot = spots(found)[0]

    assert loose.sum(spot, "cases") == loose.sum(spot, "cases")


def test_what_is_told_of_another_break_down_or_code_is_not_known(cells_of, one, union_of, pack_of):
    cells = called(cells_of((one("POP"),), [[40, 50, 60]]), "A", "AGE")
    release = protect([called(cells, "A", "SEX")], pack_of())
    told = [row for of in rows([Retained("2019", release.flows)], {}).values() for row in of]
    wider = protect([called(cells_of((one("POP"),), [[40, 50, 60, 70]]), "A", "AGE")], pack_of())
    more = [row for of in rows([Retained("2019", wider.flows)], {}).values() for row in of]
    found = union_of(cells)

    assert {one.of.key[3] for one in recalled(found, told)} == {"_T"}
    assert "C3" not in {one.of.key[3] for one in recalled(found, more)}


def test_amounts_of_one_earner_rest_on_him_alone(cells_of, one, union_of):
    """Quantiles say no sum; a single earner is alone all the same."""
    largest = np.array([[0.1, 0.1], [1.0, np.nan], [0.9, 0.05], [0.1, 0.1]])
    cells = cells_of((one("MEDIAN", "quantile", "WAGE"),), [[30, 40, 50]], [[1, 40, 50]],
                     largest=largest)  # fmt: skip
    found = union_of(cells)

    assert [found.of[at][0] for at in found.alone] == ["amount"]
    assert all(np.isnan(true) for of, true in zip(found.of, found.true, strict=True)
               if of[0] == "amount")  # fmt: skip


def test_what_a_finer_table_does_not_count_is_an_unknown_of_its_own(cells_of, one, union_of):
    fine = called(cells_of((one("POP"),), [[[4, 40], [50, 60]]]), "F", "AGE", "SEX")
    coarse = called(cells_of((one("R", "rate", "2"),), [[30, 90]], [[10, 20]]), "C", "AGE")

    assert len(union_of(fine, coarse).of) == len(union_of(fine).of) + len(union_of(coarse).of)


def test_what_is_told_of_something_else_is_not_known(cells_of, one, union_of, pack_of):
    other = protect([cells_of((one("R", "rate", "2"),), [[60, 90]], [[20, 30]])], pack_of())
    told = [row for of in rows([Retained("2019", other.flows)], {}).values() for row in of]

    assert recalled(union_of(cells_of((one("POP"),), [[60, 90]])), told) == []
