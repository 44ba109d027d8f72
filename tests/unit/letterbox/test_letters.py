"""A letter is sealed to one country, says little by its length, and is answered to its writer."""

import os
from dataclasses import replace

import pytest

from cauce.letterbox import (
    FullBox,
    Letter,
    Waiting,
    answer_of,
    back_key,
    drop,
    open_letter,
    public_of,
    put_answer,
    seal_letter,
    sealed_in,
    set_aside,
    ticket_of,
    waiting,
)
from cauce.letterbox.letter import BLOCK
from cauce.model.errors import BadInput

PRIVATE, OTHER = bytes(range(32)), bytes(range(1, 33))
LETTER = Letter(
    "GTM", "D-7K3M-9QXT", "a" * 20, "2026-03-01", "es", "0" * 64, False, {"account": "𝔊 =1+1 <b>"}
)


def sealed(letter: Letter = LETTER) -> bytes:
    return seal_letter(letter, public_of(PRIVATE))


def test_a_letter_opens_with_its_countrys_key_and_with_no_other() -> None:
    assert open_letter(sealed(), PRIVATE, "GTM") == LETTER
    altered = sealed()[:-1] + b"\x00"
    for data, key, country in (
        (sealed(), OTHER, "GTM"),
        (sealed(), PRIVATE, "HND"),
        (altered, PRIVATE, "GTM"),
        (b"", PRIVATE, "GTM"),
        (b"x" * 100, PRIVATE, "GTM"),
    ):
        with pytest.raises(BadInput, match="does not open"):
            open_letter(data, key, country)


def test_what_was_sealed_twice_is_not_alike_and_short_and_long_letters_are() -> None:
    longer = replace(LETTER, told={"account": "x" * 5000})
    assert sealed() != sealed()
    assert len(sealed()) == len(sealed(longer))
    assert (len(sealed()) - 48) % BLOCK == 0


def test_a_letter_in_the_folder_tells_its_country_and_no_hour(tmp_path) -> None:
    drop(tmp_path, "GTM", "a" * 20, sealed())
    drop(tmp_path, "GTM", "a" * 20, sealed())
    (one,) = waiting(tmp_path)
    assert (one.country, open_letter(sealed_in(one), PRIVATE, "GTM")) == ("GTM", LETTER)
    assert one.path.stat().st_mtime % 86_400 == 0
    assert waiting(tmp_path, frozenset({"HND"})) == ()
    assert "𝔊 =1+1".encode() not in one.path.read_bytes()


def test_a_box_that_is_full_takes_no_more_and_a_strange_file_is_no_letter(tmp_path) -> None:
    drop(tmp_path, "GTM", "a" * 20, b"x", most=1)
    with pytest.raises(FullBox):
        drop(tmp_path, "GTM", "b" * 20, b"x", most=1)
    (tmp_path / "../x.letter").resolve().write_text("x")
    (tmp_path / "notes.letter").write_text("x")
    (one,) = waiting(tmp_path)
    set_aside(one)
    assert waiting(tmp_path) == ()
    assert len(list(tmp_path.glob("*.unopened"))) == 1
    assert isinstance(one, Waiting)


def test_a_ticket_is_the_same_for_the_same_form_and_for_no_other() -> None:
    ticket = ticket_of(b"secret", "1.a")
    assert ticket == ticket_of(b"secret", "1.a")
    others = {ticket_of(b"secret", f"1.{i}").words for i in range(500)}
    assert len(others) == 500
    assert len(ticket.words) == 19
    assert ticket.words.count("-") == 3


def test_an_answer_is_found_by_who_has_number_and_words_however_they_write_them(tmp_path) -> None:
    key = back_key("D-7K3M-9QXT", "lubo-sera-mina-fade")
    put_answer(tmp_path, key, "Recibido. ¿Puede llamar el lunes?")
    again = back_key(" d 7k3m 9qxt", "Lubo Sera  mina fade")
    assert answer_of(tmp_path, again) == "Recibido. ¿Puede llamar el lunes?"
    assert answer_of(tmp_path, back_key("D-7K3M-9QXT", "lubo-sera-mina-fado")) == ""
    (file,) = tmp_path.iterdir()
    assert b"llamar el lunes" not in file.read_bytes()
    file.write_bytes(b"damaged")
    assert answer_of(tmp_path, key) == ""


def test_an_answer_goes_after_a_year(tmp_path) -> None:
    old, new = back_key("D-0000-0000", "a"), back_key("D-0000-0001", "a")
    put_answer(tmp_path, old, "x")
    (path,) = tmp_path.iterdir()
    os.utime(path, (0, 0))
    put_answer(tmp_path, new, "y")
    assert (answer_of(tmp_path, old), answer_of(tmp_path, new)) == ("", "y")


def test_an_answer_too_long_is_cut_at_a_whole_sign(tmp_path) -> None:
    key = back_key("D-0000-0000", "a")
    put_answer(tmp_path, key, "𝔊" * 40_000)
    assert set(answer_of(tmp_path, key)) == {"𝔊"}
