from datetime import date

from cauce.model.pack import MinRespondents, Rules
from cauce.model.rule import rule, rule_in
from cauce.model.text import Text
from cauce.protect.clear import withheld_words


def test_a_rule_is_read_in_either_language():
    both = rule(Text("Too few.", "Muy pocos."))
    assert (rule_in(both, "en"), rule_in(both, "es")) == ("Too few.", "Muy pocos.")


def test_a_rule_without_languages_is_shown_as_it_is():
    assert rule_in("Imported.", "es") == "Imported."


def test_the_grounds_of_rules_are_said_in_the_language_of_the_rules():
    ground = "Order 12 || Decreto 12"
    minimum = MinRespondents(date(2020, 1, 1), 10, ground)
    rules = Rules("ilo", (minimum,), 1, 85.0, ground, None)
    words = withheld_words(minimum, rules, amounts=True)
    assert words.en.endswith(
        "or lack it (Order 12); the largest contributor holds more than 85% (Order 12)."
    )
    assert words.es.endswith("el mayor contribuyente reúne más del 85% (Decreto 12).")


def test_dominance_is_not_spoken_of_where_nothing_is_an_amount():
    minimum = MinRespondents(date(2020, 1, 1), 10, "g")
    rules = Rules("ilo", (minimum,), 2, 85.0, "Art", None)
    assert "contributors" not in withheld_words(minimum, rules, amounts=False).en
