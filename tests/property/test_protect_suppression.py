"""No sensitive count follows from what is published: checked over the rationals, from people."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.pack import MinRespondents, Rules
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.protect import protect

T = Text("x", "x")
MINIMUM = 4
EMPLOYED, UNEMPLOYED, OUTSIDE = range(3)
# Who is in the universe and who has the attribute, by status.
FORCE = {
    "POP": ({EMPLOYED, UNEMPLOYED, OUTSIDE}, {EMPLOYED, UNEMPLOYED, OUTSIDE}),
    "UNE": ({EMPLOYED, UNEMPLOYED}, {UNEMPLOYED}),
    "EMP": ({EMPLOYED, UNEMPLOYED, OUTSIDE}, {EMPLOYED}),
    "EAP": ({EMPLOYED, UNEMPLOYED, OUTSIDE}, {EMPLOYED, UNEMPLOYED}),
}


def dimension(name, codes, additive=False):
    return Dimension(name, T, tuple(Code(code, T) for code in codes), "", additive)


def dataflow(names, shape):
    fixed = [
        dimension("FREQ", ["A"]),
        dimension("REF_AREA", ["XAA"]),
        dimension("INDICATOR", names),
    ]
    own = [
        dimension(f"D{at}", ["_T", *map(str, range(size))], True) for at, size in enumerate(shape)
    ]
    indicators = (Indicator(name, T, T, "rate", "TRUE", name, "", "PT", 1, 1, "") for name in names)
    return Dataflow(
        "XAA_S_T",
        "1.0",
        T,
        (*fixed, *own, dimension("TIME_PERIOD", ["2020"])),
        tuple(indicators),
        Source("S", "XAA", T, T, "", "", True),
        Method("TAYLOR", "refuse", "survey", "none", "ilo", ""),
    )


def inside(domain, margin):
    """Does the innermost domain, codes from 0, belong to the margin, where 0 is the total?"""
    return all(code in (0, here + 1) for here, code in zip(domain, margin, strict=True))


def atoms_of(people, members, margin):
    """The innermost (domain, status) groups a published count sums."""
    return {
        (domain, status)
        for domain in np.ndindex(*people.shape[:-1])
        for status in members
        if inside(domain, margin)
    }


def make_cells(names, people):
    """`people` counts by domain and status; n and cases of every indicator and margin."""
    shape = people.shape[:-1]
    margins = list(product(*(range(size + 1) for size in shape)))

    def count(members, margin):
        return sum(
            int(people[(*domain, status)]) for domain, status in atoms_of(people, members, margin)
        )

    n = np.array([count(FORCE[name][0], margin) for name in names for margin in margins])
    cases = np.array([count(FORCE[name][1], margin) for name in names for margin in margins])
    key = [(0, 0, at, *margin, 0) for at in range(len(names)) for margin in margins]
    real = {
        name: np.full(len(n), 0.1) for name in ("value", "se", "cv", "ci_low", "ci_high", "deff")
    }
    return Cells(
        dataflow(names, shape),
        np.array(key, dtype=np.int32),
        **real,
        ess=n * 1.0,
        df=n,
        n=n,
        cases=cases,
        missing=n * 0,
        psus=n,
        strata=n,
        weighted=n * 1.0,
        largest=np.full((len(n), 2), np.nan),
    )


def pack():
    rules = Rules("ilo", (MinRespondents(date(2000, 1, 1), MINIMUM, "g"),), 0, 0.0, "")
    return Terms("XAA_S", "2020", rules)


def rank(rows):
    """The rank of 0/1 rows, over the rationals."""
    rows, found = [[Fraction(entry) for entry in row] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for at in range(found + 1, len(rows)):
            factor = rows[at][column] / pivot[column]
            if factor:
                rows[at] = [a - factor * b for a, b in zip(rows[at], pivot, strict=True)]
        found += 1
    return found


def published_and_sensitive(flow, cells, names, people):
    """Every count a reader sees, and every count nobody may compute, as rows over the groups."""
    groups = list(np.ndindex(*people.shape))

    def row(members, margin):
        atoms = atoms_of(people, members, margin)
        return [int((group[:-1], group[-1]) in atoms) for group in groups]

    seen, secret, zeros = [], [], []
    for at, key in enumerate(flow.key):
        universe, having = FORCE[names[key[2]]]
        margin, lacking = tuple(key[3:-1]), universe - having
        n, cases = int(cells.n[at]), int(cells.cases[at])
        few = 0 < n < MINIMUM
        small = any(0 < count < MINIMUM for count in (n, cases, n - cases))
        if flow.conf_status[at] == "F":
            seen += [row(universe, margin), row(having, margin)]
            assert not small
        # No count is below zero, so one of zero is zero in every group. That of a group large
        # enough may be known, also where its cell is withheld for the sake of another.
        if flow.conf_status[at] == "F" or (n and not small):
            for count, members in ((n, universe), (cases, having), (n - cases, lacking)):
                if not count:
                    zeros += [
                        row([status], [code + 1 for code in domain])
                        for domain, status in atoms_of(people, members, margin)
                    ]
        secret += [row(universe, margin)] if few else []
        secret += [row(having, margin)] if 0 < cases < MINIMUM or few else []
        secret += [row(lacking, margin)] if 0 < n - cases < MINIMUM or few else []
    zeros = [list(one) for one in set(map(tuple, zeros))]
    # What a published zero of many says of each of them is no secret, nor what is empty by itself.
    known = rank(zeros)
    return [*seen, *zeros], [one for one in secret if rank([*zeros, one]) > known]


counts = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 9, 20, 40])


@st.composite
def tables(draw):
    names = draw(st.sampled_from([["POP"], ["UNE"], ["UNE", "EAP"], ["UNE", "EMP", "EAP"]]))
    shape = draw(st.sampled_from([(3,), (4,), (2, 3), (3, 3)]))
    people = [draw(counts) for _ in range(int(np.prod(shape)) * 3)]
    return names, np.array(people).reshape(*shape, 3)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_sensitive_count_follows_from_the_published_ones(drawn):
    names, people = drawn
    cells = make_cells(names, people)
    [flow] = protect([cells], pack()).flows

    seen, secret = published_and_sensitive(flow, cells, names, people)

    known = rank(seen)
    assert all(rank([*seen, row]) == known + 1 for row in secret)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([(4,), (2, 3), (3, 3)]).flatmap(
    lambda shape: st.lists(counts, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))).map(
        lambda people: np.array(people).reshape(shape)
    )
))  # fmt: skip
def test_people_alone_in_their_cell_learn_of_no_other_and_are_not_added_up(totals):
    people = np.stack([totals, totals * 0, totals * 0], axis=-1)
    cells = make_cells(["POP"], people)
    [flow] = protect([cells], pack()).flows
    alone = {at for at, count in enumerate(totals.ravel()) if count == 1}
    several = {at for at, count in enumerate(totals.ravel()) if count > 1}

    seen, secret = published_and_sensitive(flow, cells, ["POP"], people)
    # Only the first status has people; the others are columns of zeros nobody needs.
    seen, secret = [row[::3] for row in seen], [row[::3] for row in secret]
    others = [[entry for at, entry in enumerate(row) if at not in alone] for row in seen]
    told = [
        [entry for at, entry in enumerate(row) if at not in alone]
        for row in secret
        if any(row[at] for at in several)
    ]

    assert rank(seen) == rank(others)
    assert all(rank([*others, row]) == rank(others) + 1 for row in told)


@settings(max_examples=40, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_pattern_does_not_depend_on_the_order_of_rows(drawn, random):
    names, people = drawn
    cells = make_cells(names, people)
    order = list(range(len(cells.n)))
    random.shuffle(order)
    moved = {name: getattr(cells, name)[order] for name in vars(cells) if name != "dataflow"}

    [ours], [theirs] = (protect([one], pack()).flows for one in (cells, replace(cells, **moved)))

    assert ours.conf_status == theirs.conf_status
    assert (ours.key == theirs.key).all()


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_table_without_small_counts_loses_nothing(drawn):
    names, people = drawn
    [flow] = protect([make_cells(names, people * MINIMUM)], pack()).flows
    assert set(flow.conf_status) == {"F"}
