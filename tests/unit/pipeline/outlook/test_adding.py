"""What a scenario adds is told cause by cause: money at work, output, and what experts say."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from cauce.cli.outlook import app
from cauce.model.errors import BadInput
from cauce.pipeline.outlook.declared import parse_outlook
from cauce.pipeline.outlook.run import Asked, Done, release_outlook

from .conftest import DECLARED, REGION, SCENARIO, WORDS, YEARS, published, surveyed, tables

OUTPUT = {"2021": 100, "2022": 104, "2023": 112, "2024": 115, "2025": 120}
MORE = f"""
[from.industry]
flow = "INDUSTRY"
indicator = "EMP_TEMP"
over = ["ECO"]
[from.people]
flow = "PEOPLE"
indicator = "POP"
over = ["AGE_BAND"]
[output]
source = {WORDS}
[output.by]
CON = {{ {", ".join(f"{year} = {value}" for year, value in OUTPUT.items())} }}
"""
BRIDGE = f"""
[[scenario.project]]
id = "BRIDGE"
name = {WORDS}
industry = "CON"
starts = 2026.0
millions = {{ low = 100, likely = 100, high = 100 }}
currency = "USD"
labour = {{ low = 10, likely = 10, high = 10 }}
source = {WORDS}
[[scenario.project.phase]]
begins = 0.0
lasts = 1.0
work = 0.4
mix = {{ 71 = 0.75, 41 = 0.25 }}
[[scenario.project.phase]]
begins = 1.0
lasts = 1.0
work = 0.6
mix = {{ 72 = 1.0 }}
"""
PATH = f"""
[[scenario.lever]]
kind = "sector"
target = {{ ECO = "CON" }}
change = "times"
unit = "OUTPUT"
amounts = {{ 2026 = 1.1, 2027 = 1.2, 2028 = 1.3 }}
source = {WORDS}
"""
SHIFT = f"""
[[scenario.lever]]
kind = "staffing"
target = {{ ECO = "CON", OCU = "4" }}
change = "add"
unit = "points"
amounts = {{ 2028 = 1.0 }}
source = {WORDS}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    grown = {y: 1 + 0.03 * n for n, y in enumerate(YEARS)}
    industry = {(c, y): x * grown[y] for c, x in (("CON", 5e4), ("PUB", 4e4)) for y in YEARS}
    total = {("_T", y): 9e4 * grown[y] for y in YEARS}
    adults = {("Y15T64", y): 120_000.0 for y in YEARS}
    more = (
        surveyed("INDUSTRY", "EMP_TEMP", {"ECO": ["_T", "CON", "PUB"]}, industry | total),
        surveyed("PEOPLE", "POP", {"AGE_BAND": ["_T", "Y15T64"]}, adults),
    )
    return published(tmp_path_factory.mktemp("adding") / "store", *tables(), *more)


def text(changes: str, more: str = MORE) -> str:
    head, _, rest = DECLARED.partition("[assumption.deaths]")
    lever = rest.index('[[scenario]]\nid = "PORT"')
    return f'{head}{more}[assumption.deaths]{rest[:lever]}[[scenario]]\nid = "NEW"\n{SCENARIO}' + (
        changes
    )


def ran(store: Path, changes: str, more: str = MORE) -> Done:
    pack = parse_outlook("xaa", text(changes, more))
    scenario = pack.scenario("NEW")
    assert scenario is not None
    return release_outlook(Asked(pack, scenario), store, REGION)


def brought(done: Done, cause: str, occupation: str) -> list[float]:
    """What the scenario brings for a cause to an occupation, by year."""
    assert done.release is not None
    found = next(one for one in done.release.flows if one.dataflow.id.endswith("_BRINGS"))
    ids = [[c.id for c in d.codes] for d in found.dataflow.dimensions]
    fits = (found.key[:, 4] == ids[4].index(cause)) & (found.key[:, 5] == ids[5].index(occupation))
    return found.value[fits][np.argsort(found.key[fits, -1])].tolist()


def test_money_is_people_at_work_in_the_occupations_of_its_phases(store) -> None:
    """1,000 worker-years: 400 in 2026, a quarter of them clerks; 600 welders in 2027."""
    done = ran(store, BRIDGE)
    assert brought(done, "BRIDGE", "7") == pytest.approx([300, 600, 0])
    assert brought(done, "BRIDGE", "4") == pytest.approx([100, 0, 0])
    assert brought(done, "BRIDGE", "_T") == pytest.approx([400, 600, 0])
    assert any("100/100/100 million USD" in note for note in done.release.notes)


def test_a_path_of_output_moves_its_industry_as_far_as_past_output_and_errors_say(store) -> None:
    done = ran(store, PATH)
    every = brought(done, "PATH_CON", "_T")
    assert every[2] > every[1] > every[0] > 0
    assert brought(done, "PATH_CON", "7")[2] == pytest.approx(0.9 * every[2], rel=0.02)
    said = [note for note in done.release.notes if "1 % more output" in note]
    assert len(said) == 1
    again = ran(store, PATH)
    assert brought(again, "PATH_CON", "_T") == every


def test_causes_add_up_to_what_the_scenario_differs_from_the_baseline_by(store) -> None:
    done = ran(store, BRIDGE + PATH)
    one, two, both = (brought(done, cause, "7") for cause in ("BRIDGE", "PATH_CON", "_T"))
    assert np.add(one, two) == pytest.approx(both)
    groups = next(one for one in done.release.flows if one.dataflow.id.endswith("_GROUP"))
    ids = [[c.id for c in d.codes] for d in groups.dataflow.dimensions]
    fits = (groups.key[:, 2] == ids[2].index("PRJ_DIF_NB")) & (
        groups.key[:, 4] == ids[4].index("7")
    )
    assert groups.value[fits] == pytest.approx(both)


def test_what_experts_say_of_staffing_moves_people_and_adds_nobody(store) -> None:
    done = ran(store, SHIFT)
    assert brought(done, "STAFFING", "4")[2] > 400
    assert np.add(brought(done, "STAFFING", "4"), brought(done, "STAFFING", "7")) == pytest.approx(
        [0, 0, 0], abs=1e-6
    )
    assert any("Expert shift of staffing" in note for note in done.release.notes)


def test_a_path_without_output_in_the_past_is_not_produced_and_says_why(store) -> None:
    done = ran(store, PATH, MORE.partition("[output]")[0])
    assert done.release is None
    assert any("[output] would say" in one.because.en for one in done.lacking)
    short = MORE.replace("2023 = 112, ", "")
    done = ran(store, PATH, short.replace("2024 = 115, ", ""))
    assert any("How employment of CON answers" in one.because.en for one in done.lacking)


def test_what_is_known_elsewhere_stands_in_for_a_past_that_is_not(store) -> None:
    elsewhere = (
        f"[output]\nsource = {WORDS}\n[[output.elsewhere]]\nsource = {WORDS}\n"
        "value = { CON = 0.5 }\nse = { CON = 0.1 }\n"
    )
    done = ran(store, PATH, MORE.partition("[output]")[0] + elsewhere)
    assert any("by 0.50 % (standard error 0.10)" in note for note in done.release.notes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (PATH.replace("2027 = 1.2, ", ""), "CON: the path of output lacks 2027"),
        (PATH.replace('"CON"', '"CONN"'), "no CONN.*Did you mean CON"),
        (BRIDGE.replace('"CON"', '"MINES"'), "there is no ECO MINES.*There are: CON"),
        (BRIDGE.replace("41 = 0.25", "99 = 0.25"), "needs 99, which the outlook does not have"),
        (BRIDGE.replace("41 = 0.25", "41 = -0.25"), "mix of occupations does not add up to 1"),
        (BRIDGE.replace("work = 0.6", "work = 0.5"), "work of its phases does not add up to 1"),
        (BRIDGE.replace("= 100", "= 9000"), "asks for 36,000 people in 2026, and there are 19,"),
        (SHIFT.replace("1.0", "9.0"), "the most that is taken from an expert"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused_with_what_is_wrong(store, changes, words) -> None:
    with pytest.raises(BadInput, match=words):
        ran(store, changes)


@pytest.mark.parametrize(
    ("changes", "more", "words"),
    [
        (BRIDGE + BRIDGE, MORE, "the project BRIDGE is declared twice"),
        (BRIDGE.partition("[[scenario.project.phase]]")[0], MORE, "has no .*project.phase"),
        (BRIDGE.replace('"BRIDGE"', '"a bridge"'), MORE, "must be of letters"),
        (BRIDGE.replace(", high = 100", ""), MORE, "millions.high is missing"),
        (PATH, MORE.replace("2023 = 112", "2023 = -1"), "output is a number above 0"),
        (PATH, MORE.replace("2023 = 112", "later = 112"), "'later' is no year"),
        (PATH, MORE.partition("[output.by]")[0], "output.by is missing"),
        (PATH, MORE + f"[[output.elsewhere]]\nsource = {WORDS}\nvalue = {{ CON = 1.0 }}\n"
         "se = { CON = 0.0 }\n", "an error above 0"),
    ],
)  # fmt: skip
def test_a_pack_whose_project_or_output_is_none_is_refused_by_its_line(
    changes, more, words
) -> None:
    with pytest.raises(BadInput, match=f"(?s)xaa/outlook.toml, line.*{words}"):
        parse_outlook("xaa", text(changes, more))


def test_a_scenario_without_the_tables_it_changes_is_not_produced(store) -> None:
    pack = parse_outlook("xaa", text(BRIDGE))
    for lost in ("groups", "matrix"):
        own = replace(pack, wanted={k: v for k, v in pack.wanted.items() if k != lost})
        done = release_outlook(Asked(own, own.scenarios[-1]), store, REGION)
        assert done.release is None or not any(
            one.dataflow.id.endswith("_OCCUPATION") for one in done.release.flows
        )
        assert done.lacking


def test_the_command_runs_a_calendar_of_projects_and_a_path(store, tmp_path) -> None:
    (tmp_path / "xaa").mkdir()
    (tmp_path / "xaa" / "outlook.toml").write_text(text(BRIDGE + PATH), encoding="utf-8")
    asked = ["--store", str(store), "--packs", str(tmp_path), "--look"]
    done = CliRunner().invoke(app, ["run", "NEW", *asked])
    assert done.exit_code == 0, done.output
    assert "XAA_OUTLOOK_NEW_BRINGS" in done.output
