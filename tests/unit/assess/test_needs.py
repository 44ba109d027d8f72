"""Needs assessment: frames, disagreement, groups and road maps."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.assess.needs.disagreement import disagreement
from cauce.assess.needs.frames import parse_frame
from cauce.assess.needs.records import answers_of, respondents_of, weighed
from cauce.assess.needs.reports import country_report
from cauce.assess.needs.roadmaps import draft_steps, gaps, review
from cauce.assess.needs.scores import score_countries
from cauce.model.answer import Answer, Respondent
from cauce.model.errors import BadInput
from cauce.model.record import Absent
from cauce.model.roadmap import Step
from cauce.model.text import Text

ROOT = Path(__file__).parents[3]
SMALL = (ROOT / "tests/spec/assess/needs/frame.toml").read_text("utf-8")
FRAME = parse_frame("frame.toml", SMALL)
LEVELS = st.lists(st.integers(0, 4), min_size=2, max_size=9)


def shipped(name):
    return parse_frame(name, (ROOT / "packs/frames" / f"{name}.toml").read_text("utf-8"))


def test_the_access_framework_has_four_pillars_by_four_elements():
    frame = shipped("access_framework")
    assert [pillar.id for pillar in frame.pillars] == ["REG", "FAC", "FOR", "ACC"]
    assert [element.id for element in frame.elements] == ["STR", "SYS", "PRO", "RES"]
    assert len({(item.pillar, item.element) for item in frame.items}) == 16
    assert "World Bank" in frame.source


def test_the_viability_frame_asks_of_the_mechanism_and_of_its_tools():
    frame = shipped("mechanism_viability")
    assert [element.id for element in frame.elements] == ["MEC", "TOO"]
    assert len({(item.pillar, item.element) for item in frame.items}) == 9 * 2


@pytest.mark.parametrize(
    ("name", "parts", "unconfirmed"), [("montreal_recommendations", 8, 0), ("five_corridors", 9, 7)]
)
def test_frames_of_which_only_names_are_known_ask_our_questions_and_mark_the_names(
    name, parts, unconfirmed
):
    frame = shipped(name)
    assert (len(frame.pillars), len(frame.items)) == (parts, parts * 2)
    marked = [one for one in frame.pillars if one.mark == "K"]
    assert len(marked) == unconfirmed
    assert all("[K]" in one.name.en and "[K]" in one.name.es for one in marked)
    assert "not here" in frame.mark


SHIPPED = ["access_framework", "mechanism_viability", "montreal_recommendations", "five_corridors"]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_frames_shipped_say_how_sure_they_are_and_put_all_functions_in_groups(name):
    frame = shipped(name)
    functions = {function for group in frame.groups for function in group.functions}
    assert "I" in frame.mark
    assert {"LAB", "MIG", "MFA", "EMP", "TUN", "CSO", "REC", "OMB", "IOR", "ACA"} <= functions


def test_what_is_wrong_with_a_frame_is_told_with_its_line():
    wrong = (
        SMALL.replace("min_coverage = 0.5", "min_coverage = 50.0")
        .replace("disputed_from = 0.5", "disputed_from = -1.0")
        .replace("value = 4", "value = 3")
        .replace('pillar = "Q"', 'pillar = "R"')
        .replace('["LAB", "MIG"]\n\n[[group]]', '["LAB", "EMP"]\n\n[[group]]')
        .replace('id = "P2"', 'id = "P1"')
        .replace("weight = 2.0", "weight = 0.0")
    )
    with pytest.raises(BadInput) as caught:
        parse_frame("frame.toml", wrong)
    said = str(caught.value)
    for part in (
        "min_coverage is a share between 0 and 1.",
        "disputed_from is a share between 0 and 1.",
        "a scale has at least two [[level]], each with its own value.",
        "item Q1: there is no pillar R.",
        "function EMP is in two groups.",
        "item P1 is declared twice.",
        "pillar.weight must be above 0.",
        "item P1: there is no function MIG.",
    ):
        assert part in said, part
    assert "frame.toml, line 7: min_coverage" in said


def test_a_frame_without_questions_or_not_in_toml_is_refused():
    with pytest.raises(BadInput, match=r"a frame has at least one \[\[item\]\]"):
        parse_frame("frame.toml", SMALL.partition("[[item]]")[0])
    with pytest.raises(BadInput, match="not written as TOML has it"):
        parse_frame("frame.toml", "id =")


def test_disagreement_by_hand():
    """0, 0, 4, 4: of 6 pairs 4 are 4 apart, 16/6 = 2.67 levels, the most there can be."""
    found = disagreement([0, 0, 4, 4], 0, 4, 0.5)
    assert (round(found.levels, 2), found.share, found.disputed) == (2.67, 1.0, True)
    assert disagreement([2, 2, 2, 2], 0, 4, 0.5).share == 0
    assert disagreement([2], 0, 4, 0.5) is None


@given(LEVELS)
def test_disagreement_lies_between_none_and_all_and_does_not_care_who_speaks_first(values):
    found = disagreement(values, 0, 4, 0.5)
    assert 0 <= found.share <= 1 + 1e-12
    assert (found.share == 0) == (len(set(values)) == 1)
    assert disagreement(sorted(values), 0, 4, 0.5).levels == pytest.approx(found.levels)
    turned = disagreement([4 - value for value in values], 0, 4, 0.5)
    assert turned.share == pytest.approx(found.share)


def respondent(token, function, institution=None, country="XAA"):
    return Respondent(token, institution or token, function, country, "KII")


def scores_of(functions, item="Q1", frame=FRAME):
    people = [respondent(f"r{n}", function) for n, (function, _) in enumerate(functions)]
    answers = [Answer(f"r{n}", item, score) for n, (_, score) in enumerate(functions)]
    country = score_countries(frame, people, answers)[0]
    return country, next(score for score in country.items if score.id == item)


def test_a_group_of_one_institution_is_withheld_and_so_is_the_one_it_could_be_worked_out_from():
    """Two groups, score 2 shown: with the government's 3 the union's answer would follow."""
    _, score = scores_of([("LAB", 3), ("MIG", 3), ("TUN", 1)])
    assert score.value is not None
    assert [group.value for group in score.groups] == [None, None]
    assert [group.because.en for group in score.groups] == [
        "withheld: another group could be worked out from it",
        "withheld: too few institutions",
    ]
    assert score.spread is None


def test_groups_that_are_both_large_enough_are_shown_with_their_spread():
    _, score = scores_of([("LAB", 3), ("MIG", 3), ("TUN", 1), ("EMP", 2)])
    assert [group.value for group in score.groups] == [3, 1.5]
    assert score.spread == 1.5


def test_groups_that_are_both_too_small_are_both_withheld():
    frame = replace(FRAME, min_institutions=2)
    _, score = scores_of([("LAB", 3), ("TUN", 1)], frame=frame)
    assert [group.because.en for group in score.groups] == ["withheld: too few institutions"] * 2


def test_one_institution_agrees_with_nobody():
    """Alone on Q1, and of two on P1: the disagreement of both is that on P1."""
    frame = replace(FRAME, min_institutions=1)
    people = [respondent("a", "LAB"), respondent("b", "MIG")]
    one, two = [Answer("a", "Q1", 3)], [Answer("a", "P1", 4), Answer("b", "P1", 2)]

    alone = score_countries(frame, people, [*one, Answer("b", "Q1", Absent.NOT_APPLICABLE)])[0]
    both = score_countries(frame, people, [*one, *two])[0]

    assert alone.items[2].disagreement is None
    assert both.overall.disagreement.levels == 2


def test_an_item_nobody_is_asked_is_no_gap():
    country, score = scores_of([("EMP", 3), ("EMP", 3), ("TUN", 3)], item="P2")
    assert score.coverage is None
    assert score.because.en == "nobody was asked, or it does not apply"
    assert "P2" not in {gap.item for gap in gaps(FRAME, country)}


def test_a_score_that_is_high_and_agreed_is_no_gap():
    country, _ = scores_of([("LAB", 4), ("MIG", 3), ("TUN", 4)])
    assert [gap.item for gap in gaps(FRAME, country)] == ["P1", "P2"]


def test_countries_are_scored_apart_in_their_order():
    people = [respondent("a", "LAB", country="XAB"), respondent("b", "LAB", country="XAA")]
    found = score_countries(FRAME, people, [Answer("a", "Q1", 4)])
    assert [country.country for country in found] == ["XAA", "XAB"]
    assert found[0].overall.coverage == 0


def test_answers_that_do_not_fit_are_counted_and_not_shown():
    people = [respondent("a", "LAB"), respondent("a", "LAB"), respondent("b", "ZZZ")]
    answers = [
        Answer("a", "Q1", 7),
        Answer("a", "Q1", Absent.UNKNOWN),
        Answer("a", "Q9", 1),
        Answer("nobody", "Q1", 1),
    ]
    with pytest.raises(BadInput) as caught:
        score_countries(FRAME, people, answers)
    said = str(caught.value)
    for part in (
        "functions in no group of the frame: ZZZ.",
        "two respondents have the same token.",
        "answers to items the frame does not have: Q9.",
        "1 answers are of nobody in the list of respondents.",
        "1 answers are not on the scale of the frame.",
        "1 answers were given twice by the same respondent.",
    ):
        assert part in said


def test_gaps_become_actions_whose_lead_and_date_are_left_to_the_country():
    country, _ = scores_of([("LAB", 1), ("MIG", 1), ("TUN", 1)])
    steps = draft_steps(FRAME, gaps(FRAME, country))
    assert steps[0].what == Text("Build what is lacking: Three?", "Construir lo que falta: ¿Tres?")
    assert {(step.lead, step.due, step.status) for step in steps} == {("", None, "YTS")}
    assert [step.id for step in steps] == ["XAA-Q1", "XAA-P1", "XAA-P2"]


def step(id_, **more):
    return Step(id_, "XAA", "Q1", Text(id_, id_), **more)


def test_where_actions_stand_on_a_day():
    due = date(2026, 6, 30)
    found = review(
        [
            step("done", status="CMP", due=due),
            step("cancelled", status="CAN"),
            step("waits", depends_on=("done", "late"), due=date(2026, 12, 31)),
            step("late", due=due),
            step("grace", due=date(2026, 7, 30)),
            step("ahead", depends_on=("done",), due=date(2026, 8, 2)),
            step("no date"),
            step("told", status="DEL", due=date(2026, 9, 1)),
            step("told late", status="DEL", due=date(2026, 7, 30)),
        ],
        on=date(2026, 8, 1),
        grace_days=7,
    )
    assert [(each.step, each.state) for each in found] == [
        ("done", "DONE"),
        ("cancelled", "CANCELLED"),
        ("waits", "BLOCKED"),
        ("late", "OVERDUE"),
        ("grace", "AT_RISK"),
        ("ahead", "ON_TRACK"),
        ("no date", "NO_DATE"),
        ("told", "AT_RISK"),
        ("told late", "AT_RISK"),
    ]
    assert found[2].because == Text("waits for late", "espera a late")
    assert found[3].because.en == "days late: 32"


def test_actions_that_wait_for_each_other_or_for_nothing_are_refused():
    with pytest.raises(BadInput, match="Action a depends on itself in the end"):
        review(
            [step("a", depends_on=("b",)), step("b", depends_on=("c", "a")), step("c")], date.min
        )
    with pytest.raises(BadInput, match="Action a depends on z, which is not there"):
        review([step("a", depends_on=("z",))], date.min)
    with pytest.raises(BadInput, match="Action b depends on z"):
        review([step("a", depends_on=("b",)), step("b", depends_on=("z",))], date.min)
    diamond = [step("a", depends_on=("b", "c")), step("b", depends_on=("d",)),
               step("c", depends_on=("d",)), step("d")]  # fmt: skip
    assert review(diamond, date.min)[0].state == "BLOCKED"


def report_of(country, steps, language):
    return country_report(FRAME, country, steps, date(2026, 7, 1), language)


def test_the_report_says_what_was_found_disputed_not_known_and_agreed():
    country, _ = scores_of([("LAB", 4), ("MIG", 4), ("TUN", 0), ("EMP", 0)])
    steps = [
        step("a", due=date(2026, 9, 30), lead="Ministry | Office"),
        step("b", status="CMP"),
    ]

    english, spanish = (report_of(country, steps, language) for language in ("en", "es"))

    assert english.startswith("# Small: XAA\n\n1 July 2026. invented (I).\n\n## Findings\n\n")
    assert "| Three? | 1.3 | 100% | 4 | 2.7 |" in english
    assert "- Three? Government: 4.0; Social partners: 0.0." in english
    assert "- ¿Uno? sin información" in spanish
    assert "| a | Ministry \\| Office | 30 de septiembre de 2026 | días que faltan: 91 |" in spanish
    assert "| b | por acordar | por acordar | completada |" in spanish
    assert [line for line in spanish.splitlines() if line.startswith("## ")] == [
        "## Hallazgos",
        "## En qué se difiere",
        "## Lo que no se sabe",
        "## Hoja de ruta",
    ]


def test_a_report_shows_a_dash_and_the_reason_where_there_is_no_score():
    country, _ = scores_of([("LAB", 4), ("MIG", 4), ("TUN", 4), ("EMP", 4)])
    english = report_of(country, [], "en")
    assert "| First | – | – |" in english
    assert "| Second | 4.0 (100%) | 4.0 (100%) |" in english
    assert english.count("None.") == 2


def test_a_group_that_is_not_shown_says_why():
    country, _ = scores_of([("LAB", 4), ("MIG", 4), ("TUN", 0)])
    assert "Social partners: withheld: too few institutions." in report_of(country, [], "en")


def test_a_frame_need_not_have_a_question_in_every_cell():
    text = SMALL + '\n[[pillar]]\nid = "R"\nname = { en = "Third", es = "Tercero" }\n'
    frame = parse_frame("frame.toml", text)
    country, _ = scores_of([("LAB", 4), ("MIG", 4), ("TUN", 4)], frame=frame)
    report = country_report(frame, country, [], date(2026, 7, 1), "en")
    assert "| Third | – | – |" in report


def test_an_assessment_is_scored_straight_from_its_records():
    """Government 4, social partners 1; weighed 3 to 1: (3 × 4 + 1 × 1)/4 = 3.25."""
    assessment = {
        "weights": ({"group": "GOV", "weight": 3}, {"group": "SOC", "weight": 1}),
        "min_coverage_pct": 75,
    }
    given = [("a", "LAB", "Ministry", 4), ("b", "MIG", "Office", 4.0), ("c", "TUN", None, 1)]
    records = [
        {
            "respondent": token,
            "institution": Absent.UNKNOWN,
            "institution_name": name or Absent.NOT_STATED,
            "function": function,
            "country": "XAA",
            "instrument": "KII",
            "answers": ({"item": "Q1", "score": score}, {"item": "P1", "score": Absent.UNKNOWN},
                        {"item": "P2"}),
        }
        for token, function, name, score in given
    ]  # fmt: skip

    frame = weighed(FRAME, assessment)
    found = score_countries(frame, respondents_of(records), answers_of(records))[0]

    assert frame.min_coverage == 0.75
    assert found.items[2].value == 3.25
    assert [one.institution for one in respondents_of(records)] == ["Ministry", "Office", "c"]
    assert answers_of(records)[2].score is Absent.NOT_STATED
    assert answers_of([{"respondent": "a"}]) == ()


def test_what_somebody_did_not_consent_to_is_not_used():
    refused = {"respondent": "a", "consent": "NONE", "answers": ({"item": "Q1", "score": 4},)}
    assert respondents_of([refused]) == ()
    assert answers_of([refused]) == ()


def test_an_assessment_without_weights_keeps_those_of_the_frame():
    assert weighed(FRAME, {}) == FRAME


def test_weights_that_do_not_fit_the_frame_are_refused():
    with pytest.raises(BadInput, match="groups the frame small lacks: ZZZ"):
        weighed(FRAME, {"weights": ({"group": "ZZZ", "weight": 1},)})
    with pytest.raises(BadInput, match="must be above 0"):
        weighed(FRAME, {"weights": ({"group": "GOV", "weight": 0},)})
