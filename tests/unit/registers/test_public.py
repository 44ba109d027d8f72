"""What of a register the public is told, and what never."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.entry import Action, Entry
from cauce.model.record import Absent, Record, Sealed
from cauce.model.register import Field, FieldKind, Register, Sensitivity
from cauce.model.text import Text
from cauce.registers.public import OTHER, consented, fill, shelf_of
from cauce.registers.shown import corridors, leaves, links, places, title, words

P0, P2 = Sensitivity.P0, Sensitivity.P2


def text(word: str) -> Text:
    return Text(word, f"{word} (es)")


def field(name: str, kind: FieldKind = "text", public: bool = True, **more: object) -> Field:
    return Field(name, text(name), kind, False, P0 if public else P2, public, **more)  # type: ignore[arg-type] # as given


LISTS = {
    "CL_COUNTRY": Codelist(
        "CL_COUNTRY", text("Country"), tuple(Code(c, text(c)) for c in ("GTM", "MEX", "USA"))
    ),
    "CL_ROLE": Codelist(
        "CL_ROLE", text("Role"), tuple(Code(c, text(c)) for c in ("ORIG", "DEST", "BOTH", "TRAN"))
    ),
    "CL_REGISTER_TOPIC": Codelist(
        "CL_REGISTER_TOPIC", text("Topic"), (Code("MECHANISMS", text("Mechanisms")),)
    ),
}
COUNTRY = {"kind": "code", "codelist": "CL_COUNTRY"}
REGISTER = Register(
    id="things",
    name=text("Things"),
    one=text("thing"),
    about=text("Things."),
    topic="MECHANISMS",
    title=Text("title_en", "title_es"),
    country="country",
    public=True,
    fields=(
        field("title_en"),
        field("title_es"),
        field("country", **COUNTRY),
        field("residence", **COUNTRY),
        field("others", "codes", codelist="CL_COUNTRY"),
        field("signed_on", "date"),
        field("size", "number"),
        field("note", "note"),
        field("body", "link", register="bodies"),
        field("informant", public=False),
        field("web", "web"),
        field(
            "parties",
            "rows",
            rows=(
                field("country", **COUNTRY),
                field("role", "code", codelist="CL_ROLE"),
                field("contact", public=False),
            ),
        ),
        field("routes", "rows", rows=(field("origin", **COUNTRY), field("destination", **COUNTRY))),
        field("diary", "rows", rows=(field("line", public=False),)),
    ),
)
SHELF = shelf_of(REGISTER, LISTS)
PUBLIC = {"bodies": frozenset({"b1"})}


def entry(
    number: int, record: Record | None, action: Action = Action.OPEN, **more: object
) -> Entry:
    made = Entry(
        number, "things", "k", "GTM", action, record, None, None,
        datetime(2024, number, 1, tzinfo=UTC), "ana", "because of Luis", "", "",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type] # as given


def told(*entries: Entry):
    filled = fill(SHELF, [entries], PUBLIC)
    return filled.records[0].known if filled.records else ()


def test_a_shelf_has_the_public_fields_and_columns_and_no_other() -> None:
    names = [each.id for each in SHELF.fields]
    assert "informant" not in names
    assert "diary" not in names
    parties = next(each for each in SHELF.fields if each.id == "parties")
    assert [column.id for column in parties.columns] == ["country", "role"]
    assert SHELF.topic.id == "MECHANISMS"
    assert SHELF.country == "country"


def test_a_title_or_country_that_is_not_public_is_not_named() -> None:
    closed = replace(
        REGISTER, fields=(field("note", "note"), field("title_en", public=False)), topic=""
    )
    shelf = shelf_of(closed, LISTS)
    assert shelf.title is None
    assert shelf.country == ""
    assert shelf.topic == OTHER
    assert shelf_of(closed, {}).topic == OTHER
    record = fill(shelf, [(entry(1, {"note": "x", "country": "GTM"}),)], {}).records[0]
    assert record.title == Text("Thing", "Thing (es)")
    assert record.country == ""


def test_actor_reason_and_what_is_not_public_are_left_out() -> None:
    secret = {
        "title_en": "A",
        "informant": "Luis",
        "parties": ({"country": "GTM", "contact": "x"},),
    }
    said = repr(fill(SHELF, [(entry(1, secret),)], PUBLIC))
    for word in ("Luis", "ana", "contact", "informant"):
        assert word not in said


def test_a_sealed_value_is_public_nowhere() -> None:
    (state,) = told(entry(1, {"title_en": Sealed("f" * 64), "size": 3}))
    assert state.periods[0].record == {"size": 3}


def test_rows_with_nothing_public_in_them_are_not_there() -> None:
    (state,) = told(entry(1, {"title_en": "A", "parties": ({"contact": "x"},)}))
    assert "parties" not in state.periods[0].record


def test_a_link_to_what_is_not_public_is_dropped_and_counted() -> None:
    records = [(entry(1, {"title_en": "A", "body": key}),) for key in ("b1", "b2")]
    filled = fill(SHELF, records, PUBLIC)
    assert filled.dropped_links == 1
    assert [r.known[0].periods[0].record.get("body") for r in filled.records] == ["b1", None]
    assert fill(SHELF, records, {}).dropped_links == 2
    (state,) = told(entry(1, {"title_en": "A", "body": Absent.UNKNOWN}))
    assert state.periods[0].record["body"] is Absent.UNKNOWN


def test_code_lists_keep_only_the_codes_that_occur() -> None:
    filled = fill(SHELF, [(entry(1, {"country": "GTM", "others": ("MEX",)}),)], PUBLIC)
    codes = {each.id: [code.id for code in each.codes] for each in filled.shelf.codelists}
    assert codes == {"CL_COUNTRY": ["GTM", "MEX"], "CL_ROLE": []}


def test_each_state_of_knowledge_is_kept_with_its_moment() -> None:
    states = told(
        entry(1, {"title_en": "A", "size": 1}),
        entry(2, {"title_en": "A", "size": 2}, Action.CORRECTION),
        entry(3, None, Action.END, valid_from=date(2024, 3, 1)),
    )
    assert [state.since.month for state in states] == [1, 2, 3]
    assert [state.periods[0].record["size"] for state in states] == [1, 2, 2]
    assert states[2].periods[0].end == date(2024, 3, 1)


def test_a_change_of_what_is_not_public_shows_nowhere_not_even_as_a_date() -> None:
    states = told(
        entry(1, {"title_en": "A", "informant": "Luis"}),
        entry(2, {"title_en": "A", "informant": "Eva"}, Action.CHANGE, valid_from=date(2024, 2, 1)),
    )
    assert len(states) == 1
    assert len(states[0].periods) == 1


def test_what_changed_is_another_period() -> None:
    states = told(
        entry(1, {"title_en": "A", "size": 1}),
        entry(2, {"title_en": "A", "size": 2}, Action.CHANGE, valid_from=date(2024, 2, 1)),
    )
    assert [p.record["size"] for p in states[1].periods] == [1, 2]


def test_a_record_that_never_was_is_no_record() -> None:
    assert told(entry(1, None, Action.END, valid_from=date(2024, 1, 1))) == ()


def test_a_record_that_turned_out_never_to_have_been_keeps_what_was_known() -> None:
    states = told(
        entry(1, {"title_en": "A"}, valid_from=date(2024, 1, 1)),
        entry(2, None, Action.END, valid_from=date(2024, 1, 1)),
    )
    assert states[-1].periods == ()
    assert states[0].periods[0].record == {"title_en": "A"}


def test_an_unknown_country_is_nobodys() -> None:
    filled = fill(SHELF, [(entry(1, {"title_en": "A", "country": Absent.UNKNOWN}),)], PUBLIC)
    assert filled.records[0].country == ""
    assert filled.records[0].places == ()


def test_consent_counts_as_last_known_and_is_asked_only_where_declared() -> None:
    asks = replace(REGISTER, consent="agreed")
    given, taken = entry(1, {"agreed": True}), entry(2, {"agreed": False}, Action.CHANGE)
    ended = entry(3, None, Action.END)
    assert consented(REGISTER, [taken])
    assert consented(asks, [given, ended])
    assert not consented(asks, [given, taken])
    assert not consented(asks, [ended])
    assert not consented(asks, [entry(1, {"agreed": Absent.UNKNOWN})])


def test_what_was_said_before_consent_is_in_no_history() -> None:
    before, given = entry(1, {"size": 1}), entry(2, {"size": 2, "agreed": True})
    (record,) = fill(SHELF, [(before, given)], {}, "agreed").records
    assert [known.periods[-1].record["size"] for known in record.known] == [2]
    assert fill(SHELF, [(before,)], {}, "agreed").records == ()


@pytest.mark.parametrize(
    ("record", "en", "es"),
    [
        ({"title_en": "A", "title_es": "B"}, "A", "B"),
        ({"title_es": "B"}, "B", "B"),
        ({"title_en": Absent.UNKNOWN, "title_es": "B"}, "B", "B"),
        ({}, "Thing", "Thing (es)"),
    ],
)
def test_a_record_is_called_by_its_title_in_the_other_language_if_need_be(record, en, es) -> None:
    assert (title(SHELF, record, "en"), title(SHELF, record, "es")) == (en, es)


def test_a_title_that_is_a_number_or_a_code_is_told_in_words() -> None:
    numbered = replace(SHELF, title=Text("size", "size"))
    assert title(numbered, {"size": 4}, "es") == "Thing (es) 4"
    coded = replace(SHELF, title=Text("country", "country"))
    assert title(coded, {"country": "GTM"}, "es") == "GTM (es)"
    assert title(coded, {"country": "XXX"}, "es") == "XXX"


def test_words_are_of_texts_and_codes_in_both_languages_and_not_of_links_and_addresses() -> None:
    record = {
        "title_en": "Ágreement",
        "country": "GTM",
        "others": ("MEX", "OLD"),
        "body": "b1",
        "web": "https://x.org",
        "note": "line",
        "size": 4,
    }
    assert words(SHELF, record) == "agreement · gtm · gtm (es) · mex · mex (es) · old · line"


def test_the_countries_of_a_record_are_those_it_names_anywhere() -> None:
    record = {
        "country": "GTM",
        "others": ("MEX", "OTHER"),
        "title_en": "USA",
        "parties": ({"country": "USA", "role": "DEST"}, {"role": "ORIG"}),
    }
    assert places(SHELF, record) == ("GTM", "MEX", "USA")
    assert places(SHELF, {"country": Absent.UNKNOWN}) == ()


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"country": "GTM", "residence": "USA"}, ("GTM-USA",)),
        ({"country": "GTM", "residence": "GTM"}, ()),
        ({"routes": ({"origin": "GTM", "destination": "MEX"}, {"origin": "USA"})}, ("GTM-MEX",)),
        (
            {
                "parties": (
                    {"country": "GTM", "role": "ORIG"},
                    {"country": "USA", "role": "DEST"},
                    {"country": "MEX", "role": "BOTH"},
                    {"role": "ORIG"},
                )
            },
            ("GTM-MEX", "GTM-USA", "MEX-USA"),
        ),
        ({"parties": ({"country": "GTM", "role": "TRAN"},)}, ()),
        ({"others": ("GTM",)}, ()),
    ],
)
def test_corridors_are_of_fields_rows_and_parties(record, expected) -> None:
    assert corridors(SHELF, record) == expected


def test_links_are_told_as_register_and_key() -> None:
    assert links(SHELF, {"body": "b1", "title_en": "A"}) == ("bodies/b1",)


def test_numbers_and_dates_are_no_texts() -> None:
    record = {"size": 4, "signed_on": date(2024, 1, 1), "note": Absent.UNKNOWN, "title_en": "A"}
    assert [value for _, value in leaves(SHELF.fields, record)] == ["A"]
