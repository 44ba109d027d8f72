"""Without elimination the attacker alone stands at the door: he finds each leak, or mends it."""

from collections.abc import Callable
from typing import Any

import pytest

from cauce.model.errors import BadInput
from cauce.protect import gate, protect

Make = Callable[..., Any]


def one_of_a_row(cells_of: Make, one: Make) -> list[Any]:
    return [cells_of((one("POP"),), [[4, 30, 60]])]


def one_of_a_square(cells_of: Make, one: Make) -> list[Any]:
    return [cells_of((one("POP"),), [[3, 20, 30], [40, 50, 60]])]


def few_without(cells_of: Make, one: Make) -> list[Any]:
    """All of a row but two have what is asked; how many lack it is seen from the total's."""
    return [cells_of((one("EAP", "rate"),), [[30, 40, 50]], [[28, 20, 25]])]


PLANTED = (one_of_a_row, one_of_a_square, few_without)


@pytest.fixture
def open_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Withhold primary cells alone."""
    monkeypatch.setattr(gate, "guarded", lambda *_: [])


@pytest.mark.usefixtures("open_door")
@pytest.mark.parametrize("leak", PLANTED, ids=lambda leak: leak.__name__)
def test_he_refuses_what_elimination_would_have_hidden(
    leak: Make, cells_of: Make, one: Make, pack_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "ROUNDS", 1)

    with pytest.raises(BadInput, match=r"XAA_S_T A\.XAA\..* is known"):
        protect(leak(cells_of, one), pack_of())


@pytest.mark.usefixtures("open_door")
@pytest.mark.parametrize("leak", PLANTED, ids=lambda leak: leak.__name__)
def test_he_mends_it_given_leave(leak: Make, cells_of: Make, one: Make, pack_of: Make) -> None:
    audit = protect(leak(cells_of, one), pack_of()).audit

    assert audit.secondary == 0
    assert audit.repaired > 0
    assert audit.narrowest >= 1
    assert audit.leaks == ()
