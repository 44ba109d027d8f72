"""Finding records: whatever the accents, by other names, by what exists."""

import pytest

from cauce.portal.registers.library import Library
from cauce.portal.registers.lists import choices, ordered, page_asked
from cauce.portal.registers.register import fitting, opened
from cauce.portal.registers.search import readings


def found(library: Library, **query: str) -> list[str]:
    here = opened(library, "things", query)
    return [record.key for record in fitting(here, library, query)[0]]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, ["a", "b", "c"]),
        ({"q": "ACUÉRDO"}, ["a"]),
        ({"q": "puebla process"}, ["a"]),
        ({"q": "conferencia regional acuerdo"}, ["a"]),
        ({"q": "tool nothing"}, []),
        ({"country": "usa"}, ["b", "c"]),
        ({"kind": "BLA"}, ["a"]),
        ({"kind": "BLA", "country": "USA"}, []),
        ({"kind": "<script>"}, []),
        ({"of": "things/a"}, ["b"]),
        ({"corridor": "GTM-USA"}, []),
    ],
)
def test_records_are_found_by(library: Library, query: dict[str, str], keys: list[str]) -> None:
    assert found(library, **query) == keys


def test_who_asks_by_one_name_is_answered_for_all_of_them(library: Library) -> None:
    said = readings("los de la CRM", library.records("aliases"))
    assert ("los", "de", "la", "rcm") in said
    assert ("los", "de", "la", "puebla", "process") in said
    assert readings("   ", library.records("aliases")) == ()
    assert readings("CRM", ()) == (("crm",),)


def test_choices_offer_what_exists_beside_the_other_choices(library: Library) -> None:
    here = opened(library, "things", {})
    wanted = fitting(here, library, {"kind": "TOOL"})[1]
    fields = choices(here.edition.shelf, here.records, wanted, library)
    offered = {f.id: [(c.id, c.name) for c in f.choices if c.id] for f in fields}
    assert offered == {
        "country": [("USA", "Estados Unidos (2)")],
        "kind": [("BLA", "Agreement (es) (1)"), ("TOOL", "Tool (es) (2)")],
    }


def test_a_choice_that_finds_nothing_stays_to_be_taken_away(library: Library) -> None:
    here = opened(library, "things", {})
    wanted = fitting(here, library, {"country": "XXX"})[1]
    (country,) = [
        f for f in choices(here.edition.shelf, here.records, wanted, library) if f.id == "country"
    ]
    assert [c.name for c in country.choices if c.chosen] == ["XXX (0)"]


def test_numbers_in_titles_count_as_numbers(library: Library) -> None:
    assert [record.key for record in ordered(library.records("things"), library)] == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("text", "page"), [("", 1), ("2", 2), ("9", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 30, 1)]
)
def test_a_page_asked_for_is_one_there_is(text: str, page: int) -> None:
    assert page_asked(text, 120) == page
