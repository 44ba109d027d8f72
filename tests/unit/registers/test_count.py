"""What a register counts, and what its counts keep to themselves."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from cauce.model.cell import Cells
from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.house import House
from cauce.model.observation import ConfStatus, Observations
from cauce.model.pack import MinRespondents, Rules
from cauce.model.record import Absent, Record, Sealed
from cauce.model.register import Register
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.pipeline.registers import read_house, read_registers
from cauce.protect import protect
from cauce.registers.count import Counted, count_register
from cauce.registers.counted import dataflow
from cauce.registers.declaration import parse_registers
from cauce.registers.lending import list_of

DAY = date(2026, 2, 1)
T = Text("x", "x")
HEAD = """
id = "things"
name = { en = "Things", es = "Cosas" }
one = { en = "thing", es = "cosa" }
about = { en = "Things.", es = "Cosas." }
title = { en = "who", es = "who" }
"""
FIELDS = "\n".join(
    f'[[field]]\nid = "{name}"\nname = {{ en = "{name}", es = "{name}" }}\nkind = "{kind}"\n{more}'
    for name, kind, more in (
        ("who", "text", ""),
        ("firm", "text", ""),
        ("country", "code", 'codelist = "LIST"'),
        ("kind", "code", 'codelist = "LIST"'),
        ("themes", "codes", 'codelist = "LIST"'),
        ("amount", "money", ""),
        ("year", "number", ""),
        ("since", "date", ""),
        ("open", "flag", ""),
        ("parts", "rows", ""),
    )
)
COLUMN = """
[[field.column]]
id = "role"
name = { en = "role", es = "role" }
kind = "code"
codelist = "LIST"
[[field.column]]
id = "share"
name = { en = "share", es = "share" }
kind = "number"
[[field.column]]
id = "since"
name = { en = "since", es = "since" }
kind = "date"
[[field.column]]
id = "until"
name = { en = "until", es = "until" }
kind = "date"
"""
LISTS = {"LIST": Codelist("LIST", T, tuple(Code(c, T) for c in ("A", "B", "C")))}
NONE = Rules("ilo", (MinRespondents(date(2000, 1, 1), 1, "g"),), 0, 0.0, "")
FIVE = Rules("ilo", (MinRespondents(date(2000, 1, 1), 5, "g"),), 2, 85.0, "g")
HOUSE = House("REG", T, "", FIVE, NONE)
PACKS = Path(__file__).parents[3] / "packs" / "registers"


def register(*counts: str) -> Register:
    asked = "\n".join(
        f'[[count]]\nid = "DF_{at}"\nname = {{ en = "c", es = "c" }}\n{count}'
        for at, count in enumerate(counts)
    )
    return parse_registers({"things.toml": HEAD + FIELDS + COLUMN + asked}, LISTS)["things"]


def counted(count: str, *records: Record) -> Counted:
    return count_register(register(count), records, LISTS, HOUSE, DAY)[0]


def cells_of(count: str, *records: Record) -> Cells:
    cells = counted(count, *records).cells
    assert cells is not None
    return cells


def told(cells: Cells, column: str = "value") -> dict[tuple[str, ...], float]:
    """A column of the cells by the codes counted by, and the period."""
    dimensions = cells.dataflow.dimensions[3:]
    rows = zip(cells.key[:, 3:].tolist(), getattr(cells, column).tolist(), strict=True)
    return {
        tuple(d.codes[at].id for d, at in zip(dimensions, key, strict=True)): value
        for key, value in rows
    }


def test_a_register_is_a_census_of_itself() -> None:
    cells = cells_of('by = ["kind"]', {"kind": "A"}, {"kind": "A"})
    assert told(cells) == {("_T", "2026-02-01"): 2, ("A", "2026-02-01"): 2}
    assert not cells.se.any()
    assert (cells.ci_low == cells.value).all()
    assert cells.dataflow.method.var_method == "CENSUS"


def test_a_cell_may_be_of_its_month_and_of_those_records_only_that_have_a_code() -> None:
    count = (
        'by = ["kind"]\nperiod = "since"\nmonthly = true\nonly = { kind = ["A"], open = ["true"] }'
    )
    good = {"kind": "A", "open": True, "since": date(2026, 1, 31)}
    found = counted(
        count,
        good,
        {**good, "open": False},
        {**good, "kind": "B"},
        {**good, "since": Absent.UNKNOWN},
    )
    assert found.cells is not None
    assert told(found.cells) == {("_T", "2026-01"): 1, ("A", "2026-01"): 1}
    assert found.without_period == 1
    assert found.cells.dataflow.dimensions[0].codes[0].id == "M"


def test_of_rows_with_days_those_of_the_day_counted_may_count_alone() -> None:
    """The last day belongs to a row; what has no first day that is known holds on none."""
    count = 'by = ["parts.role"]\ncurrent = ["parts.since", "parts.until"]\napart = ["parts.role"]'
    rows = (
        {"role": "A", "since": date(2025, 1, 1), "until": DAY},
        {"role": "B", "since": date(2025, 1, 1), "until": date(2026, 1, 31)},
        {"role": "B", "since": date(2026, 2, 2)},
        {"role": "B"},
        {"role": "C", "since": DAY, "until": Absent.UNKNOWN},
    )
    assert told(cells_of(count, {"parts": rows})) == {
        ("A", "2026-02-01"): 1,
        ("C", "2026-02-01"): 1,
    }


LAPSES = """by = ["parts.role"]
apart = ["parts.role"]
current = ["parts.since", "parts.until"]
lapses = { field = "parts.role", from = ["A", "C"], into = "C" }"""
"""A is licensed, B suspended, C expired."""


def row(role: str, since: str = "", until: str = "") -> dict[str, object]:
    days = {"since": since, "until": until}
    return {"role": role} | {name: date.fromisoformat(day) for name, day in days.items() if day}


OLD, ENDED = ("A", "2024-01-01", "2025-12-31"), ("A", "2024-01-01", "2026-01-31")


@pytest.mark.parametrize(
    ("what", "rows", "state"),
    [
        ("in force", [("A", "2024-01-01", "2026-12-31")], "A"),
        ("its last day", [("A", "2024-01-01", "2026-02-01")], "A"),
        ("ran out the day before", [ENDED], "C"),
        ("ran out and renewed", [ENDED, ("A", "2026-02-01")], "A"),
        ("renewed from tomorrow", [ENDED, ("A", "2026-02-02")], "C"),
        (
            "in no order",
            [("A", "2025-01-01", "2025-12-31"), ("B", "2024-01-01", "2024-12-31")],
            "C",
        ),
        ("expired, and written", [OLD, ("C", "2026-01-01")], "C"),
        ("written with a last day", [("C", "2024-01-01", "2025-12-31")], "C"),
        ("a suspension that ended", [("B", "2024-01-01", "2025-12-31")], ""),
        ("not begun", [("A", "2026-03-01", "2027-01-01")], ""),
        ("a first day unknown", [OLD, ("B",)], ""),
        ("no state", [], ""),
    ],
)
def test_what_ran_out_and_nothing_followed_has_lapsed_on_the_day(what, rows, state) -> None:
    other = {"parts": (row("B", "2020-01-01"),)}
    found = told(cells_of(LAPSES, other, {"parts": tuple(row(*one) for one in rows)}))
    expected = {("B", "2026-02-01"): 1} | ({(state, "2026-02-01"): 1} if state else {})
    assert found == expected, what


def test_only_what_is_asked_for_is_counted_after_it_is_known_what_lapsed() -> None:
    held = {"parts": (row(*OLD), row("B", "2026-01-01"))}
    over = {"parts": (row(*OLD),)}
    cells = cells_of(LAPSES + '\nonly = { "parts.role" = ["A", "C"] }', held, over)
    assert told(cells) == {("C", "2026-02-01"): 1}, "the first is suspended, and not expired"


def test_a_share_is_of_the_sums_and_of_nothing_unknown() -> None:
    count = 'by = ["kind"]\napart = ["kind"]\nmeasure = "amount"\nshare_of = "year"\nunit = "PT"'
    records = (
        {"kind": "A", "amount": 30, "year": 100},
        {"kind": "A", "amount": 90, "year": 100},
        {"kind": "A", "amount": 5},
        {"kind": "A", "amount": Absent.UNKNOWN, "year": 50},
        {"kind": "A", "amount": Absent.NOT_APPLICABLE, "year": 50},
        {"kind": "B", "amount": 0, "year": 0},
        {"kind": "C", "amount": 12, "year": 10},
    )
    cells = cells_of(count, *records)
    found = told(cells)
    assert found["A", "2026-02-01"] == 60
    assert found["C", "2026-02-01"] == 120, "more than the ceiling is said, not cut"
    assert np.isnan(found["B", "2026-02-01"]), "of nothing there is no share"
    assert cells.n[0] == 2
    assert cells.missing[0] == 2
    (indicator,) = cells.dataflow.indicators
    assert (indicator.id, indicator.unit) == ("AMOUNT_OF_YEAR", "PT")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ('lapses = { field = "kind", from = ["A"], into = "B" }', "lapses needs current"),
        ('share_of = "year"', "share_of needs a measure"),
        ('measure = "amount"\nshare_of = "kind"', "kind is not a number"),
        (LAPSES.replace('parts.role", from', 'parts.since", from'), "parts.since is not a code"),
    ],
)
def test_a_lapse_or_a_share_that_cannot_be_told_is_refused(count, said) -> None:
    with pytest.raises(BadInput, match=said):
        cells_of(count if "by =" in count else f'by = ["kind"]\n{count}', {"kind": "A"})


def test_what_is_apart_and_what_one_record_has_several_of_get_no_total() -> None:
    record = {"kind": "A", "themes": ("A", "B")}
    cells = cells_of('by = ["kind", "themes"]\napart = ["kind"]', record, record)
    assert told(cells) == {("A", "A", "2026-02-01"): 2, ("A", "B", "2026-02-01"): 2}
    assert not any(dimension.additive for dimension in cells.dataflow.dimensions)


def test_rows_are_counted_and_rest_on_their_records() -> None:
    two = {"parts": ({"role": "A"}, {"role": "A"}, {"role": "B"}), "kind": "C"}
    count = 'by = ["kind", "parts.role"]'
    cells = cells_of(count, two, {"kind": "C"}, {"parts": Absent.UNKNOWN, "kind": "C"})
    assert told(cells)["C", "A", "2026-02-01"] == 2
    assert told(cells, "n")["C", "A", "2026-02-01"] == 1
    assert told(cells)["_T", "_T", "2026-02-01"] == 3
    odd = {"parts": ("A", "B")}
    assert counted(count, odd).cells is None


def test_a_cell_rests_on_the_fewest_of_several_kinds_of_contributor() -> None:
    records = [{"who": f"w{at}", "firm": "f", "kind": "A"} for at in range(7)]
    both = 'by = ["kind"]\ncontributor = ["who", "firm"]'
    assert told(cells_of(both, *records), "n")["A", "2026-02-01"] == 1
    assert (
        told(cells_of('by = ["kind"]\ncontributor = "who"', *records), "n")["_T", "2026-02-01"] == 7
    )


@pytest.mark.parametrize("hidden", [None, Absent.UNKNOWN, Sealed("aa")])
def test_contributors_nobody_can_tell_apart_count_as_one(hidden) -> None:
    records = [{"kind": "A", **({} if hidden is None else {"who": hidden})} for _ in range(3)]
    cells = cells_of('by = ["kind"]\ncontributor = "who"', *records)
    assert told(cells, "n")["A", "2026-02-01"] == 1
    assert told(cells)["A", "2026-02-01"] == 3


def test_a_cell_is_of_the_year_its_record_names_and_others_are_counted_apart() -> None:
    years = [2020, 2021, 2021, Absent.UNKNOWN, 99, None]
    records = [{"kind": "A", **({} if y is None else {"year": y})} for y in years]
    found = counted('by = ["kind"]\nperiod = "year"', *records)
    assert told(found.cells)["A", "2021"] == 2
    assert [code.id for code in found.cells.dataflow.dimensions[-1].codes] == ["2020", "2021"]
    assert found.without_period == 3
    assert counted('by = ["kind"]\nperiod = "year"', {"kind": "A"}) == Counted(None, 1)


def test_a_date_stands_for_its_year() -> None:
    cells = cells_of('by = ["kind"]\nperiod = "since"', {"kind": "A", "since": date(2019, 12, 31)})
    assert told(cells) == {("_T", "2019"): 1, ("A", "2019"): 1}


def test_an_empty_register_has_no_cells() -> None:
    assert counted('by = ["kind"]') == Counted(None, 0)


def test_amounts_to_which_the_field_does_not_apply_are_none() -> None:
    assert (
        counted('by = ["kind"]\nmeasure = "amount"', {"amount": Absent.NOT_APPLICABLE}).cells
        is None
    )


def test_no_amount_is_not_zero_and_zero_is() -> None:
    cells = cells_of(
        'by = ["kind"]\nmeasure = "amount"', {"kind": "A", "amount": 0.0}, {"kind": "B"}
    )
    assert told(cells)["A", "2026-02-01"] == 0
    assert np.isnan(told(cells)["B", "2026-02-01"])
    assert told(cells, "missing")["B", "2026-02-01"] == 1
    assert np.isnan(cells.largest).all()


def test_the_shares_of_the_two_largest_are_of_contributors_and_not_of_records() -> None:
    """f: 60 and 20 in two records, g: 15, h: 5; of persons the largest hold 60 and 20."""
    given = [("a", "f", 60.0), ("b", "f", 20.0), ("c", "g", 15.0), ("d", "h", 5.0)]
    records = [{"who": w, "firm": f, "amount": a} for w, f, a in given]
    cells = cells_of('by = ["kind"]\nmeasure = "amount"\ncontributor = ["who", "firm"]', *records)
    assert cells.largest[0].tolist() == [0.8, 0.2]


def test_a_cell_knows_how_many_holdings_stand_behind_it_and_what_the_largest_have() -> None:
    """Of f three records, of g one; who has none is as one more."""
    records = [{"who": f"{at}", "firm": firm} for at, firm in enumerate("fffg")]
    cells = cells_of('by = ["kind"]\ncontributor = "who"\nholding = "firm"', *records, {"who": "x"})
    assert cells.holdings[0] == 3
    assert cells.held[0].tolist() == [0.6, 0.2]
    assert np.isnan(cells.largest).all()


def test_the_holding_of_a_record_with_rows_is_that_of_the_last() -> None:
    rows = ({"role": "A", "since": DAY}, {"role": "B", "since": DAY})
    cells = cells_of('by = ["kind"]\nholding = "parts.role"', {"parts": rows}, {"parts": ()}, {})
    assert cells.holdings[0] == 2
    cells = cells_of('by = ["parts.role"]\nholding = "parts.role"', {"parts": rows})
    assert told(cells, "holdings")["A", "2026-02-01"] == 1


def test_an_amount_below_zero_holds_as_much_as_one_above() -> None:
    records = [{"who": "a", "amount": -80.0}, {"who": "b", "amount": 20.0}]
    cells = cells_of('by = ["kind"]\nmeasure = "amount"\ncontributor = "who"', *records)
    assert cells.largest[0].tolist() == [0.8, 0.2]


def test_a_count_without_holdings_says_so() -> None:
    cells = cells_of('by = ["kind"]', {"kind": "A"})
    assert set(cells.holdings.tolist()) == {-1}
    assert np.isnan(cells.held).all()


def test_the_same_records_have_the_same_key_wherever_they_are_counted() -> None:
    made = register('by = ["kind"]', 'by = ["country"]')
    records = [{"kind": "A", "country": "B"}, {"kind": "A", "country": "B"}, {"country": "A"}]
    keys = [2**63, 2**63 + 5, 7]
    one, two = (each.cells for each in count_register(made, records, LISTS, HOUSE, DAY, keys))
    assert one is not None
    assert two is not None
    day = "2026-02-01"
    assert told(one, "record_keys")["A", day] == told(two, "record_keys")["B", day] == 5
    assert told(one, "record_keys")["_T", day] == 12


def test_a_code_its_list_no_longer_has_stops_the_count_and_is_named() -> None:
    with pytest.raises(BadInput, match="the list LIST of themes no longer has: X, Y"):
        counted('by = ["themes"]', {"themes": ("Y", "A", "X")})


def protected(register: Register, records: list[Record], rules: Rules) -> list[Observations]:
    found = count_register(register, records, LISTS, HOUSE, DAY)
    cells = [one.cells for one in found if one.cells is not None]
    return list(protect(cells, Terms("REG_THINGS", "v", rules), DAY).flows)


def people(**counts: int) -> list[Record]:
    """So many persons by "country_kind"."""
    return [
        {"country": name[0], "kind": name[1], "who": f"{name}{at}"}
        for name, many in counts.items()
        for at in range(many)
    ]


def status(flow: Observations) -> dict[tuple[str, ...], ConfStatus]:
    dimensions = flow.dataflow.dimensions[3:-1]
    return {
        tuple(d.codes[at].id for d, at in zip(dimensions, key, strict=True)): conf
        for key, conf in zip(flow.key[:, 3:-1].tolist(), flow.conf_status, strict=True)
    }


def test_a_small_count_cannot_be_found_by_subtracting_within_its_table() -> None:
    """A/A is 3 of a total of 40; nothing published adds up to it."""
    made = register('by = ["country", "kind"]\ncontributor = "who"')
    [flow] = protected(made, people(AA=3, AB=9, BA=12, BB=16), FIVE)
    verdict = status(flow)
    assert verdict["A", "A"] is verdict["A", "B"] is verdict["B", "A"] is ConfStatus.CONFIDENTIAL
    assert verdict["_T", "_T"] is ConfStatus.FREE
    shown = {codes for codes, conf in verdict.items() if conf is ConfStatus.FREE}
    assert solvable(shown, ("A", "A")) is False


def solvable(shown: set[tuple[str, ...]], wanted: tuple[str, str]) -> bool:
    """Whether a cell is a sum and difference of those shown: the rank does not grow by it."""
    inner = [(c, k) for c in "AB" for k in "AB"]

    def row(codes: tuple[str, ...]) -> list[int]:
        return [all(a in ("_T", b) for a, b in zip(codes, cell, strict=True)) for cell in inner]

    known = np.array([row(codes) for codes in shown], dtype=float)
    more = np.vstack([known, row(wanted)])
    return bool(np.linalg.matrix_rank(known) == np.linalg.matrix_rank(more))


def test_counts_of_public_records_are_published_whatever_their_size() -> None:
    [flow] = protected(register('by = ["country", "kind"]'), people(AA=1, BB=2), NONE)
    assert set(flow.conf_status) == {ConfStatus.FREE}
    assert sorted(flow.value.tolist()) == [1, 1, 1, 2, 2, 2, 3]


def test_a_count_that_rests_on_one_firm_is_withheld() -> None:
    records = [{"kind": "A", "who": f"w{at}", "firm": "f"} for at in range(9)]
    [flow] = protected(register('by = ["kind"]\ncontributor = ["who", "firm"]'), records, FIVE)
    assert set(flow.conf_status) == {ConfStatus.CONFIDENTIAL}
    assert np.isnan(flow.value).all()


def test_every_count_of_the_house_has_a_dataflow_with_names_of_its_own() -> None:
    declared, house = read_registers(PACKS), read_house(PACKS)
    records = Codelist("", T, (Code("a-key", T),))
    lists = {**declared.lists, **{list_of(name): records for name in declared.registers}}
    flows = [
        dataflow(one, count, lists, house, ["2026"])
        for one in declared.registers.values()
        for count in one.counts
    ]
    assert len(flows) >= 40
    for flow in flows:
        names = [dimension.id for dimension in flow.dimensions]
        assert len(names) == len(set(names)), flow.id
        for one in flow.dimensions:
            codes = [code.id for code in one.codes]
            assert len(codes) == len(set(codes)), (flow.id, one.id)


def test_a_yes_or_no_is_counted_by_its_words() -> None:
    cells = cells_of('by = ["open"]', {"open": True}, {"open": False}, {"open": Absent.NOT_STATED})
    assert told(cells) == {
        (c, "2026-02-01"): v for c, v in zip(["_T", "Y", "N", "_X"], (3, 1, 1, 1), strict=True)
    }


def test_a_measure_of_rows_has_the_words_and_decimals_of_its_column() -> None:
    cells = cells_of('by = ["parts.role"]\nmeasure = "parts.share"', {"parts": ({"share": 2},)})
    assert cells.dataflow.indicators[0].id == "PARTS_SHARE"
    assert replace(cells.dataflow.indicators[0], decimals=0) == cells.dataflow.indicators[0]
