"""Which versions a query means."""

import pytest

from cauce.portal.sdmx.versions import matching

THERE = ("1.0", "1.2.0", "1.10.0", "2.0.0-draft", "0.9.0")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("1.0", {"1.0"}),
        ("1.0.0", {"1.0"}),
        ("1.2", {"1.2.0"}),
        ("1", {"1.0", "1.2.0", "1.10.0"}),
        ("*", set(THERE)),
        ("ALL", set(THERE)),
        ("", set(THERE)),
        ("+", {"1.10.0"}),
        ("~", {"2.0.0-draft"}),
        ("latest", {"2.0.0-draft"}),
        ("1.2+.0", {"1.10.0"}),
        ("1.2.0+", {"1.2.0"}),
        ("1+.0", {"1.10.0"}),
        ("0~.0.0", {"2.0.0-draft"}),
        ("1.*", {"1.0", "1.2.0", "1.10.0"}),
        ("1.2*.0", {"1.2.0", "1.10.0"}),
        ("2.0.0-draft", {"2.0.0-draft"}),
        ("1.0,0.9.0", {"1.0", "0.9.0"}),
        ("1.0+0.9.0", {"1.0", "0.9.0"}),
        ("3.0", set()),
        ("1+.0+", set()),
        ("<script>", set()),
        ("1..0", set()),
        ("9" * 30, set()),
    ],
)
def test_a_version_may_be_one_the_latest_the_stable_or_all_from_one_on(wanted, found) -> None:
    assert matching(THERE, wanted) == found


def test_nothing_is_the_latest_of_none() -> None:
    assert matching([], "+") == frozenset()
