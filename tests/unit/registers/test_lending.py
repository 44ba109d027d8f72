"""What registers lend to tables: names as they were on a day, and nothing that is not public."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import CENSUS, Dataflow, Dimension, Method, Source
from cauce.model.entry import Action, Entry
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.model.text import Text
from cauce.registers.count import count_register
from cauce.registers.lending import digest, in_words_of, lent_list, list_of, renamed

from .test_count import FIELDS, HEAD, HOUSE, LISTS, parse_registers

BODIES = """
id = "bodies"
name = { en = "Bodies", es = "Organismos" }
one = { en = "body", es = "organismo" }
about = { en = "Bodies.", es = "Organismos." }
title = { en = "name_en", es = "name_es" }
public = true
lends = { code = "code", lists = ["LIST"] }
"""
TOLD = "\n".join(
    f'[[field]]\nid = "{name}"\nname = {{ en = "{name}", es = "{name}" }}\nkind = "{kind}"\n'
    f'sensitivity = "P0"\npublic = true\n{more}'
    for name, kind, more in (
        ("name_en", "text", ""),
        ("name_es", "text", ""),
        ("code", "code", 'codelist = "LIST"'),
    )
)
REGISTER = parse_registers({"bodies.toml": BODIES + TOLD}, LISTS)["bodies"]
DAY, T = date(2026, 2, 1), Text("x", "x")


def entry(number: int, name: str, start: date | None, action: Action = Action.OPEN) -> Entry:
    record: Record | None = {"name_en": name, "name_es": f"{name} es", "code": "A"}
    record = None if action is Action.END else record
    at = datetime(2026, 1, number, tzinfo=UTC)
    return Entry(number, "bodies", "k1", "", action, record, start, None, at, "ana", "", "", "")


def names(*entries: Entry, day: date = DAY, known_at: datetime | None = None) -> list[str]:
    found = lent_list(REGISTER, [entries] if entries else [], LISTS, day, known_at)
    return [code.name.en for code in found.codes]


def test_a_list_has_the_names_that_were_true_on_its_day() -> None:
    told = (entry(1, "Old", None), entry(2, "New", date(2026, 1, 15), Action.CHANGE))
    assert names(*told, day=date(2026, 1, 14)) == ["Old"]
    assert names(*told, day=date(2026, 1, 15)) == ["New"]


def test_a_list_has_the_names_as_they_were_known() -> None:
    told = (entry(1, "Old", None), entry(2, "New", None, Action.CORRECTION))
    assert names(*told, known_at=datetime(2026, 1, 1, 12, tzinfo=UTC)) == ["Old"]
    assert names(*told) == ["New"]


def test_what_ended_keeps_its_name_and_what_begins_later_has_none() -> None:
    ended = entry(2, "", date(2020, 1, 1), Action.END)
    assert names(entry(1, "Old", None), ended) == ["Old"]
    assert names(entry(1, "Later", date(2026, 3, 1))) == []
    assert names() == []


def test_records_are_coded_by_their_keys_or_by_the_field_that_is_named() -> None:
    told = (entry(1, "Old", None),)
    [by_key] = lent_list(REGISTER, [told], LISTS, DAY).codes
    [by_code] = lent_list(REGISTER, [told], LISTS, DAY, code="code").codes
    assert (by_key.id, by_code.id) == ("k1", "A")
    uncoded = replace(told[0], record={"name_en": "Old"})
    assert lent_list(REGISTER, [(uncoded,)], LISTS, DAY, code="code").codes == ()


@pytest.mark.parametrize("text", ["public = false", "public = true\nlisted = false"])
def test_a_register_that_is_not_public_lends_nothing(text: str) -> None:
    closed = BODIES.replace("public = true", text)
    register = parse_registers({"bodies.toml": closed + TOLD}, LISTS)["bodies"]
    with pytest.raises(BadInput, match="bodies lends no names"):
        lent_list(register, [], LISTS, DAY)


def test_a_title_that_is_not_public_is_not_lent() -> None:
    hidden = TOLD.replace('sensitivity = "P0"\npublic = true', 'sensitivity = "P2"', 1)
    register = parse_registers({"bodies.toml": BODIES + hidden}, LISTS)["bodies"]
    with pytest.raises(BadInput, match="Make them public"):
        lent_list(register, [], LISTS, DAY)


def test_only_names_change_where_names_are_lent() -> None:
    lent = Codelist("CL_BODIES", T, (Code("A", Text("New", "Nuevo")), Code("Z", T)))
    assert [code.id for code in renamed(LISTS["LIST"], lent).codes] == ["A", "B", "C"]
    assert [code.name.en for code in renamed(LISTS["LIST"], lent).codes] == ["New", "x", "x"]
    kept = Dimension("KEPT", T, (Code("A", T),), "OTHER")
    flow = Dataflow(
        "DF", "1.0", T, (Dimension("D", T, (Code("A", T),), "LIST"), kept), (),
        Source("S", "REG", T, T, "", "", False), Method(CENSUS, "", "", "", "ilo", ""),
    )  # fmt: skip
    named = in_words_of(flow, {"LIST": lent})
    assert named.dimensions[0].codes[0].name.es == "Nuevo"
    assert named.dimensions[1] == kept


def test_the_hash_of_a_list_changes_with_a_word_and_not_with_its_title() -> None:
    one = LISTS["LIST"]
    assert digest(one) == digest(replace(one, name=Text("other", "otro")))
    assert digest(one) != digest(replace(one, codes=(Code("A", Text("y", "x")), *one.codes[1:])))


LINK = '[[field]]\nid = "body"\nname = { en = "b", es = "b" }\nkind = "link"\nregister = "bodies"\n'
COUNT = '[[count]]\nid = "DF_X"\nname = { en = "c", es = "c" }\nby = ["body"]\n'


def test_records_are_counted_by_the_records_they_name() -> None:
    plain = FIELDS.replace('id = "parts"', 'id = "parts_of"').rpartition("[[field]]")[0]
    declared = {"things.toml": HEAD + plain + LINK + COUNT, "bodies.toml": BODIES + TOLD}
    things = parse_registers(declared, LISTS)["things"]
    lists = {
        **LISTS,
        list_of("bodies"): lent_list(REGISTER, [(entry(1, "Old", None),)], LISTS, DAY),
    }
    [found] = count_register(things, [{"body": "k1"}, {"body": "k1"}, {}], lists, HOUSE, DAY)
    assert found.cells is not None
    codes = found.cells.dataflow.dimensions[3].codes
    assert [code.name.en for code in codes[:2]] == ["Total", "Old"]
    assert found.cells.value.tolist() == [3, 2, 1]
    with pytest.raises(BadInput, match="body names bodies/k2, which no table may name"):
        count_register(things, [{"body": "k2"}], lists, HOUSE, DAY)
