"""Sentences beside public records: what is not compared and not added, and why."""

from dataclasses import replace
from datetime import UTC, datetime

from cauce.model.codelist import Code, Codelist
from cauce.model.record import Absent, Record
from cauce.model.shelf import (
    Filled,
    Known,
    PublicPeriod,
    PublicRecord,
    Shelf,
    ShelfField,
)
from cauce.model.text import Text
from cauce.pipeline.register_said import said

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
COUNTRIES = Codelist(
    "CL_COUNTRY", Text("Country", "País"), (Code("GUY", Text("Guyana", "Guyana")),)
)
SECTORS = Codelist(
    "CL_ISIC", Text("Sector", "Sector"), (Code("F", Text("Construction", "Construcción")),)
)
KINDS = Codelist("CL_ESTIMATE_OF", Text("Of", "De"), (Code("W", Text("Workers", "Personas")),))


def field(name: str, kind: str = "text", codelist: str = "") -> ShelfField:
    return ShelfField(name, Text(name, name), kind, codelist=codelist)  # type: ignore[arg-type] # as given


FIELDS = (
    field("country", "code", "CL_COUNTRY"),
    field("estimate_of", "code", "CL_ESTIMATE_OF"),
    field("sectors", "codes", "CL_ISIC"),
)


def filled(register: str, *records: Record) -> Filled:
    shelf = Shelf(
        register, *(Text("x", "x"),) * 3, Code("T", Text("t", "t")), None, "country", "1", "",
        FIELDS, (COUNTRIES, SECTORS, KINDS),
    )  # fmt: skip
    made = tuple(
        PublicRecord(
            f"key{n}", str(given.get("country", "")), Text("Line", "Línea"), (), (), (), "",
            (Known(SINCE, (PublicPeriod(None, None, given),)),),
        )
        for n, given in enumerate(records)
    )  # fmt: skip
    return Filled(shelf, made)


STUDY: Record = {
    "country": "GUY",
    "estimate_of": "W",
    "sectors": ("F",),
    "unit_en": "workers",
    "unit_es": "personas",
    "horizon_from": 2022,
    "horizon_to": 2026,
}


def test_estimates_of_different_horizons_are_said_not_to_be_comparable() -> None:
    (one,) = said(filled("studies", STUDY, {**STUDY, "horizon_to": 2028})).said
    assert one.about == ("key0", "key1")
    assert one.text.en == (
        "These 2 figures are not comparable with one another: "
        "different horizons: 2022–2026 and 2022–2028."
    )
    assert one.text.es.startswith("Estas 2 cifras no son comparables entre sí: horizontes:")


def test_what_is_unknown_is_said_to_be_and_nothing_is_claimed() -> None:
    unknown = {**STUDY, "sectors": Absent.UNKNOWN}
    (one,) = said(filled("studies", STUDY, unknown)).said
    assert one.text.en.startswith("It cannot be told whether these 2 figures are comparable")


def test_of_estimates_that_are_comparable_nothing_is_said() -> None:
    assert said(filled("studies", STUDY, STUDY)).said == ()


def test_one_estimate_and_estimates_of_different_things_need_no_sentence() -> None:
    assert said(filled("studies", STUDY)).said == ()
    assert said(filled("studies", STUDY, {**STUDY, "estimate_of": "M"})).said == ()


def test_one_that_only_retells_another_is_no_second_estimate() -> None:
    (one,) = said(filled("studies", STUDY, {**STUDY, "retells": "key0"})).said
    assert "uno solo repite al otro" in one.text.es


def test_many_reasons_are_cut_short() -> None:
    many = [{**STUDY, "horizon_to": 2026 + n} for n in range(6)]
    (one,) = said(filled("studies", *many)).said
    assert one.text.en.endswith("; ….")


MONEY: Record = {
    "country": "GUY",
    "type": "ER",
    "direction": "TO_ORIGIN",
    "year": 2022,
    "amount": 5,
    "currency": "USD",
    "valuation": "OBS",
}


def test_contributions_of_different_years_are_said_not_to_be_added() -> None:
    (one,) = said(filled("diaspora_contributions", MONEY, {**MONEY, "year": 2023})).said
    assert one.text.en == "These lines are not added up: different years: 2022, 2023."
    assert one.text.es == "Estas líneas no se suman: años distintos: 2022, 2023."


def test_a_line_inside_another_is_named_in_the_words_of_the_register() -> None:
    part = {**MONEY, "part": "goods", "inside": "key0"}
    (one,) = said(filled("diaspora_contributions", MONEY, part)).said
    assert "Line 2022 (key1) is already inside Line 2022 (key0)" in one.text.en


def test_what_is_not_known_of_a_line_is_a_reason_not_to_add_it() -> None:
    unknown = {**MONEY, "type": "EI", "year": Absent.UNKNOWN}
    (one,) = said(filled("diaspora_contributions", MONEY, unknown)).said
    assert "se desconoce: el año" in one.text.es


def test_shares_of_gdp_are_no_lines_to_add() -> None:
    share = {name: value for name, value in MONEY.items() if name not in ("amount", "currency")}
    assert said(filled("diaspora_contributions", share, share)).said == ()


def test_a_line_with_money_and_a_quantity_is_told_as_two() -> None:
    both = {**MONEY, "quantity": 3, "quantity_unit": "PROJECTS"}
    (one,) = said(filled("diaspora_contributions", both, {**MONEY, "year": 2023})).said
    assert "different units" in one.text.en


def test_codes_in_a_reason_are_told_by_their_words() -> None:
    valued = Codelist(
        "CL_VALUATION", Text("v", "v"),
        (Code("OBS", Text("Observed", "Observado")), Code("MOD", Text("Modelled", "Modelado"))),
    )  # fmt: skip
    found = filled("diaspora_contributions", MONEY, {**MONEY, "valuation": "MOD", "part": "x"})
    shelf = replace(found.shelf, codelists=(COUNTRIES, valued))
    (one,) = said(replace(found, shelf=shelf)).said
    assert "valoradas de distinto modo: modelado, observado" in one.text.es
    assert "valued in different ways: modelled, observed" in one.text.en


def test_other_registers_need_no_sentence() -> None:
    assert said(filled("things", STUDY, {**STUDY, "horizon_to": 2028})).said == ()


SURVEYED: Record = {"country": "GUY", "valuation": "SUR", "year": 2024, "survey": "key0"}
OPEN: Record = {"country": "GUY", "method": "OPEN", "frame": "NONE"}
WARNING = "Those who answered chose themselves or were chosen"


def test_a_survey_that_is_no_probability_sample_says_so_of_itself() -> None:
    (one,) = said(filled("diaspora_surveys", OPEN)).said
    assert one.about == ("key0",)
    assert one.text.en.startswith(WARNING)
    drawn = {**OPEN, "method": "SRS", "frame": "CONREG", "chances_known": True}
    assert said(filled("diaspora_surveys", drawn)).said == ()


def test_figures_of_a_country_from_such_a_survey_are_named_with_the_warning() -> None:
    surveys = filled("diaspora_surveys", OPEN)
    counted: Record = {"country": "GUY", "valuation": "ADM", "year": 2024}
    found = said(filled("diaspora_stocks", SURVEYED, counted, SURVEYED), surveys).said
    (one,) = found
    assert one.about == ("key0", "key2")
    assert one.text.en.startswith(f"Line 2024 (key0); Line 2024 (key2): {WARNING}")
    assert "hablan por sí mismos, no por la diáspora" in one.text.es


def test_a_figure_whose_survey_is_not_public_has_a_sample_that_is_not_known() -> None:
    (one,) = said(filled("diaspora_stocks", SURVEYED), None).said
    assert one.text.en.startswith("How those who answered were chosen is not known")
