"""What is told of a corridor: every piece that is known, and the others by name."""

import pytest

from .conftest import Corridors

PIECES = (
    "people", "work", "jobs", "pay", "visas", "money", "channels", "mobility",
    "recruiters", "costs", "outlook",
)  # fmt: skip


def section(told, name: str):
    return next(each for each in told.sections if each.id == name)


def test_a_corridor_with_everything_tells_seven_pieces_and_names_four(corridors: Corridors):
    told = corridors.told()
    assert tuple(each.id for each in told.sections) == PIECES[:7]
    assert tuple(each.id for each in told.missing) == PIECES[7:]


@pytest.mark.parametrize("code", ["XAA-XBB", "XBB-XAA", "XCC-XBB", "XAA-XCC"])
def test_every_piece_is_either_told_or_missing_and_none_is_empty(corridors: Corridors, code: str):
    told = corridors.told(code)
    assert sorted(each.id for each in (*told.sections, *told.missing)) == sorted(PIECES)
    for each in told.sections:
        assert each.pictures or each.contrasts or each.grids or each.items, each.id
    assert all(each.name and each.needs for each in told.missing)


def test_every_section_has_its_source_vintage_and_day(corridors: Corridors):
    for each in corridors.told().sections:
        assert each.bases, each.id
        for basis in each.bases:
            assert basis.source
            assert basis.vintage
            assert basis.published == "2 January 2026"


def test_without_any_table_everything_but_the_register_is_missing(empty: Corridors):
    told = empty.told()
    assert [each.id for each in told.sections] == ["channels"]
    assert len(told.missing) == 10
    assert told.tiles == ()


def test_a_difference_is_movers_minus_natives_with_its_verdict(corridors: Corridors):
    (contrasts,) = section(corridors.told(), "work").contrasts
    participation, informality = contrasts.lines
    assert (contrasts.natives, contrasts.movers) == ("Born in XBB", "Born in XAA")
    assert participation.verdict == "higher"
    assert participation.difference == "+10.0 points (+8.0 to +12.0)"
    assert informality.verdict == "alike"
    assert informality.difference == "+1.0 points (−1.0 to +3.0)"


def test_a_number_stands_with_its_interval_its_n_and_the_page_behind_it(corridors: Corridors):
    (contrasts,) = section(corridors.told(), "work").contrasts
    movers = contrasts.lines[0].movers
    assert (movers.told, movers.interval, movers.n) == ("60.0", "58.0 – 62.0", "400")
    assert movers.href == "/en/explain/XBB_LFS_LABOUR/A.XBB.EAP_DWAP.XAA"


def test_what_is_compared_is_said_criterion_ages_period_and_standard(corridors: Corridors):
    (contrasts,) = section(corridors.told(), "work").contrasts
    for part in ("by country of birth", "15 years and over", "2024", "13th ICLS"):
        assert part in contrasts.caption


def test_what_has_no_covariance_is_not_testable_and_says_why(corridors: Corridors):
    (earnings,) = section(corridors.told(), "pay").contrasts[0].lines
    assert (earnings.verdict, earnings.difference) == ("untested", "")
    assert earnings.why == "no covariance of the two was kept with this vintage."
    shares = section(corridors.told(), "jobs").contrasts[0]
    assert shares.lines[0].why == "no covariance of the two was kept with this vintage."


def test_a_withheld_share_is_told_as_withheld_and_drawn_nowhere(corridors: Corridors):
    jobs = section(corridors.told(), "jobs")
    hidden = next(each for each in jobs.contrasts[0].lines if each.name == "1")
    assert hidden.movers.told == hidden.movers.interval == hidden.movers.n == ""
    assert hidden.movers.why == "withheld: confidential"
    drawing = jobs.pictures[0].draw(720)
    assert "Born in XAA withheld: confidential" in drawing.description


def test_the_gap_of_these_two_countries_is_found_by_what_it_compares(corridors: Corridors):
    assert "37.5 % (35.5 – 39.5)" in section(corridors.told(), "pay").lead
    assert "pay" in {each.id for each in corridors.told("XCC-XBB").missing}


def test_a_course_is_told_from_its_first_to_its_last_period(corridors: Corridors):
    people = section(corridors.told(), "people")
    assert people.lead.startswith("In 2020, 500 people from XAA land lived in XBB land.")
    assert people.grids[0].rows == (("2010", "300"), ("2020", "500"))


def test_countries_are_ranked_among_countries_and_never_regions(corridors: Corridors):
    people = section(corridors.told(), "people")
    assert "Of 2 destinations known for XAA land, XBB land is number 2" in people.lead
    assert "World" not in people.pictures[1].draw(720).description


def test_stock_and_survey_are_said_to_be_two_universes_where_there_are_both(corridors: Corridors):
    told, without = (section(corridors.told(code), "people") for code in ("XAA-XBB", "XBB-XAA"))
    assert any("two universes" in note for note in told.notes)
    assert not any("survey" in note for note in without.notes)


def test_visas_shown_are_those_that_the_import_puts_first(corridors: Corridors):
    visas = section(corridors.told(), "visas")
    assert visas.lead == "W1: 55 in December 2025. A year earlier: 40."
    assert "999" not in str(visas.grids)


def test_money_is_told_from_who_sends_to_who_receives(corridors: Corridors):
    money = section(corridors.told(), "money")
    assert money.grids[0].rows == (("XBB land", "XAA land", "12.5"),)


def test_the_order_of_the_two_countries_matters(corridors: Corridors):
    back = corridors.told("XBB-XAA")
    assert back.title == "XBB land → XAA land"
    assert back.sections[0].lead.startswith("In 2020, 77 people from XBB land lived in XAA land.")
    assert {"work", "jobs", "pay", "visas", "money"} <= {each.id for each in back.missing}


def test_both_languages_tell_the_same_pieces(corridors: Corridors):
    english, spanish = corridors.told(), corridors.told(language="es")
    assert [x.id for x in english.sections] == [x.id for x in spanish.sections]
    assert "En 2020 vivían en País XBB 500 personas de País XAA." in spanish.sections[0].lead
