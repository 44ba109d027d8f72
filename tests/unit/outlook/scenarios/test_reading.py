"""A lever as TOML: what is right, and every fault with its line."""

import pytest

from cauce.declare.problems import Problems
from cauce.declare.section import open_toml
from cauce.model.errors import BadInput
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.scenarios import parse_lever

LEVER = """[lever]
kind = "quota"
target = { ORIGIN = "HND", OC2 = "71" }
change = "set"
unit = "PERSONS"
amounts = { 2026 = 500, 2030 = 700 }
source = { en = "A memorandum.", es = "Un memorando." }
"""


def read(text: str) -> Lever:
    problems = Problems()
    found = parse_lever(open_toml("x.toml", text, problems).table("lever"))
    problems.stop_if_any("The lever")
    return found


def test_a_lever_is_its_kind_its_target_its_amounts_and_its_source():
    assert read(LEVER) == Lever(
        "quota", {"ORIGIN": "HND", "OC2": "71"}, "set", "PERSONS", {2026: 500, 2030: 700},
        Text("A memorandum.", "Un memorando."),
    )  # fmt: skip


def test_a_lever_without_a_target_is_about_everything():
    assert read(LEVER.replace('target = { ORIGIN = "HND", OC2 = "71" }\n', "")).target == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LEVER.replace('source = { en = "A memorandum.", es = "Un memorando." }', ""),
         "x.toml, line 1: lever.source is missing"),
        (LEVER.replace("quota", "quotas"), r"line 2: .*Did you mean quota\?"),
        (LEVER.replace("2026 = 500", "26 = 500"), "line 6: '26' is no year from 1950"),
        (LEVER.replace("2026 = 500", "soon = 500"), "line 6: 'soon' is no year"),
        (LEVER.replace("2026 = 500", "2026 = nan"), "line 6: The amount of 2026 is nan"),
        (LEVER.replace("amounts = { 2026 = 500, 2030 = 700 }", "amounts = {}"),
         "line 6: lever.amounts is empty"),
        (LEVER.replace("amounts = { 2026 = 500, 2030 = 700 }", ""),
         "line 1: lever.amounts is missing"),
        (LEVER + "colour = 1\n", "line 8: lever.colour is not a key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text, words):
    with pytest.raises(BadInput, match=words):
        read(text)
