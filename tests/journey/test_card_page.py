"""The page that checks cards, in a browser without a network, asked what Python is asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cauce.model.card import Card, CardKey, Revocations
from cauce.model.text import Text
from cauce.publish.cards.page import page
from cauce.registers.cards.check import check
from cauce.registers.cards.code import code_of, signed_text
from cauce.registers.cards.revoked import list_of
from cauce.registers.cards.revoked import signed_text as list_text
from cauce.registers.cards.ring import key_id
from cauce.store.log.card_keys import signed

from .serving import chromium

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)


def key_of(private: Ed25519PrivateKey, issuer: Text, withdrawn: bool = False) -> CardKey:
    public = private.public_key().public_bytes_raw()
    return CardKey(key_id(public), public, "TEMPORAL", "XCA", issuer, withdrawn)


KEY = key_of(
    PRIVATE, Text("</script><b>A ministry 😀", "Un ministerio <img src=x onerror=alert(1)>")
)
GONE = key_of(OTHER, Text("Gone", "Ida"), withdrawn=True)
RING = {KEY.id: KEY, GONE.id: GONE}
CARD = Card("00112233445566ff", KEY.id, date(2026, 1, 1), date(2026, 6, 30))
LOST = replace(CARD, token="a" * 16)
LIST = Revocations(KEY.id, 4, NOW - timedelta(days=1), 7, frozenset({LOST.token}))


def code(card: Card, private: Ed25519PrivateKey = PRIVATE) -> str:
    return code_of(card, private.sign(signed_text(card)))


def listed(given: Revocations) -> str:
    return list_of(given, PRIVATE.sign(list_text(given)))


CODES = {
    "good": code(CARD),
    "small letters": code(CARD).lower().replace("cauce1:", "cauce1: ") + "\n",
    "revoked": code(LOST),
    "forged": code(CARD, OTHER),
    "forged days": code_of(replace(CARD, valid_to=date(2029, 1, 1)), b"\x01" * 64),
    "withdrawn": code(replace(CARD, key=GONE.id), OTHER),
    "unknown": code(replace(CARD, key="00000000")),
    "mistyped": code(CARD)[:-1],
    "markup": "<script>alert(1)</script>",
    "four bytes": "CAUCE1:😀",
    "empty": "",
}
MOMENTS = [NOW + timedelta(days=days) for days in (-90, -61, -60, -9, -1, 0, 7, 120, 121, 122, 400)]


@pytest.fixture(scope="module")
def browser_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("card") / "card.html"
    path.write_text(page(RING, [listed(LIST)], NOW), "utf-8")
    assert path.stat().st_size < 60_000
    with chromium() as browser:
        context = browser.new_context(
            timezone_id="UTC", locale="es", offline=True, viewport={"width": 320, "height": 700}
        )
        shown = context.new_page()
        shown.goto(path.as_uri())
        shown.wait_for_selector("html[data-ready]")
        yield shown


def ask(shown: Any, text: str, at: datetime, here: bool) -> list[str]:
    told: list[str] = shown.evaluate(
        "async ([code, now, here]) => { const c = await checkCode(code, ring, lists, now, here);"
        "return [c.verdict, c.freshness]; }",
        [text, int(at.timestamp() * 1000), here],
    )
    return told


@pytest.mark.parametrize("here", [False, True], ids=["the browser's Ed25519", "our own"])
def test_the_page_says_what_python_says(browser_page: Any, here: bool) -> None:
    for name, text in CODES.items():
        for at in MOMENTS:
            want = check(text, RING, [LIST], at, signed)
            assert ask(browser_page, text, at, here) == [want.verdict, want.freshness], (name, at)


def test_our_own_arithmetic_takes_only_the_signature_that_was_made(browser_page: Any) -> None:
    """Each of 64 bytes changed, and s + L in the place of s, which RFC 8032 forbids."""
    public, message = KEY.public.hex(), b"any".hex()
    right = PRIVATE.sign(b"any")
    order = 2**252 + 27742317777372353535851937790883648493
    above = right[:32] + (int.from_bytes(right[32:], "little") + order).to_bytes(32, "little")
    wrong = [bytes(b ^ (i == at) for i, b in enumerate(right)) for at in range(64)]
    told = browser_page.evaluate(
        "async ([key, message, all]) => Promise.all(all.map("
        "(one) => verifyHere(hex(key), hex(one), hex(message))))",
        [public, message, [one.hex() for one in (right, above, *wrong)]],
    )
    assert told == [True] + [False] * 65


def test_a_post_checks_a_card_and_is_told_in_words(browser_page: Any) -> None:
    shown = browser_page
    shown.clock.set_fixed_time(NOW)
    shown.fill("#code", CODES["good"])
    shown.click("form button[type=submit]")
    shown.wait_for_selector("#answer:not([hidden])")
    answer = shown.inner_text("#answer")
    assert "Válido" in answer
    assert "Un ministerio <img src=x onerror=alert(1)>" in answer, "shown, never run"
    assert "1 de enero de 2026" in answer
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320
    shown.fill("#code", CODES["revoked"])
    shown.click("form button[type=submit]")
    shown.wait_for_function("document.getElementById('verdict').textContent === 'Revocado'")
    shown.click("#language")
    assert "It says nothing against its holder" in shown.inner_text("#answer")
    shown.click("#language")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (listed(replace(LIST, number=3)), "La lista 3 es anterior a la lista 4"),
        (listed(LIST)[:-40], "le falta una parte"),
        (list_of(LIST, b"\0" * 64), "alterada"),
        ("😀", "le falta una parte"),
        (listed(replace(LIST, number=5)), "La lista 5 de TEMPORAL está en uso"),
    ],
)
def test_an_old_or_altered_list_is_not_taken(browser_page: Any, given: str, says: str) -> None:
    file = {"name": "revoked.txt", "mimeType": "text/plain", "buffer": given.encode()}
    browser_page.set_input_files("#file", file)
    browser_page.wait_for_function(
        "says => document.getElementById('loaded').textContent.includes(says)", arg=says
    )
