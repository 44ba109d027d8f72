"""Two scenarios of one run meet the same chance."""

from cauce.outlook.chance import stream


def test_a_purpose_has_the_same_chance_in_every_scenario_and_no_other_purposes():
    first = stream(7, "exits").normal(size=3).tolist()
    stream(7, "sectors").normal(size=100)

    assert stream(7, "exits").normal(size=3).tolist() == first
    assert stream(7, "sectors").normal(size=3).tolist() != first
    assert stream(8, "exits").normal(size=3).tolist() != first
