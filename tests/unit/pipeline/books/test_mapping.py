"""The tables of somebody else become records by a mapping that is data."""

from pathlib import Path

import pyreadstat
import pytest
from tests.unit.pipeline.books.conftest import Desk

from cauce.assess.mechanisms.mentions import mentions
from cauce.assess.mechanisms.records import provisions_of
from cauce.model.errors import BadInput
from cauce.model.record import Absent
from cauce.pipeline.books.mapping import parse_mapping
from cauce.pipeline.register_books import check_tables, read_mapping
from cauce.pipeline.registers import Declared, read_registers

REGISTERS = Path("packs/registers")
GOVERNANCE = Path(__file__).parents[5] / "shared" / "data" / "governance"
FILES = (
    "BLA_formation_1945_2020_ChiltonWoda.dta", "BLA_coding_570_texts_20criteria_ChiltonWoda.dta",
)  # fmt: skip
MAPPING = """
register = "things"
name = { en = "x", es = "x" }
source = "Somebody (2020)"
identity = "id"
[[file]]
name = "main"
[[file]]
name = "more"
on = "id"
[[field]]
to = "title"
file = "more"
from = "name"
mend = "windows-1252"
otherwise = "No. {id}"
[[field]]
to = "since"
from = "day"
date = "month/day/year"
same_year_as = "year"
unreadable = "UNK"
[[field]]
to = "until"
from = "end"
date = "year-month-day"
[[field]]
to = "kinds"
columns = { old = "01", new = "02" }
where = "1"
[[field]]
to = "country"
from = "place"
values = { "Costa Rica!" = "CRI" }
[[field]]
to = "remarks"
template = "line {id}"
[[field]]
to = "open"
value = "yes"
[[rows]]
to = "parts"
file = "more"
name_to = "name"
value_to = "size"
columns = { a = "A", b = "B" }
values = { many = "NAP" }
"""
MAIN = """id,day,end,year,old,new,place
1,8/25/2023,2024-01-01,2023,1,1,Costa Rica!
2,8/25/2023,,2022,0,1,BLZ
3,soon,,2022,0,0,
"""
MORE = "id,name,a,b\n1,MÃ©xico,5,\n2,ñandú,many,7\n"


def mapped(desk: Desk, text: str = MAPPING, main: str = MAIN, more: str = MORE):  # type: ignore[no-untyped-def]
    paths = [desk.folder / "main.csv", desk.folder / "more.csv"]
    for path, lines in zip(paths, (main, more), strict=True):
        path.write_text(lines)
    mapping = parse_mapping("map.toml", text, desk.declared.registers)
    return check_tables(desk.declared, mapping, paths, desk.log, "ana", opened=desk.opens())


def test_columns_become_fields_as_the_mapping_says(desk: Desk) -> None:
    checked, taken = mapped(desk)
    one, two, three = (draft.record for draft in checked.drafts)
    assert one == {
        "title": "México", "since": checked.drafts[0].record["since"], "kinds": ("01", "02"),
        "until": checked.drafts[0].record["until"], "country": "CRI", "remarks": "line 1",
        "open": True, "parts": ({"name": "A", "size": 5},),
    }  # fmt: skip
    assert str(one["since"]) == "2023-08-25"
    assert two["title"] == "ñandú"
    assert two["since"] is Absent.UNKNOWN
    assert two["parts"] == ({"name": "A", "size": Absent.NOT_APPLICABLE}, {"name": "B", "size": 7})
    assert three == {
        "title": "No. 3", "since": Absent.UNKNOWN, "remarks": "line 3", "open": True,
    }  # fmt: skip
    assert taken.unreadable == {"since": 2}
    assert taken.left == ()


def test_the_same_tables_again_say_nothing_new(desk: Desk) -> None:
    checked, _ = mapped(desk)
    desk.save(checked)
    again, _ = mapped(desk, main=MAIN + "4,,,,0,0,\n")
    assert (again.unchanged, len(again.drafts)) == (3, 1)


def test_a_value_that_no_field_holds_is_told_at_its_line(desk: Desk) -> None:
    checked, _ = mapped(desk, main=MAIN.replace("BLZ", "Atlantis").replace("2024-01-01", "later"))
    assert [(m.sheet, m.row, m.field.en, m.message.en) for m in checked.marks] == [
        ("main.csv", 2, "until", "later is no date; write 2023-08-25"),
        ("main.csv", 3, "country", "Atlantis is not in the list Countries"),
    ]


@pytest.mark.parametrize(
    ("main", "more", "words"),
    [
        (MAIN.replace("day", "date"), MORE, "main.csv has no column day"),
        (MAIN + "1,,,,,,\n", MORE, "id names 1 lines twice"),
        ("id,id\n1,1\n", MORE, "each differently"),
    ],
)
def test_tables_that_do_not_fit_are_refused(desk: Desk, main: str, more: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        mapped(desk, main=main, more=more)


def test_as_many_files_are_wanted_as_the_mapping_names(desk: Desk) -> None:
    mapping = parse_mapping("map.toml", MAPPING, desk.declared.registers)
    with pytest.raises(BadInput, match="wants 2 files, in this order: main, more"):
        check_tables(desk.declared, mapping, [], desk.log, "ana")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('register = "things"', 'register = "thing"', "Did you mean things"),
        ('to = "title"', 'to = "titel"', "no field titel. Did you mean title"),
        ('name_to = "name"', 'name_to = "nam"', "no field parts.nam"),
        ('from = "name"', 'from = "name"\nvalue = "x"', "has one of from, value"),
        ('file = "more"', 'file = "moor"', "no file moor. Did you mean more"),
        ('\non = "id"', "", "each other says on what it joins"),
        ("identity", "identities", "identity"),
        ("register = ", "register = =", "at line 2"),
    ],
)
def test_a_mapping_that_leads_nowhere_is_told_with_its_line(
    declared: Declared, old: str, new: str, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        parse_mapping("map.toml", MAPPING.replace(old, new, 1), declared.registers)


def test_the_mappings_of_the_house_are_right() -> None:
    declared = read_registers(REGISTERS)
    for path in (REGISTERS / "imports").glob("*.toml"):
        assert read_mapping(declared, path).register in declared.registers


def test_the_real_agreements_and_the_share_of_texts_that_mention_each_protection() -> None:
    """1,222 agreements of which 570 texts were coded; the shares are the files' own means."""
    paths = [GOVERNANCE / name for name in FILES]
    if not all(path.is_file() for path in paths):
        pytest.skip("The agreements are not beside the project: importing them was not tried.")
    declared = read_registers(REGISTERS)
    mapping = read_mapping(declared, REGISTERS / "imports" / "bla_chilton_woda.toml")
    checked, taken = check_tables(declared, mapping, paths, None, "ana")
    records = {d.key: d.record for d in checked.drafts if d.record is not None}
    assert len(records) == 1_222
    assert taken.unreadable == {"signed_on": 8}
    assert sum(1 for r in records.values() if r["signed_year"] is Absent.UNKNOWN) == 1
    assert not any(r["signed_year"] == 9999 for r in records.values())

    topics = next(rows.columns for rows in mapping.rows if rows.to == "provisions")
    found = mentions(provisions_of(records, "topic"), list(topics.values()))
    shares = {mention.theme: mention for mention in found}
    coded, _ = pyreadstat.read_dta(paths[1])
    for column, topic in topics.items():
        assert shares[topic].share == pytest.approx(coded[column].mean(), rel=1e-12)
        assert shares[topic].not_seen == 1_222 - 570
