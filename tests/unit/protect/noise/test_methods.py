"""Methods in the place of suppression, through the door, and those that undo each other."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.pack import MinRespondents, Rules
from cauce.model.rule import rule_in
from cauce.model.safeguards import (
    CellKey,
    Groups,
    Holdings,
    Remainders,
    Rounding,
    Safeguards,
    TableRules,
    Zeros,
)
from cauce.protect import protect
from cauce.protect.noise import check_vintages

SECRET = bytes(range(32))
FIVES = Rounding(5, "nearest", "Order 1 || Orden 1")
NOISE = CellKey(4, 5, 1, "Order 1")


def terms(pack_of, *methods, of=(), minimum=5, **own):
    rules = [TableRules(of, date.min, Safeguards(methods=methods, **own), None)]
    minima = (MinRespondents(date(2000, 1, 1), minimum, "g"),)
    return pack_of(Rules("ilo", minima, 2, 85.0, "g", tables=tuple(rules)))


@pytest.fixture
def counted(cells_of, one):
    """A count of a register: nobody is sampled, and every record has a key."""

    def make(n, flow="XAA_S_T", unit="PT", **more):
        cells = cells_of((replace(one("P"), unit=unit),), [n])
        method = replace(cells.dataflow.method, var_method="CENSUS")
        named = replace(cells.dataflow, id=flow, method=method)
        keys = np.arange(len(cells.n), dtype=np.uint64) + np.uint64(1)
        return replace(cells, dataflow=named, value=cells.n * 1.0, **{"record_keys": keys, **more})

    return make


def told(flow):
    return dict(zip([tuple(k[3:-1]) for k in flow.key.tolist()], flow.value.tolist(), strict=True))


def test_counts_are_rounded_and_nothing_beside_them_tells_them(counted, pack_of):
    [flow] = protect([counted([2, 3, 12, 0])], terms(pack_of, FIVES)).flows

    assert told(flow) == {(0,): 15, (2,): 5, (3,): 10}
    assert set(flow.conf_status) == {"F"}
    for name in ("n", "cases", "missing", "psus", "strata", "df"):
        assert set(getattr(flow, name).tolist()) == {-1}
    assert np.isnan(flow.se).all()
    assert (flow.ci_low[1], flow.ci_high[1]) == (3, 7)
    assert rule_in(flow.dataflow.method.protection, "es").endswith("(Orden 1).")
    assert "multiples of 5" in rule_in(flow.rule[0], "en")


def test_random_rounding_is_within_a_base_of_the_count(counted, pack_of):
    [flow] = protect(
        [counted([12, 13])], terms(pack_of, replace(FIVES, way="random")), secret=SECRET
    ).flows
    assert set(told(flow).values()) <= {10, 15, 25, 30}
    assert (flow.ci_high - flow.value).tolist() == [4, 4, 4]


def test_controlled_rounding_keeps_totals(counted, pack_of):
    controlled = replace(FIVES, way="controlled")
    [flow] = protect([counted([[7, 8], [6, 11]])], terms(pack_of, controlled)).flows
    found = told(flow)
    assert found[0, 0] == found[1, 0] + found[2, 0] == found[0, 1] + found[0, 2]
    assert found[1, 0] == found[1, 1] + found[1, 2]
    assert "totals are the sums" in rule_in(flow.dataflow.method.protection, "en")


def test_counts_have_noise_of_the_error_they_say(counted, pack_of):
    [flow] = protect([counted([40, 50, 60])], terms(pack_of, NOISE), secret=SECRET).flows
    assert abs(np.array(list(told(flow).values())) - [150, 40, 50, 60]).max() <= 5
    assert set(flow.se) == {2.0}
    assert (flow.ci_high - flow.value).tolist() == [5] * 4
    assert "standard deviation 2" in rule_in(flow.dataflow.method.protection, "en")


def test_noise_without_a_secret_or_without_keys_is_refused(counted, pack_of):
    with pytest.raises(BadInput, match="its records have no keys"):
        protect([counted([40, 50])], terms(pack_of, NOISE))
    keyless = counted([40, 50], record_keys=np.zeros(3, dtype=np.uint64))
    with pytest.raises(BadInput, match="its records have no keys"):
        protect([keyless], terms(pack_of, NOISE), secret=SECRET)


@pytest.mark.parametrize(
    ("methods", "own", "said"),
    [
        ((Rounding(4, "nearest", "g"),), {}, "the base must be 5 or more"),
        ((CellKey(1, 3, 1, "g"),), {}, "the bound must be 4 or more"),
        ((FIVES,), {"zeros": Zeros((), "g")}, "declares zeros beside a method"),
        (
            (FIVES,),
            {
                "groups": Groups(("P",), (), "g"),
                "remainders": Remainders("g"),
                "holdings": Holdings(2, 0, 0.0, "g"),
            },
            "groups and differences and holdings beside",
        ),
        ((FIVES, NOISE), {}, "would tell its units in different ways"),
        ((replace(FIVES, units=("DAYS",)),), {}, "has a method for DAYS, and counts PT"),
    ],
)
def test_a_method_that_does_not_protect_is_refused(counted, pack_of, methods, own, said):
    with pytest.raises(BadInput, match=said):
        protect([counted([40, 50])], terms(pack_of, *methods, **own), secret=SECRET)


def test_estimates_of_a_survey_are_not_rounded(cells_of, one, pack_of):
    with pytest.raises(BadInput, match="is no count of a register"):
        protect([cells_of((one("P"),), [[40, 50]])], terms(pack_of, FIVES))


def test_amounts_are_not_rounded(counted, pack_of):
    cells = counted([40, 50], largest=np.full((3, 2), 0.1))
    with pytest.raises(BadInput, match="is no count of a register"):
        protect([cells], terms(pack_of, FIVES))


def two_units(cells_of, one, first, second):
    indicators = (replace(one("P"), unit=first), replace(one("Q", numerator="2"), unit=second))
    cells = cells_of(indicators, [[40, 50], [60, 70]])
    method = replace(cells.dataflow.method, var_method="CENSUS")
    return replace(cells, dataflow=replace(cells.dataflow, method=method))


@pytest.mark.parametrize(
    ("methods", "said"),
    [
        (
            (
                replace(FIVES, units=("PERSONS",)),
                Rounding(10, "nearest", "g", ("PERMITS",)),
            ),
            "PERMITS: rounding to 10, nearest; PERSONS: rounding to 5, nearest",
        ),
        ((replace(FIVES, units=("PERSONS",)),), "PERMITS: exact; PERSONS: rounding to 5"),
    ],
)
def test_two_units_of_one_dataflow_told_differently_are_refused(
    cells_of, one, pack_of, methods, said
):
    with pytest.raises(BadInput, match=said):
        protect([two_units(cells_of, one, "PERSONS", "PERMITS")], terms(pack_of, *methods))


def test_two_units_told_alike_are_not(cells_of, one, pack_of):
    methods = (replace(FIVES, units=("PERSONS",)), replace(FIVES, units=("PERMITS",)))
    [flow] = protect(
        [two_units(cells_of, one, "PERSONS", "PERMITS")], terms(pack_of, *methods)
    ).flows
    assert set(flow.conf_status) == {"F"}


def test_the_same_people_suppressed_in_one_table_and_rounded_in_another_are_refused(
    counted, pack_of
):
    tables = [counted([40, 50]), counted([30, 60], flow="XAA_S_U")]
    with pytest.raises(BadInput, match=r"XAA_S_T and XAA_S_U count the same people.*suppression"):
        protect(tables, terms(pack_of, FIVES, of=("U",)))


def test_two_bases_of_the_same_people_are_refused(counted, pack_of):
    tables = [counted([40, 50]), counted([30, 60], flow="XAA_S_U")]
    rules = terms(pack_of, FIVES, of=("U",)).rules
    tens = TableRules((), date.min, Safeguards(methods=(replace(FIVES, base=10),)), None)
    with pytest.raises(BadInput, match=r"rounding to 10, nearest and by rounding to 5"):
        protect(tables, pack_of(replace(rules, tables=(tens, *rules.tables))))


def test_controlled_rounding_of_two_tables_of_the_same_people_is_refused(counted, pack_of):
    tables = [counted([40, 50]), counted([30, 60], flow="XAA_S_U")]
    with pytest.raises(BadInput, match="the same count could be told as two numbers"):
        protect(tables, terms(pack_of, replace(FIVES, way="controlled")))


def test_tables_of_the_same_people_may_be_told_in_one_way(counted, pack_of):
    tables = [counted([40, 50]), counted([30, 60], flow="XAA_S_U")]
    one, two = protect(tables, terms(pack_of, NOISE), secret=SECRET).flows
    # The totals are of the same records, by their keys.
    assert told(one)[0,] == told(two)[0,]


def test_other_people_may_be_told_in_another_way(counted, pack_of):
    other = counted([30, 60], flow="XAA_S_U")
    source = replace(other.dataflow.source, survey="R")
    other = replace(other, dataflow=replace(other.dataflow, source=source))
    assert len(protect([counted([40, 50]), other], terms(pack_of, FIVES, of=("T",))).flows) == 2


def test_a_vintage_that_stays_public_by_another_method_stops_a_release(counted, pack_of):
    [exact] = protect([counted([40, 50])], terms(pack_of)).flows
    [rounded] = protect([counted([40, 50])], terms(pack_of, FIVES)).flows
    check_vintages([rounded.dataflow], [rounded.dataflow])
    check_vintages([exact.dataflow], [exact.dataflow])
    with pytest.raises(BadInput, match=r"by “suppression”: each undoes.*Withdraw that vintage"):
        check_vintages([rounded.dataflow], [exact.dataflow])
    with pytest.raises(BadInput, match="told by “suppression”"):
        check_vintages([exact.dataflow], [rounded.dataflow])
