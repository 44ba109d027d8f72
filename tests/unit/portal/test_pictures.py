"""The rows of a table as a reader wants them drawn, or as fits them best."""

from dataclasses import replace

import pytest

from cauce.model.codelist import Code
from cauce.model.observation import Observations
from cauce.model.text import Text
from cauce.portal.asked import asked_of, matching
from cauce.portal.pictures import KINDS, kinds_of, picture
from cauce.portal.words import words

EN = words("en")


@pytest.fixture
def corridors(observations: Observations) -> Observations:
    """The same numbers by three countries of origin, for Costa Rica."""
    flow = observations.dataflow
    freq, area, indicator, sex, time = flow.dimensions
    origins = tuple(Code(code, Text(code, code)) for code in ("NIC", "COL", "PAN"))
    here = replace(area, codes=(Code("CRI", Text("Costa Rica", "Costa Rica")),))
    origin = replace(sex, id="ORIGIN", codes=origins)
    dims = (freq, here, indicator, origin, time)
    return replace(observations, dataflow=replace(flow, dimensions=dims))


def drawn(found: Observations, kind: str, **asked: str):  # type: ignore[no-untyped-def]
    wish = asked_of(found.dataflow, asked)
    rows = matching(found, wish.positions)
    return picture(found, rows, wish, EN, kind)  # type: ignore[arg-type]


def kinds(found: Observations, **asked: str) -> tuple[str, ...]:
    wish = asked_of(found.dataflow, asked)
    return kinds_of(found, matching(found, wish.positions), wish, EN)


def test_only_kinds_that_say_something_are_offered(observations: Observations) -> None:
    assert kinds(observations) == ("dots", "bars")
    assert kinds(observations, TIME_PERIOD="*") == ("line", "dots", "bars")
    assert kinds(observations, SEX="_T", TIME_PERIOD="1999") == ("dots", "bars")


def test_what_is_not_offered_is_not_drawn(observations: Observations) -> None:
    for kind in set(KINDS) - {"auto"}:
        assert (drawn(observations, kind) is not None) == (kind in kinds(observations))


def test_countries_can_be_mapped_and_amounts_drawn_as_corridors(
    corridors: Observations,
) -> None:
    assert "map" in kinds(corridors, INDICATOR="POP")
    found = drawn(corridors, "map", INDICATOR="POP")
    assert "NIC: " in found.svg
    assert found.title == "People"
    corridor = drawn(corridors, "auto", INDICATOR="POP")
    assert "PAN → Costa Rica: " in corridor.svg
    assert "as thick as the number" in corridor.reading


def test_rates_are_never_added_up_in_corridors(corridors: Observations) -> None:
    assert "flows" not in kinds(corridors, INDICATOR="UNE_DEAP", TIME_PERIOD="2025")


def test_several_series_are_told_apart_by_letters(observations: Observations) -> None:
    found = drawn(observations, "line", TIME_PERIOD="*")
    assert ">A</text>" in found.svg
    assert ">C</text>" in found.svg
    assert "there is no number" in found.reading
    assert "Hollow dots are weak" in found.reading


def test_nothing_is_drawn_of_no_rows(observations: Observations) -> None:
    wish = asked_of(observations.dataflow, {})
    assert picture(observations, [], wish, EN) is None
