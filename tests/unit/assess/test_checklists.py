"""Checklists: what a frame declares, a licensed copy in its place, and how a verdict is told."""

import pytest

from cauce.assess.columns import Sheet
from cauce.assess.frames.checklists import judge_checklist, misplaced
from cauce.assess.frames.checklists_read import parse_checklist, with_criteria
from cauce.assess.frames.checklists_told import told_checklist, warnings_of
from cauce.declare.problems import Problems
from cauce.model.checklist import Given
from cauce.model.errors import BadInput

HEAD = """
id = "f"
name = { en = "Frame", es = "Marco" }
about = { en = "a", es = "a" }
source = "Invented"
mark = "I"
notice = { en = "n", es = "n" }
basis = { en = "b", es = "b" }
"""
OUTCOMES = "[outcome]\n" + "".join(
    f'{name} = {{ en = "{name}", es = "{name}" }}\n' for name in ("grave", "lacking", "open", "met")
)
YES = '[[answer]]\nid = "Y"\nname = { en = "y", es = "s" }\nmeans = "YES"\nmark = "I"\n'
NO = '[[answer]]\nid = "N"\nname = { en = "n", es = "n" }\nmeans = "NO"\nmark = "I"\n'


def part(kind, name):
    return f'[[{kind}]]\nid = "{name}"\nname = {{ en = "{name}", es = "{name}" }}\n'


def item(name, pillar="P", more=""):
    words = f'question = {{ en = "{name}?", es = "¿{name}?" }}'
    return f'[[item]]\nid = "{name}"\npillar = "{pillar}"\n{words}\nmark = "K"\n{more}'


WHOLE = (
    HEAD + OUTCOMES + YES + NO + part("pillar", "P") + part("pillar", "Q") + item("A") + item("B")
)
FRAME = parse_checklist("f.toml", WHOLE)


def given(**said):
    return [Given(name, "", answer, "") for name, answer in said.items()]


def test_everything_wrong_with_a_frame_is_told_at_once_with_its_line():
    text = HEAD + YES + part("pillar", "P") + item("A", "R") + item("A") + item("C", more="x = 1\n")
    with pytest.raises(BadInput) as error:
        parse_checklist("f.toml", text)
    told = str(error.value)
    for one in ("outcome", "there is no pillar R", "item A is declared twice", "x"):
        assert one in told
    with pytest.raises(BadInput, match="at least one"):
        parse_checklist("f.toml", HEAD + OUTCOMES + YES + part("pillar", "P"))
    with pytest.raises(BadInput, match="not written as TOML"):
        parse_checklist("f.toml", "x = ")


def test_a_pillar_with_nothing_to_ask_is_in_no_result():
    found = judge_checklist(FRAME, given(A="Y", B="Y"))
    assert [pillar.id for pillar in found.found.parts] == ["P"]
    assert (found.outcome, found.said.en) == ("MET", "met")


def test_answers_to_nothing_that_is_asked_are_counted_and_do_not_count():
    wrong = [*given(A="Y", B="X", C="Y"), Given("A", "E9", "Y", ""), *given(A="N")]
    told = misplaced(FRAME, wrong)
    assert [(one.at, one.column) for one in told] == [
        (0, "item"),
        (1, "answer"),
        (2, "item"),
        (3, "element"),
        (4, "item"),
    ]
    found = judge_checklist(FRAME, wrong)
    assert (found.strange, found.count.unknown, found.outcome) == (5, 2, "OPEN")
    assert "5 answers" in warnings_of(FRAME, found)[1].en


def test_all_that_does_not_apply_leaves_nothing_to_judge():
    found = judge_checklist(FRAME, [Given(one, "", "NAP", "no partners") for one in "AB"])
    assert (found.found, found.outcome) == (None, "OPEN")
    tables = told_checklist(FRAME, found)
    assert tables[0].rows[1][1].said.en == "does not apply"
    assert tables[1].rows == ()


def test_what_lacks_is_told_before_what_is_not_known_and_marks_are_seen():
    tables = told_checklist(FRAME, judge_checklist(FRAME, given(B="N")))
    assert [row[0].said.en for row in tables[1].rows] == ["B B? [K]", "A A? [K]"]
    assert [row[1].said.en for row in tables[1].rows] == ["something lacks", "not known"]
    assert tables[2].rows[0][3].said.en == "[K] wording to be checked"


def sheet(*rows, head=("criterion", "principle", "en", "es")):
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    return Sheet("copy.csv", head, tuple(enumerate(cells, start=2)))


def test_a_licensed_copy_takes_the_place_of_every_criterion():
    problems = Problems()
    found = with_criteria(FRAME, sheet(("Z.1", "Q", "", "Uno"), ("Z.2", "P", "Two", "Dos")), "copy",
                          problems)  # fmt: skip
    assert not problems.any()
    assert [(one.id, one.pillar, one.mark, one.question.en) for one in found.items] == [
        ("Z.1", "Q", "L", "Uno"),
        ("Z.2", "P", "L", "Two"),
    ]
    assert found.source == "copy"
    assert warnings_of(found, judge_checklist(found, [])) == ()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("", "P", "a", "a")], "criterion is empty"),
        ([("A", "", "a", "a")], "principle is empty"),
        ([("A", "X", "a", "a")], "principle is no code of its list"),
        ([("A", "P", "", "")], "one language at least"),
        ([("A", "P", "a", "a"), ("A", "P", "b", "b")], "A stands here twice"),
        ([], "there are no rows"),
    ],
)
def test_what_is_wrong_with_a_copy_is_told_at_its_line(rows, told):
    problems = Problems()
    with_criteria(FRAME, sheet(*rows), "copy", problems)
    assert told in str(problems.error("The criteria"))


def test_a_copy_without_its_columns_changes_nothing():
    problems = Problems()
    assert with_criteria(FRAME, sheet(head=("criterion",)), "copy", problems) is FRAME
    assert problems.any()
