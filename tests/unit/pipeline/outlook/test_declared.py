"""An outlook pack is read whole, and everything that is wrong is told with its line."""

import pytest

from cauce.model.errors import BadInput
from cauce.pipeline.outlook.assuming import RANGED
from cauce.pipeline.outlook.changes import PARTS
from cauce.pipeline.outlook.declared import parse_outlook

from .conftest import DECLARED, WORDS


def faults(text: str) -> str:
    with pytest.raises(BadInput) as raised:
        parse_outlook("xaa", text)
    return str(raised.value)


def test_a_pack_says_what_is_read_what_is_assumed_and_which_scenarios_there_are(pack) -> None:
    assert pack.wanted["ages"].over == ("OCU", "AGE_BAND")
    assert pack.assumptions["deaths"].values == {"": 0.002}
    assert pack.assumptions["deaths"].told.en == "words Source: words"
    assert [one.id for one in pack.scenarios] == ["BASELINE", "PORT"]
    assert pack.scenarios[1].levers[0].amounts == {2026: 1000, 2027: 2000}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[from.occupation]", "[from.ocupation]", "Did you mean occupation?"),
        ("horizon = 3", "horizon = 90", "must lie between 1 and 15"),
        ("sure = 0.8", "sure = 80", "must lie between 0 and 1"),
        ('id = "BASELINE"', 'id = "BASE"', '"BASELINE" is missing'),
        ("amounts = { 2026 = 1000, 2027 = 2000 }", "amounts = { soon = 1 }", "is no year"),
        ('kind = "project"', 'kind = "projects"', "Did you mean project?"),
        ('origin = "XBB"\nquota', 'origin = "XBC"\nquota', "is no [[origin]]"),
        ("quota = 100", "quota = -1", "lets fewer than nobody through"),
        ("spare = { 7 = 900 }", "spare = { 7 = -9 }", "fewer than nobody"),
        ("value = 0.002", "", "has no number"),
        ("value = 0.002", "value = 0.002\nlow = 1.2", "that hold 1"),
        (f"2027 = 2000 }}\nsource = {WORDS}", "2027 = 2000 }", "lever.source"),
        ("2027 = 2000 }", "2027 = nan }", "write a number"),
        ('id = "PORT"', 'id = "A PORT"', "must be of letters"),
        ("[assumption.lead]", f"[range.deads]\nlow = 0.9\nhigh = 1.1\nsource = {WORDS}\n"
         "[assumption.lead]", "Did you mean deaths? Known here: deaths, exits, emigration"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(before: str, after: str, said: str) -> None:
    told = faults(DECLARED.replace(before, after, 1))
    assert said in told
    assert "xaa/outlook.toml, line " in told


def test_a_range_can_be_told_of_whatever_would_change_a_class() -> None:
    assert set(RANGED) == {name for name, _ in PARTS.values() if name}
    ranged = f"[range.exits]\nlow = 0.9\nhigh = 1.1\nsource = {WORDS}\n[assumption.lead]"
    assert parse_outlook("xaa", DECLARED.replace("[assumption.lead]", ranged, 1)).ranges["exits"]


def test_a_text_that_is_no_toml_says_so() -> None:
    assert "not written as TOML has it" in faults("area =")
