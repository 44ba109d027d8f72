from cauce.model.rule import rule, rule_in
from cauce.model.text import Text


def test_a_rule_is_read_in_either_language():
    both = rule(Text("Too few.", "Muy pocos."))
    assert (rule_in(both, "en"), rule_in(both, "es")) == ("Too few.", "Muy pocos.")


def test_a_rule_without_languages_is_shown_as_it_is():
    assert rule_in("Imported.", "es") == "Imported."
