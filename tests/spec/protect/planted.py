"""Releases with a leak in each, through the fault of an operator or of a rule."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from tests.unit.protect.conftest import indicator

from cauce.model.catalogue import Nesting
from cauce.model.safeguards import Estimable, Groups, Holdings, Remainders, Safeguards, Zeros

from .planting import Plant, T, earlier, plant, tally, terms

SEX, AGE = ("M", "F"), ("Y15T24", "Y25T44", "Y_GE45")
ABC, ABCD = ("A", "B", "C"), ("A", "B", "C", "D")
POP = [indicator("POP")]
BILL = [indicator("BILL", "total", "WAGE")]
LARGE = np.array([[0.1, 0.1], [0.9, 0.05], [0.1, 0.1], [0.1, 0.1], [0.1, 0.1]])
"""Of a total and four cells the largest two contributors; the first cell is dominated."""
NOBODY_HELD = np.full((4, 2), 0.3)


def rest_of_a_total() -> Plant:
    return plant([tally("F", {"REG": ABC}, POP, [[4, 30, 60]])],
                 "F POP.A.2020 n", "F POP._T.2020", "F POP.B.2020", "F POP.C.2020")  # fmt: skip


def through_another_withheld_cell() -> Plant:
    """The 8 men of B follow from its column, and with them the 4 of A from their row."""
    table = tally("F", {"SEX": SEX, "REG": ("A", "B")}, POP, [[[4, 8], [40, 50]]],
                  without=("_T._T", "_T.A"))  # fmt: skip
    by = ("F POP.M._T.2020", "F POP._T.B.2020", "F POP.F.B.2020")
    return plant([table], "F POP.M.A.2020 n", *by)


def those_who_lack_it() -> Plant:
    """28 of 30 have it: the 2 who do not follow from those of the others."""
    table = tally("F", {"REG": ABC}, [indicator("EAP", "rate")], [[30, 40, 50]], [[28, 20, 25]])
    return plant([table], "F EAP.A.2020 rest",
                 "F EAP._T.2020", "F EAP.B.2020", "F EAP.C.2020")  # fmt: skip


def total_of_another_table() -> Plant:
    """A table by sex without its total: that by age has it."""
    tables = [
        tally("S", {"SEX": SEX}, POP, [[97, 3]], without=("_T",)),
        tally("A", {"AGE": AGE}, POP, [[30, 30, 40]]),
    ]
    return plant(tables, "S POP.F.2020 n", "A POP._T.2020", "S POP.M.2020")


def bands_that_overlap() -> Plant:
    """25 and older less 45 and older; what both tables add up to is told by either's youngest."""
    tables = [
        tally("B", {"BAND": AGE}, POP, [[40, 4, 60]], without=("_T",)),
        tally("Y", {"YOUTH": ("Y15T24", "Y_GE25")}, POP, [[40, 64]], without=("_T",)),
    ]
    by = ("Y POP.Y15T24.2020", "Y POP.Y_GE25.2020", "B POP.Y15T24.2020", "B POP.Y_GE45.2020")
    return plant(tables, "B POP.Y25T44.2020 n", *by)


def finer_ages() -> Plant:
    tables = [
        tally("F", {"FINE": ("Y15T19", "Y20T24")}, POP, [[4, 30]], without=("_T",)),
        tally("C", {"WIDE": ("Y15T24",)}, POP, [[34]], without=("_T",)),
    ]
    return plant(tables, "F POP.Y15T19.2020 n", "C POP.Y15T24.2020", "F POP.Y20T24.2020")


def quarter_of_a_year() -> Plant:
    waves = [
        tally("F", {"SEX": SEX}, POP, [n], without=("_T",), period=at,
              periods=("2020-Q1", "2020-Q2", "2020"))
        for at, n in enumerate(([4, 30], [50, 60], [54, 90]))
    ]  # fmt: skip
    return plant(waves, "F POP.M.2020-Q1 n", "F POP.M.2020", "F POP.M.2020-Q2")


def numerator_of_a_rate() -> Plant:
    """Unemployed are the labour force of one indicator less the employed of another."""
    force, jobless = np.array([43, 75, 90]), np.array([3, 20, 30])
    names = [indicator("UNE", "rate"), indicator("EMP", numerator="2"),
             indicator("EAP", numerator="3")]  # fmt: skip
    n, cases = [force, force + 50, force + 50], [jobless, force - jobless, force]
    table = tally("F", {"REG": ABC}, names, n, cases, without=("_T",))
    return plant([table], "F UNE.A.2020 cases", "F EAP.A.2020", "F EMP.A.2020")


def wage_bill_of_one_firm() -> Plant:
    table = tally("F", {"IND": ABCD}, BILL, [[30, 40, 50, 60]], largest=LARGE)
    parts = (f"F BILL.{code}.2020" for code in ("_T", "B", "C", "D"))
    return plant([table], "F BILL.A.2020 amount", *parts, exactly=False)


def mean_and_total_of_one_amount() -> Plant:
    """A mean is withheld since one earner dominates it; the rule missed the total beside it."""
    names = [indicator("MEAN", "mean", "WAGE"), *BILL]
    cells = tally("F", {"IND": ABCD}, names, [[30, 40, 50, 60]] * 2, largest=np.tile(LARGE, (2, 1)))
    cells = replace(cells, value=np.where(cells.key[:, 2] == 0, 1.0, cells.value))
    seen = "F BILL.A.2020"
    return plant([cells], "F MEAN.A.2020 amount", seen, exactly=False, mistake=frozenset({seen}))


def losses() -> Plant:
    """An amount below zero is a difference as any other."""
    cells = tally("F", {"IND": ABCD}, [indicator("GAIN", "total", "GAIN")], [[30, 40, 50, 60]],
                  largest=LARGE)  # fmt: skip
    cells = replace(cells, value=np.array([70.0, -500.0, 120.0, 250.0, 200.0]))
    parts = (f"F GAIN.{code}.2020" for code in ("_T", "B", "C", "D"))
    return plant([cells], "F GAIN.A.2020 amount", *parts, exactly=False)


def what_the_second_largest_knows() -> Plant:
    """p %: no one dominates, but the second could find the first."""
    largest = np.array([[0.2, 0.1], [0.6, 0.24], [0.1, 0.1], [0.1, 0.1]])
    own = Safeguards(estimable=Estimable(30, 100, "g"))
    table = tally("F", {"IND": ABC}, BILL, [[30, 40, 50]], largest=largest)
    parts = (f"F BILL.{code}.2020" for code in ("_T", "B", "C"))
    return plant([table], "F BILL.A.2020 amount", *parts, exactly=False, terms=terms(own=own))


def those_who_did_not_answer() -> Plant:
    table = tally("F", {"REG": ABC}, POP, [[0, 40, 90]], missing=[[3, 0, 12]])
    return plant([table], "F POP.A.2020 missing",
                 "F POP._T.2020", "F POP.B.2020", "F POP.C.2020")  # fmt: skip


def not_stated() -> Plant:
    """Who did not say is a part of the total as well."""
    table = tally("F", {"SEX": (*SEX, "_U")}, POP, [[40, 60, 3]])
    return plant([table], "F POP._U.2020 n", "F POP._T.2020", "F POP.M.2020", "F POP.F.2020")


def a_zero_that_is_told_to_nobody() -> Plant:
    own = Safeguards(zeros=Zeros((), "g"))
    return plant([tally("F", {"REG": ABC}, POP, [[0, 40, 60]])], "F POP.A.2020 n",
                 "F POP._T.2020", "F POP.B.2020", "F POP.C.2020", terms=terms(own=own))  # fmt: skip


def all_of_a_group() -> Plant:
    """All 40 have it, and where that is sensitive it follows from the others."""
    table = tally("F", {"REG": ABC}, [indicator("R", "rate")], [[40, 50, 60]], [[40, 20, 30]])
    own = Safeguards(groups=Groups(("R",), (), "g"))
    return plant([table], "F R.A.2020 rest", "F R._T.2020", "F R.B.2020", "F R.C.2020",
                 terms=terms(own=own))  # fmt: skip


def one_employer() -> Plant:
    """Forty workers are many people, and one employer."""
    own = Safeguards(holdings=Holdings(3, 0, 0, "g"))
    table = tally("F", {"REG": ABC}, POP, [[40, 50, 60]], holdings=np.array([9, 1, 5, 6]),
                  held=NOBODY_HELD)  # fmt: skip
    return plant([table], "F POP.A.2020 n", "F POP._T.2020", "F POP.B.2020", "F POP.C.2020",
                 terms=terms(own=own))  # fmt: skip


def records_of_few() -> Plant:
    """A register counts records beside the people they are of; both are sums."""
    own = Safeguards(holdings=Holdings(3, 0, 0, "g"))
    cells = tally("F", {"REG": ABC}, [indicator("PERMITS")], [[40, 50, 60]],
                  holdings=np.array([9, 1, 5, 6]), held=NOBODY_HELD)  # fmt: skip
    method = replace(cells.dataflow.method, var_method="CENSUS")
    cells = replace(cells, value=np.array([175.0, 42, 60, 73]),
                    dataflow=replace(cells.dataflow, method=method))  # fmt: skip
    parts = (f"F PERMITS.{code}.2020" for code in ("_T", "B", "C"))
    return plant([cells], "F PERMITS.A.2020 value", *parts, terms=terms(own=own))


def firms_that_answer_for_many() -> Plant:
    """Of employers it is those who answer that are counted, not their rows."""
    own = terms()
    own = replace(own, rules=replace(own.rules, unit="psu"))
    table = tally("F", {"IND": ABC}, POP, [[40, 50, 60]], psus=np.array([60, 4, 26, 30]))
    return plant([table], "F POP.A.2020 n", "F POP._T.2020", "F POP.B.2020", "F POP.C.2020",
                 terms=own)  # fmt: skip


def too_narrow_and_not_exact() -> Plant:
    """4 people in two cells: nobody knows how many in each, and everybody that it is at most 4."""
    table = tally("F", {"REG": ABCD}, POP, [[2, 2, 30, 60]])
    return plant([table], "F POP.A.2020 n", "F POP._T.2020", "F POP.C.2020", "F POP.D.2020",
                 exactly=False)  # fmt: skip


def codes_under_a_code() -> Plant:
    """Occupations by two digits beside those by one."""
    above = {"11": "1", "12": "1", "21": "2", "31": "3"}
    tables = [
        tally("F", {"OC2": tuple(above)}, POP, [[40, 4, 30, 50]], without=("_T",), above=above),
        tally("C", {"OC1": ("1", "2", "3")}, POP, [[44, 30, 50]], without=("_T",)),
    ]
    return plant(tables, "F POP.12.2020 n", "C POP.1.2020", "F POP.11.2020")


def two_geographies() -> Plant:
    coast = Nesting(T, "ZONE", "REGION", {"COAST": ("R1", "R2"), "INLAND": ("R3",)})
    tables = [
        tally("R", {"REGION": ("R1", "R2", "R3")}, POP, [[40, 4, 60]], without=("_T",)),
        tally("Z", {"ZONE": ("COAST", "INLAND")}, POP, [[44, 60]], without=("_T",)),
    ]
    return plant(tables, "R POP.R2.2020 n", "Z POP.COAST.2020", "R POP.R1.2020",
                 terms=terms(nestings=(coast,)))  # fmt: skip


def margin_of_another_crossing() -> Plant:
    """By age and sex nobody is added up; by age and region the young are."""
    young, older = "Y15T24", "Y_GE25"
    inner = [f"{age}._T" for age in (young, older, "_T")] + [f"_T.{sex}" for sex in SEX]
    tables = [
        tally("S", {"AGE": (young, older), "SEX": SEX}, POP, [[[30, 4], [50, 60]]], without=inner),
        tally("R", {"AGE": (young, older), "REG": ("N", "S")}, POP, [[[20, 14], [55, 55]]]),
    ]
    return plant(tables, "S POP.Y15T24.F.2020 n", "R POP.Y15T24._T.2020", "S POP.Y15T24.M.2020")


def nobody_of_a_few() -> Plant:
    """None of 4 people is in the labour force: a table of rates that leaves them out says so."""
    people, force = [[4, 50, 60]], [[0, 30, 40]]
    tables = [
        tally("F", {"REG": ABC}, [indicator("EAP", "rate")], people, force),
        tally("U", {"REG": ABC}, [indicator("UNE", "rate", "2")], force, [[0, 15, 20]],
              without=("A",)),
    ]  # fmt: skip
    return plant(tables, "F EAP.A.2020 cases", "F EAP._T.2020", "U UNE.B.2020", "U UNE.C.2020")


def the_same_cell_elsewhere() -> Plant:
    """The rule missed a cell of one of two tables."""
    tables = [tally(flow, {"REG": ABC}, POP, [[4, 30, 60]], without=("_T",)) for flow in "FG"]
    seen = "G POP.A.2020"
    return plant(tables, "F POP.A.2020 n", seen, mistake=frozenset({seen}))


def total_of_one_child() -> Plant:
    table = tally("F", {"REG": ("A",)}, POP, [[4]])
    seen = "F POP._T.2020"
    return plant([table], "F POP.A.2020 n", seen, mistake=frozenset({seen}))


def yes_and_no() -> Plant:
    """3 say yes; the rule missed the 47 who say no, of 50 who were asked."""
    names = [indicator("YES", numerator="Y"), indicator("NO", numerator="N")]
    table = tally("F", {"REG": ABC}, names, [[50, 60, 70]] * 2, [[3, 20, 30], [47, 40, 40]],
                  without=("_T",))  # fmt: skip
    seen = "F NO.A.2020"
    return plant([table], "F YES.A.2020 cases", seen, mistake=frozenset({seen}))


def rule_of_one_table_alone() -> Plant:
    """The whole less the part is 3: the part is withheld, and another table has it."""
    own = Safeguards(remainders=Remainders("g"))
    tables = [tally(flow, {"SEX": SEX}, POP, [[40, 3]]) for flow in "FG"]
    return plant(tables, "F POP.M.2020 n", "G POP.M.2020", terms=terms(own=own, of="F"))


def cell_of_an_earlier_vintage() -> Plant:
    """12 were enough, and 20 are asked now."""
    table = tally("F", {"REG": ABC}, POP, [[12, 30, 60]])
    return plant([table], "F POP.A.2020 n", "F@2019 POP.A.2020", retained=earlier(table),
                 terms=terms(20), leaves=False)  # fmt: skip


def margin_of_an_earlier_vintage() -> Plant:
    """The total is no longer told; it was."""
    before = tally("F", {"REG": ("A", "B")}, POP, [[14, 20]])
    now = tally("F", {"REG": ("A", "B")}, POP, [[4, 30]], without=("_T",))
    return plant([now], "F POP.A.2020 n", "F@2019 POP._T.2020", "F POP.B.2020",
                 retained=earlier(before))  # fmt: skip


def share_of_a_hundred_percent() -> Plant:
    """Nobody has to be told that shares add up."""
    share = replace(indicator("S", "share"), within="D")
    n, cases = [[125] * 4], [[4, 20, 30, 71]]
    table = tally("F", {"D": ABCD}, [share], n, cases, without=("_T",))
    return plant([table], "F S.A.2020 cases", "F S.B.2020", "F S.C.2020", "F S.D.2020")


def partner_of_an_earlier_vintage() -> Plant:
    """The 4 hid behind the 20, of whom a total told both; now they hide behind the 15.

    What is left of that total without the 60, who are 15 now, is still true.
    """
    before = tally("F", {"REG": ABCD}, POP, [[4, 20, 50, 60]])
    now = tally("F", {"REG": ABCD}, POP, [[4, 20, 50, 15]], without=("_T",))
    told = (f"F@2019 POP.{code}.2020" for code in ("_T", "C"))
    return plant([now], "F POP.A.2020 n", *told, "F POP.B.2020", retained=earlier(before))


def amounts_of_an_earlier_vintage() -> Plant:
    """The wage bill of both was told, and now that of the second is."""
    both = {"IND": ("A", "B")}
    before = tally("F", both, BILL, [[30, 40]], largest=LARGE[:3])
    now = tally("F", both, BILL, [[30, 40]], largest=LARGE[:3], without=("_T",))
    return plant([now], "F BILL.A.2020 amount", "F@2019 BILL._T.2020", "F BILL.B.2020",
                 exactly=False, retained=earlier(before))  # fmt: skip


PLANTS: list[Callable[[], Plant]] = [
    rest_of_a_total,
    through_another_withheld_cell,
    those_who_lack_it,
    total_of_another_table,
    bands_that_overlap,
    finer_ages,
    quarter_of_a_year,
    numerator_of_a_rate,
    wage_bill_of_one_firm,
    mean_and_total_of_one_amount,
    losses,
    what_the_second_largest_knows,
    those_who_did_not_answer,
    not_stated,
    a_zero_that_is_told_to_nobody,
    all_of_a_group,
    one_employer,
    records_of_few,
    firms_that_answer_for_many,
    too_narrow_and_not_exact,
    codes_under_a_code,
    two_geographies,
    margin_of_another_crossing,
    nobody_of_a_few,
    the_same_cell_elsewhere,
    total_of_one_child,
    yes_and_no,
    rule_of_one_table_alone,
    cell_of_an_earlier_vintage,
    margin_of_an_earlier_vintage,
    share_of_a_hundred_percent,
    amounts_of_an_earlier_vintage,
    partner_of_an_earlier_vintage,
]
