"""A pack becomes SQL; dataflows, lineage and headlines follow from it."""

import pytest

from cauce.harmonise import compile_recipe, dataflows, headline_key, lineages, source_columns
from cauce.model.errors import BadInput
from cauce.model.pack import HeadlineSpec, Place

KINDS = {"h": "text", "c": "integer", "w": "float", "p1": "float", "p2": "integer", "p3": "integer"}
KINDS |= {"p4": "text"}


def test_only_columns_that_are_needed_are_asked_for(pack) -> None:
    assert source_columns(pack()) == ("h", "c", "w", "p1", "p2", "p3", "p4")


def test_what_no_table_uses_is_asked_for_only_by_a_check(pack) -> None:
    found = pack(("[[table]]", '[recode.YOUNG]\nfrom = "p5"\n"1" = "true"\n\n[[table]]'))
    change = ('"PAY_MEAN", "PAY_PER_YEAR"]', '"PAY_MEAN"]')
    unused = pack(("[[table]]", '[recode.YOUNG]\nfrom = "p5"\n"1" = "true"\n\n[[table]]'), change)
    assert "p5" in source_columns(found)
    assert "p5" not in source_columns(unused)
    assert "p5" in source_columns(unused, every=True)
    assert any("YOUNG" in c.message for c in compile_recipe(unused, KINDS, every=True).checks)


def test_text_that_meets_numbers_is_a_doubt_with_the_way_out(pack) -> None:
    assert compile_recipe(pack(), KINDS).doubts == ()
    (doubt,) = compile_recipe(pack(), KINDS | {"p3": "text"}).doubts
    assert doubt.startswith("[derive.STATUS]: ")
    assert "Put codes of text columns in quotes" in doubt


def test_a_recipe_has_a_column_per_dimension_and_a_score_per_indicator(pack) -> None:
    recipe = compile_recipe(pack(), KINDS)
    assert [c.variable for c in recipe.columns] == ["SEX"]
    assert [s.indicator for s in recipe.scores] == ["POP", "UNE", "PAY_MEAN", "PAY_PER_YEAR"]
    assert [s.magnitude for s in recipe.scores] == [False, False, True, True]
    assert [s.estimator for s in recipe.scores] == ["total", "rate", "mean", "ratio"]
    assert recipe.scores[3].denominator
    assert recipe.fpc == ""


def test_a_dataflow_has_its_fixed_dimensions_around_its_own(pack) -> None:
    (flow,) = dataflows(pack())
    assert flow.id == "XAA_LFS_MAIN"
    ids = [d.id for d in flow.dimensions]
    assert ids == ["FREQ", "REF_AREA", "INDICATOR", "SEX", "TIME_PERIOD"]
    assert [c.id for c in flow.dimensions[3].codes] == ["_T", "M", "F", "_U", "_Z"]
    assert flow.dimensions[3].additive
    assert flow.method.fpc == "unknown"
    assert flow.method.icls == "13"
    assert flow.source.invented


def test_a_table_may_have_its_own_reliability_profile(pack) -> None:
    change = ('dimensions = ["SEX"]', 'dimensions = ["SEX"]\nreliability = "eclac_2020"')
    assert dataflows(pack(change))[0].method.reliability_profile == "eclac_2020"
    assert dataflows(pack())[0].method.reliability_profile == "ilo"


def test_a_headline_is_found_in_its_table_with_totals_elsewhere(pack) -> None:
    found = pack()
    flow, key = headline_key(found, found.headlines[0], dataflows(found))
    assert (flow, key) == (0, (0, 0, 1, 2, 0))


def test_a_headline_nobody_has_is_refused(pack) -> None:
    found = pack()
    spec = HeadlineSpec("x", "NOTHING", {}, "2020", 1, 1, "s", Place("pack.toml", 1))
    with pytest.raises(BadInput, match="No table has the headline"):
        headline_key(found, spec, dataflows(found))


def test_lineage_says_how_and_where_each_variable_is_made(pack) -> None:
    found = {x.indicator: x.steps for x in lineages(pack())}
    steps = {(s.variable, s.kind): s for s in found["PAY_PER_YEAR"]}
    assert steps["SEX", "recode"].text == "M = 1; F = 2; not_stated = 9"
    assert steps["SEX", "recode"].columns == ("p1",)
    assert steps["AGE", "number"].text == "0 ≤ p2 ≤ 98; not_stated = 99"
    assert steps["YOUNG", "derive"].file == "variables.toml"
    assert steps["PAY_PER_YEAR", "denominator"].text == "AGE"
    assert "empty" in steps["PAY", "number"].text
    order = [s.variable for s in found["UNE"]]
    assert order.index("AGE") < order.index("STATUS") < order.index("UNE")


def test_a_derivation_that_names_itself_means_the_column(pack) -> None:
    own = '[derive.YOUNG]\nexpr = "YOUNG = 1"\n\n[rules]'
    assert "YOUNG" in source_columns(pack(("[rules]", own)))


def test_a_number_without_missing_codes_must_be_there_for_all(pack) -> None:
    change = ('"99" = { missing = "not_stated" }\nminimum = 0\nmaximum = 98', "")
    recipe = compile_recipe(pack(change), KINDS)
    assert any(
        "is empty for" in check.message and "AGE" in check.message for check in recipe.checks
    )


def test_a_regional_default_that_the_file_cannot_feed_is_not_used(pack, refusal) -> None:
    own = """
[variable.NOWHERE]
name = { en = "a", es = "b" }
kind = "number"

[variable.GUESS]
name = { en = "a", es = "b" }
kind = "code"
codelist = "CL_SEX"
derive = "CASE WHEN NOWHERE = 1 THEN 'M' ELSE 'F' END"

[rules]"""
    said = refusal(("[rules]", own), ('dimensions = ["SEX"]', 'dimensions = ["SEX", "GUESS"]'))
    assert "does not make GUESS" in said


def test_a_derivation_may_use_no_name_at_all(pack) -> None:
    own = '[derive.YOUNG]\nexpr = "TRUE"\n\n[rules]'
    recipe = compile_recipe(pack(("[rules]", own)), KINDS)
    assert '"v:YOUNG"' in recipe.with_sql


def test_a_design_without_strata_is_not_asked_for_them(pack) -> None:
    found = pack(('stratum = "h"', 'stratum = { none = "a simple sample" }'))
    recipe = compile_recipe(found, KINDS)
    assert recipe.stratum == ""
    assert not any("stratum" in check.message for check in recipe.checks)


def test_a_reason_may_stand_in_brackets(pack) -> None:
    own = '[derive.YOUNG]\nexpr = "(CASE WHEN p9 = 1 THEN (NOT_STATED) ELSE TRUE END)"\n\n[rules]'
    recipe = compile_recipe(pack(("[rules]", own)), KINDS)
    assert "(- 1)" in recipe.with_sql


def test_a_dataflow_names_the_columns_of_its_design(pack) -> None:
    method = dataflows(pack())[0].method
    assert set(method.columns) == {"stratum", "psu", "weight"}
    assert method.absent == {}


def test_a_dataflow_says_why_a_part_of_its_design_is_missing(pack) -> None:
    method = dataflows(pack(('stratum = "h"', 'stratum = { none = "drawn at once" }')))[0].method
    assert "stratum" not in method.columns
    assert method.absent["stratum"] == "drawn at once"
