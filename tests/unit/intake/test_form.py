"""The form on a phone takes what somebody writes, keeps nothing of them and reads nothing back."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.cli.intake import read_keys
from cauce.intake import Intake, create_intake
from cauce.intake.bounds import HOUR, Turns
from cauce.letterbox import (
    back_key,
    drop,
    open_letter,
    public_of,
    put_answer,
    sealed_in,
    waiting,
)
from cauce.model.errors import BadInput
from cauce.model.text import Text

PRIVATE = bytes(range(32))
NAMES = {"GTM": Text("Guatemala", "Guatemala"), "HND": Text("Honduras", "Honduras")}
STORY = "<script>alert(1)</script> =CMD() 𝔊 👩🏽‍🌾 me quitaron los papeles"


class Clock:
    def __init__(self) -> None:
        self.now = 1_770_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intake(tmp_path: Path, clock: Clock) -> Intake:
    for name in ("letters", "answers"):
        (tmp_path / name).mkdir()
    keys = {"GTM": public_of(PRIVATE)}
    return Intake(
        keys, NAMES, tmp_path / "letters", tmp_path / "answers", "0000", each=5, clock=clock
    )


@pytest.fixture
def phone(intake: Intake) -> TestClient:
    return TestClient(create_intake(intake), base_url="https://denuncias.example")


def token(page: str) -> str:
    return re.findall(r'name="token" value="([^"]+)"', page)[0]


def send(phone: TestClient, **typed: str):
    page = phone.get("/es/").text
    form = {"token": token(page), "country": "GTM", "account": STORY, **typed}
    return phone.post("/es/", data=form)


def letters(intake: Intake):
    return [open_letter(sealed_in(one), PRIVATE, "GTM") for one in waiting(intake.letters)]


def test_a_page_is_small_needs_no_script_and_leaves_nothing_on_the_phone(phone) -> None:
    for path in ("/es/", "/en/", "/es/back", "/en/back"):
        answer = phone.get(path)
        assert len(answer.content) < 30_000
        assert "<script" not in answer.text
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert re.findall(r'(?:src|href)="(https?://[^"]+)"', answer.text) == [
            "https://www.wikipedia.org/"
        ], "nothing comes from outside but the way out"


def test_spanish_comes_first(phone) -> None:
    spoken = {"": "/es/", "qu-GT": "/es/", "es-GT": "/es/", "en-US,en": "/en/"}
    for language, wanted in spoken.items():
        answer = phone.get("/", headers={"accept-language": language}, follow_redirects=False)
        assert answer.headers["location"] == wanted
    assert phone.get("/fr/").url.path == "/es/"


def test_who_writes_chooses_the_country_where_there_are_several(intake) -> None:
    both = replace(intake, keys={**intake.keys, "HND": public_of(bytes(32))})
    phone = TestClient(create_intake(both), base_url="https://denuncias.example")
    assert '<option value="HND">Honduras</option>' in phone.get("/es/").text
    assert send(phone, country="HND").status_code == 200
    (one,) = waiting(both.letters)
    assert one.country == "HND"
    with pytest.raises(BadInput):
        open_letter(sealed_in(one), PRIVATE, "HND")


def test_one_line_is_enough_and_what_was_not_said_is_unknown(phone, intake) -> None:
    answer = send(phone)
    assert answer.status_code == 200
    (letter,) = letters(intake)
    assert letter.told == {"account": STORY, "paid": "UNK", "consent": "PRIV"}
    assert letter.number in answer.text
    assert letter.day == "2026-02-02"
    assert "quitaron" not in answer.text
    words = re.findall(r"<strong>([a-z]{4}(?:-[a-z]{4}){3})</strong>", answer.text)[0]
    assert back_key(letter.number, words).hex() == letter.back_key
    assert words not in str(letter)


def test_nothing_of_who_wrote_is_kept_anywhere(phone, intake, tmp_path, caplog, capfd) -> None:
    """No address, no browser, no language of it, no hour; no file but the sealed letter."""
    send(phone)
    (letter,) = letters(intake)
    assert set(vars(letter)) == {
        "country", "number", "key", "day", "language", "back_key", "follows", "told",
    }  # fmt: skip
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert files[0].suffix == ".letter"
    assert STORY.encode() not in files[0].read_bytes()
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


def test_the_process_that_takes_has_no_key_that_opens(phone, intake) -> None:
    send(phone)
    (one,) = waiting(intake.letters)
    with pytest.raises(BadInput):
        open_letter(sealed_in(one), intake.keys["GTM"], "GTM")
    with pytest.raises(BadInput):
        open_letter(sealed_in(one), intake.secret, "GTM")


def test_a_form_that_is_sent_twice_makes_one_letter(phone, intake) -> None:
    page = phone.get("/es/").text
    form = {"token": token(page), "country": "GTM", "account": STORY}
    answers = [phone.post("/es/", data=form).text for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(letters(intake)) == 1


def test_a_form_of_another_site_an_old_one_or_none_is_refused_and_nothing_typed_is_lost(
    phone, intake, clock
) -> None:
    page = phone.get("/es/").text
    form = {"token": token(page), "country": "GTM", "account": STORY}
    for headers in (
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
    ):
        assert phone.post("/es/", data=form, headers=headers).status_code == 403
    for wrong in ({"token": ""}, {"token": "1.a.b"}, {"token": "x"}, {"country": "HND"}):
        assert phone.post("/es/", data={**form, **wrong}).status_code == 403
    clock.now += 7 * HOUR
    late = phone.post("/es/", data=form)
    assert late.status_code == 403
    assert "&lt;script&gt;alert(1)" in late.text
    assert letters(intake) == []
    again = phone.post("/es/", data={**form, "token": token(late.text)})
    assert again.status_code == 200
    assert len(letters(intake)) == 1


def test_an_empty_a_huge_or_a_broken_form_is_told_and_kept_out(phone, intake) -> None:
    assert send(phone, account="  \n ").status_code == 422
    assert phone.post("/es/", content=b"x" * 70_000).status_code == 400
    assert phone.post("/es/", content=b"\xff\xfe=1").status_code == 400
    assert phone.post("/es/", content=b"&".join(b"a=1" for _ in range(100))).status_code == 400
    assert send(phone, account="a\x00\x07b\ud7ff\ufffe", recruiter="x" * 999).status_code == 200
    (letter,) = letters(intake)
    assert letter.told["account"] == "ab\ud7ff"
    assert len(letter.told["recruiter"]) == 200


def test_who_writes_without_end_is_told_to_wait_with_the_text_still_there(phone, clock) -> None:
    assert [send(phone).status_code for _ in range(6)] == [200] * 5 + [429]
    slow = send(phone)
    assert "&lt;script&gt;" in slow.text
    assert "0000" in slow.text
    clock.now += HOUR
    assert send(phone).status_code == 200


def test_turns_are_kept_by_nothing_that_says_who(clock) -> None:
    turns = Turns(each=2, all_=3, clock=clock)
    assert [turns.take("10.0.0.1") for _ in range(3)] == [True, True, False]
    assert [turns.take("10.0.0.2") for _ in range(2)] == [True, False], "all together: three"
    assert "10.0.0" not in repr(vars(turns))
    clock.now -= HOUR
    assert turns.take("10.0.0.1"), "a clock that was set back shuts nobody out"


def test_a_full_box_says_so_and_loses_no_text(phone, intake, monkeypatch) -> None:
    monkeypatch.setattr("cauce.intake.app.drop", lambda *x: drop(*x, most=0))
    full = send(phone)
    assert full.status_code == 503
    assert "&lt;script&gt;" in full.text
    assert "0000" in full.text


def test_an_answer_is_shown_to_who_has_both_and_an_absent_case_looks_like_a_wrong_word(
    phone, intake
) -> None:
    put_answer(intake.answers, back_key("D-7K3M-9QXT", "lubo-sera-mina-fade"), "Llame <el> lunes")
    right = {"number": "d7k3m9qxt", "words": "lubo sera mina fade", "country": "GTM"}
    assert "Llame &lt;el&gt; lunes" in phone.post("/es/back", data=right).text
    wrong = phone.post("/es/back", data={**right, "words": "otra"})
    absent = phone.post("/es/back", data={**right, "number": "D-0000-0000", "words": "otra"})
    assert wrong.status_code == absent.status_code == 200
    assert wrong.text == absent.text.replace("D-0000-0000", "d7k3m9qxt")
    assert phone.post("/es/back", data={"number": "x"}).status_code == 422
    foreign = phone.post("/es/back", data=right, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403


def test_who_comes_back_may_add_something(phone, intake) -> None:
    form = {"number": "D-7K3M-9QXT", "words": "lubo", "country": "GTM", "account": "Algo más"}
    answer = phone.post("/es/back", data=form)
    assert "Se envió" in answer.text
    assert "Algo más" not in answer.text
    (letter,) = letters(intake)
    assert letter.follows
    assert letter.number == "D-7K3M-9QXT"
    assert letter.back_key == back_key("D-7K3M-9QXT", "lubo").hex()


def test_the_keys_of_the_form_are_read_with_the_names_of_countries(tmp_path) -> None:
    with pytest.raises(BadInput, match="no public key"):
        read_keys(tmp_path)
    (tmp_path / "GTM.pub").write_text(f"{'00' * 32}\nGuatemala\nGuatemala\n")
    keys, names = read_keys(tmp_path)
    assert list(keys) == ["GTM"]
    assert names["GTM"].es == "Guatemala"
    (tmp_path / "HND.pub").write_text("zz")
    with pytest.raises(BadInput, match="is no public key"):
        read_keys(tmp_path)
