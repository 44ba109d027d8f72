"""A worker sees their own record by card and secret, and nobody else's, and may correct it."""

import re

import pytest

from cauce.model.account import Role
from cauce.model.record import Absent

from .conftest import batch, permit_of

OWN = "/es/my-card"


@pytest.fixture(scope="module")
def held(run):
    """Number and secret of two workers' cards, and the first one's first event."""
    desk = run.desk(Role.OPERATOR)
    found = []
    for number in (1, 2):
        run.enter("mobility_permits", f"o{number}", permit_of(number))
        page = f"/es/mobility/permits/o{number}"
        sheet = desk.submit(f"{page}/card", page=page).text
        token = re.search(r"<code>([0-9a-f]{16})</code>", sheet)[1]
        secret = re.search(r'class="secret">([A-Z0-9-]+)<', sheet)[1]
        found.append((token, secret, re.search(r"CAUCE1:[A-Z2-7]+", sheet)[0]))
    service = {"permit": "o1", "country": "GTM", "service": "HEA", "source": "Inventado"}
    service |= {"given_on": Absent.UNKNOWN, "refused": Absent.NOT_APPLICABLE}
    run.enter("mobility_services", "s1", {**service, "asked_on": run.office.clock().date()})
    given = {"country": "GTM", "name": "Puesto", "kind": "POST", "place": "P-1", "employer": ""}
    key = re.search(r"caudev_[\w-]+", desk.submit("/es/mobility/devices", **given).text)[0]
    at = run.office.clock().isoformat()
    body = batch(key.split("_")[1], at, (1, found[0][0], "ENTRY", at))
    desk.post("/devices/v1/events", content=body, headers={"Authorization": f"Bearer {key}"})
    return found


def opened(run, card: str, secret: str, **more: str):
    return run.office.browser(run.app).submit(OWN, card=card, secret=secret, **more)


def test_a_worker_sees_their_own_record_and_events_without_an_account(run, held) -> None:
    token, secret, code = held[0]
    for card, typed in ((token, secret), (code, secret.lower().replace("-", " "))):
        page = opened(run, card, typed)
        assert page.status_code == 200
        assert len(page.content) < 30_000
        assert page.headers["cache-control"] == "no-store"
        for said in (
            "zq-name-1-zq",
            "zq-document-1-zq",
            "PER-1",
            "Entrada al país",
            "P-1",
            "Salud",
            "se desconoce",
            "no aplica",
        ):
            assert said in page.text, said
        for said in ("zq-name-2-zq", "PER-2", "<script", "Inventado para"):
            assert said not in page.text, said
        assert "https://ayuda.example/es/" in page.text, "where to complain"
    with run.office.database.reading() as connection:
        noted = connection.exec_driver_sql("SELECT actor, new FROM audit WHERE item = 'reading'")
        assert any(row.actor == f"card:{token}" and "full_name" in row.new for row in noted)


def test_a_wrong_secret_a_card_that_never_was_and_anothers_are_told_alike(run, held) -> None:
    pages = [
        opened(run, card, secret)
        for card, secret in (
            (held[0][0], "WRONG-WRONG"),
            ("0" * 16, held[0][1]),
            (held[0][0], held[1][1]),
            ("<script>😀=1+1", "x"),
        )
    ]
    assert {page.status_code for page in pages} == {422}
    assert len({re.sub(r'value="[^"]*"', "", page.text) for page in pages}) == 1
    assert "zq-name" not in "".join(page.text for page in pages)
    assert "&lt;script&gt;" in pages[-1].text


def test_guesses_are_slowed_down_card_by_card_and_nobody_is_shut_out(run, held) -> None:
    token, secret, _ = held[1]
    for _ in range(6):
        last = opened(run, token, "GUESS-GUESS")
    assert last.status_code == 429
    assert opened(run, token, secret).status_code == 429
    assert opened(run, *held[0][:2]).status_code == 200
    run.office.clock.later(seconds=61)
    assert opened(run, token, secret).status_code == 200


def test_a_correction_is_sealed_numbered_answered_and_seen_by_its_worker_alone(run, held) -> None:
    words = "Ese día no entré. <b>=1+1</b> 😀"
    asked = {"do": "correct", "about": "EVENTS", "said": words}
    page = opened(run, *held[0][:2], **asked)
    number = re.search(r"C-[0-9A-F]{8}", page.text)[0]
    assert "&lt;b&gt;=1+1&lt;/b&gt; 😀" in page.text
    assert number not in opened(run, *held[1][:2]).text
    with run.office.database.reading() as connection:
        log = connection.exec_driver_sql("SELECT record FROM entry").scalars().all()
    assert "no entré" not in "".join(one or "" for one in log), "sealed"
    supervisor = run.desk(Role.SUPERVISOR).get("/es/").text
    assert "Corrección solicitada" in supervisor, "it waits for whoever runs the mechanism"
    for about, said in (("", "x"), ("EVENTS", ""), ("NONE", "x")):
        refused = opened(run, *held[0][:2], do="correct", about=about, said=said)
        assert "No se envió nada" in refused.text
    for _ in range(5):
        last = opened(run, *held[0][:2], **asked)
    assert "aún esperan respuesta" in last.text


def test_a_replaced_card_opens_nothing_any_more(run, held) -> None:
    desk, page = run.desk(Role.OPERATOR), "/es/mobility/permits/o2"
    desk.submit(f"{page}/card", page=page)
    assert opened(run, *held[1][:2]).status_code == 422
    assert run.office.browser(run.app).get("/xx/my-card").status_code == 404
