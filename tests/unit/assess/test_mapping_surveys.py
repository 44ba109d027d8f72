"""Whether a mapping survey is a probability sample, and what may be said if it is none."""

from datetime import date

import pytest

from cauce.assess.diaspora.samples import sampling_of, warning_of
from cauce.assess.diaspora.surveys import design_of, survey_of
from cauce.assess.diaspora.surveys_told import WITHHELD, cited_by, told_survey
from cauce.assess.telling import Speaker
from cauce.model.record import Absent

UNKNOWN = Absent.UNKNOWN
DRAWN = {
    "title_en": "A survey", "title_es": "Una encuesta", "country": "XAA", "residence": ("XAB",),
    "population_en": "Adults", "definition": "BORN", "frame": "CONREG", "method": "SRS",
    "chances_known": True, "modes": ("WEB",), "starts_on": date(2024, 1, 1), "selected": 1000.0,
    "responded": 900.0, "source": "s",
    "answers": ({"topic": "SKILL", "said_en": "A degree", "share_pct": 41.5, "answered": 880.0},),
    "estimates": ({"said_es": "Título", "value_pct": 38.0, "se_pct": 1.75},),
}  # fmt: skip
OPEN = {**DRAWN, "method": "OPEN", "frame": "NONE", "selected": Absent.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("given", "sampling", "against"),
    [
        ({}, "PROBABILITY", ()),
        ({"method": "ALL", "chances_known": UNKNOWN}, "NOT_SAMPLED", ()),
        ({"method": "ALL", "frame": "NONE"}, "NON_PROBABILITY", ("FRAME",)),
        ({"chances_known": False}, "NON_PROBABILITY", ("CHANCES",)),
        ({"chances_known": UNKNOWN}, "UNKNOWN", ("NO_CHANCES",)),
        ({"frame": UNKNOWN}, "UNKNOWN", ("NO_FRAME",)),
        ({"frame": "NONE", "chances_known": UNKNOWN}, "NON_PROBABILITY", ("FRAME", "NO_CHANCES")),
        ({"method": UNKNOWN}, "UNKNOWN", ("NO_METHOD",)),
    ],
)
def test_a_sample_is_one_of_chance_only_if_all_that_makes_it_one_is_known(given, sampling, against):
    found = design_of({**DRAWN, **given})
    assert (found.sampling, found.against) == (sampling, against)


@pytest.mark.parametrize("method", ["OPEN", "CONV", "SNOW", "RDS", "NETW", "QUOTA", "PURP", "new"])
def test_what_leaves_the_choice_to_somebody_is_no_probability_sample_whatever_else_is_said(method):
    found = survey_of("k", {**DRAWN, "method": method, "weighted": True})
    assert found.design.sampling == "NON_PROBABILITY"
    assert found.estimates == ()
    assert found.withheld == 1
    assert [one.percent for one in found.answers] == [41.5]


def test_the_response_is_of_those_chosen_and_of_nobody_if_nobody_was():
    assert design_of(DRAWN).response == 0.9
    for given in ({"selected": 0.0}, {"selected": UNKNOWN}, {"responded": UNKNOWN}):
        assert design_of({**DRAWN, **given}).response is None


def test_an_error_is_told_of_a_drawn_sample_and_not_where_everyone_was_asked():
    (drawn,) = survey_of("k", DRAWN).estimates
    (everyone,) = survey_of("k", {**DRAWN, "method": "ALL"}).estimates
    assert (drawn.percent, drawn.se_points) == (38.0, 1.75)
    assert (everyone.percent, everyone.se_points) == (38.0, None)


def said(record, cited=()):
    return told_survey("k", record, cited, Speaker({}))


def rows(judgement, number):
    return [[cell.said.en for cell in row] for row in judgement.tables[number].rows]


def test_the_warning_stands_first_and_no_estimate_is_told():
    found = said({**OPEN, "responded": 412.0})
    assert "they speak for themselves" in found.warnings[0].en
    assert "hablan por sí mismos" in found.warnings[0].es
    assert found.notes == (WITHHELD,)
    assert ["The sample is", "not a probability sample"] in rows(found, 0)
    assert rows(found, 1) == [["A degree", "SKILL", "41.5%", "880"]]
    assert found.tables[1].rows[0][2].tone == "warn"
    assert (rows(found, 2), found.tables[2].none) == ([], WITHHELD)
    assert "38" not in str(found)
    assert "1.75" not in str(found)


def test_a_sample_of_chance_tells_its_estimates_and_who_did_not_answer():
    found = said({**DRAWN, "responded": 300.0})
    assert [note.en for note in found.notes] == [
        "30% of those chosen answered: whether the others differ has to be looked at."
    ]
    assert rows(found, 2) == [["Título", "–", "38%", "1.75 points"]]
    bare = said({"method": UNKNOWN, "answers": ({},)})
    assert rows(bare, 1) == [["", "–", "not known", "not known"]]
    plain = said({**DRAWN, "estimates": ({"value_pct": 1.0},)})
    assert plain.notes == ()
    assert rows(plain, 2)[0][3] == "not stated"


FIGURE = {"valuation": "SUR", "survey": "k"}


def test_a_figure_has_the_sample_of_its_survey_or_what_is_further_from_chance():
    surveys = {"k": DRAWN}
    assert sampling_of(FIGURE, surveys) == "PROBABILITY"
    assert sampling_of({**FIGURE, "sample": "NON_PROBABILITY"}, surveys) == "NON_PROBABILITY"
    assert sampling_of({**FIGURE, "sample": "PROBABILITY"}, {"k": OPEN}) == "NON_PROBABILITY"
    assert sampling_of(FIGURE, {}) == "UNKNOWN"
    assert sampling_of({"valuation": "ADM", "survey": "k"}, {}) == "UNKNOWN"
    assert sampling_of({"valuation": "ADM"}, {}) == "NOT_SAMPLED"


def test_the_warning_goes_with_surveys_and_figures_and_with_no_other_record():
    assert warning_of("diaspora_surveys", DRAWN, {}) is None
    for register in ("diaspora_contributions", "diaspora_stocks"):
        assert warning_of(register, FIGURE, {"k": DRAWN}) is None
        assert "themselves" in warning_of(register, FIGURE, {"k": OPEN}).en
    assert "themselves" in warning_of("diaspora_surveys", OPEN, {}).en
    assert warning_of("studies", {"survey": "k"}, {"k": OPEN}) is None


def test_the_figures_that_come_from_a_survey_are_named_with_its_sample():
    figures = {"diaspora_stocks": {"a": {"survey": "k"}, "b": {"survey": "other"}, "c": {}}}
    (cited,) = cited_by("k", figures, Speaker({}))
    assert (cited.register, cited.key) == ("diaspora_stocks", "a")
    assert rows(said(OPEN, [cited]), 3) == [["a", "not a probability sample"]]
