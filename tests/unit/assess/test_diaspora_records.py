"""A country's ledger straight from the register of contributions."""

from decimal import Decimal

from cauce.assess.diaspora.countries import country_ledger
from cauce.assess.diaspora.records import lines_of, shares_of
from cauce.assess.diaspora.told import BESIDE, INSIDE, told_ledger
from cauce.assess.telling import Speaker
from cauce.model.record import Absent

UNKNOWN = Absent.UNKNOWN
REMITTANCES = {
    "type": "ER", "scope": "COUNTRY", "country": "XAA", "direction": "TO_ORIGIN", "year": 2022,
    "amount": 7000.0, "currency": "USD", "valuation": "OBS", "confidence": "A", "source": "bank",
}  # fmt: skip
HOURS = {
    **{k: v for k, v in REMITTANCES.items() if k not in ("amount", "currency")},
    "type": "HSK", "valuation": "NM", "quantity": 1200.0, "quantity_unit": "HOURS",
}  # fmt: skip


def ledger(**records):
    return country_ledger(records, "XAA")


def kinds(found):
    return [[one.kind for one in each.obstacles] for each in found.ledger.money]


def test_money_and_a_quantity_are_two_lines_and_a_share_is_none():
    both = {**REMITTANCES, "quantity": 5.0, "quantity_unit": "PROJECTS", "share_of_gdp_pct": 20.0}
    found = lines_of({"a": both, "b": HOURS, "c": {"share_of_gdp_pct": 20.0, "country": "XAA"}})
    assert [(line.id, line.unit, line.valuation) for line in found] == [
        ("a", "USD", "OBS"), ("a+", "PROJECTS", "NM"), ("b", "HOURS", "NM"),
    ]  # fmt: skip
    shares = shares_of({"a": both, "c": {"share_of_gdp_pct": 20.0, "share_bound": "AT_LEAST"}})
    assert [(share.percent, share.bound) for share in shares] == [
        (20.0, "ABOUT"), (20.0, "AT_LEAST"),
    ]  # fmt: skip


def test_what_is_unknown_of_a_line_stays_unknown_and_is_added_to_nothing():
    blank = {
        "year": UNKNOWN, "direction": UNKNOWN, "currency": UNKNOWN, "valuation": UNKNOWN,
        "confidence": UNKNOWN, "amount": UNKNOWN,
    }  # fmt: skip
    (line,) = lines_of({"a": REMITTANCES | blank})
    assert (line.year, line.way, line.unit, line.valuation) == (None, None, "", "")
    assert (line.confidence, line.amount, line.sampling) == (None, None, "NOT_SAMPLED")
    (surveyed,) = lines_of({"a": {**REMITTANCES, "valuation": "SUR"}})
    assert surveyed.sampling == "UNKNOWN"
    found = ledger(a={**REMITTANCES, "year": UNKNOWN}, b={**REMITTANCES, "year": UNKNOWN})
    assert "UNKNOWN" in kinds(found)[0]
    (alone,) = ledger(a={**REMITTANCES, "confidence": UNKNOWN}).ledger.money
    assert (alone.amount, alone.confidence) == (Decimal(7000), None)


def test_lines_that_state_different_parts_are_added_and_others_are_not():
    mexico = {**REMITTANCES, "residence": "MEX"}
    spain = {**REMITTANCES, "residence": "ESP", "amount": 500.0}
    assert ledger(a=mexico, b=spain).ledger.money[0].amount == 7500
    family = {**mexico, "part": "family"}
    assert kinds(ledger(a=spain, b=mexico, c=family)) == [["SAME_TWICE"]]
    projects = [{**REMITTANCES, "initiative": name} for name in ("i", "j")]
    assert ledger(a=projects[0], b=projects[1]).ledger.money[0].amount == 14000


def test_a_part_of_a_line_that_is_not_there_stands_for_itself():
    found = ledger(a=REMITTANCES, b={**REMITTANCES, "type": "EEC", "inside": "a"})
    assert found.ledger.within == ("1",)
    assert [line.inside for line in found.lines] == ["2", ""]
    lost = ledger(b={**REMITTANCES, "type": "EEC", "inside": "gone"})
    assert lost.ledger.within == ()


def test_figures_of_several_countries_stand_beside_the_ledger():
    together = {**REMITTANCES, "scope": "REGION", "country": UNKNOWN, "countries": ("XAB", "XAA")}
    found = ledger(a=REMITTANCES, r=together, other={**REMITTANCES, "country": "XAB"})
    assert [line.id for line in found.lines] == ["1"]
    assert [(line.id, line.country) for line in found.region] == [("2", "XAA+XAB")]
    assert found.keys == {"1": "a", "2": "r"}
    told = told_ledger(found, Speaker({}))
    assert told.notes == (BESIDE,)
    assert told.tables[3].rows[0][6].said.en == "XAA, XAB"


def test_an_amount_far_from_other_years_is_questioned_by_its_number():
    years = {f"y{year}": {**REMITTANCES, "year": year} for year in (2019, 2020, 2021)}
    found = ledger(**years, slip={**REMITTANCES, "amount": 7.0}, h=HOURS)
    assert list(found.doubts) == ["4"]
    assert any(note.es.startswith("Línea 4: 7 ") for note in told_ledger(found, Speaker({})).notes)


def test_a_ledger_is_told_with_its_sums_and_why_not():
    surveyed = {
        **REMITTANCES, "valuation": "SUR", "sample": "NON_PROBABILITY", "year": UNKNOWN,
        "direction": UNKNOWN, "currency": UNKNOWN, "amount": UNKNOWN, "initiative": "i",
        "part": "trips", "residence": "MEX",
    }  # fmt: skip
    found = ledger(
        a=REMITTANCES,
        b={**REMITTANCES, "confidence": "B"},
        c={**REMITTANCES, "type": "EEC", "inside": "a"},
        d=HOURS,
        e=surveyed,
        f={**REMITTANCES, "type": "ETO", "valuation": UNKNOWN},
        g={**REMITTANCES, "type": "EPH", "share_of_gdp_pct": 1.5},
        h={**REMITTANCES, "type": "EPH", "amount": UNKNOWN, "initiative": "i"},
        i={**REMITTANCES, "type": "EPH", "initiative": "j"},
    )
    told = told_ledger(found, Speaker({}, {("diaspora_initiatives", "i"): INSIDE}))
    said = [" | ".join(cell.said.en for cell in row) for table in told.tables for row in table.rows]
    assert any("not added" in line and "measure the same thing" in line for line in said)
    assert any("1,200 HOURS" in line for line in said)
    assert any("part of " in line for line in said)
    assert any("(unit not known)" in line and "not known" in line for line in said)
    assert any("about 1.5%" in line for line in said)
    assert INSIDE in told.notes
    assert any("chose themselves" in warning.en for warning in told.warnings)


def test_a_sum_with_an_unknown_part_says_at_least():
    parts = {
        "a": {**REMITTANCES, "residence": "MEX"},
        "b": {**REMITTANCES, "residence": "ESP", "amount": UNKNOWN},
    }
    told = told_ledger(country_ledger(parts, "XAA"), Speaker({}))
    assert told.tables[0].rows[0][3].said.es == "al menos 7\u00a0000 USD"
