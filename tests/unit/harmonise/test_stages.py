"""What a pack says of units drawn within PSUs, and of PSUs that were sure to be drawn."""

from cauce.harmonise import compile_recipe, dataflows, source_columns
from cauce.model.rule import rule_in
from cauce.model.stage_columns import StageColumns

KINDS = {"h": "text", "c": "integer", "w": "float", "p1": "text", "p2": "integer"}
KINDS |= {"p3": "integer", "p4": "text", "u": "integer", "half": "text", "n2": "float"}
KINDS |= {"self": "integer", "n1": "float"}
SCOPE = 'psu_scope = "survey"\n'
STAGE = SCOPE + '[[design.stage]]\nunit = "u"\nstratum = "half"\nfpc = "n2"\n'
SURE = SCOPE + 'certainty = { column = "self", sure = ["1"], not_sure = ["2", "3"] }\n'
NO_FPC = 'fpc = { none = "unknown" }'
LAST = '[[design.stage]]\nunit = "p"\nfpc = { none = "All answer." }\n'


def test_stages_are_columns_in_their_order(pack) -> None:
    found = pack((SCOPE, STAGE + LAST)).design
    assert found.stages == (
        StageColumns("u", "half", "n2"),
        StageColumns("p", no_fpc="All answer."),
    )
    assert found.certainty is None


def test_their_columns_are_read_from_the_file(pack) -> None:
    columns = source_columns(pack((SCOPE, STAGE), (SCOPE, SURE)))
    assert {"u", "half", "n2", "self"} <= set(columns)


def test_a_stage_names_its_unit_and_an_fpc_or_why_there_is_none(refusal) -> None:
    said = refusal((SCOPE, SCOPE + '[[design.stage]]\nunits = "u"\n'))
    assert "design.stage.unit is missing" in said
    assert "design.stage.fpc is missing" in said
    assert "design.stage.units is not a key we know" in said
    assert "design.stage.fpc.none is missing" in refusal((SCOPE, STAGE.replace('"n2"', "{}")))


def test_certainty_says_each_code_once_and_needs_a_stage(refusal) -> None:
    assert "design.certainty needs a [[design.stage]]" in refusal((SCOPE, SURE))
    both = SURE.replace('["2", "3"]', '["1", "2"]')
    said = refusal((SCOPE, STAGE), (SCOPE, both))
    assert "design.certainty says of '1' that it is sure and that it is not" in said


def test_the_recipe_has_stages_and_certainty_as_expressions(pack) -> None:
    recipe = compile_recipe(pack((SCOPE, STAGE), (SCOPE, SURE)), KINDS)
    assert recipe.stages == (StageColumns('"c:u"', '"c:half"', '"c:n2"'),)
    assert recipe.certainty.endswith("IN ('1'))")


def test_what_is_asked_of_the_file_is_that_labels_numbers_and_codes_are_right(pack) -> None:
    messages = [
        c.message for c in compile_recipe(pack((SCOPE, STAGE), (SCOPE, SURE)), KINDS).checks
    ]
    for words in (
        "The unit of stage 2 (column u) is empty",
        "The stratum of stage 2 (column half) is empty",
        "The fpc of stage 2 (column n2) is not a number",
        "design.certainty (column self) has codes the pack does not know",
    ):
        assert any(message.startswith(words) for message in messages)
    plain = compile_recipe(pack((SCOPE, SCOPE + LAST)), KINDS | {"p": "integer"}).checks
    assert not any("fpc of stage" in check.message for check in plain)


def method(found):
    return dataflows(found)[0].method


def test_what_is_published_says_the_stages(pack) -> None:
    told = method(pack((SCOPE, STAGE + LAST), (SCOPE, SURE)))
    assert told.columns["stage2"] == "u · stratum half · fpc n2"
    assert told.columns["stage3"] == "p"
    assert told.columns["certainty"] == "self = 1"
    assert rule_in(told.var_method, "en") == "Taylor linearisation, 3 stages of the draw"
    assert rule_in(told.var_method, "es") == "Linealización de Taylor, 3 etapas del muestreo"


def test_stages_that_change_no_error_are_not_said_to(pack) -> None:
    plain, known = pack((SCOPE, STAGE)), pack((SCOPE, STAGE), (NO_FPC, 'fpc = "n1"'))
    assert "ultimate clusters" in method(plain).var_method
    assert "2 stages" in method(known).var_method
