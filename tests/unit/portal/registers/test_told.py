"""Values as a reader sees them, and the time of a record."""

from dataclasses import replace
from datetime import date

from cauce.portal.registers.library import Library, period_at, shown
from cauce.portal.registers.timeline import drawn, moments, told
from cauce.portal.registers.told import Teller, clipped, source_parts
from cauce.portal.words import words


def facts(library: Library, key: str = "a") -> dict[str, str]:
    record = library.find("things", key)
    assert record is not None
    teller = Teller(library.shelves.edition("things").shelf, library)
    return {f.name: "; ".join(p.text for p in f.parts) for f in teller.facts(shown(record).record)}


def test_numbers_years_shares_and_days_are_told_as_they_are_read(library: Library) -> None:
    said = facts(library)
    assert said["Signed_year (es)"] == "2023"
    assert said["Places (es)"] in ("12.000", "12 000", "12\u00a0000")
    assert said["Share (es)"] == "12,5 %"
    assert said["Stay (es)"] == "180 días"
    assert said["Signed_on (es)"] == "25 de agosto de 2023"
    assert said["Binding (es)"] == "sí"


def test_the_title_is_not_said_twice_and_one_language_is_enough(library: Library) -> None:
    said = facts(library)
    assert not any(name.startswith("Title") for name in said)
    assert "About_en (es)" in said


def test_text_in_the_other_language_says_which(library: Library) -> None:
    record = library.find("things", "a")
    teller = Teller(library.shelves.edition("things").shelf, library)
    (note,) = [f for f in teller.facts(shown(record).record) if f.note]
    assert note.parts[0].language == "en"
    assert note.help == "what it is about (es)"
    (steps, *_) = teller.tables(shown(record).record, 10)
    assert [cell.language for row in steps.rows for cell in row[0]] == ["", "en"]
    assert steps.heads == ("Name_es (es)", "Since (es)", "Until (es)")


def test_links_lead_to_records_that_are_public_and_only_there(library: Library) -> None:
    teller = Teller(library.shelves.edition("things").shelf, library)
    assert teller.link("things", "a").href == "/es/registers/things/a"
    gone = teller.link("things", "gone")
    assert (gone.href, gone.absent) == ("", True)


def test_sources_that_are_addresses_become_links() -> None:
    parts = list(
        source_parts("example.org/page; https://x.org/a; a book, p. 3; ; javascript:alert(1)")
    )
    assert [p.href for p in parts] == ["https://example.org/page", "https://x.org/a", "", ""]


def test_only_the_web_is_linked_from_a_web_field(library: Library) -> None:
    teller = Teller(library.shelves.edition("things").shelf, library)
    web = next(f for f in teller.shelf.fields if f.kind == "web")
    assert teller.value(web, "https://example.org/a")[0].href == "https://example.org/a"
    assert teller.value(web, "javascript:alert(1)")[0].href == ""


def test_long_text_is_cut_with_a_mark() -> None:
    assert clipped("abcdef", 4) == "abc…"
    assert clipped("abc", 4) == "abc"


def test_rows_beyond_the_limit_are_counted(library: Library) -> None:
    teller = Teller(library.shelves.edition("things").shelf, library)
    record = shown(library.find("things", "a")).record
    (steps,) = teller.tables(record, 1, "steps")
    assert (len(steps.rows), steps.more) == (1, 1)


def test_the_timeline_has_the_days_of_fields_and_rows_in_order(library: Library) -> None:
    record = library.find("things", "a")
    teller = Teller(library.shelves.edition("things").shelf, library)
    lines = moments(teller, record.known[-1], shown(record).record)
    assert [(x.name, told(x, library.words)) for x in lines] == [
        ("Pilot", "desde el 1 de enero de 2020"),
        ("Law", "desde el 1 de enero de 2021"),
        ("Minutes · Day (es)", "2 de febrero de 2022"),
        ("Visits (es) · Day (es)", "3 de marzo de 2022"),
        ("Signed_on (es)", "25 de agosto de 2023"),
    ]
    svg = drawn("Título", lines, library.words)
    assert svg.startswith("<svg")
    assert 'aria-label="Título"' in svg
    assert svg.count("<circle") == 3
    assert svg.count('class="span open"') == 2


def test_a_period_is_told_by_its_first_day_and_the_day_it_ended(library: Library) -> None:
    record = library.find("things", "a")
    teller = Teller(library.shelves.edition("things").shelf, library)
    period = replace(record.known[-1].periods[0], start=date(2020, 1, 1), end=date(2021, 1, 1))
    known = replace(record.known[-1], periods=(period, replace(period, start=period.end, end=None)))
    said = [told(x, words("en")) for x in moments(teller, known, {})]
    assert said == ["from 1 January 2020 to before 1 January 2021", "from 1 January 2021"]
    assert period_at(known, date(2020, 12, 31)) == period
    assert period_at(known, date(2019, 12, 31)) is None
    before = replace(period, start=None)
    assert told(moments(teller, replace(known, periods=(before,)), {})[0], words("en")) == (
        "to before 1 January 2021"
    )


def test_without_a_day_nothing_is_drawn(library: Library) -> None:
    record = library.find("things", "b")
    teller = Teller(library.shelves.edition("things").shelf, library)
    lines = moments(teller, record.known[-1], shown(record).record)
    assert (lines, drawn("x", lines, library.words)) == ((), "")
