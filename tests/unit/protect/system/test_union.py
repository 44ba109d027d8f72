"""What several tables count is one unknown, so far as it is the same."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.dataflow import CENSUS
from cauce.protect import protect
from cauce.protect.primary import primary_of
from cauce.protect.system import united
from cauce.protect.system.derived import followed, with_more
from cauce.protect.system.frames import Judged
from cauce.protect.system.parts import Columns, Part
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
