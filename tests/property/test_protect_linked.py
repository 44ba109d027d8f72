"""No sensitive count follows from tables that share dimensions: checked over all of them, crossed.

The unknowns of the check are people by every dimension at once, which no table shows. So it knows
nothing of how the tables are linked.
"""

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cauce.protect import protect, system

from .test_protect_suppression import FORCE, MINIMUM, dataflow, dimension, pack
from .test_protect_suppression import make_cells as crossed

SHAPE = (2, 3, 2)
PRIME = 2_147_483_629
TABLES = [
    [(0, 1), (1, 2)],
    [(0, 1), (1, 2), (0, 2)],
    [(0, 1, 2), (1,)],
    [(0, 1), (1,), (2,)],
    [(1,), (0,), ()],
]
NAMES = [["POP"], ["UNE"], ["EMP"], ["EAP"], ["EAP", "UNE"], ["EAP", "EMP"]]
AREAS = dimension("REF_AREA", ["XAA", *(f"XB{letter}" for letter in "ABCDEFGH")]).codes
# Areas nobody is alone in: that counts depend on each other is seen in them.
OTHERS = np.random.default_rng(5).integers(20, 90, (len(AREAS) - 1, *SHAPE, 3))
counts = st.sampled_from([0, 0, 1, 2, 3, 5, 9, 20, 40])


@st.composite
def releases(draw):
    """Few of anybody, or few unemployed among many: what two other tables tell of these."""
    many = draw(st.booleans())
    people = [draw(st.sampled_from([5, 9, 20, 40]) if many and at % 3 != 1 else
              st.sampled_from([0, 0, 1]) if many else counts)
              for at in range(int(np.prod(SHAPE)) * 3)]  # fmt: skip
    tables = draw(st.sampled_from(TABLES))
    names = [draw(st.sampled_from(NAMES)) for _ in tables]
    return tables, names, np.array(people).reshape(*SHAPE, 3)


def cells_of(number, own, names, people, others=OTHERS):
    """One table: by some of the dimensions, under their own names, of all areas."""
    rest = tuple(at for at in range(len(SHAPE)) if at not in own)
    areas = [crossed(names, one.sum(axis=rest)) for one in (people, *others)]
    inner = people.sum(axis=rest)
    for at, one in enumerate(areas):
        one.key[:, 1] = at
    cells = replace(areas[0], **{
        name: np.concatenate([getattr(one, name) for one in areas])
        for name in vars(areas[0]) if name != "dataflow"
    })  # fmt: skip
    flow = dataflow(names, inner.shape[:-1])
    dimensions = tuple(
        replace(one, id=f"D{own[int(one.id[1:])]}")
        if one.id[0] == "D"
        else replace(one, codes=AREAS)
        if one.id == "REF_AREA"
        else one
        for one in flow.dimensions
    )
    return replace(cells, dataflow=replace(flow, id=f"T{number}", dimensions=dimensions))


def made(drawn):
    tables, names, people = drawn
    return [
        cells_of(number, own, of, people)
        for number, (own, of) in enumerate(zip(tables, names, strict=True))
    ]


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
            if key[1]:
                continue
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


def rank(rows):
    """The rank of whole-number rows, modulo a prime so large that it is that over the rationals."""
    left = np.array(rows or [[0]], dtype=np.int64) % PRIME
    found = 0
    for column in range(left.shape[1]):
        pivots = np.flatnonzero(left[found:, column])
        if len(pivots):
            left[[found, found + pivots[0]]] = left[[found + pivots[0], found]]
            left[found] = left[found] * pow(int(left[found, column]), -1, PRIME) % PRIME
            below = left[found + 1 :]
            below -= below[:, [column]] * left[found] % PRIME
            below %= PRIME
            found += 1
    return found


def units(rows):
    """No count is below zero: a zero is zero in every part."""
    size = len(rows[0]) if rows else 0
    parts = sorted({at for one in rows for at, entry in enumerate(one) if entry})
    return [[int(at == part) for at in range(size)] for part in parts]


def known_by(people):
    return np.array(people.split(), dtype=np.int64).reshape(*SHAPE, 3)


MARGINS = (
    [(0, 1), (1, 2)],
    [["EAP"], ["EAP"]],
    known_by("20 20 0 20 0 0 0 0 3 0 3 3 1 40 20 5 0 20 5 2 2 5 0 0 20 40 2 9 1 1 2 0 9 0 1 5"),
)
"""Two tables that share a margin, of which each alone would withhold another cell."""
ACROSS = (
    [(0, 1, 2), (1,)],
    [["EAP", "EMP"], ["UNE"]],
    known_by(
        "5 0 9 40 0 5 20 0 9 40 0 40 9 0 40 20 1 9 20 0 20 9 0 40 9 0 40 9 0 9 40 0 40 9 0 40"
    ),
)
"""The unemployed of one table are the labour force less the employed of another."""


def leaks(drawn):
    """The sensitive counts that follow from what is told."""
    tables = drawn[0]
    cells = made(drawn)

    told, zeros, secret = seen_and_secret(tables, cells, protect(cells, pack()))
    zeros = units(zeros)
    empty = rank(zeros)
    secret = [one for one in map(list, set(map(tuple, secret))) if rank([*zeros, one]) > empty]

    known = rank([*told, *zeros])
    return [one for one in secret if rank([*told, *zeros, one]) == known]


@settings(max_examples=30, deadline=None)
@given(releases())
@example(MARGINS)
@example(ACROSS)
def test_no_sensitive_count_follows_from_linked_tables(drawn):
    assert leaks(drawn) == []


def test_counts_follow_where_tables_are_not_linked(monkeypatch):
    """The check has teeth: without equal margins, and without what holds across tables."""
    with monkeypatch.context() as off:
        off.setattr(system, "link", lambda found: None)
        assert leaks(MARGINS) != []
    monkeypatch.setattr(system, "followed", lambda parts, between: list(parts))
    monkeypatch.setattr(system, "tie", lambda found, between: None)
    assert leaks(ACROSS) != []


@settings(max_examples=10, deadline=None)
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


@settings(max_examples=10, deadline=None)
@given(releases())
def test_tables_that_share_nothing_cost_each_other_nothing(drawn):
    """Other people, each in their own words: what is withheld is what each alone withholds."""
    tables, names, people = drawn
    apart = []
    for number, (table, of) in enumerate(zip(tables, names, strict=True)):
        others = np.random.default_rng(number).integers(20, 90, OTHERS.shape)
        one = cells_of(number, table, of, people, others)
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
