"""From a key to a card that a post checks, loses, and hears nothing more of."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cauce.cli.card import app

CARD_DAYS = ("--from", "2026-01-01", "--to", "2099-12-31")


def test_a_card_from_the_key_to_the_revoked_list(tmp_path: Path) -> None:
    runner = CliRunner()
    database = ("--database", f"sqlite:///{tmp_path / 'r.sqlite'}")
    both = (*database, "--keys", str(tmp_path / "keys"))

    def run(*words: str, code: int = 0) -> str:
        told = runner.invoke(app, words)
        assert told.exit_code == code, told.output
        return told.output

    run("key", "TEMPORAL", "XCA", "--en", "A ministry", "--es", "Un ministerio", *both)
    picture = tmp_path / "card.svg"
    issue = ("issue", "TEMPORAL", "--worker", "W-1", *CARD_DAYS, "--out", str(picture))
    first, code = run(*issue, *both).split("\n")[:2]
    token = first.split()[1].rstrip(",")
    assert picture.read_text().startswith("<svg")

    posts = tmp_path / "posts"
    run("page", "--out", str(posts), *database)
    assert (posts / "card.html").stat().st_size < 60_000
    alone = ("--ring", str(posts / "ring.json"), "--revoked", str(posts / "revoked-TEMPORAL.txt"))
    said = run("verify", code, "--on", "2026-03-02", "--ring", str(posts / "ring.json"))
    assert said.startswith("VALID")
    assert "no list of revoked cards here" in said

    run("revoke", token, "--why", "LOST", *both)
    run("page", "--out", str(posts), *database)
    assert run("verify", code, *alone, "--language", "es", code=1).startswith("REVOKED: Revocado")
    assert run("verify", "<script>😀", *alone, code=2).startswith("UNREADABLE")

    event = {"counter": 1, "card": token, "kind": "ENTRY", "place": "P1"}
    event["recorded_at"] = "2026-03-02T08:00:00-06:00"
    batch = {"cauce_events": 1, "device": "a" * 16, "sent_at": "2026-03-02T15:00:00Z"}
    sent = tmp_path / "batch.json"
    sent.write_text(json.dumps({**batch, "events": [event]}))
    receipts = run("sync", "XCA", str(sent), str(sent), *database).splitlines()
    assert [json.loads(line)["new"] for line in receipts] == [1, 0]
    told = run("events", *database)
    assert "INSIDE: 1" in told
    assert token not in told, "no card is shown"
    assert run("forget", *database).startswith("0 events")


@pytest.mark.parametrize("words", [("page", "--out", "x"), ("revoke", "0" * 16, "--why", "LOST")])
def test_without_a_key_it_says_what_to_do(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, words)
    assert told.exit_code == 1
    assert not (tmp_path / "x").exists()
