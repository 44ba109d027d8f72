"""Whether a recruiter is licensed on a day, as a worker asks."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.declare.codelists import read_codelists
from cauce.model.record import Absent, Record
from cauce.model.shelf import Filled, Known, PublicPeriod, PublicRecord, Shelf
from cauce.model.text import Text
from cauce.portal.app import create_app
from cauce.portal.recruiters.standing import Standing, standing
from cauce.registers.declaration import parse_registers
from cauce.registers.public import shelf_of
from cauce.store import Store

TODAY = datetime(2026, 3, 1, 9, tzinfo=UTC)
WARNING = {"en": "A licence is not proof of compliance", "es": "Una licencia no es prueba"}


def states(*rows: tuple[str, str, str]) -> Record:
    return {
        "states": tuple(
            {
                "state": state,
                "since": date.fromisoformat(since),
                **({"until": date.fromisoformat(until)} if until else {}),
            }
            for state, since, until in rows
        )
    }


LIFE = states(
    ("APP", "2024-01-10", "2024-01-31"),
    ("LIC", "2024-02-01", "2025-05-31"),
    ("SUSP", "2025-06-01", "2025-08-31"),
    ("LIC", "2025-09-01", "2027-01-31"),
)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2024-01-09", "BEFORE"),
        ("2024-01-31", "APP"),
        ("2024-02-01", "LIC"),
        ("2025-05-31", "LIC"),
        ("2025-06-01", "SUSP"),
        ("2025-09-01", "LIC"),
        ("2027-01-31", "LIC"),
        ("2027-02-01", "EXP"),
    ],
)
def test_the_state_follows_each_date_and_the_last_day_belongs_to_it(on, state):
    assert standing(LIFE, date.fromisoformat(on)).state == state


def test_where_days_are_unknown_nothing_is_guessed():
    on = date(2026, 1, 1)
    for row in (
        {"state": "LIC", "since": Absent.UNKNOWN},
        {"state": "LIC", "since": date(2025, 1, 1), "until": Absent.UNKNOWN},
        {"state": "SUSP", "since": date(2025, 1, 1), "until": date(2025, 2, 1)},
    ):
        assert standing({"states": (row,)}, on).state == "UNCLEAR"
    assert standing({}, on) == Standing("BEFORE")


PACK = Path(__file__).parents[4] / "packs" / "registers"
LISTS = read_codelists({p.name: p.read_text("utf-8") for p in (PACK / "codelists").glob("*.csv")})
FILES = {p.name: p.read_text("utf-8") for p in PACK.glob("*.toml")}
REGISTERS = parse_registers({n: x for n, x in FILES.items() if "[[field]]" in x}, LISTS)


def shelf(register: str) -> Shelf:
    """As the declaration makes it: what is not public there cannot be shown here."""
    return shelf_of(REGISTERS[register], LISTS)


def told(key: str, said: Record) -> PublicRecord:
    known = (Known(datetime(2024, 1, 1, tzinfo=UTC), (PublicPeriod(None, None, said),)),)
    title = Text(str(said.get("name", key)), str(said.get("name", key)))
    return PublicRecord(key, "GTM", title, (), (), (), "", known)


SANCTION = {"recruiter": "rio", "kind": "FINE", "decided_on": date(2025, 6, 1), "appeal": "PEND"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    root: Path = tmp_path_factory.mktemp("store")
    agencies = (
        told("rio", {"name": "Agencia Inventada del Río", "country": "GTM"}),
        told("rio2", {"name": "RIO WORK <b>S.A.</b>", "same_as": "rio"}),
        told("sol", {"name": "Sol Inventado"}),
        told("x", {"name": "Vuelta", "same_as": "y"}),
        told("y", {"name": "Otra Vuelta", "same_as": "x"}),
    )
    Store(root).publish_registers(
        (
            Filled(shelf("recruiters"), agencies),
            Filled(
                shelf("recruiter_licences"),
                (told("l", {"recruiter": "rio2", "number": "GT-007", **LIFE}),),
            ),
            Filled(
                shelf("recruiter_sanctions"),
                (
                    told("s1", {**SANCTION, "adjudicated": True}),
                    told("s2", {**SANCTION, "adjudicated": False, "decided_on": date(2025, 1, 2)}),
                ),
            ),
        ),
        "2026-01-02T00:00:00+00:00",
    )
    return TestClient(create_app(root, clock=lambda: TODAY), follow_redirects=False)


@pytest.fixture
def asked(site: TestClient) -> Callable[..., str]:
    def answer(address: str, status: int = 200) -> str:
        page = site.get(address)
        assert page.status_code == status
        assert len(page.content) < 30_000
        assert "<script" not in page.text
        assert WARNING[address[1:3]] in page.text
        return page.text

    return answer


@pytest.mark.parametrize(
    "q", ["agencia inventada del rio", "AGENCIA  INVENTADA DEL-RÍO.", "gt 007", "Rio Work bSAb"]
)
def test_a_name_or_number_is_found_whatever_its_capitals_accents_and_marks(asked, q):
    assert "Licensed, since 1 September 2025, until 31 January 2027" in asked(
        f"/en/recruiters?q={q}"
    )


def test_the_answer_is_of_the_day_asked_in_both_languages(asked):
    assert "Licencia suspendida, desde el 1 de junio de 2025" in asked(
        "/es/recruiters?q=gt007&on=2025-07-01"
    )
    assert "Not registered on that day" in asked("/en/recruiters?q=gt007&on=2020-01-01")


def test_what_is_only_like_a_name_is_offered_and_never_the_answer(asked):
    page = asked("/en/recruiters?q=agencia inventda del rio")
    assert "Not found in this register" in page
    assert "not the one you asked for" in page
    assert "Agencia Inventada del Río" in page
    assert (
        "like it"
        not in asked("/en/recruiters?q=zzzzqqqq")
        .partition("Not found")[2]
        .partition("imitation")[2]
    )


def test_a_day_that_is_none_or_to_come_is_refused_with_words(asked):
    assert "This is no day" in asked("/en/recruiters?q=sol&on=tomorrow", 422)
    assert "aún no llega" in asked("/es/recruiters/rio?on=2099-01-01", 422)


def test_an_entry_has_its_history_adjudicated_sanctions_with_appeal_and_a_code(asked):
    page = asked("/en/recruiters/rio")
    assert "Fine, 1 June 2025. Appeal: Pending" in page
    assert "2 January 2025" not in page
    assert "data:image/svg+xml" in page
    assert "http://testserver/en/recruiters/rio" in page
    assert "No adjudicated sanction" in asked("/en/recruiters/rio?on=2025-05-01")
    assert "<b>" not in page


def test_a_recruiter_without_licence_is_said_to_have_none(asked):
    assert "No licence of this recruiter" in asked("/en/recruiters?q=sol inventado")
    assert "No licence of this recruiter" in asked("/en/recruiters/x")


def test_who_was_merged_is_answered_under_the_other(site):
    page = site.get("/es/recruiters/rio2?on=2025-07-01")
    assert (page.status_code, page.headers["location"]) == (
        303,
        "/es/recruiters/rio?on=2025-07-01",
    )


def test_absent_and_hidden_are_one_answer(site):
    one, other = site.get("/en/recruiters/nobody"), site.get("/en/recruiters/s2")
    assert one.status_code == other.status_code == 404
    assert one.text.replace("nobody", "") == other.text.replace("s2", "")


def test_a_page_leads_to_the_form_for_complaints_where_there_is_one(tmp_path: Path) -> None:
    where = "https://ayuda.example"
    shelves = (Filled(shelf("recruiters"), (told("rio", {"name": "Agencia"}),)),)
    Store(tmp_path).publish_registers(shelves, "2026-01-02T00:00:00+00:00")
    bare, led = (
        TestClient(create_app(tmp_path, clock=lambda: TODAY, complain=one)).get("/es/recruiters")
        for one in ("", where)
    )
    assert where not in bare.text
    assert f'href="{where}/es/" rel="noreferrer"' in led.text
