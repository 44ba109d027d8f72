"""What is written on a phone becomes a case, is answered, and is read by its writer alone."""

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from cauce.intake import Intake, create_intake
from cauce.letterbox import Letter, drop, public_of, seal_letter, waiting
from cauce.model.text import Text
from cauce.office.seat import Office
from cauce.pipeline.registers import Declared

from .hotline import Hotline, open_hotline

STORY = "<b>=1+1</b> 𝔊 cobraron y no había empleo"


@pytest.fixture
def hotline(office: Office, declared: Declared) -> Hotline:
    return open_hotline(office, declared)


@pytest.fixture
def phone(hotline: Hotline) -> TestClient:
    keys = {"GTM": public_of(hotline.office.keys.key("intake-GTM"))}
    names = {"GTM": Text("Guatemala", "Guatemala")}
    made = Intake(keys, names, hotline.box.letters, hotline.box.answers)
    return TestClient(create_intake(made), base_url="https://denuncias.example")


def write(phone: TestClient, **typed: str) -> tuple[str, str]:
    """Number and words of a letter that was sent."""
    token = re.findall(r'name="token" value="([^"]+)"', phone.get("/es/").text)[0]
    form = {"token": token, "country": "GTM", "account": STORY, "paid": "Y", **typed}
    number, words = re.findall(r"<strong>([^<]+)</strong>", phone.post("/es/", data=form).text)[:2]
    return number, words


def taken(hotline: Hotline) -> list[str]:
    """Take in what waits; the keys of all cases, the newest first."""
    desk = hotline.of("clerk")
    assert desk.post("/es/hotline/box", data={"do": "take"}).status_code == 200
    return re.findall(r'href="/es/hotline/cases/([0-9a-f]{20})"', desk.get("/es/hotline").text)


def opened(hotline: Hotline, key: str) -> str:
    desk = hotline.of("clerk")
    return desk.post(f"/es/hotline/cases/{key}", data={"purpose": "FOLLOW"}).text


def test_a_letter_becomes_one_case_and_leaves_the_box(hotline: Hotline, phone: TestClient) -> None:
    number, _ = write(phone, recruiter="Agencia\nInventada", how_much="Q 1500", consent="AUTH")
    assert "Mensajes que esperan: 1." in hotline.of("clerk").get("/es/hotline").text
    copy = waiting(hotline.box.letters)[0]
    data = copy.path.read_bytes()
    (key,) = taken(hotline)
    assert waiting(hotline.box.letters) == ()
    case = opened(hotline, key)
    for said in (number, "&lt;b&gt;=1+1&lt;/b&gt; 𝔊", "Agencia Inventada", "Q 1500"):
        assert said in case
    assert "back_key" not in case
    copy.path.write_bytes(data)
    assert taken(hotline) == [key], "a letter that was left behind by a crash is not doubled"


def test_an_answer_goes_to_the_writer_and_what_they_add_to_the_case(
    hotline: Hotline, phone: TestClient
) -> None:
    number, words = write(phone)
    (key,) = taken(hotline)
    assert "Responder a quien escribió" in opened(hotline, key)
    desk = hotline.of("clerk")
    for said in ("Gracias, <lo> vemos", "Llame el lunes"):
        desk.post(f"/es/hotline/cases/{key}/answer", data={"text": said})
    back = {"number": number, "words": words, "country": "GTM", "account": "También retienen"}
    page = phone.post("/es/back", data=back).text
    assert page.index("Llame el lunes") < page.index("Gracias, &lt;lo&gt; vemos")
    assert taken(hotline) == [key]
    assert "También retienen" in opened(hotline, key)
    assert "Quien escribió añadió algo" in desk.get(f"/es/registers/complaints/{key}/history").text


def test_without_the_words_nobody_adds_to_a_case_and_nothing_is_lost(
    hotline: Hotline, phone: TestClient
) -> None:
    number, _ = write(phone)
    (key,) = taken(hotline)
    back = {"number": number, "words": "otra", "country": "GTM", "account": "Soy otra persona"}
    phone.post("/es/back", data=back)
    both = taken(hotline)
    assert len(both) == 2
    (other,) = set(both) - {key}
    assert "Soy otra persona" not in opened(hotline, key)
    assert f"Dice que sigue al caso {number}" in opened(hotline, other)


def test_a_letter_that_does_not_open_is_set_aside_and_told(
    hotline: Hotline, phone: TestClient
) -> None:
    write(phone)
    drop(hotline.box.letters, "GTM", "f" * 20, b"damaged")
    page = hotline.of("clerk").post("/es/hotline/box", data={"do": "take"}).text
    assert "Mensajes recibidos: 1." in page
    assert "no se abren con la llave de este país: 1." in page
    assert len(list(hotline.box.letters.glob("*.unopened"))) == 1


def test_the_box_is_opened_by_who_hears_for_that_country_and_by_the_earlier_key_too(
    hotline: Hotline, phone: TestClient
) -> None:
    write(phone)
    assert hotline.of("line").get("/es/hotline/box").status_code == 200
    for who in ("abroad", "agency", "inspector", "second", "ana"):
        for method in ("GET", "POST"):
            assert hotline.of(who).request(method, "/es/hotline/box").status_code == 404
    hotline.office.keys.following("intake-GTM")
    assert len(taken(hotline)) == 1


def test_an_odd_letter_of_a_form_that_was_taken_over_loses_nothing_and_stops_nothing(
    hotline: Hotline,
) -> None:
    """Whoever controls the form may seal anything; what somebody wrote is still entered."""
    public = public_of(hotline.office.keys.key("intake-GTM"))
    odd = Letter(
        country="GTM", number="x", key="../..", day="never", language="??", back_key="no",
        follows=False, told={"account": "Odio\x00\x9f =1+1", "consent": "ALL", "paid": "?"},
    )  # fmt: skip
    drop(hotline.box.letters, "GTM", "e" * 20, seal_letter(odd, public))
    longest = replace(odd, key="b" * 20, told={"account": "y" * 40_000})
    drop(hotline.box.letters, "GTM", "d" * 20, seal_letter(longest, public))
    numbers = replace(odd, number=7)
    drop(hotline.box.letters, "GTM", "c" * 20, seal_letter(numbers, public))
    cases = taken(hotline)
    assert len(cases) == 2
    told = "".join(opened(hotline, key) for key in cases)
    assert "Odio =1+1" in told
    assert "y" * 19_000 in told
    assert waiting(hotline.box.letters) == ()
    assert len(list(hotline.box.letters.glob("*.unopened"))) == 1
