"""The door for devices: what they send is kept once, by itself, whatever is sent again."""

import json
import re
from datetime import timedelta

import pytest

from cauce.model.account import Role

from .conftest import batch, permit_of

EVENTS, STATE = "/devices/v1/events", "/devices/v1/state"
KEY = re.compile(r"caudev_[0-9a-f]{16}_[\w-]+")


@pytest.fixture(scope="module")
def post(run):
    """A browser without a cookie, and the key of a border post's telephone."""
    desk = run.desk(Role.OPERATOR)
    given = {"country": "GTM", "name": "Puesto 😀", "kind": "POST", "place": "p-1", "employer": ""}
    shown = desk.submit("/es/mobility/devices", **given).text
    key = KEY.search(shown)[0]
    assert key not in desk.get("/es/mobility/devices").text, "shown once"
    return run.office.browser(run.app), key


@pytest.fixture(scope="module")
def tokens(run):
    """The numbers of two good cards."""
    desk = run.desk(Role.OPERATOR)
    found = []
    for number in (1, 2):
        run.enter("mobility_permits", f"t{number}", permit_of(number))
        page = f"/es/mobility/permits/t{number}"
        sheet = desk.submit(f"{page}/card", page=page).text
        found.append(re.search(r"<code>([0-9a-f]{16})</code>", sheet)[1])
    return found


def send(post, body: str, key: str = ""):
    browser, own = post
    headers = {"Authorization": f"Bearer {key or own}", "Origin": "null"}
    return browser.post(EVENTS, content=body, headers=headers)


def device_of(post) -> str:
    return post[1].split("_")[1]


def now_of(run, **later: float) -> str:
    return (run.office.clock() + timedelta(**later)).isoformat()


def test_a_device_is_told_who_it_is_what_to_believe_and_where_to_go_on(run, post) -> None:
    browser, key = post
    told = browser.get(STATE, headers={"Authorization": f"Bearer {key}"})
    assert told.headers["access-control-allow-origin"] == "*"
    state = told.json()
    assert state["device"] == {
        "id": device_of(post), "name": "Puesto 😀", "kind": "POST", "place": "P-1", "employer": "",
    }  # fmt: skip
    assert (state["upto"], state["missing"]) == (0, [])
    assert state["lists"][0].startswith("CAUCE-REVOKED-1 ")
    assert json.loads(state["ring"])["keys"][0]["mechanism"] == "TEMPORAL"


def test_what_is_sent_late_twice_and_in_parts_is_kept_once(run, post, tokens) -> None:
    device, sent = device_of(post), now_of(run)
    at = now_of(run, hours=-2)
    second = batch(device, sent, (3, tokens[0], "EXIT", at), (4, tokens[1], "ENTRY", at))
    first = batch(device, sent, (1, tokens[0], "ENTRY", now_of(run, hours=-9)))
    receipt = send(post, second).json()
    assert (receipt["new"], receipt["upto"], receipt["missing"]) == (2, 4, [[1, 2]])
    assert send(post, second).json()["again"] == 2
    assert send(post, first).json()["missing"] == [[2, 2]]
    both = batch(device, sent, (1, tokens[0], "ENTRY", at), (2, tokens[0], "EXIT", at))
    told = send(post, both).json()
    assert (told["new"], told["clashing"]) == (1, 1), "the same count in other words is kept too"
    state = post[0].get(STATE, headers={"Authorization": f"Bearer {post[1]}"}).json()
    assert (state["upto"], state["missing"]) == (4, [])


def test_a_clock_a_day_wrong_is_told_and_what_it_recorded_is_kept(run, post, tokens) -> None:
    sent = now_of(run, days=1)
    body = batch(device_of(post), sent, (9, tokens[0], "ENTRY", sent))
    receipt = send(post, body).json()
    assert (receipt["new"], receipt["clock"]) == (1, True)
    assert "Puesto 😀" in run.desk(Role.OPERATOR).get("/es/mobility/events").text


def test_forged_and_revoked_cards_are_set_aside_counted_and_decided_by_a_person(
    run, post, tokens
) -> None:
    at = now_of(run, minutes=-1)
    forged = batch(device_of(post), now_of(run), (20, "f" * 16, "ENTRY", at))
    assert send(post, forged).json()["new"] == 1, "kept: nothing is dropped"
    desk = run.desk(Role.OPERATOR)
    page = desk.get("/es/mobility/events").text
    assert "De un carné que esta oficina no emitió: <strong>1</strong>" in page
    assert "f" * 16 not in page, "no card is shown"
    found = re.findall(r'name="conflict" value="([0-9a-f]{16})"', page)
    decide, given = "/es/mobility/events/decide", {"country": "GTM"}
    for conflict, words, status in (
        ("0" * 16, "x", 403), (found[0], " ", 403),
        (found[0], "<b>=1+1</b> 😀", 303), (found[0], "again", 403),
    ):  # fmt: skip
        answer = desk.submit(
            decide, page="/es/mobility/events", conflict=conflict, found=words, **given
        )
        assert answer.status_code == status, words
    left = re.findall(
        r'name="conflict" value="([0-9a-f]{16})"', desk.get("/es/mobility/events").text
    )
    assert len(left) == len(found) - 1


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ("", 422, "no_batch"),
        ("[" * 100_000, 422, "no_batch"),
        ('{"cauce_events": 2}', 422, "no_batch"),
        (batch("0" * 16, "2026-01-01T00:00:00Z"), 403, "another_device"),
    ],
)
def test_what_is_no_batch_or_another_devices_is_refused_in_words(post, body, status, says) -> None:
    told = send(post, body)
    assert (told.status_code, told.json()["error"]) == (status, says)


def test_a_faulty_event_is_refused_by_its_count_and_takes_no_other_along(run, post, tokens) -> None:
    good = (30, tokens[1], "EXIT", now_of(run, hours=-1))
    wrong = (31, tokens[1], "DRONE", now_of(run))
    receipt = send(post, batch(device_of(post), now_of(run), good, wrong)).json()
    assert receipt["new"] == 1
    assert receipt["refused"][0][0] == 31


def test_no_key_an_ended_one_and_a_persons_session_open_nothing(run, post) -> None:
    desk = run.desk(Role.OPERATOR)
    for path in (STATE, EVENTS):
        call = desk.get if path == STATE else desk.post
        assert call(path).status_code in (401, 403, 415), "a session is no key"
    assert post[0].get(STATE).status_code == 401
    assert send(post, "{}", key="caudev_" + "0" * 16 + "_" + "x" * 32).status_code == 401
    for path in (f"{STATE}?key={post[1]}", f"/es/mobility/{post[1]}"):
        assert post[0].get(path).status_code == 400, "a key never stands in an address"
    headers = {"Authorization": f"Bearer {post[1]}"}
    for path in ("/es/mobility", "/api/v1/registers", "/es/registers/mobility_permits"):
        answer = post[0].get(path, headers=headers)
        assert answer.status_code in (303, 401, 404), "a device is nobody at the office"
    device = device_of(post)
    end = f"/es/mobility/devices/{device}/end"
    assert desk.submit(end, page="/es/mobility/devices").status_code == 303
    refused = send(post, "{}")
    assert (refused.status_code, refused.json()["error"]) == (401, "key_unknown")
    assert refused.headers["access-control-allow-origin"] == "*"
    assert (
        desk.submit("/es/mobility/devices/nothing/end", page="/es/mobility/devices").status_code
        == 404
    )


def test_a_browser_may_ask_from_a_file_and_a_wrong_device_is_refused_in_words(run) -> None:
    browser = run.office.browser(run.app)
    asked = browser.options(EVENTS, headers={"Origin": "null"})
    assert asked.status_code == 204
    assert "Authorization" in asked.headers["access-control-allow-headers"]
    desk = run.desk(Role.OPERATOR)
    given = {"country": "GTM", "name": "x", "kind": "FARM", "place": "10.1, -84.2"}
    refused = desk.submit("/es/mobility/devices", **given)
    assert refused.status_code == 422
    assert "mayúsculas, cifras y guiones" in refused.text
    assert desk.submit("/es/mobility/devices", **{**given, "country": "HND"}).status_code == 403
