"""How long people wait, from the registers of a mechanism to what may be said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.pipeline.register_count import Asked
from cauce.pipeline.register_waits import release_waits
from cauce.pipeline.registers import read_registers
from cauce.portal.app import create_app
from cauce.store import Store
from cauce.store.log import Database, append, open_database, review
from cauce.store.log.review import Verdict

PACK = Path("packs/registers")
REGISTERS = read_registers(PACK).registers
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 1, tzinfo=UTC)
ASKED = Asked("", date(2026, 6, 30), NOW)
MECHANISM = {"title_es": "Un mecanismo inventado", "kind": "PERM", "source": "invented"}
REQUEST = {
    "number": "R-1", "country": "CRI", "mechanism": "way", "employer": "E-1",
    "requested_on": date(2026, 1, 1), "decision": "PENDING", "source": "invented",
}  # fmt: skip


def permit(at: int, days: int) -> dict[str, object]:
    """Decided after so many days; 0 for one who still waits."""
    state = (
        {"decided_on": date(2026, 3, days), "state": "GRANTED"} if days else {"state": "APPLIED"}
    )
    return {
        "number": f"P-{at}", "country": "CRI", "request": "r", "worker": f"W-{at:04}",
        "applied_on": date(2026, 3, 1), "source": "invented", **state,
    }  # fmt: skip


def add(opened: Database, records: dict[tuple[str, str], dict[str, object]]) -> None:
    """Open the records, and have a second person approve them."""
    drafts = [
        Draft(register, key, "CRI", Action.OPEN, record, None, None, "ana", "", 0)
        for (register, key), record in records.items()
    ]
    with opened.writing("ana") as connection:
        entries = append(connection, REGISTERS, drafts, NOW)
    with opened.writing("beto") as connection:
        for entry in entries:
            review.judge(connection, entry.number, Verdict.APPROVED, "beto", "", NOW)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory):
    """Nine permits after 5 to 29 days and two that still wait; one request."""
    opened = open_database(f"sqlite:///{tmp_path_factory.mktemp('waits') / 'r.sqlite'}")
    days = (6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0)
    records = {("mechanisms", "way"): MECHANISM, ("mobility_requests", "r"): REQUEST}
    records |= {("mobility_permits", f"p{at}"): permit(at, d) for at, d in enumerate(days)}
    add(opened, records)
    yield opened
    opened.close()


def test_a_median_counts_who_still_waits_and_one_employer_is_not_told_of(
    database: Database, tmp_path: Path
):
    """Days 5, 8 … 29 of eleven: the sixth is 20; R: survfit(conf.type = "log-log")."""
    release = release_waits(PACK, database, ASKED)
    (flow,) = release.flows
    steps = [flow.dataflow.dimensions[3].codes[at].id for at in flow.key[:, 3]]
    told = {step: at for at, step in enumerate(steps)}
    permits, request = told["PERMIT"], told["REQUEST"]
    assert (flow.value[permits], flow.n[permits]) == (20, 11)
    assert (flow.ci_low[permits], flow.ci_high[permits]) == (8, 29)
    assert (flow.conf_status[request], flow.n[request]) == ("C", -1)
    assert release.survey == "REG_WAITS"

    Store(tmp_path).publish(release, NOW.isoformat(), signed="alone")
    reader = TestClient(create_app(tmp_path, clock=lambda: NOW))
    page = reader.get("/es/tables/DF_MOBILITY_WAITS").text
    assert "Un mecanismo inventado" in page
    assert "8 – 29" in page
    key = "A.REG.WAIT_MEDIAN.PERMIT.CRI.way"
    why = reader.get(f"/en/explain/DF_MOBILITY_WAITS/{key}?period=2026")
    assert why.status_code == 200, why.text[:500]
    assert "after Kaplan and Meier" in why.text
    assert "cauce waits --day 2026-06-30" in why.text
    csv = reader.get("/sdmx/v2/data/dataflow/CAUCE/DF_MOBILITY_WAITS/1.0/*?format=csv")
    assert ",20" in csv.text, csv.text[:300]


def test_a_median_of_a_few_more_people_is_not_published_beside_the_one_before(
    database: Database, tmp_path: Path
):
    """Eleven waited in June; of two more by December both vintages would tell how long."""
    asked = replace(ASKED, day=date(2026, 12, 1), vintage="later", store=tmp_path)
    Store(tmp_path).publish(release_waits(PACK, database, ASKED), NOW.isoformat(), signed="alone")
    assert release_waits(PACK, database, asked).flows
    add(database, {("mobility_permits", f"p{at}"): permit(at, 4) for at in (11, 12)})

    with pytest.raises(BadInput, match="Withdraw that vintage"):
        release_waits(PACK, database, replace(asked, known_at=LATER))


def test_before_anybody_waits_nothing_is_said(database: Database):
    with pytest.raises(BadInput, match="Nobody waited by 2025-01-01"):
        release_waits(PACK, database, Asked("", date(2025, 1, 1), NOW))
