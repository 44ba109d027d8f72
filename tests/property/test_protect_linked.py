"""No sensitive count follows from tables that share dimensions: checked over all of them, crossed.

The unknowns of the check are people by every dimension at once, which no table shows. So it knows
nothing of how the tables are linked.
"""

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.protect import protect

from .test_protect_suppression import FORCE, MINIMUM, dataflow, pack, rank
from .test_protect_suppression import make_cells as crossed

SHAPE = (2, 3, 2)
TABLES = [
    [(0, 1), (1, 2)],
    [(0, 1), (1, 2), (0, 2)],
    [(0, 1, 2), (1,)],
    [(0, 1), (1,), (2,)],
    [(1,), (0,), ()],
]
counts = st.sampled_from([0, 0, 1, 2, 3, 5, 9, 20, 40])


@st.composite
def releases(draw):
    people = [draw(counts) for _ in range(int(np.prod(SHAPE)) * 3)]
    names = [draw(st.sampled_from([["POP"], ["UNE"], ["EAP", "UNE"], ["EMP"]])) for _ in range(3)]
    return draw(st.sampled_from(TABLES)), names, np.array(people).reshape(*SHAPE, 3)


def cells_of(number, own, names, people):
    """One table: by some of the dimensions, under their own names."""
    rest = tuple(at for at in range(len(SHAPE)) if at not in own)
    inner = people.sum(axis=rest)
    cells = crossed(names, inner)
    flow = dataflow(names, inner.shape[:-1])
    dimensions = tuple(
        replace(one, id=f"D{own[int(one.id[1:])]}") if one.id[0] == "D" else one
        for one in flow.dimensions
    )
    return replace(cells, dataflow=replace(flow, id=f"T{number}", dimensions=dimensions))


def made(drawn):
    tables, names, people = drawn
    return [cells_of(number, own, names[number % 3], people) for number, own in enumerate(tables)]


def row(own, margin, members):
    """A count as a sum of the people crossed by everything."""
    return [
        int(status in members and all(code in (0, domain[at] + 1) for at, code in
            zip(own, margin, strict=True)))
        for *domain, status in product(*map(range, SHAPE), range(3))
    ]  # fmt: skip


def seen_and_secret(tables, cells, release):
    """What a reader is told, known zeros included, and what he may not find."""
    told, zeros, secret = [], [], []
    for own, of, flow in zip(tables, cells, release.flows, strict=True):
        names = [one.id for one in of.dataflow.indicators]
        counted = {tuple(key): at for at, key in enumerate(of.key.tolist())}
        for key, conf in zip(flow.key.tolist(), flow.conf_status, strict=True):
            at = counted[tuple(key)]
            universe, having = FORCE[names[key[2]]]
            parts = {"n": universe, "cases": having, "rest": universe - having}
            number = {"n": int(of.n[at]), "cases": int(of.cases[at])}
            number["rest"] = number["n"] - number["cases"]
            rows = {kind: row(own, key[3:-1], members) for kind, members in parts.items()}
            small = {kind for kind, count in number.items() if 0 < count < MINIMUM}
            if conf == "F":
                assert not small
                told += [rows["n"], rows["cases"]]
            if conf == "F" or (number["n"] and not small):
                zeros += [rows[kind] for kind, count in number.items() if count == 0]
            few = 0 < number["n"] < MINIMUM
            secret += [rows[kind] for kind in number if few or kind in small]
    return told, zeros, secret


def units(rows):
    """No count is below zero: a zero is zero in every part."""
    size = len(rows[0]) if rows else 0
    parts = sorted({at for one in rows for at, entry in enumerate(one) if entry})
    return [[int(at == part) for at in range(size)] for part in parts]


@settings(max_examples=60, deadline=None)
@given(releases())
def test_no_sensitive_count_follows_from_linked_tables(drawn):
    tables = drawn[0]
    cells = made(drawn)

    told, zeros, secret = seen_and_secret(tables, cells, protect(cells, pack()))
    zeros = units(zeros)
    empty = rank(zeros)
    secret = [one for one in map(list, set(map(tuple, secret))) if rank([*zeros, one]) > empty]

    known = rank([*told, *zeros])
    assert all(rank([*told, *zeros, one]) == known + 1 for one in secret)


@settings(max_examples=25, deadline=None)
@given(releases(), st.randoms(use_true_random=False))
def test_the_order_of_tables_and_rows_changes_nothing(drawn, random):
    cells = made(drawn)
    moved = []
    for one in cells:
        order = list(range(len(one.n)))
        random.shuffle(order)
        moved.append(replace(one, **{name: getattr(one, name)[order] for name in vars(one)
                                     if name != "dataflow"}))  # fmt: skip
    random.shuffle(moved)

    ours = {flow.dataflow.id: flow for flow in protect(cells, pack()).flows}
    theirs = {flow.dataflow.id: flow for flow in protect(moved, pack()).flows}

    assert ours.keys() == theirs.keys()
    for name, flow in ours.items():
        assert flow.conf_status == theirs[name].conf_status
        assert flow.key.tolist() == theirs[name].key.tolist()


@settings(max_examples=25, deadline=None)
@given(releases())
def test_tables_that_share_nothing_cost_each_other_nothing(drawn):
    """Other universes, each with its own words: what is withheld is what each alone withholds."""
    cells = made(drawn)
    apart = []
    for number, one in enumerate(cells):
        own = tuple(
            replace(each, universe=f"{number}", numerator=f"{number} {each.numerator}")
            for each in one.dataflow.indicators
        )
        dimensions = tuple(
            replace(each, id=f"{each.id}_{number}") if each.additive else each
            for each in one.dataflow.dimensions
        )
        apart.append(replace(one, dataflow=replace(one.dataflow, indicators=own,
                                                   dimensions=dimensions)))  # fmt: skip

    together = [flow.conf_status for flow in protect(apart, pack()).flows]
    alone = [protect([one], pack()).flows[0].conf_status for one in apart]

    assert together == alone
