"""A complaint is taken without a name, screened and referred; nobody else learns of it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, text

from cauce.model.record import Absent
from cauce.office.seat import Office
from cauce.pipeline.registers import Declared
from cauce.store.log.door_schema import reading
from cauce.store.log.erasures import erase_for_good
from cauce.store.log.looked import looked

from .hotline import CONFIRMED, SECRETS, TOLD, Hotline, open_hotline
from .invented import enter


@pytest.fixture
def hotline(office: Office, declared: Declared) -> Hotline:
    return open_hotline(office, declared)


def purposes(hotline: Hotline) -> list[str]:
    with hotline.office.database.reading() as connection:
        return list(
            connection.execute(select(looked.c.purpose).order_by(looked.c.number)).scalars()
        )


def test_a_complaint_needs_nothing_but_that_somebody_tells_it(hotline: Hotline) -> None:
    key = hotline.take(account="Me cobraron y no había empleo")
    page = hotline.of("clerk").get(f"/es/hotline/cases/{key}").text
    assert "se desconoce" in page
    assert "Con nadie" in page
    assert "no había empleo" not in page


def test_what_was_told_is_kept_whole_sealed_and_shown_as_text(hotline: Hotline) -> None:
    key = hotline.take()
    case = hotline.of("clerk").post(f"/es/hotline/cases/{key}", data={"purpose": "FOLLOW"}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; =HYPERLINK(1) 𝔊𝔲𝔞𝔱𝔢 👩🏽‍🌾" in case
    assert "<script>" not in case
    assert purposes(hotline) == ["FOLLOW"]
    with hotline.office.database.reading() as connection:
        entries = connection.execute(text("SELECT record FROM entry")).scalars().all()
        sealed = connection.execute(text("SELECT value FROM sealed")).scalars().all()
        noted = connection.execute(select(reading.c.fields).where(reading.c.key == key)).scalars()
        assert "recruiter_name" in noted.one()
    assert not any(secret in str(row) for row in (*entries, *sealed) for secret in SECRETS)


def test_what_was_told_opens_to_nobody_who_does_not_say_for_what(hotline: Hotline) -> None:
    key = hotline.take()
    desk = hotline.of("clerk")
    assert desk.post(f"/es/hotline/cases/{key}", data={}).status_code == 422
    for page in ("", "/history"):
        shown = desk.get(f"/es/registers/complaints/{key}{page}").text
        assert not any(secret in shown for secret in SECRETS)
    record = desk.get(f"/api/v1/registers/complaints/records/{key}")
    assert not any(secret in record.text for secret in SECRETS)
    assert purposes(hotline) == []


def test_a_form_sent_twice_makes_one_case_and_a_wrong_one_loses_nothing(hotline: Hotline) -> None:
    desk = hotline.of("clerk")
    hidden = dict(
        re.findall(
            r'type="hidden" name="(key|number)" value="([^"]+)"', desk.get("/es/hotline/take").text
        )
    )
    wrong = desk.post("/es/hotline/take", data={**hidden, **TOLD, "amount": "mucho"})
    assert wrong.status_code == 422
    assert "=HYPERLINK(1)" in wrong.text
    assert hidden["number"] in wrong.text
    for _ in range(2):
        desk.post("/es/hotline/take", data={**hidden, **TOLD, "do": "take"})
    assert desk.get("/es/hotline").text.count('<th scope="row">') == 1
    later = desk.post("/es/hotline/take", data={**TOLD, "amount": "mucho", "do": "draft"})
    assert "mucho" in later.text


def test_a_case_is_found_by_exactly_what_it_holds(hotline: Hotline) -> None:
    hotline.take()
    desk = hotline.of("clerk")
    for field, words, count in (
        ("contact", "50244449876", 1),
        ("contact", "5024444", 0),
        ("recruiter_name", "AGENCIA inventada, s. a.", 1),
        ("recruiter_name", "Agencia", 0),
    ):
        asked = {"field": field, "words": words, "country": "GTM"}
        shown = desk.post("/es/hotline", data=asked).text
        assert f"Casos encontrados: {count}." in shown
        assert words not in shown
    found = [purpose for purpose in purposes(hotline) if purpose.startswith("SEARCH")]
    assert len(found) == 4


def test_a_case_leads_to_others_that_name_the_same_recruiter(hotline: Hotline) -> None:
    first = hotline.take()
    second = hotline.take(account="x", recruiter_phone="(502) 5555 0123")
    third = hotline.take(account="x", recruiter_name="Otra agencia")
    page = hotline.of("clerk").post(f"/es/hotline/cases/{first}", data={"purpose": "FOLLOW"}).text
    assert f'href="/es/hotline/cases/{second}"' in page
    assert third not in page


def test_who_tries_many_names_is_slowed_down(hotline: Hotline) -> None:
    desk = hotline.of("clerk")
    hotline.take()
    asked = {"field": "contact", "words": "x", "country": "GTM"}
    answers = [desk.post("/es/hotline", data=asked).status_code for _ in range(30)]
    assert answers[:20] == [200] * 20
    assert 429 in answers


def test_a_screening_tells_why_and_where_to_turn_and_is_kept_sealed(hotline: Hotline) -> None:
    key = hotline.take()
    desk = hotline.of("line")
    page = f"/es/hotline/cases/{key}/screen"
    assert "ninguna autoridad los ha confirmado" in desk.get(page).text
    answers = {"FL07": "YES", "child": "YES", "smuggled": "YES", "TD1.S": "2"}
    shown = desk.post(page, data={**answers, "do": "see"}).text
    assert "Retención de documentos de identidad" in shown
    assert shown.count("Remitir con urgencia") == 4
    assert "0000-CHILD" in shown
    assert "no es delito de la persona" in shown
    kept = desk.post(page, data={**answers, "do": "keep"})
    assert kept.url.path == f"/es/hotline/cases/{key}"
    assert "Hágalo ahora" in kept.text
    case = f"/es/hotline/cases/{key}"
    assert "Remitir con urgencia" in desk.post(case, data={"purpose": "FOLLOW"}).text
    clerk = hotline.of("clerk").post(case, data={"purpose": "FOLLOW"}).text
    assert "Remitir con urgencia" not in clerk, "who was not trained sees no screening"
    with hotline.office.database.reading() as connection:
        asked = text("SELECT record FROM entry WHERE register = 'screenings'")
        (record,) = connection.execute(asked).scalars()
    assert "REFER_URGENT" not in record
    assert '"FL07' not in record, "with its quote, which no sealed value has"
    assert key not in record


def test_thresholds_count_once_an_authority_stands_behind_them(
    hotline: Hotline, declared: Declared
) -> None:
    key = hotline.take()
    page = f"/es/hotline/cases/{key}/screen"
    answers = {"TD1.S": "2", "child": "NO", "smuggled": "NO"}
    before = hotline.of("line").post(page, data=answers).text
    assert "Remitir con urgencia" not in before
    enter(hotline.office.database, declared, CONFIRMED)
    after = hotline.of("line").post(page, data=answers).text
    assert "según Autoridad inventada, 2026-01-01: Oficio inventado 1" in after
    assert after.count("Remitir con urgencia") == 1


def test_counts_of_indicators_that_cannot_be_are_refused_and_kept_in_the_form(
    hotline: Hotline,
) -> None:
    key = hotline.take()
    page = f"/es/hotline/cases/{key}/screen"
    for typed in ("-1", "dos", "99", "٣"):
        answer = hotline.of("line").post(page, data={"TD6.S": typed, "FL01": "YES"})
        assert answer.status_code == 422
        assert 'name="FL01" value="YES" checked' in answer.text


def test_nobody_is_screened_where_nobody_could_be_helped(
    office: Office, declared: Declared
) -> None:
    bare = open_hotline(office, declared, directory=False)
    key = bare.take()
    shown = bare.of("line").get(f"/es/hotline/cases/{key}/screen").text
    assert "No se tamiza a quien no se podría ayudar" in shown
    assert "FL01" not in shown
    answer = bare.of("line").post(f"/es/hotline/cases/{key}/screen", data={"FL01": "YES"})
    assert answer.status_code == 422


def refer(hotline: Hotline, key: str, **typed: object) -> Callable[[], str]:
    desk = hotline.of("clerk")
    page = f"/es/hotline/cases/{key}/refer"
    base = re.findall(r'name="base" value="(\d+)"', desk.get(page).text)
    return desk.post(page, data={"base": base, "passed": "Lo aceptado", **typed})


def test_a_case_is_referred_and_the_inspection_is_told_what_was_agreed(hotline: Hotline) -> None:
    key = hotline.take()
    assert refer(hotline, key).status_code == 422
    done = refer(hotline, key, service="LABOUR:s-labour")
    assert done.url.path == f"/es/hotline/cases/{key}"
    assert "Inspección I-" in done.text
    assert "Solicitada" in done.text
    desk = hotline.of("inspector")
    (inspection,) = set(
        re.findall(
            r"/es/registers/inspections/([0-9a-f]{20})", desk.get("/es/registers/inspections").text
        )
    )
    page = desk.get(f"/es/registers/inspections/{inspection}").text
    assert "Lo aceptado" in page
    assert "Agencia Inventada" in page
    assert not any(secret in page for secret in ("quitaron", "4444 9876", "Aldea", "1534779"))


def test_without_consent_nothing_is_passed_on_but_a_childs_case(hotline: Hotline) -> None:
    key = hotline.take(account="x", consent="PRIV")
    refused = refer(hotline, key, service="TRAFFICKING:s-trafficking")
    assert refused.status_code == 422
    assert "no aceptó compartirlo" in refused.text
    assert refer(hotline, key, service="CHILD:s-child").status_code == 200
    ground = {"service": "TRAFFICKING:s-trafficking", "ground": "Ley inventada"}
    assert refer(hotline, key, **ground).status_code == 200
    shown = hotline.of("clerk").get(f"/es/registers/complaints/{key}/history").text
    assert "Remitida: Ley inventada" in shown


def test_what_is_sent_twice_is_referred_once(hotline: Hotline) -> None:
    key = hotline.take()
    desk, page = hotline.of("clerk"), f"/es/hotline/cases/{key}/refer"
    (base,) = re.findall(r'name="base" value="(\d+)"', desk.get(page).text)
    form = {"base": base, "passed": "Lo aceptado", "service": "LABOUR:s-labour"}
    for _ in range(2):
        assert desk.post(page, data=form).status_code == 200
    listed = hotline.of("inspector").get("/es/registers/inspections").text
    assert listed.count('<th scope="row">') == 1


def test_of_330_complaints_the_page_tells_both_shares_and_never_unknown_as_no(
    hotline: Hotline, declared: Declared
) -> None:
    """330 = 155 who paid nothing + 133 who paid + 42 unknown: 40.3 % of all, 46.2 % of known."""
    said = ["N"] * 155 + ["Y"] * 133 + [Absent.UNKNOWN] * 42
    plain = {"country": "GTM", "channel": "PHONE", "consent": "PRIV", "status": "NEW"}
    cases = {
        ("complaints", f"{at:020x}"): {
            **plain,
            "number": f"D-{at:04d}-0000",
            "received_on": date(2026, 1, 1),
            "payment_made": paid,
        }
        for at, paid in enumerate(said)
    }
    enter(hotline.office.database, declared, cases)
    page = hotline.of("clerk").get("/es/hotline/figures").text
    for told in ("133", "155", "42", "40.3\u00a0%", "46.2\u00a0%"):
        assert f">{told}<" in page
    assert "Para qué se abrieron los casos" in page


def test_what_is_erased_is_found_by_nobody_and_the_case_still_counts(hotline: Hotline) -> None:
    key = hotline.take()
    office = hotline.office
    with office.database.writing("root") as connection:
        erase_for_good(connection, office.keys, "complaints", key, "lo pidió", office.clock())
    case = hotline.of("clerk").post(f"/es/hotline/cases/{key}", data={"purpose": "PERSON"}).text
    assert not any(secret in case for secret in SECRETS)
    assert "Cobraron por el empleo" in case
    asked = {"field": "contact", "words": TOLD["contact"], "country": "GTM"}
    assert "Casos encontrados: 0." in hotline.of("clerk").post("/es/hotline", data=asked).text
