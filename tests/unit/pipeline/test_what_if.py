"""What publishing a withheld cell would cost: which others are withheld instead."""

import pytest
from tests.unit.protect.conftest import indicator, make_cells, make_pack

from cauce.model.errors import BadInput
from cauce.pipeline import otherwise
from cauce.pipeline.otherwise import Question, answered, check_question

FLOW = "XAA_S_T"
PEOPLE = [[[3, 20, 30], [25, 40, 50], [35, 60, 70]]]


def key(first: str, second: str) -> tuple[str, ...]:
    return ("A", "XAA", "POP", first, second, "2020")


def asked(*cells: tuple[str, ...], without: tuple[str, ...] = ()) -> Question:
    return Question(tuple((FLOW, cell) for cell in cells), without)


@pytest.fixture
def cells():
    return make_cells((indicator("POP"),), PEOPLE)


def test_publishing_what_protects_another_withholds_others_instead(cells) -> None:
    """25 is withheld beside 3, with 20 and 40; with 25 published 3 needs other partners."""
    found = answered([cells], make_pack(), asked(key("C1", "C0"))).answer
    assert key("C1", "C0") in {one.key for one in found.opened}
    assert {one.key for one in found.closed} >= {key("C2", "C0")}
    assert all(one.why == ("secondary",) for one in found.closed)
    assert found.after == found.before - len(found.opened) + len(found.closed)
    assert found.publish == (f"{FLOW}:A.XAA.POP.C1.C0.2020",)


def test_what_is_withheld_for_its_own_sake_is_not_published_at_any_price(cells) -> None:
    with pytest.raises(BadInput, match="whatever else is withheld: too few respondents"):
        answered([cells], make_pack(), asked(key("C0", "C0")))


def test_what_is_not_withheld_costs_nothing(cells) -> None:
    with pytest.raises(BadInput, match="is not withheld as confidential"):
        answered([cells], make_pack(), asked(key("_T", "_T")))


def test_what_is_still_withheld_after_all_is_told(cells, monkeypatch) -> None:
    now = what_if.protect([cells], make_pack())
    monkeypatch.setattr(otherwise, "protect", lambda *_, **__: now)
    with pytest.raises(BadInput, match="with what nobody has to be told it gives"):
        answered([cells], make_pack(), asked(key("C1", "C0")))


def test_without_any_table_nothing_is_left(cells) -> None:
    with pytest.raises(BadInput, match="No table would be left"):
        answered([cells], make_pack(), asked(without=(FLOW,)))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(), "Say what to try"),
        (asked(("A", "XAA")), "A key of XAA_S_T has 6 codes: FREQ.REF_AREA"),
        (asked(key("C9", "C0")), "has no C9 in D0"),
        (Question((("NO", key("C0", "C0")),)), "NO is no table of this release"),
        (asked(without=("NO",)), "NO is no table of it. It has: XAA_S_T"),
        (asked(key("C0", "C0"), without=(FLOW,)), "cannot be left out and have a cell published"),
    ],
)
def test_a_question_about_what_is_not_there_is_refused(cells, question, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        check_question([cells.dataflow], question)
