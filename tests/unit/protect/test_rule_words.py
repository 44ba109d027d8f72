from datetime import date

from cauce.model.observation import ConfStatus
from cauce.model.pack import MinRespondents, Rules
from cauce.model.rule import rule, rule_in
from cauce.model.text import Text
from cauce.protect.clear import rule_words


def test_a_rule_is_read_in_either_language():
    both = rule(Text("Too few.", "Muy pocos."))
    assert (rule_in(both, "en"), rule_in(both, "es")) == ("Too few.", "Muy pocos.")


def test_a_rule_without_languages_is_shown_as_it_is():
    assert rule_in("Imported.", "es") == "Imported."


def test_the_ground_of_a_rule_is_said_in_the_language_of_the_rule():
    ground = "Order 12 || Decreto 12"
    minimum = MinRespondents(date(2020, 1, 1), 10, ground)
    rules = Rules("ilo", (minimum,), 2, 85.0, ground, None)
    words = rule_words(minimum, rules)[ConfStatus.SMALL_COUNT]
    assert words.en.endswith("(Order 12).")
    assert words.es.endswith("(Decreto 12).")
