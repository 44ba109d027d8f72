"""The words of the rules a table adds."""

from datetime import date

from cauce.model.pack import MinRespondents, Rules
from cauce.model.safeguards import Estimable, Groups, Holdings, Remainders, Safeguards, Zeros
from cauce.protect.clear import withheld_words
from cauce.protect.grounds import also

MINIMUM = MinRespondents(date(2000, 1, 1), 5, "Order 1")


def said(amounts=True, **own):
    rules = Rules("ilo", (MINIMUM,), 0, 0.0, "", own=Safeguards(**own))
    return [(one.en, one.es) for one in also(MINIMUM, rules, amounts)]


def test_every_rule_says_itself_with_its_ground_in_both_languages():
    ground = "Order 2 || Orden 2"
    words = said(
        holdings=Holdings(3, 1, 75, ground),
        estimable=Estimable(10, 40, ground),
        zeros=Zeros((), ground),
        groups=Groups(("I",), (), ground),
        remainders=Remainders(ground),
    )
    assert [en for en, _ in words] == [
        "fewer than 3 employers, recruiters or organisations stand behind it, or the largest of "
        "them holds more than 75% (Order 2)",
        "the second largest contributor could find the largest to within 10%, knowing the others "
        "to within 40% (Order 2)",
        "nobody stands behind a number or has what it counts (Order 2)",
        "it would tell what all or none of a group have (Order 2)",
        "without it fewer than 5 would be left of a larger number (Order 2)",
    ]
    assert all(es.endswith("(Orden 2)") for _, es in words)


def test_what_is_not_asked_is_not_said():
    assert said() == []
    assert said(amounts=False, estimable=Estimable(10, 100, "g")) == []
    assert said(estimable=Estimable(10, 100, "g"))[0][0].endswith("to within 10% (g)")
    [(en, _)] = said(holdings=Holdings(3, 0, 0.0, "g"))
    assert en == "fewer than 3 employers, recruiters or organisations stand behind it (g)"


def test_the_words_of_what_is_withheld_name_the_rules_of_its_table():
    rules = Rules("ilo", (MINIMUM,), 0, 0.0, "", own=Safeguards(remainders=Remainders("Order 2")))
    words = withheld_words(MINIMUM, rules, amounts=False)
    assert words.en.endswith("of a larger number (Order 2).")
