"""What a network observed, and where nobody looks."""

from datetime import date

from cauce.assess.telling import Speaker
from cauce.assess.watch.corridors import watch
from cauce.assess.watch.told import LEVELS, MOST, told_watch
from cauce.model.record import Absent
from cauce.model.text import Text

ON = date(2025, 3, 1)


def observed(origin="XAA", destination="XAB", consent="NETWORK", level="REP", on=ON):
    return {
        "origin": origin, "destination": destination, "consent": consent, "verification": level,
        "observed_on": on,
    }  # fmt: skip


KNOWN = {
    "mechanisms": [("XAA", "XAB"), ("XAC", "XAB"), ("XAC", "XAB")],
    "mechanism_funnel": [("XAC", "XAB")],
}


def test_corridors_without_observations_come_first_then_those_seen_longest_ago():
    old = observed(destination="XAD", on=date(2020, 1, 1))
    later = observed(on=date(2024, 5, 1), level="DOC")
    found = watch([observed(on=date(2023, 1, 1)), later, old], KNOWN, ON).corridors
    assert [(c.origin, c.destination, c.observed) for c in found] == [
        ("XAC", "XAB", 0), ("XAA", "XAD", 1), ("XAA", "XAB", 2),
    ]  # fmt: skip
    assert found[0].known_from == ("mechanisms", "mechanism_funnel")
    assert (found[2].last, found[2].levels) == (date(2024, 5, 1), {"REP": 1, "DOC": 1})


def test_what_may_be_shared_with_nobody_is_counted_nowhere():
    """A corridor seen only so is one that nobody is known to monitor, or not known at all."""
    private = [observed(consent=scope) for scope in ("PRIV", Absent.UNKNOWN)]
    found = watch([*private, observed("XAE", "XAF", "PRIV"), observed("", "", "PRIV")], KNOWN, ON)
    assert [c.observed for c in found.corridors] == [0, 0]
    assert found.unplaced == 0
    scopes = [observed(consent=scope) for scope in ("NETWORK", "AUTH", "PUBLIC")]
    assert watch(scopes, {}, ON).corridors[0].observed == 3


def test_an_observation_counts_from_its_day_on_and_in_its_corridor_only():
    later, undated = observed(on=date(2025, 3, 2)), observed(on=Absent.UNKNOWN)
    nowhere = observed(destination=Absent.UNKNOWN)
    found = watch([later, undated, nowhere], {}, ON)
    assert [(c.observed, c.last) for c in found.corridors] == [(1, None)]
    assert found.unplaced == 1


NAMES = {name: Text(name, f"{name} es") for name in KNOWN}


def said(found, country=""):
    return told_watch(found, country, NAMES, Speaker({}))


def rows(table):
    return [[cell.said.en for cell in row] for row in table.rows]


def test_the_page_tells_where_nobody_looks_and_how_far_the_rest_is_verified():
    found = said(watch([observed(level="COR"), observed("XAE", "XAF"), observed("")], KNOWN, ON))
    blind, seen = found.tables
    assert rows(blind) == [["XAC → XAB", "mechanisms, mechanism_funnel"]]
    assert rows(seen) == [
        ["XAA → XAB", "1", "1 March 2025", "0", "1", "0", "mechanisms"],
        ["XAE → XAF", "1", "1 March 2025", "1", "0", "0", "observations"],
    ]
    assert [head.en for head in seen.head[3:6]] == list(LEVELS)
    assert "members of the network only" in found.notes[0].en
    assert found.notes[-1].es == "Observaciones que no nombran un corredor: 1."


def test_a_country_narrows_both_tables_and_much_is_cut_short():
    found = watch([observed()], KNOWN, ON)
    one = said(found, "XAA")
    assert one.title.es == "Corredores que nadie vigila: XAA"
    assert (rows(one.tables[0]), len(rows(one.tables[1]))) == ([], 1)
    many = watch([], {"mechanisms": [(f"X{n}", "XAB") for n in range(MOST + 1)]}, ON)
    assert len(rows(said(many).tables[0])) == MOST
    assert "choose a country" in said(many).notes[-1].en
