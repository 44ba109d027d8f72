"""The ledger of contributions."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cauce.assess.diaspora.ledgers import add, ledger
from cauce.assess.diaspora.magnitudes import amount_written, doubt, plausible_beside
from cauce.assess.diaspora.samples import sample_warning
from cauce.model.contribution import Contribution
from cauce.model.errors import BadInput
from cauce.model.text import Text

LINE = Contribution(
    "a", "XAA", "ER", "TO_ORIGIN", 2022, "USD", Decimal(10), "OBS", "A", "NOT_SAMPLED"
)


def line(id_, **more):
    return replace(LINE, id=id_, **more)


def test_the_ledger_puts_each_line_in_one_sum():
    found = ledger(
        [
            LINE,
            line("part", scope="online", inside="a", amount=Decimal(3)),
            line("air", type="ETO", scope="air", confidence="B"),
            line("land", type="ETO", scope="land", amount=Decimal(5)),
            line("hours", type="HSK", unit="HOURS", valuation="NM", amount=Decimal(7)),
        ]
    )
    assert [(each.lines, each.amount) for each in found.money] == [
        (("a",), 10),
        (("air", "land"), 15),
    ]
    assert found.money[1].by_confidence == {"A": 5, "B": 10}
    assert [(each.lines, each.unit, each.amount) for each in found.other] == [
        (("hours",), "HOURS", 7)
    ]
    assert found.within == ("part",)


def test_two_estimates_of_one_thing_stand_side_by_side_without_an_amount():
    found = ledger([LINE, line("b", amount=Decimal(12))]).money[0]
    assert (found.lines, found.amount, found.by_confidence) == (("a", "b"), None, {})
    assert found.obstacles[0].words == Text(
        "a and b measure the same thing", "a y b miden lo mismo"
    )


def test_lines_that_hold_each_other_are_told_and_do_not_loop():
    found = add([line("a", inside="b"), line("b", inside="a", country="XAB")], ["a", "b"])
    assert {obstacle.kind for obstacle in found.obstacles} == {"INSIDE"}


def test_the_ground_of_a_sum_is_kept_with_it():
    ground = Text("all that came by bank", "todo lo que llegó por banco")
    lines = [LINE, line("b", type="CIV")]
    found = add(lines, ["a", "b"], ground)
    assert (found.amount, found.ground) == (20, ground)
    assert add(lines, ["a", "b", "a"]).obstacles[0].words.es == (
        "de distinta naturaleza: transferencias, CIV"
    )


def test_nothing_to_add_and_two_lines_of_one_name_are_refused():
    with pytest.raises(BadInput, match="Name at least one line"):
        add([LINE], [])
    with pytest.raises(BadInput, match="not there: z"):
        add([LINE], ["a", "z"])
    with pytest.raises(BadInput, match="part of z, which is not in the ledger"):
        ledger([line("a", inside="z")])
    with pytest.raises(BadInput, match="same id"):
        ledger([LINE, LINE])


def test_a_sample_that_chose_itself_is_said_to_speak_for_itself():
    assert "not for the diaspora" in sample_warning("NON_PROBABILITY").en
    assert "se hubieran elegido" in sample_warning("UNKNOWN").es
    assert sample_warning("PROBABILITY") is None


def test_126_millones_is_questioned_beside_other_years():
    others = [Decimal(n) * 10**9 for n in (95, 101, 118)]
    found = doubt(amount_written("126 millones", "es"), plausible_beside(others))
    assert found.perhaps == 126 * 10**9
    assert found.words.es == (
        "126,000,000 no está entre 10,100,000,000 y 1,010,000,000,000 (entre un décimo y diez "
        "veces la mediana de otros 3). ¿Se quiso decir 126,000,000,000? «Millones» y «mil "
        "millones» suelen confundirse."
    )


def test_a_slip_of_something_else_is_not_put_down_to_millones():
    """900 for thousands of hours: a thousand times as much is plausible, but not as millones."""
    found = doubt(Decimal(900), plausible_beside([Decimal(10**6)]))
    assert found.perhaps == 900_000
    assert "illones" not in found.words.es
    assert found.words.en.endswith("Was 900,000 meant?")


def test_there_must_be_something_to_compare_with():
    with pytest.raises(BadInput, match="nothing to compare with"):
        plausible_beside([])


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("126 millions", "es", "no amount in words"),
        ("much", "en", "no amount in words"),
        ("1.234 millones", "es", "read in two ways"),
    ],
)
def test_an_amount_that_cannot_be_read_is_refused(written, language, said):
    with pytest.raises(BadInput, match=said):
        amount_written(written, language)
