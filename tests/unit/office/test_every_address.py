"""Every address of the whole office, for every role and country, compared with the matrix.

The office is the real one, with its real doors. A new address fails here until a line says what is
asked of whom at it.
"""

import io
import json
import re
import zipfile
from datetime import timedelta
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.routing import Route

from cauce.model.access import Level
from cauce.model.account import Role
from cauce.model.entry import Action, Draft
from cauce.model.record import Value
from cauce.model.register import Field, Register
from cauce.model.text import Text
from cauce.office.app import Entrance, create_office
from cauce.office.books.found import Found
from cauce.office.doors import csrf_field, guards, kept_page, routes
from cauce.office.mobility.routes import ADDRESSES as MOBILITY_ADDRESSES
from cauce.pipeline.registers import read_registers
from cauce.registers.access import fields, places
from cauce.store.log import append, review, uploads
from cauce.store.log.envelope import Whose
from cauce.store.log.sealing import seal_record

PACK = Path(__file__).parents[3] / "packs" / "registers"
DECLARED = read_registers(PACK)
OWN, FOREIGN, REGION = "GTM", "HND", ""
NAMES = ("participants", "observations", "plan_reports")
CASES = tuple(product(NAMES, (OWN, FOREIGN, REGION), ("review", "approved")))
MARK = re.compile(r"zq-([a-z0-9_.]+)-([A-Z]{3}|REGION)-zq")

ANYBODY, SIGNED_IN, ACCOUNTS, NETWORK = "anybody", "signed in", "accounts", "network"
MOBILITY, DEVICES = "mobility", "devices"
HOTLINE = "hotline"
RECORD, PROGRAMS = "/{language}/registers/{register}/{key}", "/api/v1/registers/{register}/records"
UPLOAD = "/{language}/registers/{register}/book/{upload}"
RELEASE = "/{language}/releases/{survey}/{vintage}"
AUDIT = "/{language}/protection/{survey}/{vintage}"
ASKED = {
    ("GET", "/"): ANYBODY,
    ("GET", "/healthz"): ANYBODY,
    **{
        (method, f"/{{language}}/{name}"): ANYBODY
        for name in ("sign-in", "code", "invitation", "join")
        for method in ("GET", "POST")
    },
    ("POST", "/{language}/sign-out"): ANYBODY,
    ("GET", "/{language}/provider"): ANYBODY,
    ("GET", "/{language}/provider/back"): ANYBODY,
    ("GET", "/{language}/account"): SIGNED_IN,
    ("POST", "/{language}/account/password"): SIGNED_IN,
    ("POST", "/{language}/account/sessions"): SIGNED_IN,
    ("POST", "/{language}/account/keys"): SIGNED_IN,
    ("POST", "/{language}/account/keys/{key}"): SIGNED_IN,
    ("GET", "/{language}/accounts"): ACCOUNTS,
    ("POST", "/{language}/accounts"): ACCOUNTS,
    ("GET", "/{language}/accounts/{account}"): ACCOUNTS,
    ("POST", "/{language}/accounts/{account}"): ACCOUNTS,
    ("GET", "/{language}/"): SIGNED_IN,
    ("GET", "/{language}/registers"): SIGNED_IN,
    ("GET", "/{language}/registers/{register}"): "list",
    ("GET", "/{language}/registers/{register}/book.xlsx"): "file",
    ("GET", "/{language}/registers/{register}/book.csv"): "file",
    ("GET", "/{language}/registers/{register}/template.xlsx"): "file",
    ("GET", "/{language}/registers/{register}/book"): "new",
    ("POST", "/{language}/registers/{register}/book"): "new",
    ("GET", UPLOAD): "upload",
    ("POST", UPLOAD): "upload",
    ("GET", f"{UPLOAD}/faults.xlsx"): "upload",
    ("GET", "/{language}/registers/{register}/new"): "new",
    ("POST", "/{language}/registers/{register}/new"): "new",
    ("GET", RECORD): "see",
    ("GET", f"{RECORD}/history"): "see",
    ("GET", f"{RECORD}/differences"): "see",
    ("GET", f"{RECORD}/review/{{number:int}}"): "judge",
    ("POST", f"{RECORD}/review/{{number:int}}"): "judge",
    ("GET", f"{RECORD}/{{action}}"): "write",
    ("POST", f"{RECORD}/{{action}}"): "write",
    **{
        (method, f"/{{language}}/hotline{path}"): HOTLINE
        for path in (
            "",
            "/take",
            "/box",
            "/cases/{key}",
            "/cases/{key}/screen",
            "/cases/{key}/refer",
        )
        for method in ("GET", "POST")
    },
    ("GET", "/{language}/hotline/figures"): HOTLINE,
    ("POST", "/{language}/hotline/cases/{key}/answer"): HOTLINE,
    ("GET", "/{language}/releases"): "releases",
    ("GET", RELEASE): "release",
    ("POST", RELEASE): "release",
    ("GET", "/{language}/protection"): "audits",
    ("GET", AUDIT): "audit",
    ("GET", f"{AUDIT}/{{flow}}"): "audit",
    ("GET", f"{AUDIT}/{{flow}}/{{key}}"): "audit",
    ("GET", "/{language}/drafts/{draft}"): "draft",
    ("POST", "/{language}/drafts/{draft}"): "draft",
    ("GET", "/{language}/drafts/{draft}/compare"): "draft",
    ("POST", "/{language}/drafts/{draft}/compare"): "draft",
    # Judgements are made from what their reader may see, record by record and field by field.
    **{
        ("GET", f"/{{language}}/judge{path}"): SIGNED_IN
        for path in (
            "",
            "/plans/{key}",
            "/courses/{key}",
            "/diasporas/{country}",
            "/surveys/{key}",
            "/mechanisms/{key}",
            "/contracts/{key}",
            "/protections/{scheme}",
            "/studies/{country}",
            "/eligibility/{key}/{phase}",
            "/certificates/{key}",
        )
    },
    ("GET", "/{language}/judge/corridors"): NETWORK,
    # Of those who keep recruiters; to others the page is not there.
    ("GET", "/{language}/judge/recruiters"): SIGNED_IN,
    ("POST", "/{language}/judge/recruiters"): SIGNED_IN,
    ("POST", "/{language}/judge/eligibility/{key}/{phase}"): SIGNED_IN,
    # Who runs a mechanism; to everybody else it is not there: tests/unit/office/mobility.
    **{(method, f"/{{language}}{path}"): MOBILITY for method, path, _ in MOBILITY_ADDRESSES},
    # A worker comes with card and secret, a device with its key.
    ("GET", "/{language}/my-card"): ANYBODY,
    ("POST", "/{language}/my-card"): ANYBODY,
    ("GET", "/devices/v1/state"): DEVICES,
    ("POST", "/devices/v1/events"): DEVICES,
    ("OPTIONS", "/devices/v1/state"): ANYBODY,
    ("OPTIONS", "/devices/v1/events"): ANYBODY,
    ("GET", "/api/v1/openapi.json"): SIGNED_IN,
    ("GET", "/api/v1/registers"): SIGNED_IN,
    ("GET", PROGRAMS): "list",
    ("POST", PROGRAMS): "new",
    ("GET", f"{PROGRAMS}/{{key}}"): "see",
    ("GET", f"{PROGRAMS}/{{key}}/entries"): "see",
    ("POST", f"{PROGRAMS}/{{key}}/entries"): "write",
    ("POST", f"{PROGRAMS}/{{key}}/entries/{{number:int}}/verdict"): "judge",
}
"""What is asked at each address; those of the doors are walked by test_matrix too."""


def key_of(country: str, state: str) -> str:
    return f"{state}-{country or 'REGION'}"


def marked(register: Register, country: str) -> dict[str, Value]:
    """A record whose every text says which field and whose record it is."""

    def mark(name: str) -> str:
        return f"zq-{name}-{country or 'REGION'}-zq"

    def texts(parts: tuple[Field, ...]) -> list[Field]:
        return [part for part in parts if part.kind in ("text", "note")]

    found: dict[str, Value] = {one.id: mark(one.id) for one in texts(register.fields)}
    for one in register.fields:
        columns = {column.id: mark(f"{one.id}.{column.id}") for column in texts(one.rows)}
        if columns:
            found[one.id] = (columns,)
    return found


@pytest.fixture(scope="module")
def whole(office_in, tmp_path_factory) -> SimpleNamespace:
    """The office with records of three countries in two states; nobody changes them."""
    return furnished(office_in(tmp_path_factory.mktemp("whole")))


@pytest.fixture
def own(make_office) -> SimpleNamespace:
    """The same, to change."""
    return furnished(make_office())


def furnished(made) -> SimpleNamespace:
    doors = made.doors
    entrance = Entrance(guards(doors), routes(doors), csrf_field, kept_page)
    app = create_office(doors.database, DECLARED, doors.access, doors.keys, entrance, doors.clock)
    numbers = {}
    for name, country, state in CASES:
        register = DECLARED.registers[name]
        whose = Whose(register, key_of(country, state), country)
        with doors.database.writing("somebody") as connection:
            record = seal_record(connection, doors.keys, whose, marked(register, country))
            opening = Draft(
                name, whose.key, country, Action.OPEN, record, None, None, "somebody", "", 0
            )
            (entry,) = append(connection, DECLARED.registers, (opening,), doors.clock())
        numbers[name, country, state] = entry.number
        if state == "approved":
            at = doors.clock() + timedelta(seconds=1)
            with doors.database.writing("second") as connection:
                verdict = review.Verdict.APPROVED
                review.judge(connection, entry.number, verdict, "second", "", at)
    return SimpleNamespace(office=made, app=app, numbers=numbers)


def come_in(whole, test: str, *roles: Role):
    """A browser of somebody with these roles who came for this test, and their account."""
    browser, me = whole.office.signed_in(*roles, app=whole.app, name=test)
    return browser, whole.office.account(me)


def endpoints(app) -> set[tuple[str, str]]:
    return {
        (method, route.path)
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }


def test_no_address_is_without_a_line_that_says_what_is_asked_there(whole) -> None:
    assert endpoints(whole.app) == set(ASKED)


def test_nobody_gets_anything_without_signing_in(whole) -> None:
    browser = whole.office.browser(whole.app)
    for method, path in sorted(endpoints(whole.app)):
        if ASKED[method, path] == ANYBODY:
            continue
        address = filled(path, NAMES[0], key_of(OWN, "approved"), 2)
        answer = ask(browser, method, address)
        assert answer.status_code in (303, 401, 403), (method, path)
        assert not MARK.search(answer.text)


@pytest.mark.parametrize("role", Role, ids=str)
def test_every_record_is_shown_to_whom_the_matrix_says_and_no_further(whole, role) -> None:
    browser, me = come_in(whole, "Records", role)
    absent = {
        path: ask(browser, "GET", filled(path, NAMES[0], "no-such-record", 1)).status_code
        for method, path in ASKED
        if ASKED[method, path] == "see" and method == "GET"
    }
    assert set(absent.values()) == {404}
    for name, country, state in CASES:
        names = allowed(whole, me, "see", name, country, state)
        for (method, path), asked in ASKED.items():
            if asked != "see":
                continue
            number = whole.numbers[name, country, state]
            address = filled(path, name, key_of(country, state), number)
            if path.endswith("/differences"):
                address += f"?from={number}&to={number}"
            answer = ask(browser, method, address)
            case = (role, path, name, country, state)
            assert answer.status_code == (200 if names is not None else 404), case
            shown = {found.group(1) for found in MARK.finditer(answer.text)}
            assert shown <= (names or frozenset()), case
            if path == f"{PROGRAMS}/{{key}}" and names is not None:
                every = {found.group(1) for found in MARK.finditer(json.dumps(texts_of(name)))}
                assert shown == names & every, case


HELD = [(role,) for role in Role] + [
    (Role.ADMINISTRATOR, Role.EDITOR),
    (Role.OBSERVER, Role.EDITOR),
    (Role.OBSERVER, Role.INSPECTOR),
]


@pytest.mark.parametrize("roles", HELD, ids=" ".join)
def test_corridors_no_one_monitors_are_there_for_members_of_the_network_alone(whole, roles) -> None:
    """To everybody else they are as absent as a page that never was, in the index too."""
    browser, _ = come_in(whole, "Corridors", *roles)
    member = Role.OBSERVER in roles and Role.INSPECTOR not in roles
    for language in ("es", "en"):
        told, index = (browser.get(f"/{language}/judge{x}") for x in ("/corridors", ""))
        assert told.status_code == (200 if member else 404)
        assert ("/judge/corridors" in index.text) == member
        assert not MARK.search(told.text), "counts, and nothing that somebody wrote"
        if not member:
            never = browser.get(f"/{language}/judge/nothing-of-the-kind")
            other = browser.get(f"/{language}/judge/corridors?country=HND")
            assert bare(told.text) == bare(never.text) == bare(other.text)
    named = browser.get("/api/v1/registers/monitored_corridors/records")
    assert named.status_code == 404
    assert "monitored_corridors" not in browser.get("/api/v1/registers").text


HEARD = [
    *HELD,
    (Role.HOTLINE, Role.RECRUITER),
    (Role.SCREENER, Role.EMPLOYER),
    (Role.SCREENER, Role.INSPECTOR),
]


@pytest.mark.parametrize("roles", HEARD, ids=" ".join)
def test_the_hotline_is_there_for_who_hears_or_screens_and_is_not_accused(whole, roles) -> None:
    """To everybody else each of its addresses is as absent as one that never was."""
    browser, _ = come_in(whole, "Hotline", *roles)
    heard = roles in ((Role.HOTLINE,), (Role.SCREENER,))
    never = bare(browser.get("/es/nothing-of-the-kind").text)
    home = browser.get("/es/hotline")
    assert home.status_code == (200 if heard else 404)
    assert ("/hotline" in browser.get("/es/").text) == heard
    if not heard:
        for (method, path), asked in ASKED.items():
            if asked == HOTLINE:
                answer = ask(browser, method, filled(path, "complaints", "none", 1))
                assert answer.status_code == 404, (method, path)
                assert bare(answer.text) == never


def bare(page: str) -> str:
    """A page without where it is: links to itself in the other language, and its tokens."""
    return re.sub(r'(href|value|action)="[^"]*"', "", page)


@pytest.mark.parametrize("role", Role, ids=str)
def test_no_list_names_what_may_not_be_seen(whole, role) -> None:
    browser, me = come_in(whole, "Lists", role)
    seen = {case: allowed(whole, me, "see", *case) for case in CASES}
    may_see = {key_of(*case[1:]) for case, names in seen.items() if names}
    ours = {country: set() for country in (OWN, FOREIGN, REGION)}
    for (_, country, _), names in seen.items():
        ours[country] |= names or set()
    for address in lists():
        answer = ask(browser, "GET", address)
        keys = set(re.findall(r"(?:review|approved)-(?:GTM|HND|REGION)", answer.text))
        assert keys <= may_see, (role, address)
        for found in MARK.finditer(answer.text):
            country = found.group(2).replace("REGION", "")
            assert found.group(1) in ours[country], (role, address, found.group())


def lists() -> list[str]:
    """Every address that may name records, once, with each of the words that choose them."""
    gets = {path: asked for (method, path), asked in ASKED.items() if method == "GET"}
    paths = [path for path, asked in gets.items() if asked in ("list", SIGNED_IN)]
    plain = {filled(path, name, "x", 1) for path in paths for name in NAMES}
    words = ("", "?words=zq", "?country=HND", "?country=REGION")
    return sorted(address + asked for address in plain for asked in words)


@pytest.mark.parametrize("role", Role, ids=str)
def test_no_file_holds_what_may_not_be_seen_or_not_be_taken_away(whole, role) -> None:
    browser, me = come_in(whole, "Files", role)
    for (method, path), asked in ASKED.items():
        if asked != "file":
            continue
        for name in NAMES:
            answer = ask(browser, method, filled(path, name, "x", 1))
            text = unpacked(answer.content) if answer.status_code == 200 else answer.text
            taken = {}
            for country, state in product((OWN, FOREIGN, REGION), ("review", "approved")):
                seen = allowed(whole, me, "see", name, country, state) or frozenset()
                out = allowed(whole, me, "export", name, country, state) or frozenset()
                if seen & out:
                    taken[key_of(country, state)] = seen & out
            keys = set(re.findall(r"(?:review|approved)-(?:GTM|HND|REGION)", text))
            case = (role, path, name)
            assert keys == (set() if "template" in path else set(taken)), case
            for found in MARK.finditer(text):
                ours = [n for key, n in taken.items() if key.endswith(found.group(2))]
                assert any(found.group(1) in names for names in ours), (case, found.group())
            if keys:
                every = {f"zq-{name_}-GTM-zq" for name_ in taken[key_of(OWN, "approved")]}
                all_ = set(re.findall(r"zq-[a-z0-9_.]+-GTM-zq", json.dumps(texts_of(name))))
                assert every & all_ <= set(re.findall(r"zq-[a-z0-9_.]+-GTM-zq", text)), case


def unpacked(content: bytes) -> str:
    """The text in the parts of a workbook or a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


@pytest.mark.parametrize("role", Role, ids=str)
def test_nothing_is_written_or_judged_by_whom_the_matrix_does_not_name(own, role) -> None:
    browser, me = come_in(own, "Writes", role)
    for name, country, state in CASES:
        number = own.numbers[name, country, state]
        for (method, path), asked in ASKED.items():
            if asked not in ("write", "judge"):
                continue
            verb = "write" if asked == "write" else "approve"
            may_see = allowed(own, me, "see", name, country, state) is not None
            may_do = allowed(own, me, verb, name, country, state) is not None
            before = written(own)
            address = filled(path, name, key_of(country, state), number, "change")
            answer = ask(browser, method, address)
            case = (role, method, path, name, country, state, answer.status_code)
            if not may_see:
                assert answer.status_code == 404, case
            elif not may_do and method == "POST":
                assert answer.status_code in (400, 403, 404, 428), case
            if not may_do:
                assert written(own) == before, case


@pytest.mark.parametrize("role", Role, ids=str)
def test_a_draft_is_its_writers_alone(whole, role) -> None:
    editor, _ = whole.office.signed_in(Role.EDITOR, app=whole.app, name=f"Writer {role}")
    kept = editor.submit("/es/registers/plan_reports/new", internal_note="zq-draft-GTM-zq")
    draft = kept.headers["location"].partition("?")[0].rpartition("/")[2]
    browser, _ = come_in(whole, "Drafts", role)
    for (method, path), asked in ASKED.items():
        if asked == "draft":
            answer = ask(browser, method, path.format(language="es", draft=draft))
            assert answer.status_code == 404, (method, path)
            assert "zq-draft" not in answer.text


@pytest.mark.parametrize("role", Role, ids=str)
def test_a_workbook_that_was_sent_is_its_senders_alone(whole, role) -> None:
    doors = whole.office.doors
    name, stage = "zq-book-zq.xlsx", uploads.Stage.CHECKING
    sent = uploads.Upload("", "plan_reports", "writer", name, stage, "")
    with doors.database.writing("writer") as connection:
        kept = uploads.receive(connection, doors.keys, sent, b"x", doors.clock())
        found = Found(message=Text("zq-found", "zq-found")).to_text()
        stages = uploads.Stage.CHECKING, uploads.Stage.FAULTY
        assert uploads.advance(connection, doors.keys, kept.id, *stages, found)
    browser, _ = come_in(whole, "Workbooks", role)
    for (method, path), asked in ASKED.items():
        if asked == "upload":
            address = path.format(language="es", register="plan_reports", upload=kept.id)
            answer = ask(browser, method, address)
            assert answer.status_code in (403, 404), (method, path)
            assert "zq-book" not in answer.text
            assert "zq-found" not in answer.text


@pytest.mark.parametrize("role", Role, ids=str)
def test_held_releases_are_for_those_the_matrix_names(whole, role) -> None:
    browser, account = come_in(whole, "Held", role)
    access = whole.office.doors.access
    may_see = places(access, account, "see", "releases", "review") != frozenset()
    for (method, path), asked in ASKED.items():
        if asked in ("releases", "release"):
            answer = ask(browser, method, filled(path, NAMES[0], "x", 1))
            wanted = 200 if may_see and asked == "releases" else 404
            assert answer.status_code == wanted, (role, method, path)


@pytest.mark.parametrize("role", Role, ids=str)
def test_what_is_withheld_is_for_those_the_matrix_names(whole, role) -> None:
    browser, account = come_in(whole, "Withheld", role)
    access = whole.office.doors.access
    may_see = places(access, account, "see", "protection", "published") != frozenset()
    assert may_see == (role is Role.STATISTICIAN)
    for (method, path), asked in ASKED.items():
        if asked in ("audits", "audit"):
            answer = ask(browser, method, filled(path, NAMES[0], "x", 1))
            wanted = 200 if may_see and asked == "audits" else 404
            assert answer.status_code == wanted, (role, method, path)


def allowed(whole, account, verb: str, name: str, country: str, state: str):
    """The fields with which somebody may do this, None if they may not at all."""
    register = DECLARED.registers[name]
    found = fields(whole.office.doors.access, account, verb, register, country, state)
    return found or None


def texts_of(name: str) -> dict[str, object]:
    return {"record": marked(DECLARED.registers[name], OWN)}


def written(whole) -> int:
    """How many entries and verdicts there are."""
    with whole.office.database.reading() as connection:
        return sum(
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608
            for table in ("entry", "approval")
        )


def filled(path: str, name: str, key: str, number: int, action: str = "change") -> str:
    found = path.replace("{number:int}", str(number))
    return found.format(
        language="es", register=name, key=key, action=action, account="none", draft="none",
        upload="none", survey="LFS", vintage="v1", country=OWN, scheme="theme", phase="none",
        card="none", device="none", flow="none",
    )  # fmt: skip


def ask(browser, method: str, address: str):
    """Ask for an address as a browser of ours does, with a body that might do something.

    The token is that of its session: it is read once, from the first page.
    """
    if method == "GET":
        return browser.get(address)
    if not hasattr(browser, "token"):
        browser.token = browser.token_on("/es/account") or browser.token_on("/es/sign-in")
    if address.startswith("/api/"):
        headers = {"X-CSRF-Token": browser.token, "If-Match": '"1"'}
        body = {"verdict": "approved", "action": "end", "valid_from": "2026-01-01", "reason": "x"}
        return browser.post(address, json=body, headers=headers)
    return browser.send_form(address, browser.token, verdict="approved", note="x")


def test_every_level_of_sensitivity_is_among_the_records_asked_for() -> None:
    levels = {
        Level.PUBLIC if one.public else Level[one.sensitivity.name]
        for name in NAMES
        for one in DECLARED.registers[name].fields
        if one.kind in ("text", "note")
    }
    assert levels >= {Level.PUBLIC, Level.P1, Level.P2, Level.P3}
