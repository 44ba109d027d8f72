"""Criteria: what is met, what is not, what cannot be told, and in which words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.assess.frames.trees import to_find_out
from cauce.assess.logic import all_of, any_of, settled
from cauce.assess.regularization.criteria import grow, judge
from cauce.model.criterion import Condition, Group, Line
from cauce.model.errors import BadInput
from cauce.model.fact import Between
from cauce.model.record import Absent
from cauce.model.text import Text
from cauce.model.truth import TRUTHS, Truth

YES, NO, CANNOT = Truth.YES, Truth.NO, Truth.CANNOT_TELL
ON = date(2022, 8, 2)
NAME = Text("Resident since", "Reside desde")


def condition(kind, **more):
    return Condition("C", NAME, "fact", kind, **more)


def line(id, within, kind, **more):
    return Line(id, within, kind, Text(id, id), **more)


@pytest.mark.parametrize(
    ("kind", "fact", "more", "truth"),
    [
        ("before", date(2016, 12, 30), {"day": date(2016, 12, 31)}, YES),
        ("before", date(2016, 12, 31), {"day": date(2016, 12, 31)}, NO),
        ("by", date(2016, 12, 31), {"day": date(2016, 12, 31)}, YES),
        ("after", date(2016, 12, 31), {"day": date(2016, 12, 31)}, NO),
        ("from", date(2016, 12, 31), {"day": date(2016, 12, 31)}, YES),
        ("years", date(2021, 8, 2), {"number": 1}, YES),
        ("years", date(2021, 8, 3), {"number": 1}, NO),
        ("years", date(2020, 2, 29), {"number": 1, "day": date(2021, 2, 28)}, NO),
        ("years", date(2020, 2, 29), {"number": 1, "day": date(2021, 3, 1)}, YES),
        ("at_least", 5, {"number": 5}, YES),
        ("at_most", 5.1, {"number": 5}, NO),
        ("one_of", "GTM", {"codes": ("GTM", "SLV")}, YES),
        ("is", False, {"wanted": False}, YES),
        ("is", True, {"wanted": False}, NO),
        (
            "before",
            Between(date(2016, 1, 1), date(2016, 12, 31)),
            {"day": date(2016, 6, 1)},
            CANNOT,
        ),
        ("before", Between(date(2015, 1, 1), date(2015, 12, 31)), {"day": date(2016, 6, 1)}, YES),
        ("is", Absent.UNKNOWN, {}, CANNOT),
        ("is", Absent.NOT_STATED, {}, CANNOT),
        ("is", Absent.NOT_APPLICABLE, {}, NO),
    ],
)
def test_a_condition_says_yes_no_or_that_it_cannot_tell(kind, fact, more, truth):
    found = judge(condition(kind, **more), {"fact": fact}, ON)

    assert found.truth is truth
    assert "—" not in found.because.en
    assert found.because.en != found.because.es


def test_a_fact_nobody_gave_cannot_tell():
    assert judge(condition("is"), {}, ON).truth is CANNOT


def test_the_reason_is_a_sentence_in_both_languages():
    found = judge(condition("before", day=date(2016, 12, 31)), {"fact": date(2016, 5, 4)}, ON)
    assert found.because == Text(
        "Resident since: 4 May 2016. Asked: before 31 December 2016. Met.",
        "Reside desde: 4 de mayo de 2016. Se pide: antes del 31 de diciembre de 2016. Se cumple.",
    )


def test_one_year_is_not_said_as_many():
    def asked(number):
        found = judge(condition("years", number=number), {"fact": date(2016, 5, 4)}, ON)
        return found.because.es.partition("Se pide: ")[2]

    assert asked(1) == "al menos 1 año al 2 de agosto de 2022. Se cumple."
    assert asked(5) == "al menos 5 años al 2 de agosto de 2022. Se cumple."


@pytest.mark.parametrize(
    ("kind", "fact", "wanted"),
    [
        ("before", "2016", "a date"),
        ("at_least", True, "a number"),
        ("is", 1, "true or false"),
        ("one_of", 3, "a code"),
    ],
)
def test_a_fact_of_another_kind_is_refused_and_not_shown(kind, fact, wanted):
    with pytest.raises(BadInput, match=f"C: the fact fact must be {wanted}"):
        judge(condition(kind, day=ON), {"fact": fact}, ON)


def test_only_facts_that_could_change_the_answer_are_asked_for():
    """The first half is settled; of the second, only what is unknown matters."""
    either = Group("G", NAME, "any", (condition("is"), Condition("D", NAME, "other", "is")))
    tree = Group("A", NAME, "all", (either, Condition("E", NAME, "third", "is")))

    found = judge(tree, {"fact": True}, ON)

    assert found.truth is CANNOT
    assert to_find_out(found) == ("third",)
    assert to_find_out(judge(tree, {"fact": True, "third": False}, ON)) == ()
    assert "of 2, all are asked; 1 met, 0 not met, 1 cannot be told" in found.because.en


@given(st.lists(st.sampled_from(list(Truth))))
def test_all_and_any_are_each_other_turned_round(truths):
    turned = {YES: NO, NO: YES, CANNOT: CANNOT}
    assert all_of(truths) is turned[any_of(turned[truth] for truth in truths)]


@given(st.lists(st.sampled_from(list(Truth))), st.data())
def test_learning_a_fact_never_turns_yes_into_no(truths, data):
    """What was settled stays settled, whatever the unknown turns out to be."""
    learnt = [
        data.draw(st.sampled_from([YES, NO])) if truth is CANNOT else truth for truth in truths
    ]
    for combine in (all_of, any_of):
        before = combine(truths)
        assert before in (CANNOT, combine(learnt))


def test_nothing_known_settles_nothing():
    assert settled([]) is CANNOT
    assert settled([True, True]) is YES
    assert {truth: words.es for truth, words in TRUTHS.items()}[CANNOT] == "no se puede saber"


def test_rows_grow_into_a_tree_in_their_order():
    tree = grow(
        [
            line("TOP", "", "any"),
            line("A", "TOP", "is", fact="a"),
            line("G", "TOP", "all"),
            line("B", "G", "one_of", fact="b", codes=("X",)),
        ]
    )

    assert [part.id for part in tree.parts] == ["A", "G"]
    assert tree.parts[1].parts[0] == Condition("B", Text("B", "B"), "b", "one_of", codes=("X",))


def test_everything_wrong_with_the_rows_is_told_at_once():
    with pytest.raises(BadInput) as caught:
        grow([
            line("TOP", "", "any"),
            line("A", "", "befor", fact="a"),
            line("B", "A", "before"),
            line("C", "D", "all"),
            line("D", "C", "all"),
            line("D", "TOP", "one_of", fact="d"),
            line("E", "TOP", "years", fact="e", number=1),
        ])  # fmt: skip

    said = str(caught.value)
    for part in (
        "row 2: 'befor' is not one of all, any, is, before",
        "Did you mean before?",
        "row 3: B names no fact.",
        "row 3: B needs a day.",
        "row 3: A is no row of kind all or any.",
        "row 6: D needs codes.",
        "2 rows are within nothing; exactly one is the whole.",
        "two rows have the same id.",
    ):
        assert part in said
    assert "row 7" not in said


def test_a_group_within_itself_or_empty_is_refused():
    with pytest.raises(BadInput) as caught:
        grow([line("TOP", "", "all"), line("C", "D", "all"), line("D", "C", "all")])
    assert "row 1: TOP holds nothing." in str(caught.value)
    assert "row 2: C is within itself." in str(caught.value)
