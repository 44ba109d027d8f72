"""A scenario as TOML: what is right, and every fault with its line."""

import pytest

from cauce.model.errors import BadInput
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.scenarios import parse_scenario

HEAD = """[scenario]
id = "PIPELINE"
name = { en = "Building", es = "Obras" }
about = { en = "Invented.", es = "Inventado." }
base_year = 2025
horizon = 5
draws = 500
seed = 7
"""
LEVER = """[[lever]]
kind = "quota"
target = { ORIGIN = "HND", OC2 = "71" }
change = "set"
unit = "PERSONS"
amounts = { 2026 = 500, 2030 = 700 }
source = { en = "A memorandum.", es = "Un memorando." }
"""


def test_a_scenario_is_its_levers_with_their_sources():
    found = parse_scenario("pipeline.toml", HEAD + LEVER)

    assert (found.id, found.base_year, found.horizon, found.draws, found.seed) == (
        "PIPELINE", 2025, 5, 500, 7,
    )  # fmt: skip
    assert found.levers == (
        Lever("quota", {"ORIGIN": "HND", "OC2": "71"}, "set", "PERSONS", {2026: 500, 2030: 700},
              Text("A memorandum.", "Un memorando.")),
    )  # fmt: skip


def test_the_baseline_has_no_lever_and_a_lever_without_a_target_is_about_everything():
    baseline = HEAD.replace("PIPELINE", "BASELINE")
    everything = LEVER.replace('target = { ORIGIN = "HND", OC2 = "71" }\n', "")

    assert parse_scenario("base.toml", baseline).levers == ()
    assert parse_scenario("all.toml", HEAD + everything).levers[0].target == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + LEVER.replace('source = { en = "A memorandum.", es = "Un memorando." }', ""),
         r"x.toml, line 9: lever.source is missing"),
        (HEAD + LEVER.replace("quota", "quotas"), r"line 10: .*Did you mean quota\?"),
        (HEAD + LEVER.replace("2026 = 500", "2025 = 500"), r"line 14: '2025' is no year from 2026"),
        (HEAD + LEVER.replace("2026 = 500", "soon = 500"), r"line 14: 'soon' is no year"),
        (HEAD + LEVER.replace("2026 = 500", "2026 = nan"), r"line 14: The amount of 2026 is nan"),
        (HEAD + LEVER.replace("amounts = { 2026 = 500, 2030 = 700 }", "amounts = {}"),
         r"line 14: lever.amounts is empty"),
        (HEAD + LEVER.replace("amounts = { 2026 = 500, 2030 = 700 }", ""),
         r"line 9: lever.amounts is missing"),
        (HEAD.replace("PIPELINE", "pipe line") + LEVER, "line 2: .*must be capitals"),
        (HEAD.replace("PIPELINE", "BASELINE") + LEVER, "line 2: BASELINE has no levers"),
        (HEAD, "line 2: PIPELINE has no"),
        (HEAD.replace("draws = 500", "draws = 9") + LEVER, "line 7: scenario.draws = 9 must lie"),
        (HEAD.replace("horizon = 5", "horizon = 0") + LEVER, "line 6: scenario.horizon = 0"),
        (HEAD.replace("seed = 7\n", "") + LEVER, "line 1: scenario.seed is missing"),
        (HEAD + "colour = 1\n" + LEVER, "line 9: scenario.colour is not a key"),
        (LEVER, "scenario is missing"),
        (HEAD.replace("2025", "25") + LEVER, "line 5: scenario.base_year = 25 must lie"),
        ("[scenario", "not written as TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text, words):
    with pytest.raises(BadInput, match=words):
        parse_scenario("x.toml", text)


def test_a_missing_base_year_is_told_once_and_no_year_is_blamed_for_it():
    with pytest.raises(BadInput) as raised:
        parse_scenario("x.toml", HEAD.replace("base_year = 2025\n", "") + LEVER)

    assert "1 thing is wrong" in str(raised.value)


def test_the_example_in_the_documents_is_a_scenario(request):
    page = request.config.rootpath / "docs" / "explanation" / "outlook-gaps.md"
    example = page.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]

    assert parse_scenario("outlook-gaps.md", example).levers[0].amounts[2030] == 1.2
