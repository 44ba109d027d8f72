"""What a reader asks of a table."""

from cauce.model.observation import Observations
from cauce.portal.asked import asked_of, chosen_of, matching


def test_without_a_word_the_first_indicator_and_the_latest_period(
    observations: Observations,
) -> None:
    asked = asked_of(observations.dataflow, {})
    assert asked.positions == (0, 0, 0, None, 1)
    assert matching(observations, asked.positions) == [1, 3, 5]


def test_codes_choose_and_a_star_opens(observations: Observations) -> None:
    asked = asked_of(observations.dataflow, {"SEX": "F", "TIME_PERIOD": "*"})
    assert matching(observations, asked.positions) == [4, 5]
    assert asked.opened(observations.dataflow) == (4,)


def test_a_code_that_does_not_exist_is_told(observations: Observations) -> None:
    asked = asked_of(observations.dataflow, {"SEX": "X", "INDICATOR": "Y"})
    assert asked.strange == ("INDICATOR = Y", "SEX = X")
    assert asked.positions == (0, 0, 0, None, 1)


def test_several_codes_of_a_dimension_may_be_asked_for_and_beat_a_star(
    observations: Observations,
) -> None:
    asked = chosen_of(observations.dataflow, {"SEX": ["F", "*", "M", "F"], "INDICATOR": ["*"]})
    assert asked.chosen == ((0,), (0,), None, (1, 2), (1,))


def test_one_number_is_a_line_by_period(observations: Observations) -> None:
    asked = asked_of(observations.dataflow, {"SEX": "F", "TIME_PERIOD": "2024"})
    assert asked.opened(observations.dataflow) == (4,)


def test_an_address_made_from_what_is_asked_asks_the_same(observations: Observations) -> None:
    flow = observations.dataflow
    asked = asked_of(flow, {"SEX": "*", "INDICATOR": "POP", "TIME_PERIOD": "2024"})
    assert asked_of(flow, dict(asked.pairs(flow))) == asked
