"""What a pack says of how weights are raised: read, checked, and turned into columns."""

from datetime import date

import pytest

from cauce.harmonise import compile_recipe, lineages, source_columns
from cauce.harmonise.flows import CALIBRATED, dataflows
from cauce.model.calibration import Distance
from cauce.model.raised import Raised

AT = "\n[[table]]"
HEAD = '\n[calibration]\nmethod = "raking"\n'
SEX = """
[[calibration.margin]]
name = "Sex"
period = "2020"
variables = ["SEX"]
totals = { M = 40, F = 60 }
source = "the office"
date = 2020-07-01
"""
SILENT = """
[nonresponse]
column = "p9"
answered = ["1"]
silent = ["2", "3"]
outside = ["4"]
cells = ["SEX"]
"""
COLUMNS = {"h": "integer", "c": "integer", "w": "float", "p1": "text", "p2": "integer"}


def with_(*parts: str) -> tuple[str, str]:
    return AT, "".join(parts) + AT


def test_a_margin_stands_in_the_pack(pack) -> None:
    more = 'bounds = [0.3, 3]\nhousehold = "home"\ntolerance = 1e-5\n'
    found = pack(with_(HEAD.replace("raking", "logit"), more, SEX)).calibration

    assert found.distance == Distance("logit", 0.3, 3, 1e-5)
    assert found.household == "home"
    (margin,) = found.margins
    assert margin.totals == {("M",): 40, ("F",): 60}
    assert (margin.variables, margin.period, margin.day) == (("SEX",), "2020", date(2020, 7, 1))


def test_codes_are_crossed_with_a_blank_and_everyone_has_none(pack) -> None:
    both = SEX.replace('["SEX"]', '["SEX", "STATUS"]').replace("{ M = 40", '{ "M EMP" = 40')
    both = both.replace("F = 60", '"F UNE" = 60')
    amount = SEX.replace('variables = ["SEX"]', 'amount = "PAY"')
    amount = amount.replace("totals = { M = 40, F = 60 }", "total = 900")
    found = pack(with_(HEAD, both, amount)).calibration.margins

    assert found[0].totals == {("M", "EMP"): 40, ("F", "UNE"): 60}
    assert (found[1].totals, found[1].amount) == ({(): 900}, "PAY")


def test_a_file_holds_the_margins_of_all_waves(pack) -> None:
    margin = SEX.replace("totals = { M = 40, F = 60 }", 'table = "sex.csv"')
    every = margin.replace('period = "2020"\n', "")
    text = "period,SEX,total\n2020,M,40\n2020,F,60\n2019,M,1\n"
    (found,) = pack(with_(HEAD, margin), **{"sex.csv": text}).calibration.margins
    assert found.totals == {("M",): 40, ("F",): 60}
    (same,) = pack(
        with_(HEAD, every), **{"sex.csv": text.replace("2019,M,1\n", "")}
    ).calibration.margins
    assert (same.period, same.totals) == ("2020", found.totals)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("period,SEX\n", "sex.csv has no column total"),
        ("SEX,total\nM,x\n", "sex.csv, line 2: the total is not a number"),
        ("SEX,total\nM,nan\n", "sex.csv, line 2: the total is not a number"),
        ("SEX,total\nM,1\nM,2\n", "sex.csv, line 3: M stands twice"),
        ("period,SEX,total\n2019,M,1\n", "sex.csv has no totals of 2020"),
    ],
)
def test_a_file_that_is_no_margin_is_refused(refusal, text: str, said: str) -> None:
    margin = SEX.replace("totals = { M = 40, F = 60 }", 'table = "sex.csv"')
    assert said in refusal(with_(HEAD, margin), files={"sex.csv": text})


def test_what_does_not_fit_is_said_at_once(refusal) -> None:
    told = refusal(
        with_(
            HEAD,
            "bounds = [2]\n",
            SEX.replace("F = 60", '"F EMP" = 60'),
            SEX.replace('"2020"', '"2021"').replace("F = 60", "W = 60"),
            SEX.replace('["SEX"]', '["SEKS"]'),
            SEX.replace("source", 'amount = "SEX"\nsource'),
            SEX.replace('period = "2020"\n', ""),
            SEX.replace("totals = { M = 40, F = 60 }\n", ""),
            SEX.replace("totals = { M = 40, F = 60 }", 'table = "no.csv"'),
        )
    )

    for sentence in (
        "calibration.bounds must be two factors",
        "'F EMP' must be 1 codes with a blank between, of SEX",
        "period is missing: which wave is it of?",
        "totals is missing",
        "there is no file no.csv in the pack",
    ):
        assert sentence in told


def test_variables_codes_and_waves_must_be_there(refusal) -> None:
    told = refusal(
        with_(
            HEAD,
            SEX.replace('"2020"', '"2021"').replace("F = 60", "W = 60"),
            SEX.replace('["SEX"]', '["SEKS"]').replace('"2020"', '"2021"'),
            SEX.replace("source", 'amount = "SEX"\nsource').replace('"2020"', '"2021"'),
            SILENT.replace('["SEX"]', '["AGE"]'),
        )
    )

    for sentence in (
        "[[calibration.margin]]: SEX has no code W.",
        "[[calibration.margin]]: SEKS is no coded variable.",
        "[[calibration.margin]]: SEX is no numeric variable.",
        "[[calibration.margin]]: no wave has the period 2021.",
        "[calibration]: wave 2020 has no margin.",
        "[nonresponse]: AGE is no coded variable.",
    ):
        assert sentence in told


def test_a_calibration_needs_a_margin_and_an_end_is_of_one_kind(refusal) -> None:
    told = refusal(with_(HEAD, SILENT.replace('outside = ["4"]', 'outside = ["1"]')))

    assert "[calibration] has no [[calibration.margin]]" in told
    assert "nonresponse: 1 cannot be of two kinds" in told


def test_what_raises_weights_is_read_beside_the_scores(pack) -> None:
    amount = SEX.replace('variables = ["SEX"]', 'amount = "PAY"')
    amount = amount.replace("totals = { M = 40, F = 60 }", "total = 900")
    made = pack(with_(HEAD, 'household = "home"\n', SEX, amount, SILENT))
    recipe = compile_recipe(made, COLUMNS)

    assert {"home", "p9"} <= set(source_columns(made))
    own = recipe.auxiliary
    assert [one.variable for one in own.codes] == ["SEX"]
    assert own.amounts[0].sql == '"v:PAY"'
    assert own.household == '"c:home"'
    assert "WHEN '1' THEN 1 WHEN '2' THEN 0 WHEN '3' THEN 0 WHEN '4' THEN -1" in own.ended
    told = " ".join(check.message for check in recipe.checks)
    assert "how an interview ended with these codes of p9" in told
    assert "The household (column home) is empty" in told


def test_a_pack_that_raises_nothing_asks_for_nothing(pack) -> None:
    recipe = compile_recipe(pack(), COLUMNS)

    assert (recipe.auxiliary.codes, recipe.auxiliary.ended) == ((), "")


def test_only_silence_needs_no_household(pack) -> None:
    recipe = compile_recipe(pack(with_(SILENT)), COLUMNS)

    assert recipe.auxiliary.household == ""


def test_lineage_and_method_say_that_weights_were_raised(pack) -> None:
    made = pack(with_(HEAD, 'household = "home"\n', SEX, SILENT))
    facts = {"2020": Raised(10, 8, (1.1, 1.6), "raking", (("SEX", "us"),), 2, (0.8, 1.4))}
    silent, how = lineages(made, facts)[0].steps[-2:]

    assert (silent.kind, silent.text) == ("nonresponse", "SEX; 2020: 1.1 ≤ g ≤ 1.6")
    assert (how.kind, how.text) == ("calibration", "raking: SEX; 2020: 0.8 ≤ g ≤ 1.4")
    assert how.columns == ("w", "home")
    assert dataflows(made)[0].method.var_method == CALIBRATED
    every = pack(with_(HEAD, SEX), with_(SILENT.replace('cells = ["SEX"]', "")))
    assert [s.text for s in lineages(every)[0].steps[-2:]] == ["T", "raking: SEX"]
