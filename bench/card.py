"""How long a phone takes to check a card, in Chromium with its processor slowed down four times.

    python bench/card.py [--cards 200] [--slow 4]

Prints JSON: milliseconds from the characters of the code to the verdict, with a list of 3,000
revoked cards, by the browser's own Ed25519 and by the page's own arithmetic (for phones without).
"""

import argparse
import json
import secrets
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import sync_playwright

from cauce.model.card import Card, CardKey, Revocations
from cauce.model.text import Text
from cauce.publish.cards.page import page
from cauce.registers.cards.code import code_of, signed_text
from cauce.registers.cards.revoked import list_of
from cauce.registers.cards.revoked import signed_text as list_text
from cauce.registers.cards.ring import key_id

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ASK = """async ([codes, now, here]) => {
  const times = [], said = new Set();
  for (const code of codes) {
    const begun = performance.now();
    const told = await checkCode(code, ring, lists, now, here);
    times.push(performance.now() - begun); said.add(told.verdict);
  }
  return { times, said: [...said], native };
}"""


def told(times: list[float]) -> dict[str, float]:
    ranked = sorted(times)
    at = {"first": times[0], "median": ranked[len(ranked) // 2]}
    at |= {"p95": ranked[int(len(ranked) * 0.95)], "worst": ranked[-1]}
    return {name: round(value, 2) for name, value in at.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=200)
    parser.add_argument("--slow", type=float, default=4)
    asked = parser.parse_args()

    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    key = CardKey(key_id(public), public, "TEMPORAL", "XCA", Text("Invented", "Inventado"))
    codes = []
    for _ in range(asked.cards):
        card = Card(secrets.token_hex(8), key.id, date(2026, 1, 1), date(2026, 6, 30))
        codes.append(code_of(card, private.sign(signed_text(card))))
    tokens = frozenset(secrets.token_hex(8) for _ in range(3000))
    listed = Revocations(key.id, 1, NOW, 7, tokens)
    text = list_of(listed, private.sign(list_text(listed)))
    html = page({key.id: key}, [text], NOW)
    alone = page({key.id: key}, [], NOW)

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "card.html")
        path.write_text(html, "utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        found: dict[str, object] = {
            "cards": asked.cards,
            "slow": asked.slow,
            "page_bytes": len(alone.encode()),
            "page_bytes_with_3000_revoked": len(html.encode()),
            "browser": browser.version,
        }
        for name, here in (("browser_ms", False), ("own_arithmetic_ms", True)):
            shown = browser.new_context(offline=True).new_page()
            slowed = shown.context.new_cdp_session(shown)
            slowed.send("Emulation.setCPUThrottlingRate", {"rate": asked.slow})
            shown.goto(path.as_uri())
            shown.wait_for_selector("html[data-ready]")
            answer = shown.evaluate(ASK, [codes, int(NOW.timestamp() * 1000), here])
            assert answer["said"] == ["VALID"], answer["said"]
            assert here or answer["native"], "this browser has no Ed25519 of its own"
            found[name] = told(answer["times"])
        browser.close()
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
