"""Annual figures from quarters: of whole years, unless a pack says that parts will do."""

from dataclasses import replace

import pytest

from cauce.declare.problems import Problems
from cauce.harmonise import dataflows, headline_key, partial_years, years
from cauce.harmonise.years import check_years
from cauce.model.errors import BadInput


@pytest.fixture
def quarterly(pack):
    def make(*periods: str, annual: str = "whole", freq: str = "Q"):
        found = pack()
        waves = tuple(replace(found.waves[0], period=period) for period in periods)
        return replace(found, survey=replace(found.survey, freq=freq, annual=annual), waves=waves)

    return make


WHOLE = ("2024-Q4", "2024-Q1", "2024-Q2", "2024-Q3")


def told(pack) -> str:
    problems = Problems()
    check_years(pack, problems)
    return str(problems.error("The pack")) if problems.any() else ""


def test_a_whole_year_stands_beside_its_quarters(quarterly) -> None:
    pack = quarterly(*WHOLE)
    flow = dataflows(pack)[0]
    assert [wave.period for wave in years(pack)["2024"]] == sorted(WHOLE)
    assert [code.id for code in flow.dimensions[0].codes] == ["Q", "A"]
    assert [code.id for code in flow.dimensions[-1].codes] == ["2024", *sorted(WHOLE)]
    assert told(pack) == ""
    assert partial_years(pack) == ()


def test_without_the_word_there_are_no_years(quarterly) -> None:
    pack = quarterly(*WHOLE, annual="")
    assert years(pack) == {}
    assert told(pack) == ""


def test_an_incomplete_year_is_refused_with_the_way_out(quarterly) -> None:
    pack = quarterly(*WHOLE, "2025-Q1", "2025-Q2")
    assert "2025 lacks Q3, Q4" in told(pack)
    assert 'annual = "partial"' in told(pack)
    with pytest.raises(BadInput, match="2025 lacks Q3, Q4"):
        years(pack)


def test_a_pack_may_say_that_parts_of_a_year_will_do(quarterly) -> None:
    pack = quarterly(*WHOLE, "2025-Q1", annual="partial")
    assert list(years(pack)) == ["2024", "2025"]
    assert told(pack) == ""
    assert partial_years(pack) == (
        "2025: pooled from 1 of 4 quarters. || 2025: reúne 1 de 4 trimestres.",
    )


@pytest.mark.parametrize(("freq", "period"), [("A", "2024-Q1"), ("Q", "2024")])
def test_only_quarters_make_a_year(quarterly, freq: str, period: str) -> None:
    assert "not all waves are quarters" in told(quarterly(period, freq=freq))


def test_a_headline_of_a_year_is_looked_for_among_annual_figures(quarterly) -> None:
    pack = quarterly(*WHOLE)
    for period, frequency in (("2024", 1), ("2024-Q2", 0)):
        spec = replace(pack.headlines[0], period=period)
        assert headline_key(pack, spec, dataflows(pack))[1][0] == frequency


def test_a_pack_says_so_in_its_own_words(pack, refusal) -> None:
    asked = ("invented = true\n", 'invented = true\nfreq = "Q"\nannual = "whole"\n')
    quarter = ('period = "2020"\nfile', 'period = "2020-Q1"\nfile')
    assert "2020 lacks Q2, Q3, Q4" in refusal(asked, quarter)
    partial = pack((asked[0], asked[1].replace("whole", "partial")), quarter)
    assert list(years(partial)) == ["2020"]


def test_a_pack_says_whether_waves_share_psus(pack, refusal) -> None:
    scope = 'psu_scope = "survey"\n'
    assert dataflows(pack())[0].wave_psus == ""
    assert dataflows(pack((scope, scope + 'wave_psus = "new"\n')))[0].wave_psus == "new"
    assert "wave_psus" in refusal((scope, scope + 'wave_psus = "some"\n'))


def test_psus_that_answer_must_have_a_column(pack, refusal) -> None:
    """A firm answers on several rows: without a column for it nobody knows which are whose."""
    scope = 'psu_scope = "survey"\n'
    answers = (scope, scope + 'unit = "psu"\n')
    assert pack(answers).design.unit == pack(answers).rules.unit == "psu"
    assert "design.unit says that PSUs answer" in refusal(
        answers, ('psu = "c"', 'psu = { none = "none" }')
    )
