"""Two spellings and two documents: what is put before a person, and what is not."""

from datetime import date

import pytest

from cauce.model.mobility import Holder
from cauce.registers.matching.people import CODE, DOCUMENT, NAME, SPELLING, alike

BORN = date(1990, 2, 3)


def holder(permit="1", worker="W-1", name="María José Núñez", document="A 1", born=BORN) -> Holder:
    return Holder(permit, worker, name, document, born)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"name": "Maria Jose Nunes", "document": "B 2"}, SPELLING),
        ({"name": "NUÑEZ, MARIA", "document": "B 2"}, SPELLING),
        ({"name": "Mariana Josefa Núñez", "document": "B 2"}, None),
        ({"name": "Ana Núñez Mora", "document": "B 2"}, None),
        ({"name": "Núñez", "document": "B 2"}, None),
        ({"name": "", "document": "B 2"}, None),
        ({"name": "Somebody Else", "document": "a-1", "born": date(1970, 1, 1)}, DOCUMENT),
        ({"document": "B 2", "born": None}, NAME),
        ({"document": "B 2", "born": date(1991, 2, 3)}, None),
        ({"document": "", "born": None, "name": "Nunez Maria-Jose"}, NAME),
        ({"worker": "W-1", "born": date(1991, 2, 3)}, CODE),
        ({"worker": "W-1", "name": "Ana Mora"}, CODE),
        ({"worker": "W-1", "name": "", "born": None}, None),
        ({"worker": "W-1", "name": "Maria J. Nuñez"}, CODE),
    ],
)
def test_a_pair_is_put_before_a_person_for_one_reason_or_not_at_all(other, why) -> None:
    given = {"permit": "2", "worker": "W-2", **other}
    found = alike([holder(**given), holder()])
    assert [(one.one, one.other, one.why) for one in found] == ([("1", "2", why)] if why else [])


def test_names_without_words_are_not_alike() -> None:
    assert alike([holder(name="", born=None), holder("2", "W-2", "", "", None)]) == ()


def test_each_pair_is_found_once_in_the_order_of_keys() -> None:
    found = alike([holder(str(n), f"W-{n}") for n in (3, 1, 2)])
    assert [(one.one, one.other) for one in found] == [("1", "2"), ("1", "3"), ("2", "3")]
