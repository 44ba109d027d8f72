"""Employers' expectations beside a projection: blended where their bias is known, else not."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.model.rule import rule_in
from cauce.pipeline.outlook.declared import parse_outlook
from cauce.pipeline.outlook.expectations import Bias
from cauce.pipeline.outlook.past import past_bias
from cauce.pipeline.outlook.run import Asked, Done, release_outlook
from cauce.portal.outlook.blend import together
from cauce.portal.outlook.shelf import runs_of
from cauce.portal.words import words
from cauce.store import Reader, Store

from .conftest import AT, DECLARED, REGION, WORDS, published, surveyed, tables

READ = '[from.employers]\nflow = "EMPLOYERS"\nindicator = "EMPR_NEXT_NB"\nover = ["OC3"]\n'
ASKED = f'[employers]\nlevel = "groups"\nahead = 1\neveryone = true\ncovers = {WORDS}\n'
BIAS = f"[employers.bias]\nmean = -0.1\nsquare = 0.02\noccupations = 6\nsource = {WORDS}\n"
EXPECTED = {("711", "2025"): 50_000.0, ("721", "2025"): 25_000.0, ("411", "2025"): None}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    codes = {"OC3": ["_T", "711", "721", "411"]}
    survey = surveyed("EMPLOYERS", "EMPR_NEXT_NB", codes, EXPECTED)
    return published(tmp_path_factory.mktemp("blend") / "store", *tables(), survey)


def ran(place, words: str, scenario: str = "BASELINE") -> Done:
    pack = parse_outlook("xaa", DECLARED + words)
    return release_outlook(Asked(pack, pack.scenario(scenario)), place, REGION)


def said(done: Done) -> str:
    """Why nothing is blended, "" if that is not on the list."""
    found = [x for x in done.lacking if "blended" in rule_in(x.output, "en")]
    return found[0].because.en if found else ""


def blended(done: Done):
    return [one for one in done.release.flows if one.dataflow.id == "XAA_OUTLOOK_BASELINE_BLEND"]


def test_a_known_bias_gives_a_mean_between_the_two_with_the_weight_beside_it(place) -> None:
    """Group 7 expects 50,000 + 25,000 in 2026; the withheld clerks of 4 are not blended."""
    done = ran(place, READ + ASKED + BIAS)
    [table] = blended(done)

    assert said(done) == ""
    assert [code.id for code in table.dataflow.dimensions[-1].codes] == ["2026"]
    value = table.value[np.isfinite(table.value)]
    assert [one.id for one in table.dataflow.indicators] == [
        "PRJ_EMP_NB", "PRJ_SVY_NB", "PRJ_BLN_NB", "PRJ_BLN_RT",
    ]  # fmt: skip
    assert len(value) == 4
    projected, expected, people, weight = value
    assert expected == 75_000
    group = next(x for x in done.release.flows if x.dataflow.id.endswith("_GROUP"))
    model = next(
        v for k, v in zip(group.key, group.value, strict=True) if k[2] == 0 and k[-1] == 0
        and group.dataflow.dimensions[4].codes[k[4]].id == "7"
    )  # fmt: skip
    assert 0 < weight < 100
    assert projected == model
    assert people == pytest.approx(weight / 100 * 75_000 + (1 - weight / 100) * model)
    notes = " ".join(done.release.notes)
    assert "-10 % off on average" in notes
    assert any(file.name.startswith("EMPLOYERS") for file in done.release.provenance.inputs)


def test_a_bias_nobody_knows_is_not_zero(place) -> None:
    done = ran(place, READ + ASKED)
    assert not blended(done)
    assert "A bias that is not known is not zero" in said(done)
    assert any("A bias that is not known" in note for note in done.release.notes)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("everyone = true", "everyone = false", "about other people than the projection: words"),
        ("ahead = 1", "ahead = 9", "asked about 2034"),
    ],
)
def test_what_is_not_the_same_is_not_averaged(place, before, after, why) -> None:
    assert why in said(ran(place, (READ + ASKED + BIAS).replace(before, after)))


def test_without_an_occupation_in_common_nothing_is_blended(place, tmp_path) -> None:
    other = surveyed("EMPLOYERS", "EMPR_NEXT_NB", {"OC3": ["_T", "911"]}, {("911", "2025"): 9e3})
    alone = published(tmp_path / "store", *tables(), other)
    assert "No occupation has both" in said(ran(alone, READ + ASKED + BIAS))
    few = published(tmp_path / "few", tables()[0], other)
    assert "No occupation has both" in said(ran(few, READ + ASKED + BIAS))


def test_only_the_baseline_is_blended_and_only_where_the_survey_is_published(place, store) -> None:
    assert not said(ran(place, READ + ASKED, "PORT"))
    assert not said(ran(store, READ + ASKED))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (READ, "go together"),
        (ASKED, "go together"),
        (READ + ASKED.replace("ahead = 1", "ahead = 0"), "nobody expects the past"),
        (READ + ASKED + BIAS.replace("0.02", "-1"), "a square is not below 0"),
        (READ + ASKED + BIAS.replace("= 6", "= 4"), "fewer than 5"),
    ],
)
def test_what_is_declared_wrongly_is_told_with_its_line(words: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as raised:
        parse_outlook("xaa", DECLARED + words)
    assert "xaa/outlook.toml, line " in str(raised.value)


LATER = {
    (code, year): people
    for year, times in (("2024", 1.0), ("2025", 0.9))
    for code, people in zip(
        ("711", "712", "721", "722", "411"), (5e4, 4e4, 2e4, 1e4, 3e4), strict=True
    )
    for people in (people * times,)
}
EARLIER = {(code, year): 1.1 * people for (code, year), people in LATER.items()}
HAD = '[from.staff]\nflow = "STAFF"\nindicator = "EMPR_STAFF_NB"\nover = ["OC3"]\n'


@pytest.fixture(scope="module")
def asked_twice(tmp_path_factory):
    """Two surveys of employers: what they expected of 2025 in 2024 came out 18 % too high."""
    codes = {"OC3": ["711", "712", "721", "722", "411"]}
    tables_of = (
        surveyed("EMPLOYERS", "EMPR_NEXT_NB", codes, EARLIER),
        surveyed("STAFF", "EMPR_STAFF_NB", codes, LATER),
    )
    return published(tmp_path_factory.mktemp("twice") / "store", *tables(), *tables_of)


def test_a_second_survey_says_how_far_the_first_was_off_and_a_run_blends_by_it(asked_twice) -> None:
    """0.9 of the staff of 2024 came where 1.1 of it was expected: 0.9 / 1.1 less 1."""
    pack = parse_outlook("xaa", DECLARED + READ + HAD + ASKED)
    found = past_bias(Reader(asked_twice).snapshot(), pack)

    assert isinstance(found, Bias)
    assert found.known.bias == pytest.approx(0.9 / 1.1 - 1)
    assert found.known.occupations == 5
    assert 0.02 < found.known.square < (0.9 / 1.1 - 1) ** 2

    done = ran(asked_twice, READ + HAD + ASKED)
    assert len(blended(done)) == 1
    assert "released numbers: EMPLOYERS EMPR_NEXT_NB beside STAFF" in " ".join(done.release.notes)


def test_the_page_draws_projection_employers_and_both(asked_twice) -> None:
    done = ran(asked_twice, READ + HAD + ASKED)
    Store(asked_twice).publish(done.release, AT, signed="by one person alone")
    run = runs_of(Reader(asked_twice).snapshot())["XAA"]["BASELINE"]
    found = together(run, "7", words("en"))

    assert found is not None
    assert [name for name, _ in found.sides] == ["Projection", "Employers", "Both together"]
    assert all(cell.interval for _, cell in found.sides)
    assert found.svg.count("<circle") == 6
    assert together(run, "1", words("en")) is None


@pytest.mark.parametrize(
    ("more", "said_so"),
    [
        ("", "names no survey"),
        (READ + ASKED.replace("true", "false"), "Nothing says what came"),
        (READ + HAD + ASKED, "no firms were asked again"),
    ],
)
def test_until_there_is_a_past_it_is_said_that_the_bias_is_not_known(place, more, said_so) -> None:
    pack = parse_outlook("xaa", DECLARED + more)
    if "STAFF" in more:
        pack = parse_outlook("xaa", DECLARED + more.replace('"STAFF"', '"EMPLOYERS"').replace(
            "EMPR_STAFF_NB", "EMPR_NEXT_NB"))  # fmt: skip
    found = past_bias(Reader(place).snapshot(), pack)
    assert isinstance(found, NotProducible)
    assert said_so in found.because.en
