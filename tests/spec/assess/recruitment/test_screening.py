"""What follows from a screening is what the table beside this file says."""

import csv
from pathlib import Path

import pytest

from cauce.assess.recruitment.screening import screen
from cauce.assess.recruitment.screening_read import answers_of, parse_screening, parse_settings
from cauce.model.errors import BadInput
from cauce.model.screening import CONCEPTS
from cauce.pipeline.screening import screen_answers

FRAME = Path("packs/frames/recruitment/screening.toml")
ASKED = parse_screening(FRAME.name, FRAME.read_text("utf-8"))
SERVICES = "".join(
    f'[[service]]\nconcept = "{c}"\nname = {{ en = "Help", es = "Ayuda" }}\ncontact = "1"\n'
    for c in CONCEPTS
)
CONFIRMED = '[confirmed]\nauthority = "Ministry"\non = 2026-01-01\nground = "Order 1"\n'
with (Path(__file__).parent / "screening.csv").open(newline="") as lines:
    ROWS = list(csv.DictReader(lines))


def said(row):
    answers = {"child": row["child"], "smuggled": row["smuggled"]}
    if row["clues"]:
        answers |= {one.id: "NO" for one in ASKED.clues} | {row["clues"]: "YES"}
        answers.pop("none", None)
    if row["dimensions"]:
        answers |= {one.id: {} for one in ASKED.dimensions}
        numbers = row["dimensions"].replace("none", "0-0-0").split("-")
        answers["TD4"] = dict(zip("SMW", map(int, numbers), strict=True))
    return answers


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_each_concept_has_its_own_signal_and_its_reasons(row):
    text = SERVICES + (CONFIRMED if row["confirmed"] == "YES" else "")
    found = screen(ASKED, parse_settings("s", text), answers_of(said(row), ASKED))
    assert {one.concept: one.signal for one in found} == {name: row[name] for name in CONCEPTS}
    for one in found:
        assert one.because
        assert {service.concept for service in one.services} <= {one.concept}
        assert bool(one.services) == (one.signal != "NO_SIGNAL")


def test_the_frame_holds_eleven_indicators_and_six_dimensions_of_67():
    assert len(ASKED.clues) == 11
    assert sum(one.indicators for one in ASKED.dimensions) == 67


def test_an_empty_directory_blocks_the_screen():
    with pytest.raises(BadInput, match="no service for FORCED_LABOUR, TRAFFICKING"):
        screen(ASKED, parse_settings("s", ""), answers_of({}, ASKED))


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"offender": "YES"}, "nothing that is asked"),
        ({"FL01": "secret"}, "FL01: the answer must be YES"),
        ({"TD6": {"S": 8}}, "at most 7"),
        ({"TD6": 3}, "numbers of strong"),
    ],
)
def test_what_is_no_answer_is_told_and_not_repeated(answers, told):
    with pytest.raises(BadInput, match=told) as error:
        answers_of(answers, ASKED)
    assert "secret" not in str(error.value)
    assert "offender" not in str(error.value)


def test_what_is_no_toml_is_told(tmp_path):
    with pytest.raises(BadInput, match="not written as TOML"):
        parse_settings("s", "x = ")
    (tmp_path / "s.toml").write_text(SERVICES)
    assert len(screen_answers('child = "YES"', FRAME, tmp_path / "s.toml")) == 4
    with pytest.raises(BadInput, match="cannot be read"):
        screen_answers("{", FRAME, tmp_path / "s.toml")
