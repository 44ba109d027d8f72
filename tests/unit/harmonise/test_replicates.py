"""Replicate weights as a pack declares them."""

import tomllib

import pytest

from cauce.declare.problems import Problems
from cauce.declare.section import Origin, Section
from cauce.harmonise import dataflows, numbered, refuse_more_of_family
from cauce.harmonise.design_columns import design_columns
from cauce.harmonise.replicates import error_words, family
from cauce.model.errors import BadInput
from cauce.model.replication import Replicates
from cauce.model.rule import rule_in

DESIGN = 'stratum = "h"\npsu = "c"\nweight = "w"\nfpc = { none = "x" }\npsu_scope = "survey"\n'


def read(text: str) -> tuple[Replicates | None, str]:
    problems = Problems()
    section = Section(tomllib.loads(DESIGN + text), ("design",), Origin("pack.toml", {}, problems))
    found = design_columns(section).replicates
    return found, str(problems.error("The pack")) if problems.any() else ""


def test_a_family_of_columns_is_named_by_its_prefix() -> None:
    found, wrong = read(
        'replicates = { kind = "brr", prefix = "R_", count = 3, digits = 2, first = 0, mse = true }'
    )
    assert not wrong
    assert found == Replicates("brr", ("R_00", "R_01", "R_02"), "R_", mse=True)
    assert family("A", 2) == ("A1", "A2")


def test_columns_may_be_named_one_by_one_with_numbers_of_the_office() -> None:
    found, wrong = read(
        'replicates = { kind = "other", columns = ["a", "b"], scale = 0.5, rscales = [1, 0.25], '
        "mse = false, combined = false }"
    )
    assert not wrong
    assert found == Replicates(
        "other", ("a", "b"), "", None, 0.5, (1.0, 0.25), mse=False, combined=False
    )


def test_replicates_are_made_of_strata_and_psus() -> None:
    assert read('replicates = { made = "jkn" }') == (Replicates(made="jkn"), "")
    boot = 'replicates = { made = "bootstrap", count = 500, seed = 7, mse = true }'
    assert read(boot) == (Replicates(made="bootstrap", count=500, seed=7, mse=True), "")


def test_a_pack_without_replicates_says_so_or_nothing() -> None:
    assert read('replicates = { none = "The file has none." }') == (None, "")
    assert read("") == (None, "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{ kind = "brr", prefix = "R", count = 3 }', "mse is missing"),
        ('{ kind = "nothing", columns = ["a", "b"], mse = true }', "not one of"),
        ('{ kind = "brr", mse = true }', "columns is missing"),
        ('{ kind = "brr", prefix = "R", count = 1, mse = true }', "must be from 2 to 10,000"),
        ('{ kind = "brr", prefix = "R", count = 2, columns = ["a"], mse = true }', "not both"),
        ('{ kind = "jkn", columns = ["a", "b"], rscales = [1], mse = true }', "1 rscales for 2"),
        ('{ kind = "fay", columns = ["a", "b"], mse = true }', "kind fay, and no others, have"),
        ('{ kind = "fay", columns = ["a", "b"], rho = 1, mse = true }', "rho from 0 to below 1"),
        ('{ kind = "brr", columns = ["a", "b"], rho = 0.1, mse = true }', "and no others, have"),
        ('{ kind = "jkn", columns = ["a", "b"], mse = true }', "jkn need rscales"),
        ('{ kind = "other", columns = ["a", "b"], mse = true }', "need the scale"),
        ('{ kind = "sdr", columns = ["a", "b"], scale = 2, mse = true }', "a scale of their own"),
        ('{ kind = "jk1", columns = ["a", "b"], scale = -2, mse = true }', "are not below 0"),
        ('{ kind = "brr", columns = ["a", "b", "a"], mse = true }', "names a twice"),
        ('{ made = "bootstrap", count = 9 }', "seed is missing"),
        ('{ made = "bootstrap", count = 9, seed = -1 }', "must be from 0"),
        ('{ made = "jkn", kind = "brr" }', "not both"),
        ('{ made = "nothing" }', "not one of"),
        ('{ kind = "brr", columns = ["a", "b"], mse = true, more = 1 }', "not a key we know"),
    ],
)
def test_what_is_wrong_is_said(text: str, told: str) -> None:
    assert told in read(f"replicates = {text}")[1]


def test_more_columns_of_the_family_than_declared_are_noticed() -> None:
    said = Replicates("brr", ("R1", "R2"), "R")
    refuse_more_of_family(None, ("R1",))
    refuse_more_of_family(Replicates("brr", ("R1", "R2")), ("R1", "R2", "R3"))
    refuse_more_of_family(said, ("R1", "R2", "RX", "S3", "R0"), used=("R0",))
    with pytest.raises(BadInput, match=r"has 6 more columns R… than the 2 .*: R3, .*R7, …"):
        refuse_more_of_family(said, [f"R{at}" for at in range(1, 9)])
    with pytest.raises(BadInput, match=r"1 more columns .*: R3\. The scale"):
        refuse_more_of_family(said, ("R1", "R2", "R3"))


def test_a_pattern_finds_columns_by_their_number() -> None:
    assert numbered("w*_x", ("w10_x", "w2_x", "w_x", "w3", "wa_x")) == ("w2_x", "w10_x")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Replicates(made="jkn"), "left out at a time (JKn), squares about the replicates' mean"),
        (Replicates(made="bootstrap", count=500, seed=7), "500 replicates, seed 7"),
        (
            Replicates("fay", ("a", "b"), rho=0.3, mse=True),
            "2 replicates, rho = 0.3, squares about",
        ),
        (Replicates("sdr", ("a", "b")), "successive difference replication, 2 replicates, squares"),
    ],
)
def test_a_number_says_how_its_error_was_computed(said: Replicates, words: str) -> None:
    assert words in rule_in(error_words(said), "en")
    assert "réplicas" in rule_in(error_words(said), "es") or said.made == "jkn"


GIVEN = 'replicates = { kind = "brr", columns = ["a", "b"], mse = true }'
NONE = 'replicates = { none = "none" }'


def test_replicates_of_an_office_say_nothing_of_two_waves(pack, refusal) -> None:
    waves = (NONE, GIVEN + '\nwave_psus = "same"')
    assert 'as wave_psus = "same" needs' in refusal(waves)
    assert pack((NONE, GIVEN + '\nwave_psus = "new"')).design.replicates is not None
    assert pack((NONE, 'replicates = { made = "jkn" }\nwave_psus = "same"')).design.replicates


STAGE = '\nstage = [{ unit = "home", fpc = { none = "unknown" } }]'
SURE = '\ncertainty = { column = "sure", sure = ["1"] }'


def test_stages_beside_replicates_of_an_office_would_play_no_part(pack, refusal) -> None:
    said = refusal((NONE, GIVEN + SURE + STAGE))
    assert "[[design.stage]] would play no part" in said
    assert "design.certainty would play no part" in said
    assert pack((NONE, 'replicates = { made = "jkn" }' + STAGE)).design.stages


def test_a_dataflow_says_how_its_errors_were_computed(pack) -> None:
    (flow, *_) = dataflows(pack((NONE, GIVEN)))
    assert "Replicate weights of the office" in rule_in(flow.method.var_method, "en")
    assert flow.method.columns["replicates"] == "a … b"
    (flow, *_) = dataflows(pack())
    assert "Taylor" in rule_in(flow.method.var_method, "en")
    assert "replicates" not in flow.method.columns
    (flow, *_) = dataflows(pack((NONE, 'replicates = { made = "jkn" }')))
    assert "replicates" not in flow.method.columns
