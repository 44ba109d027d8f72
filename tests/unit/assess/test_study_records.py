"""Estimates straight from the register of studies, side by side."""

from cauce.assess.studies.comparing import side_by_side
from cauce.assess.studies.records import studies_of
from cauce.assess.studies.told import told_studies
from cauce.assess.telling import Speaker
from cauce.model.record import Absent
from cauce.model.text import Text

UNKNOWN = Absent.UNKNOWN
NEED = Text("workers needed", "personas necesarias")
FARMS = Text("Farming", "Agricultura")
TITLE = Text("All", "Todos")
STUDY = {
    "title_en": "A study", "year": 2020, "country": "GUY", "estimate_of": "NEED",
    "sectors": ("A",), "horizon_from": 2020, "horizon_to": 2025, "bound": "AT_LEAST",
    "value": 160_000.0, "unit_en": "persons", "unit_es": "personas", "method_en": "interviews",
    "source": "s",
}  # fmt: skip
BARE = {"title_en": "Bare", "estimate_of": UNKNOWN, "value": UNKNOWN, "bound": UNKNOWN}


def read(**records):
    return studies_of(records, {"NEED": NEED}, {"A": FARMS})


def test_every_unknown_of_a_study_stays_unknown():
    (bare,) = read(a=BARE)
    assert (bare.year, bare.area, bare.measure, bare.value) == (None, "", None, None)
    assert (bare.sectors, bare.horizon, bare.method) == (frozenset(), (None, None), None)
    assert (bare.unit, bare.bound, bare.warning) == (None, "ABOUT", None)


def test_something_else_is_the_same_only_in_the_same_words():
    other = {**STUDY, "estimate_of": "OTHR", "what_en": "share", "what_es": "parte"}
    assert read(a=other)[0].measure == Text("share", "parte")


def test_sectors_are_as_coded_or_as_named_and_narrowed_by_occupations():
    noted = {**STUDY, "sectors": UNKNOWN, "sectors_note_en": "Five", "occupations": ("711",)}
    assert read(a=noted)[0].sectors == {Text("Five", "Five"), Text("ISCO 711", "CIUO 711")}
    assert read(a={**STUDY, "sectors": ("Z",)})[0].sectors == {Text("Z", "Z")}


def test_an_end_of_the_horizon_that_differs_forbids_and_one_unknown_leaves_it_open():
    first, second, third = read(
        a=STUDY, b={**STUDY, "horizon_from": UNKNOWN}, c={**STUDY, "horizon_to": 2030}
    )
    open_, differs, _ = side_by_side([first, second, third])
    assert [reason.en for reason in open_.reasons] == ["unknown: horizon"]
    assert differs.reasons[0].en == "different horizons: 2020–2025 and 2020–2030"


def test_studies_are_told_with_their_figures_and_the_editor_s_warning():
    region = {**STUDY, "country": UNKNOWN, "countries": ("GTM", "HND"), "bound": "EXACT"}
    ranged = {**STUDY, "value": UNKNOWN, "low": 10.0, "high": 20.0}
    warned = {**STUDY, "not_comparable_es": "Otro marco", "horizon_to": UNKNOWN}
    studies = read(a=STUDY, b=region, c=ranged, d=BARE, e=warned)
    told = told_studies(TITLE, studies, side_by_side(studies), Speaker({}))
    rows = told.tables[0].rows
    assert [row[3].said.es for row in rows] == [
        "al menos 160\u00a0000 personas", "160\u00a0000 personas", "10 a 20 personas",
        "no se conoce", "al menos 160\u00a0000 personas",
    ]  # fmt: skip
    assert rows[1][4].said.en == "GTM, HND"
    assert [row[6].said.en for row in rows][3:] == ["not known", "2020–?"]
    pairs = told.tables[1].rows
    assert any("Otro marco" in row[4].said.es for row in pairs)
    assert pairs[0][2].said.en == "no"
    same = read(a=STUDY, b={**STUDY, "value": 170_000.0})
    (pair,) = told_studies(TITLE, same, side_by_side(same), Speaker({})).tables[1].rows
    assert (pair[2].said.en, pair[5].said.en) == ("yes", "10,000")
