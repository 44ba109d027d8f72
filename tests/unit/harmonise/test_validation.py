"""Rules, margins and acceptances of a pack: what is read, and what is refused with its line."""

import pytest

from cauce.harmonise import (
    accepted_in,
    broken_rules,
    compile_recipe,
    parse_dictionary,
    parse_pack,
    rules_said,
    set_faults,
    source_columns,
)
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.model.validation import Findings, Outcome

from .conftest import PACK, changed

END = 'source = "the office"\n'
RULE = """
[validation.V_YOUNG]
label = { en = "Young.", es = "Joven." }
ground = "us"
severity = "warning"
of = "STATUS = 'EMP'"
expr = "AGE < 90 AND WEIGHT > 0"
"""
MARGIN = """
[[margin]]
name = "Sexes"
period = "2020"
variable = "SEX"
totals = { M = 100, F = 120 }
source = "census"
"""
ACCEPT = '\n[[accept]]\nrule = "V_YOUNG"\nat_most = 3\nbecause = "known"\n'
CONSISTENT = '\n[[consistent]]\nexpr = "AGE >= 0"\nsays = "Age is not negative."\n'
COLUMNS = {"p1": "integer", "p2": "integer", "p3": "integer", "p4": "integer"}


def more(*texts: str) -> tuple[str, str]:
    return END, END + "".join(texts)


def test_a_rule_and_a_margin_are_questions_over_the_harmonised_rows(pack) -> None:
    found = compile_recipe(pack(more(RULE, MARGIN)), COLUMNS, period="2020-Q3").questions
    assert [one.rule for one in found.judgements] == ["V_YOUNG"]
    assert '"v:AGE" < 90' in found.judgements[0].passes
    assert '"g:WEIGHT"' in found.judged
    assert found.margins == (("SEX", '"v:SEX"'),)


def test_what_a_rule_needs_of_the_design_is_computed_only_if_it_is_asked(pack) -> None:
    text = RULE.replace("WEIGHT > 0", "PSUS_OF_STRATUM > 1 AND STRATA_OF_PSU = 1")
    judged = compile_recipe(pack(more(text)), COLUMNS).questions.judged
    assert 'count(DISTINCT other."c:c")' in judged
    assert 'WHERE other."c:h" = harmonised."c:h"' in judged
    assert "g:WEIGHT" not in judged


def test_psus_named_within_strata_lie_in_one_stratum(pack) -> None:
    text = RULE.replace("WEIGHT > 0", "STRATA_OF_PSU = 1 AND PERIOD_YEAR > 2000")
    scope = ('psu_scope = "survey"', 'psu_scope = "stratum"')
    judged = compile_recipe(pack(more(text), scope), COLUMNS, period="2020").questions.judged
    assert '1 AS "g:STRATA_OF_PSU"' in judged
    assert '2020 AS "g:PERIOD_YEAR"' in judged


def test_a_survey_without_strata_and_psus_is_asked_all_the_same(pack) -> None:
    text = RULE.replace("WEIGHT > 0", "PSUS_OF_STRATUM > 1 AND STRATA_OF_PSU = 1")
    without = [('stratum = "h"', 'stratum = { none = "x" }'), ('psu = "c"', 'psu = { none = "x" }')]
    judged = compile_recipe(pack(more(text), *without), COLUMNS).questions.judged
    assert '(SELECT count(*) FROM harmonised AS other) AS "g:PSUS_OF_STRATUM"' in judged
    assert '1 AS "g:STRATA_OF_PSU"' in judged


def test_a_rule_whose_variables_are_not_made_is_not_asked_and_says_which(pack) -> None:
    text = RULE.replace("AGE < 90", "PAY > 0")
    without = (
        '[number.PAY]\nfrom = "p4"\n"" = { missing = "not_applicable" }\n'
        '"-1" = { missing = "refused" }\n',
        "",
    )
    found = pack(more(text), without, ('"UNE", "PAY_MEAN", "PAY_PER_YEAR"', '"UNE"'))
    assert compile_recipe(found, COLUMNS).questions.judgements == ()
    assert [one.lacks for one in rules_said(found)] == [("PAY",)]


def test_a_variable_only_a_rule_needs_is_read_from_the_file(pack) -> None:
    text = RULE.replace("AGE < 90", "PAY > 0")
    lean = ('"UNE", "PAY_MEAN", "PAY_PER_YEAR"', '"UNE"')
    assert "p4" not in source_columns(pack(lean))
    assert "p4" in source_columns(pack(more(text), lean))


def test_what_must_be_consistent_stands_among_the_rules(pack) -> None:
    (said,) = rules_said(pack(more(CONSISTENT)))
    assert said.id.startswith("CONSISTENT_L")
    assert said.label == Text("Age is not negative.", "Age is not negative.")


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ((RULE.replace("AGE < 90", "AGES < 90"),), "there is no AGES. Did you mean AGE?"),
        ((RULE.replace("AGE < 90 AND WEIGHT > 0", "AGE + 1"),), "expr gives number"),
        ((RULE.replace("'EMP'", "'EMPL'"),), "of: STATUS has no code EMPL. Did you mean EMP?"),
        ((RULE.replace("warning", "grave"),), "is not one of error, warning, info"),
        ((RULE, ACCEPT.replace("V_YOUNG", "V_OLD")), "there is no rule V_OLD."),
        ((RULE, ACCEPT + 'period = "1999"\n'), "[[accept]]: no wave has the period 1999."),
        ((MARGIN.replace('"2020"', '"1999"'),), "[[margin]]: no wave has the period 1999."),
        ((MARGIN.replace('"SEX"', '"AGE"'),), "[[margin]]: AGE is no coded variable."),
        ((MARGIN.replace("M = 100", "X = 100"),), "[[margin]]: SEX has no code X."),
        ((MARGIN.replace("100", "-1"),), "the margin says -1 people of M."),
        ((MARGIN.replace("totals = { M = 100, F = 120 }\n", ""),), "margin.totals is missing"),
        (
            (MARGIN, MARGIN.replace("100", "300")),
            "'Sexes' adds up to 420 people and 'Sexes' (line",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(refusal, texts: tuple[str, ...], told: str) -> None:
    said = refusal(more(*texts))
    assert told in said
    assert "pack.toml, line" in said


def test_a_margin_of_everyone_has_a_total(pack, refusal) -> None:
    whole = MARGIN.replace('variable = "SEX"\n', "").replace(
        "totals = { M = 100, F = 120 }", "total = 220"
    )
    assert pack(more(whole, MARGIN)).margins[0].totals == {"": 220}
    assert "the margin says -5 people." in refusal(more(whole.replace("220", "-5")))


def test_margins_of_other_populations_may_differ_if_it_is_said(pack) -> None:
    other = MARGIN.replace("100", "300") + 'because = "with institutions"\n'
    assert len(pack(more(MARGIN, other)).margins) == 2


def test_a_rule_of_the_region_is_not_declared_again_by_a_pack(pack, region) -> None:
    dictionary = parse_dictionary({**region, "validation/rules.toml": RULE})
    with pytest.raises(BadInput, match="validation V_YOUNG is declared twice"):
        parse_pack({"pack.toml": changed(PACK, more(RULE))}, dictionary)


def test_errors_stop_a_release_unless_so_many_are_accepted(pack) -> None:
    grave = RULE.replace("warning", "error")
    failed = Findings((Outcome("V_YOUNG", 10, 4, 0),))
    assert "4 respondents are against V_YOUNG" in next(
        broken_rules(pack(more(grave)), "2020", failed)
    )
    assert list(broken_rules(pack(more(RULE)), "2020", failed)) == []
    assert list(broken_rules(pack(more(grave, ACCEPT)), "2020", failed))
    few = Findings((Outcome("V_YOUNG", 10, 3, 0),))
    assert not list(broken_rules(pack(more(grave, ACCEPT)), "2020", few))


def test_what_is_accepted_in_one_wave_is_not_in_another(pack) -> None:
    found = pack(more(RULE, ACCEPT + 'period = "2020"\n'))
    assert [one.rule for one in accepted_in(found, "2020")] == ["V_YOUNG"]
    assert accepted_in(found, "2021") == ()


def test_contradictions_of_a_packs_own_rules_are_found_within_its_bounds(pack) -> None:
    old = RULE.replace("AGE < 90 AND WEIGHT > 0", "AGE > 98")
    assert set_faults(pack(more(old))).never_pass == ("V_YOUNG",)
