"""A plan judged straight from its registers, its snapshot, and how it is told."""

from dataclasses import replace
from datetime import date

from cauce.assess.plans.records import begins, members_of, reports_of, task_reports_of, tree_of
from cauce.assess.plans.snapshots import fingerprint, snapshot
from cauce.assess.plans.standings import NO_TARGET, TWICE, plan_standing
from cauce.assess.plans.told import told_plan
from cauce.assess.telling import Speaker
from cauce.model.progress import Status
from cauce.model.record import Absent
from cauce.model.standing import HandOver, PlanRecords

UNKNOWN = Absent.UNKNOWN
ON = date(2025, 1, 31)
LEVELS = ({"rank": 1, "name_en": "line", "name_es": "línea"},)
YEAR = {"period_from": date(2023, 1, 1), "period_to": date(2023, 12, 31)}


def reported(value, country="XAA", **more):
    said = {"indicator": "i", "country": country, "reported": "VALUE", "value": value}
    return {**said, **YEAR, **more}


INDICATOR = {
    "plan": "p", "code": "I1", "statement_en": "Offices", "direction": "UP", "baseline": 0.0,
    "baseline_year": 2022, "reporting_countries": ("XAA", "XAB"),
    "targets": (
        {"year": 2023, "value": 10.0}, {"due": date(2024, 6, 30), "year": 2024, "value": 20.0},
        {"year": UNKNOWN, "value": 30.0}, {"year": 2030, "value": UNKNOWN},
    ),
}  # fmt: skip
RECORDS = PlanRecords(
    key="p",
    plan={"title_en": "Plan", "title_es": "Plan", "levels": LEVELS, "grace_days": 30},
    nodes={
        "b": {"plan": "p", "code": "1.10", "level": 2, "below": "a", "title_en": "Second"},
        "c": {"plan": "p", "code": "1.9", "level": UNKNOWN, "below": "gone", "title_es": "Otro"},
        "a": {"plan": "p", "code": "1", "level": 1, "position": 2, "title_en": "First"},
        "z": {"plan": "q", "code": "x.1", "level": 1},
    },
    indicators={"i": {**INDICATOR, "node": "b"}, "x": {"plan": "q"}},
    milestones={
        "m": {"plan": "p", "node": "gone", "title_en": "Meeting", "due": UNKNOWN, "weight": 0,
              "started_on": date(2024, 1, 1)},
        "done": {"plan": "p", "title_en": "Done", "due": date(2024, 1, 1), "country": "XAA",
                 "done_on": date(2023, 12, 1)},
        "dropped": {"plan": "p", "title_en": "Dropped", "country": "XAA",
                    "cancelled_on": date(2023, 12, 1)},
        "y": {"plan": "q"},
    },
    reports={"r": reported(8.0)},
    memberships={},
)  # fmt: skip
SPEAKER = Speaker({})


def leaf(standing, id_, country="XAA"):
    found = [one.progress for one in standing.leaves if one.progress.id == id_]
    return next(one for one in found if one.country == country)


def test_the_places_of_a_plan_follow_its_numbers_and_hang_where_they_can():
    found = tree_of("p", RECORDS.plan, RECORDS.nodes)
    assert [(node.id, node.parent) for node in found] == [
        ("p", ""), ("c", "p"), ("b", "a"), ("a", "p"),
    ]  # fmt: skip
    assert [node.level.es for node in found] == ["plan", "nivel None", "nivel 2", "línea"]
    assert found[2].name.en == "1.10 Second"


def test_each_country_stands_where_its_reports_put_it():
    found = plan_standing(RECORDS, ON)
    assert leaf(found, "i").status is Status.OVERDUE
    assert leaf(found, "i").completion == 0.4
    assert leaf(found, "i", "XAB").status is Status.NO_DATA
    assert leaf(found, "done").status is Status.DONE
    assert (found.silent, found.cancelled) == (("XAB",), 1)
    assert found.below["p"].status is Status.OVERDUE


def test_who_said_something_of_any_kind_is_not_silent():
    task = {"milestone": "m", "country": "XAB", "period_to": ON, "reported": "NC"}
    told = replace(RECORDS, reports={"r": reported(8.0), "t": task})
    assert plan_standing(told, ON).silent == ()
    none = {"s": reported(UNKNOWN, "XAB"), "t": {**task, "reported": "NR"}}
    assert plan_standing(replace(RECORDS, reports=none), ON).silent == ("XAB",)
    early = replace(RECORDS, reports={"t": task, "r": reported(1.0, period_to=ON)})
    assert plan_standing(early, date(2023, 1, 1)).silent == ("XAA", "XAB")


def test_with_some_countries_only_the_others_are_not_called_silent():
    found = plan_standing(RECORDS, ON, frozenset({"XAA"}))
    assert {one.progress.country for one in found.leaves} == {"XAA"}
    assert found.silent == ()


def test_no_target_and_two_reports_of_one_period_are_no_data_with_the_reason():
    bare = replace(RECORDS, indicators={"i": {**INDICATOR, "targets": ()}})
    assert leaf(plan_standing(bare, ON), "i").because == NO_TARGET
    twice = replace(RECORDS, reports={"r": reported(1.0), "s": reported(2.0)})
    assert leaf(plan_standing(twice, ON), "i").because == TWICE


def test_who_reports_is_named_or_is_the_plan_s_country_its_members_or_whoever_did():
    everyone = {"i": {**INDICATOR, "reporting_countries": ()}}
    plain = replace(RECORDS, indicators=everyone, milestones={})

    def countries(records):
        return [one.progress.country for one in plan_standing(records, ON).leaves]

    assert countries(plain) == ["XAA"]
    assert countries(replace(plain, reports={"r": {"milestone": "none"}})) == [""]
    assert countries(replace(plain, plan={"country": "XAC"})) == ["XAC"]
    joined = {"body": "b", "country": "XAD", "role": "MEMB", "joined_on": date(2020, 1, 1)}
    members = {"m": joined, "o": {**joined, "country": "XAE", "role": "OBSV"}}
    assert countries(replace(plain, plan={"body": "b"}, memberships=members)) == ["XAD"]
    left = {"m": {**joined, "left_on": ON}}
    assert members_of(left, "b", ON) == ()
    own = {"i": {**INDICATOR, "reporting_countries": (), "country": "XAF"}}
    assert countries(replace(plain, indicators=own)) == ["XAF"]


def test_silence_no_change_and_a_value_nobody_knows_are_told_apart():
    kinds = [
        one.kind
        for one in reports_of(
            {
                "a": reported(5.0), "b": reported(UNKNOWN), "c": reported(0.0, reported="NC"),
                "d": reported(1.0, reported=UNKNOWN), "e": reported(1.0, period_to=UNKNOWN),
                "f": {"milestone": "m"},
            }
        )
    ]  # fmt: skip
    assert kinds == ["VALUE", "NR", "NC", "NR"]
    task = {"milestone": "m", "country": "XAA", "period_to": ON}
    states = [
        one.state
        for one in task_reports_of(
            {
                "a": {**task, "reported": "VALUE", "state": "DEL"},
                "b": {**task, "reported": "VALUE", "state": UNKNOWN},
                "c": {**task, "reported": "NC"},
                "d": {**task, "period_to": UNKNOWN},
                "e": {"indicator": "i"},
            }
        )
    ]
    assert states == ["DEL", "NR", "NC"]


def test_a_plan_begins_on_its_day_or_with_its_year_or_nobody_knows():
    assert begins({"starts_on": ON}) == ON
    assert begins({"starts_year": 2023}) == date(2023, 1, 1)
    assert begins({}) is None
    no_year = {"i": {**INDICATOR, "baseline_year": UNKNOWN}}
    late = reported(5.0, period_to=date(2023, 6, 30))
    found = plan_standing(
        replace(RECORDS, indicators=no_year, reports={"r": late}), date(2023, 7, 1)
    )
    assert leaf(found, "i").status is Status.ON_TRACK, "without a baseline there is no line yet"


def test_a_snapshot_freezes_counts_and_who_was_silent_and_is_recognised_again():
    standing = plan_standing(RECORDS, ON)
    given = HandOver(2024, "XAA", "XAB", date(2024, 1, 1), date(2024, 12, 31))
    record = snapshot(standing, given, 7)
    assert (record["entry"], record["taken_on"], record["missing"]) == (7, ON, ("XAB",))
    assert {"country": "XAA", "status": "OVERDUE", "number": 1} in record["statuses"]
    assert record["sha256"] == fingerprint(plan_standing(RECORDS, ON))
    corrected = replace(RECORDS, reports={"r": reported(20.0)})
    assert record["sha256"] != fingerprint(plan_standing(corrected, ON))
    bare = snapshot(
        plan_standing(replace(RECORDS, indicators={}, milestones={}), ON), HandOver(2024, "XAA"), 1
    )
    assert "next_country" not in bare
    region = replace(RECORDS, indicators={"i": {"plan": "p"}}, milestones={}, reports={})
    assert snapshot(plan_standing(region, ON), given, 1)["statuses"] == (
        {"status": "NO_DATA", "number": 1},
    )


def test_a_plan_is_told_with_the_words_of_civil_society_beside_the_reports():
    reports = {
        "r": reported(8.0, narrative_es="Doce"),
        "s": reported(8.0, period_to=date(2022, 12, 31)),
        "t": {"milestone": "m", "country": "XAB"},
    }
    records = replace(RECORDS, reports=reports)
    comments = {
        "c": {"plan": "p", "indicator": "i", "country": "XAA", "comment_es": "Vimos tres",
              "organisation": "Red", "said_on": ON},
        "d": {"plan": "p", "country": "XAB", "comment_en": "Nothing was asked of us"},
        "e": {"plan": "q"},
    }  # fmt: skip
    told = told_plan(plan_standing(records, ON), records, comments, SPEAKER)
    side = told.tables[3].rows
    assert [cell.said.es for cell in side[0]][:4] == ["I1 Offices", "XAA", "Doce", "Vimos tres"]
    assert side[1][0].said.es == "Todo el plan"
    assert side[1][2].said.es == "nada en palabras"
    assert [note.en for note in told.notes] == [
        "As of 31 January 2025.",
        "Never reported anything, which says nothing of progress: XAB.",
        "Milestones cancelled, in no sum: 1.",
    ]
    assert told.tables[2].rows[0][3].tone == "bad"


def test_an_empty_plan_says_that_it_waits_for_its_document():
    records = replace(RECORDS, indicators={}, milestones={}, nodes={})
    told = told_plan(plan_standing(records, ON), records, {}, SPEAKER)
    assert "no indicators or milestones yet" in told.notes[1].en
