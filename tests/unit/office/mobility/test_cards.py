"""Cards are issued for granted permits, shown once, revoked with a reason and issued anew."""

import re
from datetime import date

from cauce.model.account import Role
from cauce.model.card import Verdict
from cauce.registers.cards.check import check
from cauce.store.log.card_keys import ring_of, signed
from cauce.store.log.cards import read_lists

from .conftest import REQUEST, permit_of

SECRET = re.compile(r'class="secret">([A-Z0-9]{5}-[A-Z0-9]{5})<')
TOKEN = re.compile(r"<code>([0-9a-f]{16})</code>")
CODE = re.compile(r"CAUCE1:[A-Z2-7]+")


def verdict(run, code: str) -> Verdict:
    with run.office.database.reading() as connection:
        ring, lists = ring_of(connection), read_lists(connection)
    return check(code, ring, lists, run.office.clock(), signed).verdict


def test_a_card_is_issued_for_an_approved_permit_and_a_new_one_takes_its_place(run) -> None:
    run.enter("mobility_permits", "a", permit_of(101))
    desk = run.desk(Role.OPERATOR)
    page = desk.get("/es/mobility/permits/a").text
    assert "Emitir el carné" in page
    assert "zq-name" not in page, "no name is opened to issue a card"
    first = desk.submit("/es/mobility/permits/a/card", page="/es/mobility/permits/a").text
    code, secret = CODE.search(first)[0], SECRET.search(first)[1]
    assert verdict(run, code) is Verdict.VALID
    assert secret not in desk.get("/es/mobility/permits/a").text, "shown once"

    second = desk.submit("/es/mobility/permits/a/card", page="/es/mobility/permits/a").text
    assert verdict(run, code) is Verdict.REVOKED
    assert verdict(run, CODE.search(second)[0]) is Verdict.VALID
    assert "Repuesto por otro" in desk.get("/es/mobility/permits/a").text


def test_a_card_is_revoked_with_a_reason_and_the_list_says_so_without_it(run) -> None:
    run.enter("mobility_permits", "b", permit_of(201))
    desk = run.desk(Role.OPERATOR)
    sheet = desk.submit("/es/mobility/permits/b/card", page="/es/mobility/permits/b").text
    token, code = TOKEN.search(sheet)[1], CODE.search(sheet)[0]
    revoke, page = f"/es/mobility/cards/{token}/revoke", "/es/mobility/permits/b"
    assert desk.submit(revoke, page=page).status_code == 403, "no reason, no revocation"
    assert desk.submit(revoke, page=page, why="SPITE").status_code == 403
    assert verdict(run, code) is Verdict.VALID
    assert desk.submit(revoke, page=page, why="LOST").status_code == 303
    assert verdict(run, code) is Verdict.REVOKED
    with run.office.database.reading() as connection:
        assert all("LOST" not in str(one) for one in read_lists(connection))


def test_nothing_is_issued_for_what_is_not_granted_or_waits_for_a_second_person(run) -> None:
    run.enter("mobility_permits", "asked", permit_of(301, state="APPLIED"))
    run.enter("mobility_permits", "waits", permit_of(302), approved=False)
    desk = run.desk(Role.OPERATOR)
    assert "Emitir el carné" not in desk.get("/es/mobility/permits/asked").text
    page = "/es/mobility/devices"
    assert desk.submit("/es/mobility/permits/asked/card", page=page).status_code == 403
    for path in ("waits", "never"):
        assert desk.get(f"/es/mobility/permits/{path}").status_code == 404
        assert desk.submit(f"/es/mobility/permits/{path}/card", page=page).status_code == 404


def test_ten_cards_of_a_request_are_one_sheet(run) -> None:
    run.enter("mobility_requests", "ten", {**REQUEST, "number": "SOL-10"})
    for number in range(10):
        run.enter("mobility_permits", f"d{number}", permit_of(400 + number, request="ten"))
    desk = run.desk(Role.OPERATOR)
    page = "/es/mobility/requests/ten"
    assert "Emitir los carnés que faltan: 10" in desk.get(page).text
    sheets = desk.submit(f"{page}/cards", page=page).text
    assert len(set(CODE.findall(sheets))) == 10
    assert len(set(SECRET.findall(sheets))) == 10
    assert "Emitir los carnés" not in desk.get(page).text
    assert desk.submit(f"{page}/cards", page="/es/mobility/devices").status_code == 403


def test_a_mechanism_without_a_code_for_cards_says_what_to_do(run) -> None:
    run.enter("mechanisms", "codeless", {"title_es": "Sin código", "country": "GTM"})
    asked = {"number": "S-2", "country": "GTM", "mechanism": "codeless", "decision": "GRANTED"}
    run.enter("mobility_requests", "bare", asked)
    run.enter("mobility_permits", "e", permit_of(501, request="bare"))
    desk = run.desk(Role.OPERATOR)
    told = desk.submit("/es/mobility/permits/e/card", page="/es/mobility/permits/e")
    assert told.status_code == 403
    assert "cauce card key" in told.text


def test_an_employer_changes_where_the_mechanism_allows_it_and_a_second_person_agrees(run) -> None:
    run.enter("mobility_permits", "f", permit_of(601))
    run.office.clock.later(days=70)
    desk, page = run.desk(Role.OPERATOR), "/es/mobility/permits/f"
    given = {"employer": "finca-9", "since": "2026-03-01"}
    assert desk.submit(f"{page}/employer", page=page, **given).status_code == 303
    assert "FINCA-9" not in desk.get(page).text, "it waits"
    supervisor = run.desk(Role.SUPERVISOR)
    record = "/es/registers/mobility_permits/f"
    number = re.search(r"review/(\d+)", supervisor.get(record).text)[1]
    review = f"{record}/review/{number}"
    assert supervisor.submit(review, verdict="approved").status_code == 303
    assert "FINCA-7 → FINCA-9" in desk.get(page).text
    again = desk.submit(f"{page}/employer", page=page, employer="finca-3", since="2026-02-01")
    assert again.status_code == 403, "before the last change: two at a time"
    for wrong in ({"employer": "x", "since": "soon"}, {"employer": "", "since": "2026-04-01"}):
        assert desk.submit(f"{page}/employer", page=page, **wrong).status_code == 403


def test_an_employer_does_not_change_where_the_mechanism_is_not_known_to_allow_it(run) -> None:
    asked = {"number": "S-3", "country": "GTM", "mechanism": "fixed", "decision": "GRANTED"}
    asked |= {"employer": "FINCA-7", "decided_on": date(2025, 9, 20), "approved": 3}
    run.enter("mobility_requests", "bound", asked)
    run.enter("mobility_permits", "g", permit_of(701, request="bound"))
    desk, page = run.desk(Role.OPERATOR), "/es/mobility/permits/g"
    assert "No consta que el mecanismo permita" in desk.get(page).text
    told = desk.submit(f"{page}/employer", page=page, employer="F-9", since="2026-03-01")
    assert told.status_code == 403
    assert "No consta que el mecanismo permita" in told.text


def test_of_two_permits_that_waited_one_alone_takes_the_last_place(run) -> None:
    run.enter("mobility_requests", "last", {**REQUEST, "number": "SOL-L", "approved": 1})
    waiting = [
        run.enter(
            "mobility_permits", f"late{number}", permit_of(820 + number, request="last"), False
        )
        for number in range(2)
    ]
    supervisor = run.desk(Role.SUPERVISOR)
    told = []
    for number, entry in enumerate(waiting):
        review = f"/es/registers/mobility_permits/late{number}/review/{entry}"
        told.append(supervisor.submit(review, verdict="approved"))
    assert [one.status_code for one in told] == [303, 403]
    assert "todas están ocupadas" in told[1].text
