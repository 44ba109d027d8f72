"""Mentions in texts, funnels and studies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.assess.mechanisms.funnels import add_counts, ratios
from cauce.assess.mechanisms.mentions import mentions
from cauce.assess.studies.comparing import compare
from cauce.model.errors import BadInput
from cauce.model.funnel import StageCount
from cauce.model.provision import Coding, Provision
from cauce.model.study import Study
from cauce.model.text import Text
from cauce.model.truth import Truth


def coded(theme, *codings):
    return [Provision(f"t{n}", theme, Coding(each)) for n, each in enumerate(codings)]


def test_unseen_texts_are_in_no_denominator():
    """2 of the 4 that were read mention it; of all 6 it could be 2 to 4."""
    found = mentions(coded("T01", "2", "1", "0", "0", "NSEEN", "NSEEN"), ["T01"])[0]
    assert (found.enforceable, found.mentioned, found.absent, found.not_seen) == (1, 1, 2, 2)
    assert found.share == 0.5
    assert (round(found.low, 3), round(found.high, 3)) == (0.333, 0.667)


def test_a_text_not_coded_on_a_theme_counts_as_not_seen():
    found = mentions([*coded("T01", "1", "0"), *coded("T02", "1")], ["T01", "T02", "T03"])
    assert [(each.share, each.not_seen) for each in found] == [(0.5, 0), (1.0, 1), (None, 2)]


def test_no_text_at_all_has_no_share():
    found = mentions([], ["T01"])[0]
    assert (found.share, found.low, found.high) == (None, None, None)


def test_a_text_coded_twice_is_refused():
    with pytest.raises(BadInput, match="1 provisions are coded twice"):
        mentions([*coded("T01", "1"), *coded("T01", "0")], ["T01"])


@given(st.lists(st.sampled_from(list(Coding)), min_size=1))
def test_the_share_lies_within_what_the_unread_could_make_of_it(codings):
    found = mentions(coded("T", *codings), ["T"])[0]
    assert found.share is None or found.low <= found.share <= found.high


def count(stage, number, **more):
    values = {"unit": "person", "source": "s", "corridor": "c", "period": "2024"} | more
    return StageCount("M", values.pop("corridor"), values.pop("period"), stage, number, **values)


def test_nobody_at_the_stage_before_has_no_ratio():
    found = ratios([count("VISA", 0), count("DEP", 3)])[0]
    assert (found.ratio, found.refused.en) == (None, "nobody at the stage before")
    assert ratios([count("VISA", None), count("DEP", 3)])[0].refused.en == "a count is unknown"


def test_a_ratio_of_two_sources_declared_comparable_says_so():
    both = frozenset({frozenset({"a", "b"})})
    found = ratios([count("VISA", 4, source="a"), count("DEP", 3, source="b")], both)[0]
    assert (found.ratio, found.source, found.note) == (
        0.75,
        "a; b",
        Text("two sources", "dos fuentes"),
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([count("VISA", 1), count("DEP", 1, period="2023")], "one mechanism, corridor, period"),
        ([count("VIZA", 1)], "No stages: VIZA"),
        ([count("VISA", 1), count("VISA", 2)], "counted twice in one unit and source"),
    ],
)
def test_what_is_no_funnel_is_refused(counts, said):
    with pytest.raises(BadInput, match=said):
        ratios(counts)


def test_counts_are_added_over_corridors_only():
    one, other = count("DEP", 3), count("DEP", 4, corridor="d")
    assert add_counts([one, other]).count == 7
    unknown = add_counts([one, count("DEP", None, corridor="d")])
    assert (unknown.count, unknown.at_least) == (3, True)
    assert add_counts([count("DEP", None)]).count is None


def test_every_reason_against_a_sum_is_told():
    found = add_counts([
        count("DEP", 3),
        count("VISA", 4, unit="position", source="t", period="2023", sex="F"),
        count("DEP", 3),
    ])  # fmt: skip
    assert found.count is None
    assert [reason.en for reason in found.refused] == [
        "different units: person, position",
        "different stages: DEP, VISA",
        "different sources: s, t",
        "different periods: 2023, 2024",
        "different sexes: F, _T",
        "a corridor counted twice",
    ]
    with pytest.raises(BadInput, match="nothing to add"):
        add_counts([])


def study(id_, **more):
    values = {
        "title": Text("t", "t"),
        "year": 2020,
        "area": "XAA",
        "measure": Text("need", "necesidad"),
        "sectors": frozenset({Text("ALL", "TODOS")}),
        "horizon": (2020, 2025),
        "method": Text("survey", "encuesta"),
        "value": 100.0,
        "unit": Text("persons", "personas"),
    }
    return Study(id_, **(values | more))


def test_two_estimates_of_the_same_differ_by_their_method():
    found = compare(study("a"), study("b", value=130.0, method=None, bound="AT_MOST"))
    assert (found.comparable, found.difference, found.reasons) == (Truth.YES, 30.0, ())
    assert [caution.es for caution in found.cautions] == [
        "métodos: encuesta; ?",
        "t dice a lo más",
    ]
    assert compare(study("a"), study("b", value=None)).difference is None


def test_what_is_unknown_of_a_study_cannot_be_compared():
    empty = {"area": "", "measure": None, "unit": None, "sectors": frozenset()}
    empty |= {"horizon": (None, 2025)}
    found = compare(study("a"), study("b", **empty))
    assert found.comparable is Truth.CANNOT_TELL
    wanted = ("area", "measure", "unit", "sectors", "horizon")
    assert [reason.en for reason in found.reasons] == [f"unknown: {name}" for name in wanted]


def test_a_difference_that_is_known_settles_it_whatever_is_unknown():
    found = compare(study("a", unit=None), study("b", area="XAB", horizon=(2020, 2030)))
    assert found.comparable is Truth.NO
    assert [reason.en for reason in found.reasons] == [
        "different areas: XAA and XAB",
        "different horizons: 2020–2025 and 2020–2030",
        "unknown: unit",
    ]
    assert compare(study("a", retells="b"), study("b")).comparable is Truth.NO
