"""A staged file becomes a sample: nothing dropped, nothing filled, everything checked."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cauce.estimate import design_of
from cauce.harmonise import compile_recipe, parse_dictionary, parse_pack
from cauce.microdata import evaluate, read_sample
from cauce.model.errors import BadInput
from cauce.model.sample import Sample

REGION = {
    "variables.toml": """
[variable.SEX]
name = { en = "Sex", es = "Sexo" }
kind = "code"
codelist = "CL_SEX"
[variable.AGE]
name = { en = "Age", es = "Edad" }
kind = "number"
[variable.STATUS]
name = { en = "Status", es = "Condición" }
kind = "code"
codelist = "CL_STATUS"
[variable.PAY]
name = { en = "Pay", es = "Pago" }
kind = "number"
""",
    "codelists/CL_SEX.csv": "# CL_SEX|Sex|Sexo|s\ncode,en,es\nM,Men,Hombres\nF,Women,Mujeres\n",
    "codelists/CL_STATUS.csv": "# CL_STATUS|S|S|s\ncode,en,es\nEMP,E,E\nUNE,U,U\nEIP,O,O\n",
    "indicators/i.toml": """
[indicator.UNE]
name = { en = "u", es = "u" }
definition = { en = "u", es = "u" }
estimator = "rate"
universe = "STATUS IN ('EMP', 'UNE')"
numerator = "STATUS = 'UNE'"
unit = "PT"
[indicator.PAY_MEAN]
name = { en = "p", es = "p" }
definition = { en = "p", es = "p" }
estimator = "mean"
universe = "STATUS = 'EMP'"
numerator = "PAY"
unit = "LCU"
[indicator.SHARE]
name = { en = "s", es = "s" }
definition = { en = "s", es = "s" }
estimator = "ratio"
universe = "AGE >= 15"
numerator = "STATUS = 'UNE'"
denominator = "STATUS IN ('EMP', 'UNE')"
unit = "PT"
""",
}
PACK = """
[survey]
id = "LFS"
area = "XAA"
name = { en = "s", es = "s" }
vintage = "2020"
population = { en = "p", es = "p" }
licence = "l"
source = "s"
[[wave]]
period = "2020"
file = "a.csv"
format = "csv"
[design]
stratum = "h"
psu = "c"
weight = "w"
fpc = { none = "x" }
replicates = { none = "x" }
psu_scope = "survey"
[recode.SEX]
from = "p1"
"1" = "M"
"2" = "F"
"9" = { missing = "refused" }
[number.AGE]
from = "p2"
"99" = { missing = "dont_know" }
minimum = 0
maximum = 98
[derive.STATUS]
expr = \"\"\"CASE WHEN AGE < 15 THEN NOT_APPLICABLE WHEN p3 = 1 THEN 'EMP'
  WHEN p3 = 2 THEN 'UNE' WHEN p3 = 3 THEN 'EIP' END\"\"\"
[number.PAY]
from = "p4"
"" = { missing = "not_applicable" }
"-1" = { missing = "refused" }
[[table]]
id = "T"
name = { en = "t", es = "t" }
indicators = ["UNE", "PAY_MEAN", "SHARE"]
dimensions = ["SEX", "STATUS"]
[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "g" }
[[rules.min_respondents]]
from = 2020-01-01
value = 5
ground = "g"
"""
KINDS = {"h": "text", "c": "integer", "w": "float", "p1": "float", "p2": "integer"}
KINDS |= {"p3": "integer", "p4": "text"}
ROWS = {
    "h": ["A", "A", "B", "B", "B"],
    "c": [1, 2, 3, 3, 4],
    "w": [1.5, 2.0, 3.0, 4.0, 5.0],
    "p1": [1.0, 2.0, 9.0, 1.0, 2.0],
    "p2": [30, 40, 50, 10, 99],
    "p3": [1, 2, 1, None, 3],
    "p4": [" 100 ", "", "-1", "", ""],
}


@pytest.fixture
def read(tmp_path: Path):
    """The sample of some rows."""

    def make(pack: str = PACK, kinds: dict[str, str] = KINDS, **columns: list) -> Sample:
        path = tmp_path / "staged.parquet"
        pq.write_table(pa.table(ROWS | columns), path)
        found = parse_pack({"pack.toml": pack}, parse_dictionary(REGION))
        recipe = compile_recipe(found, kinds, weighted=found.waves[0].weighted)
        return read_sample(path, recipe, "2020", design_of)

    return make


def test_every_row_comes_through_with_a_code_or_a_reason(read) -> None:
    sample = read()
    assert sample.columns["SEX"].tolist() == [0, 1, -2, 0, 1]
    assert sample.columns["STATUS"].tolist() == [0, 1, 0, -4, 2]
    assert sample.design.weight.tolist() == ROWS["w"]
    assert sample.design.stratum_labels == ("A", "B")


def test_missing_reasons_are_four_things_and_are_counted(read) -> None:
    reasons = read().reasons
    assert reasons["SEX"] == {"not_stated": 0, "refused": 1, "dont_know": 0, "not_applicable": 0}
    assert reasons["AGE"]["dont_know"] == 1
    assert reasons["PAY"] == {"not_stated": 0, "refused": 1, "dont_know": 0, "not_applicable": 3}


def test_a_missing_answer_is_outside_and_counted_never_zero(read) -> None:
    pay = read().scores[1]
    assert pay.inside.tolist() == [True, False, False, False, False]
    assert pay.numerator[0] == 100
    assert pay.missing == 1
    assert pay.missing_rows is not None
    assert pay.missing_rows.tolist() == [False, False, True, False, False]
    assert pay.magnitude


def test_a_rate_counts_its_universe(read) -> None:
    une = read().scores[0]
    assert une.inside.tolist() == [True, True, True, False, False]
    assert une.numerator.tolist() == [0, 1, 0, 0, 0]
    assert une.missing_rows is None


def test_a_derivation_without_a_value_takes_the_reason_of_its_inputs(read) -> None:
    """A known status although the age is not; and none where nothing is known."""
    status = read(p3=[1, 2, 1, None, None]).columns["STATUS"].tolist()
    assert status == [0, 1, 0, -4, -1]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"p1": [1.0, 2.0, 7.0, 7.0, 8.0]}, ("'7' (2), '8' (1)", "recode.SEX", '"7" = "…"')),
        ({"p2": [30, 40, 50, 10, 190]}, ("AGE", "above 98 for 1 respondents")),
        ({"p2": [30, 40, 50, -5, 99]}, ("below 0 for 1 respondents",)),
        ({"p3": [1, 2, 5, 1, 3]}, ("[derive.STATUS] gives no value", "1 respondents")),
        ({"p4": ["x", "", "", "", ""]}, ("PAY", "not a number for 1 respondents")),
        ({"w": [1.0, 2.0, None, 1.0, 1.0]}, ("The weight (column w) is empty for 1",)),
        ({"w": ["1", "x", "1", "1", "1"]}, ("The weight (column w) is not a number for 1 r",)),
        ({"w": [1.0, -2.0, 1.0, 1.0, 1.0]}, ("1 of 5 weights are negative",)),
        ({"c": [1, 1, 1, 3, 4]}, ("1 of 3 PSU labels occur in more than one stratum",)),
    ],
)
def test_what_does_not_fit_is_said_with_variable_code_and_count(read, columns, words) -> None:
    with pytest.raises(BadInput) as caught:
        read(**columns)
    for word in words:
        assert word in str(caught.value)


def test_everything_that_does_not_fit_is_said_at_once(read) -> None:
    with pytest.raises(BadInput, match="2 things are wrong"):
        read(p1=[7.0] * 5, p2=[190] * 5)


def test_a_value_of_a_person_is_never_shown(read) -> None:
    with pytest.raises(BadInput) as caught:
        read(p2=[30, 40, 50, 10, 173])
    assert "173" not in str(caught.value)


def test_codes_that_lost_their_leading_zero_are_noticed(read) -> None:
    pack = PACK.replace('"1" = "M"', '"01" = "M"')
    with pytest.raises(BadInput, match="leading zeros only, such as '1' and '01'"):
        read(pack)


def test_text_where_numbers_are_meant_is_told_without_a_value(read) -> None:
    with pytest.raises(BadInput) as caught:
        read(kinds=KINDS | {"p3": "text"}, p3=["secret", "2", "1", None, "3"])
    assert "[derive.STATUS]: p3 is text and 1 is a number" in str(caught.value)
    assert "secret" not in str(caught.value)


RULE = """[[consistent]]
expr = "STATUS IS NULL OR STATUS = 'EIP' OR AGE >= 15"
says = "Only people of 15 and over {work}."
[rules]"""


def test_answers_that_contradict_each_other_are_counted_and_refused(read) -> None:
    """A child of 3 at work is told, not dropped by the universe of the indicators."""
    pack = PACK.replace("WHEN AGE < 15 THEN NOT_APPLICABLE ", "").replace("[rules]", RULE)
    with pytest.raises(BadInput, match=r"'Only people of 15 and over \(work\).', stand 1 resp"):
        read(pack, p2=[3, 40, 50, 30, 99], p3=[1, 2, 1, 3, 3])
    known = pack.replace("[rules]", "[rules]").replace('{work}."', '{work}."\nat_most = 1')
    assert len(read(known, p2=[3, 40, 50, 30, 99], p3=[1, 2, 1, 3, 3]).design.weight) == 5


def test_respondents_that_stand_twice_are_counted_and_refused(read) -> None:
    pack = PACK.replace('psu_scope = "survey"', 'psu_scope = "survey"\nperson = ["c", "line"]')
    assert read(pack, line=[1, 1, 1, 2, 1]).period == "2020"
    with pytest.raises(BadInput, match="2 respondents share c, line with another"):
        read(pack, line=[1, 1, 1, 1, 1])


def test_weights_of_another_scale_are_refused(read) -> None:
    pack = PACK.replace('format = "csv"', 'format = "csv"\nweighted = 15.51')
    assert read(pack).design.weight.sum() == 15.5
    with pytest.raises(BadInput, match=r"add up to 155, and wave\.weighted says 15\.51"):
        read(pack, w=[15.0, 20.0, 30.0, 40.0, 50.0])


def test_codes_a_derivation_invents_are_named(read) -> None:
    with pytest.raises(BadInput, match="CL_STATUS does not have: 'XXX'"):
        read(PACK.replace("THEN 'UNE'", "THEN 'XXX'"))


def test_many_unknown_codes_are_cut_short(read) -> None:
    count = 30
    many = {name: (values * 6)[:count] for name, values in ROWS.items()}
    many |= {"p1": [float(n) for n in range(100, 100 + count)], "c": list(range(count))}
    many |= {"p3": [1] * count, "p4": ["1"] * count}
    with pytest.raises(BadInput, match="and 10 more"):
        read(**many)


def test_a_survey_without_strata_or_psus_is_a_simple_sample(read) -> None:
    pack = PACK.replace('stratum = "h"', 'stratum = { none = "x" }')
    pack = pack.replace('psu = "c"', 'psu = { none = "x" }')
    design = read(pack).design
    assert design.stratum.tolist() == [0] * 5
    assert len(set(design.psu.tolist())) == 5


def test_population_counts_of_psus_come_through(read) -> None:
    pack = PACK.replace('fpc = { none = "x" }', 'fpc = "f"')
    assert read(pack, f=[8, 8, 6, 6, 6]).design.population_psus.tolist() == [8, 8, 6, 6, 6]


def test_expressions_over_a_file_keep_its_order_and_its_gaps(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [3, 1, 2], "b": [1.5, None, 2.0], "c": ["x", None, "y"]}), path)
    found = evaluate(path, {"a": '"a"', "b": '"b"', "c": '"c"', "d": '"a" > 1', "e": "NULL > 1"})
    assert found["a"].tolist() == [3, 1, 2]
    assert np.isnan(found["b"][1])
    assert found["c"].tolist() == ["x", None, "y"]
    assert found["d"].tolist() == [True, False, True]
    assert found["e"].tolist() == [False] * 3


def test_an_expression_that_does_not_fit_the_file_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": ["secret"]}), path)
    with pytest.raises(BadInput, match="does not fit the file: text that is no number") as caught:
        evaluate(path, {"a": '"a" = 1'})
    assert "secret" not in str(caught.value)
    with pytest.raises(BadInput, match="text, numbers and true or false are mixed"):
        evaluate(path, {"a": "sum('x')"})
    with pytest.raises(BadInput, match="the engine stopped"):
        evaluate(path, {"a": "error('x')"})


@pytest.mark.parametrize(
    "sql",
    [
        "(SELECT count(*) FROM read_csv('/etc/passwd'))",
        "(SELECT count(*) FROM '/etc/passwd')",
        "getenv('HOME')",
    ],
)
def test_the_engine_reaches_no_file_even_if_asked(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    with pytest.raises(BadInput):
        evaluate(path, {"a": sql})


def test_nobody_stands_behind_a_ratio_to_which_he_adds_nothing(read) -> None:
    """The third is asked, of age, and in neither count."""
    share = read(p3=[1, 2, 3, None, 3]).scores[2]
    assert share.inside.tolist() == [True, True, False, False, False]


COMPARED = PACK.replace(
    "[[table]]",
    """[indicator.FACTORS]
name = { en = "f", es = "f" }
definition = { en = "f", es = "f" }
estimator = "factor_gap"
universe = "AGE >= 15"
numerator = "AGE"
first = "SEX = 'M'"
second = "SEX = 'F'"
factors = ["STATUS"]
unit = "PT"
[indicator.CODES]
name = { en = "c", es = "c" }
definition = { en = "c", es = "c" }
estimator = "dissimilarity"
universe = "AGE >= 15"
numerator = "1"
first = "SEX = 'M'"
second = "SEX = 'F'"
across = "STATUS"
unit = "IX"
[[table]]
id = "COMPARED"
name = { en = "c", es = "c" }
indicators = ["FACTORS", "CODES"]
dimensions = []
[[table]]""",
    1,
)


def test_a_comparison_brings_its_two_domains_its_factors_and_its_codes(read) -> None:
    """The third did not say the sex and is in neither domain; the fourth is a child."""
    factors, codes = read(COMPARED).scores[:2]
    assert factors.first.tolist() == [True, False, False, True, False]
    assert factors.second.tolist() == [False, True, False, False, True]
    assert factors.inside.tolist() == codes.inside.tolist() == [True, True, False, False, False]
    assert factors.factors[0].tolist() == codes.across.tolist() == [0, 1, 0, -4, 2]


def test_whoever_lacks_a_factor_is_missing_from_a_comparison(read) -> None:
    """The second did not say the status, the third the sex, the fifth the age; one is a child."""
    factors, _ = read(
        COMPARED.replace("WHEN p3 = 3 THEN 'EIP' END", "ELSE NOT_STATED END"), p3=[1, 8, 1, None, 8]
    ).scores[:2]
    assert factors.inside.tolist() == [True, False, False, False, False]
    assert factors.missing_rows.tolist() == [False, True, True, False, True]


STAGES = """psu_scope = "survey"
certainty = { column = "self", sure = ["1"], not_sure = ["0"] }
[[design.stage]]
unit = "u"
stratum = "half"
fpc = "n2"
"""
IN_STAGES: dict[str, list] = {
    "u": [1, 1, 1, 2, 1],
    "half": ["L", "L", "L", "L", "R"],
    "n2": [4.0, 4.0, 6.0, 6.0, 5.0],
    "self": [0, 0, 1, 1, 1],
}
STAGE_KINDS = KINDS | {"u": "integer", "half": "text", "n2": "float", "self": "integer"}


def test_stages_and_sure_psus_of_a_pack_become_the_design(read) -> None:
    pack = PACK.replace('psu_scope = "survey"\n', STAGES)
    design = read(pack, STAGE_KINDS, **IN_STAGES).design
    assert design.stratum_labels == ("A", "B / 3 / L", "B / 4 / R")
    assert design.psu_labels == ("1", "2", "1", "2", "1")
    assert design.population_psus.tolist() == [np.inf, np.inf, 6, 6, 5]
    (stage,) = design.stages
    assert stage.population.tolist() == [4, 4, 1, 1, 1]


def test_a_stage_may_have_neither_strata_nor_counts(read) -> None:
    stage = 'psu_scope = "survey"\n[[design.stage]]\nunit = "u"\nfpc = { none = "x" }\n'
    (found,) = read(
        PACK.replace('psu_scope = "survey"\n', stage), STAGE_KINDS, **IN_STAGES
    ).design.stages
    assert found.stratum.tolist() == [0, 1, 2, 2, 3]
    assert np.isinf(found.population).all()


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        ("u", [None, 1, 1, 2, 1], "The unit of stage 2 (column u) is empty for 1 respondents"),
        ("self", [0, 0, 1, 1, 7], "codes the pack does not know: '7' (1)"),
        ("self", [0, 0, 1, None, 1], "codes the pack does not know: '' (1)"),
        ("n2", ["4", "4", "x", "x", "5"], "The fpc of stage 2 (column n2) is not a number for 2"),
    ],
)
def test_what_is_wrong_with_a_stage_is_counted(read, column: str, values: list, told: str) -> None:
    pack = PACK.replace('psu_scope = "survey"\n', STAGES)
    kinds = STAGE_KINDS | ({"n2": "text"} if column == "n2" else {})
    with pytest.raises(BadInput) as caught:
        read(pack, kinds, **(IN_STAGES | {column: values}))
    assert told in str(caught.value)
