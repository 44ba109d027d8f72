"""A register in a database, counted into a release."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus
from cauce.pipeline.register_count import Asked, release_counts
from cauce.pipeline.registers import read_registers
from cauce.registers.house import parse_house
from cauce.store import Reader, Store
from cauce.store.log import Database, append, open_database
from cauce.store.log.schema import approval

PACKS = Path(__file__).parents[3] / "packs" / "registers"
DECLARED = read_registers(PACKS)
REGISTERS = DECLARED.registers
NOW = datetime(2026, 1, 5, tzinfo=UTC)
DAY = date(2026, 2, 1)


@pytest.fixture
def database(tmp_path: Path):
    opened = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    yield opened
    opened.close()


def write(database: Database, register: str, *records: dict[str, object], yes: bool = True) -> None:
    """Open a record for each, approved by a second person or not."""
    drafts = [
        Draft(
            register,
            f"{register}{at}{record.get('token', '')}",
            str(record.get("country", "")),
            Action.OPEN,
            record,
            date(2026, 1, 1),
            None,
            "ana",
            "",
            0,
        )
        for at, record in enumerate(records)
    ]
    with database.writing("ana") as connection:
        made = append(connection, REGISTERS, drafts, NOW)
    with database.writing("ben") as connection:
        for entry in made:
            if yes:
                at = NOW.isoformat(timespec="microseconds")
                said = {"verdict": "approved", "actor": "ben", "at": at, "note": ""}
                connection.execute(insert(approval).values(entry=entry.number, **said))


def people(country: str, many: int, **more: object) -> list[dict[str, object]]:
    return [
        {"token": f"{country}-{at:03}", "country": country, "function": "LAB", **more}
        for at in range(many)
    ]


def kinds() -> str:
    codes = DECLARED.lists["CL_BODY_KIND"].codes
    return codes[0].id


def test_a_public_register_is_counted_and_published_whatever_its_size(database, tmp_path) -> None:
    write(database, "bodies", *({"kind": kinds()} for _ in range(2)))
    release = release_counts(PACKS, database, Asked("bodies", DAY))
    Store(tmp_path / "store").publish(release, "2026-02-01T12:00:00+00:00")
    snapshot = Reader(tmp_path / "store").snapshot()
    assert sorted(snapshot.observations("DF_BODIES").value.tolist()) == [2, 2]
    assert snapshot.manifest("DF_BODIES").vintage == "2026-02-01"


def test_what_no_second_person_approved_is_not_counted_for_the_public(database) -> None:
    write(database, "bodies", {"kind": kinds()}, yes=False)
    with pytest.raises(BadInput, match="no approved records on 2026-02-01"):
        release_counts(PACKS, database, Asked("bodies", DAY))
    [flow] = release_counts(PACKS, database, Asked("bodies", DAY, approved=False)).flows
    assert flow.value.max() == 1


def test_a_register_is_counted_as_it_was_known(database) -> None:
    write(database, "bodies", {"kind": kinds()})
    before = Asked("bodies", DAY, known_at=datetime(2026, 1, 4, tzinfo=UTC))
    with pytest.raises(BadInput, match="no approved records"):
        release_counts(PACKS, database, before)
    after = Asked("bodies", DAY, known_at=datetime(2026, 1, 6, tzinfo=UTC))
    assert release_counts(PACKS, database, after).flows[0].value.max() == 1


def test_a_day_before_the_first_record_has_none(database) -> None:
    write(database, "bodies", {"kind": kinds()})
    with pytest.raises(BadInput, match="on 2020-01-01"):
        release_counts(PACKS, database, Asked("bodies", date(2020, 1, 1)))


def test_small_groups_of_people_are_withheld_in_several_tables_together(database) -> None:
    write(database, "participants", *people("CRI", 9), *people("GTM", 3))
    release = release_counts(PACKS, database, Asked("participants", DAY))
    assert release.audited
    assert len(release.flows) == 4
    by_country = [flow for flow in release.flows if "INSTITUTION" not in flow.dataflow.id]
    for flow in by_country:
        assert ConfStatus.CONFIDENTIAL in flow.conf_status
        assert 3 not in flow.value.tolist()
    assert not any("without" in note for note in release.notes)


def test_the_release_says_what_it_was_counted_from(database) -> None:
    write(database, "bodies", {"kind": kinds()})
    found = release_counts(PACKS, database, Asked("bodies", DAY)).provenance
    assert found is not None
    assert found.pack == "registers/bodies 1"
    assert found.pack_sha256 == REGISTERS["bodies"].sha256
    assert "entry 1, bodies as of 2026-02-01" in found.inputs[0].name


def test_what_is_of_no_period_is_said_beside_the_table(database) -> None:
    stocks = [{"country": "CRI", "year": 2020}, {"country": "CRI"}]
    write(database, "diaspora_stocks", *stocks)
    release = release_counts(PACKS, database, Asked("diaspora_stocks", DAY))
    assert "DF_DIASPORA_STOCKS: 1 without year, and so in no period." in release.notes


@pytest.mark.parametrize(("name", "words"), [("no", "no register no"), ("quotas", "count")])
def test_what_cannot_be_counted_is_refused(database, name, words) -> None:
    with pytest.raises(BadInput, match=words):
        release_counts(PACKS, database, Asked(name, DAY))


NOISY = """
[[open.table]]
of = ["DF_BODIES"]
[[open.table.method]]
kind = "cell_key"
variance = 4
bound = 5
ground = { en = "Order 1", es = "Orden 1" }
"""


@pytest.fixture
def noisy():
    """The house's rules, with noise for the counts of bodies."""
    rules = (PACKS / "counting" / "rules.toml").read_text("utf-8")
    return DECLARED, parse_house(rules + NOISY, "rules.toml")


def test_noise_is_the_same_for_the_same_records_and_its_key_leaves_the_folder_never(
    database, tmp_path, noisy
) -> None:
    write(database, "bodies", *({"kind": kinds()} for _ in range(40)))
    asked, keys = Asked("bodies", DAY), tmp_path / "keys"

    once = release_counts(PACKS, database, asked, given=noisy, keys=keys)
    again = release_counts(PACKS, database, asked, given=noisy, keys=keys)
    Store(tmp_path / "store").publish(once, "2026-02-01T12:00:00+00:00")

    [flow] = once.flows
    assert flow.value.tolist() == again.flows[0].value.tolist()
    assert all(abs(value - 40) <= 5 for value in flow.value)
    # Both cells are of the same records.
    assert len(set(flow.value.tolist())) == 1
    snapshot = Reader(tmp_path / "store").snapshot()
    told = snapshot.manifest("DF_BODIES").dataflow.method.protection
    assert "noise by cell keys" in told
    secret = (keys / "noise.key").read_text("ascii").strip()
    files = [p.read_bytes() for p in (tmp_path / "store").rglob("*") if p.is_file()]
    assert not any(secret.encode() in one or bytes.fromhex(secret) in one for one in files)


def test_noise_without_the_key_folder_is_refused(database, noisy) -> None:
    write(database, "bodies", {"kind": kinds()})
    with pytest.raises(BadInput, match="Say where the key folder is"):
        release_counts(PACKS, database, Asked("bodies", DAY), given=noisy)


def test_a_house_rule_of_no_dataflow_stops_every_count(database) -> None:
    rules = (PACKS / "counting" / "rules.toml").read_text("utf-8")
    house = parse_house(rules + NOISY.replace("DF_BODIES", "DF_BODYES"), "rules.toml")
    with pytest.raises(BadInput, match=r"no register counts DF_BODYES. Did you mean DF_BODIES"):
        release_counts(PACKS, database, Asked("bodies", DAY), given=(DECLARED, house))
