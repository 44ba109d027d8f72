"""`cauce office --provider`: people come in where their office already signs them in."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from tests.journey.conftest import CAUCE
from tests.unit.office.doors import test_provider as false

from cauce.cli.office_provider import SECRET, ask_provider, provider_in
from cauce.model.account import Role
from cauce.model.errors import BadInput
from cauce.store.log import accounts, open_database

from .serving import PATIENCE, started

ADDRESS = "https://registros.example"
CLIENT = false.CLIENT
idp = false.idp
HIDDEN, OTHER = "s3cr3t-of-nobody", "another"


def written(folder: Path, issuer: str, extra: str = 'secret_file = "secret"') -> Path:
    """A provider's file, with its secret beside it."""
    path, secret = folder / "provider.toml", folder / "secret"
    secret.write_text(f"{HIDDEN}\n")
    secret.chmod(0o600)
    path.write_text(
        f'name = "Ministerio"\nissuer = "{issuer}"\nclient_id = "{CLIENT}"\n{extra}\n', "utf-8"
    )
    return path


@pytest.fixture
def office(tmp_path: Path, idp) -> Iterator[str]:
    words = [
        str(CAUCE), "office", "--database", f"sqlite:///{tmp_path / 'r.sqlite'}", "--keys",
        str(tmp_path / "keys"), "--port", "0", "--address", ADDRESS,
        "--provider", str(written(tmp_path, idp.issuer)),
    ]  # fmt: skip
    log, asked = tmp_path / "log", r"The office is at (\S+)"
    with log.open("w") as told, started(*words, stdout=told, stderr=told) as process:
        until = time.monotonic() + PATIENCE
        while (found := re.search(asked, log.read_text())) is None:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield found[1]


def ask(address: str, **more: object) -> httpx.Response:
    return httpx.get(address, timeout=PATIENCE, **more)


def cookies(*answers: httpx.Response) -> dict[str, str]:
    """The cookies of answers as a browser sends them back."""
    found = {}
    for answer in answers:
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            found[name] = value
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in found.items())}


def test_somebody_comes_in_through_the_provider_a_file_names(
    office,
    idp,
    tmp_path,
) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'r.sqlite'}")
    now = datetime.now(UTC)
    with database.writing("root") as connection:
        person = accounts.Person("Ana", "a@x.example", (Role.EDITOR,), None)
        id_, _ = accounts.invite(connection, person, now)
        accounts.bind(connection, id_, idp.issuer, idp.subject)
    database.close()
    idp.now = int(now.timestamp())
    assert "Sign in with Ministerio" in ask(f"{office}/en/sign-in").text
    there = ask(f"{office}/en/provider")
    asked = there.headers["location"]
    assert asked.startswith(f"{idp.issuer}/authorize?")
    assert "redirect_uri=https%3A%2F%2Fregistros.example%2Fes%2Fprovider%2Fback" in asked
    back = ask(f"{office}/es/provider/back?{idp.authorize(asked)}", headers=cookies(there))
    assert back.headers["location"] == "/en/", "in the language they were reading"
    assert ">Ana</a>" in ask(f"{office}/en/", headers=cookies(back)).text
    idp.token = lambda: "nonsense"
    there = ask(f"{office}/es/provider")
    answer = idp.authorize(there.headers["location"])
    refused = ask(f"{office}/es/provider/back?{answer}", headers=cookies(there))
    assert refused.status_code == 403
    log = (tmp_path / "log").read_text()
    assert "ID token is not as it must be" in log
    assert HIDDEN not in log


def test_a_secret_is_in_no_word_of_ours(tmp_path, idp, monkeypatch) -> None:
    found = provider_in(written(tmp_path, idp.issuer), ADDRESS)
    assert found.client_secret == HIDDEN
    assert HIDDEN not in repr(found)
    assert found.redirect == f"{ADDRESS}/es/provider/back"
    monkeypatch.setenv(SECRET, OTHER)
    assert provider_in(written(tmp_path, idp.issuer, ""), ADDRESS).client_secret == OTHER


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ('client_secret = "x"\nsecret_file = "secret"', "a secret does not stand here"),
        ("", "neither this nor CAUCE_PROVIDER_SECRET"),
        ('secret_file = "nowhere"', "there is no file"),
        ('secret_file = "open"', "others can read"),
        ('secret_file = "empty"', "is empty"),
        ('secret_file = "secret"\nissuers = "x"', "issuers"),
        ('secret_file = "secret"\namr = "mfa"', "amr"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_line(tmp_path, extra, told) -> None:
    (tmp_path / "open").write_text("x")
    (tmp_path / "open").chmod(0o644)
    (tmp_path / "empty").write_text("")
    (tmp_path / "empty").chmod(0o600)
    with pytest.raises(BadInput, match=re.escape(told)):
        provider_in(written(tmp_path, "https://login.example", extra), ADDRESS)


def test_without_an_address_or_a_file_or_https_it_does_not_start(tmp_path) -> None:
    with pytest.raises(BadInput, match="--address"):
        provider_in(written(tmp_path, "https://login.example"), "http://here")
    with pytest.raises(BadInput, match="There is no file"):
        provider_in(tmp_path / "none.toml", ADDRESS)
    with pytest.raises(BadInput, match="over https"):
        provider_in(written(tmp_path, "http://login.example"), ADDRESS)


def test_a_provider_that_calls_itself_otherwise_stops_the_start(tmp_path, idp) -> None:
    found = provider_in(written(tmp_path, idp.issuer), ADDRESS)
    ask_provider(found)
    idp.says = {"issuer": f"{idp.issuer}/"}
    with pytest.raises(BadInput, match="exactly as it does"):
        ask_provider(found)
    idp.says = {"token_endpoint": "http://elsewhere.example/"}
    with pytest.raises(BadInput, match="token_endpoint is not over https"):
        ask_provider(found)
    idp.says = {"jwks_uri": None}
    with pytest.raises(BadInput, match="does not say its jwks_uri"):
        ask_provider(found)


def test_a_provider_that_is_silent_now_is_told_of_and_the_office_starts(tmp_path, capsys) -> None:
    ask_provider(provider_in(written(tmp_path, "http://127.0.0.1:9"), ADDRESS))
    told = " ".join(capsys.readouterr().out.split())
    assert "does not answer" in told
    assert "Until then nobody comes in through it" in told


def test_the_command_says_what_is_wrong_and_ends(tmp_path) -> None:
    words = [str(CAUCE), "office", "--provider", str(written(tmp_path, "https://l.example"))]
    done = subprocess.run(words, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 1
    assert "--address" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
