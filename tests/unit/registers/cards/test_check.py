"""A code is worth what its signature, its days, the list and the clock allow, and no more."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cauce.model.card import Card, CardKey, Check, Freshness, Revocations, Verdict
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.registers.cards.check import check
from cauce.registers.cards.code import body_of, code_of, read_code, signed_text
from cauce.registers.cards.revoked import list_of, read_list, signer
from cauce.registers.cards.revoked import signed_text as list_text
from cauce.registers.cards.ring import key_id, read_ring, ring_text
from cauce.store.log.card_keys import signed

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEY = CardKey(key_id(PUBLIC), PUBLIC, "TEMPORAL", "XCA", Text("A ministry", "Un ministerio"))
RING = {KEY.id: KEY}
CARD = Card("00112233445566ff", KEY.id, date(2026, 1, 1), date(2026, 6, 30))
CODE = code_of(CARD, PRIVATE.sign(signed_text(CARD)))
LIST = Revocations(KEY.id, 4, datetime(2026, 3, 1, 6, tzinfo=UTC), 7, frozenset({"a" * 16}))


def on(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


def checked(day: str, text: str = CODE, lists: tuple[Revocations, ...] = (LIST,)) -> Check:
    return check(text, RING, lists, on(day), signed)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2026-03-02", Verdict.VALID),
        ("2026-03-07", Verdict.VALID),
        ("2026-02-28", Verdict.VALID),  # a day behind the list: half the world's clocks are
        ("2026-02-20", Verdict.CLOCK),  # nine days behind: the clock is wrong, whatever it says
        ("2026-06-30", Verdict.VALID),  # its last day
        ("2026-07-01", Verdict.CLOCK),  # a day after
        ("2027-01-01", Verdict.CLOCK),  # expired, or a clock a year ahead and a list of March
    ],
)
def test_a_wrong_date_accuses_nobody(day: str, verdict: Verdict) -> None:
    assert checked(day).verdict is verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2025-12-30", Verdict.NOT_YET),
        ("2025-12-31", Verdict.CLOCK),
        ("2026-01-01", Verdict.VALID),
        ("2026-07-01", Verdict.CLOCK),
        ("2026-07-02", Verdict.EXPIRED),
    ],
)
def test_a_card_is_good_from_its_first_day_to_its_last(day: str, verdict: Verdict) -> None:
    fresh = replace(LIST, issued_at=on(day))
    assert checked(day, lists=(fresh,)).verdict is verdict
    assert checked(day, lists=()).verdict is verdict


def test_an_old_list_or_none_is_told_as_such() -> None:
    assert checked("2026-03-07").freshness is Freshness.FRESH
    assert checked("2026-03-08").freshness is Freshness.OLD
    assert checked("2026-03-02", lists=()).freshness is Freshness.NONE


def test_the_newest_list_of_the_mechanism_counts() -> None:
    newest = replace(LIST, number=5, tokens=frozenset({CARD.token}))
    stranger = replace(newest, key="00000000", number=9)
    assert checked("2026-03-02", lists=(newest, LIST, stranger)).verdict is Verdict.REVOKED
    assert checked("2027-03-02", lists=(newest,)).verdict is Verdict.REVOKED
    assert checked("2026-03-02", lists=(LIST, stranger)).verdict is Verdict.VALID


def test_a_longer_life_needs_another_signature() -> None:
    longer = replace(CARD, valid_to=date(2029, 1, 1))
    assert checked("2026-03-02", code_of(longer, b"\0" * 64)).verdict is Verdict.FORGED
    signature = read_code(CODE)
    assert signature is not None
    assert checked("2026-03-02", code_of(longer, signature[1])).verdict is Verdict.FORGED


def test_a_signature_on_a_list_makes_no_card() -> None:
    signature = PRIVATE.sign(b"cauce.revoked.1\0" + body_of(CARD))
    assert checked("2026-03-02", code_of(CARD, signature)).verdict is Verdict.FORGED


def test_a_key_nobody_knows_says_nothing_and_a_withdrawn_one_is_not_believed() -> None:
    now = on("2026-03-02")
    assert check(CODE, {}, (), now, signed).verdict is Verdict.UNKNOWN_KEY
    withdrawn = {KEY.id: replace(KEY, withdrawn=True)}
    assert check(CODE, withdrawn, (), now, signed).verdict is Verdict.WITHDRAWN


def test_what_is_typed_with_spaces_and_small_letters_is_read() -> None:
    typed = " ".join(CODE.lower()[at : at + 5] for at in range(0, len(CODE), 5)) + "\n"
    assert checked("2026-03-02", typed).verdict is Verdict.VALID


def swapped(code: str) -> str:
    return code[:20] + ("A" if code[20] != "A" else "B") + code[21:]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CAUCE1:",
        CODE[:-1],
        CODE + "A",
        swapped(CODE),
        CODE[:-1] + ("B" if CODE[-1] == "A" else "A"),
        CODE.replace("CAUCE1", "CAUCE2"),
        CODE.replace("S", "ſ", 1) if "S" in CODE else "CAUCE1:ſ",
        CODE.replace("A", "😀"),
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "CAUCE1:" + "A" * 5000,
        "CAUCE1:1890",
        "\ud800",
    ],
)
def test_what_is_no_code_is_not_read_and_not_called_forged(text: str) -> None:
    assert checked("2026-03-02", text).verdict is Verdict.UNREADABLE


def test_a_code_of_another_version_or_with_its_days_turned_round_is_not_read() -> None:
    def altered(change: Callable[[bytes], bytes]) -> str:
        import binascii

        whole = base64.b32decode(CODE.removeprefix("CAUCE1:") + "===")[:-2]
        whole = change(whole)
        whole += binascii.crc_hqx(whole, 0xFFFF).to_bytes(2, "big")
        return "CAUCE1:" + base64.b32encode(whole).decode().rstrip("=")

    assert read_code(altered(lambda whole: whole)) == read_code(CODE)
    assert read_code(altered(lambda whole: b"\x02" + whole[1:])) is None
    assert read_code(altered(lambda w: w[:13] + w[15:17] + w[13:15] + w[17:])) is None


def test_a_card_cannot_end_before_it_begins() -> None:
    with pytest.raises(BadInput, match="not from 2026-01-01 to 2025-01-01"):
        body_of(replace(CARD, valid_to=date(2025, 1, 1)))


def test_a_code_fits_a_picture_of_41_squares_and_holds_17_bytes_beside_its_signature() -> None:
    assert len(body_of(CARD)) == 17
    assert len(CODE) == 140
    assert not set(CODE) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:")


def signed_list(listed: Revocations = LIST) -> str:
    return list_of(listed, PRIVATE.sign(list_text(listed)))


def test_a_list_is_read_as_it_was_signed() -> None:
    assert read_list(signed_list(), RING, signed) == LIST
    assert signer(signed_list()) == KEY.id


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no list"),
        ("CAUCE-REVOKED-1 😀", "no list"),
        ("CAUCE-REVOKED-1 AQ==", "no list"),
        (signed_list()[:-30], "no list"),
        (list_of(LIST, b"\0" * 64), "altered"),
        (list_of(replace(LIST, key="00000000"), b"\0" * 64), "not in the ring"),
    ],
)
def test_a_list_that_is_none_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_list(text, RING, signed)


def test_a_ring_is_read_as_it_was_written() -> None:
    assert read_ring(ring_text(RING)) == RING


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "no ring"),
        ("[]", "no ring"),
        ('{"cauce_ring": 2, "keys": []}', "version 2"),
        (ring_text(RING).replace(KEY.id, "00000000"), "not the one its name says"),
        (ring_text(RING).replace("TEMPORAL", "temporal"), "2 to 12 capitals"),
    ],
)
def test_a_ring_that_is_none_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_ring(text)
