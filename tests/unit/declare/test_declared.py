"""What was declared, and where each key stands."""

from cauce.declare.lines import key_lines
from cauce.declare.problems import Problems


def test_the_same_problem_is_said_once() -> None:
    problems = Problems()
    problems.add_told("twice")
    problems.add_told("twice")
    assert str(problems.error("x")) == "x: 1 thing is wrong.\ntwice"


def test_the_lines_of_a_text_without_an_end_are_known() -> None:
    assert key_lines('[a]\n"b c" = """x\ny"""\nd.e = 1')[("a", "d", "e")] == 4
