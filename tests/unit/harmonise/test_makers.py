"""A variable is made by the pack, or by the first rule of the region whose variables are there."""

from cauce.harmonise import makers
from cauce.harmonise.makers import lacking

RULES = """
[variable.WIDE]
name = { en = "Wide", es = "Amplio" }
kind = "flag"
derive = ["DEEP AND YOUNG", "YOUNG"]

[variable.DEEP]
name = { en = "Deep", es = "Hondo" }
kind = "flag"
derive = "HIDDEN > 1"

[variable.HIDDEN]
name = { en = "Hidden", es = "Oculto" }
kind = "number"

[variable.ONE]
name = { en = "One", es = "Uno" }
kind = "flag"
derive = ["OTHER", "HIDDEN = 1"]

[variable.OTHER]
name = { en = "Other", es = "Otro" }
kind = "flag"
derive = "ONE"

[rules]"""
HIDDEN = '[number.HIDDEN]\nfrom = "p9"\n"" = { missing = "not_stated" }\n\n'


def test_the_first_rule_is_used_whose_variables_the_survey_has(pack) -> None:
    without = makers(pack(("[rules]", RULES)))
    assert without["WIDE"].variables == ("YOUNG",)
    assert "DEEP" not in without

    having = makers(pack(("[rules]", HIDDEN + RULES)))
    assert having["WIDE"].variables == ("DEEP", "YOUNG")


def test_what_a_survey_would_have_to_ask_is_named_at_its_root(pack) -> None:
    found = pack(("[rules]", RULES))
    known = makers(found)
    assert lacking("DEEP", found, known) == ("HIDDEN",)
    assert lacking("WIDE", found, known) == ()


def test_rules_that_need_each_other_lead_nowhere_and_are_left_out(pack) -> None:
    """Of ONE and OTHER neither can be made; ONE lacks itself, or HIDDEN: the first is told."""
    found = pack(("[rules]", RULES))
    known = makers(found)
    assert not {"ONE", "OTHER"} & set(known)
    assert lacking("OTHER", found, known) == ("OTHER",)


def test_what_the_pack_makes_itself_comes_before_every_rule(pack) -> None:
    own = '[derive.YOUNG]\nexpr = "AGE < 30"\n\n[rules]'
    assert makers(pack(("[rules]", own)))["YOUNG"].how.expression == "AGE < 30"
