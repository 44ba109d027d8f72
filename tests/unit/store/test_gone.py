"""What a withdrawn vintage told is known for ever, and stays where only the office looks."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.pipeline.retained import retained_in
from cauce.store import Audits, Gone, Store, audits_beside

NOW = "2026-01-01T00:00:00+00:00"
LATER = "2026-02-01T00:00:00+00:00"


@pytest.fixture
def withdrawn(tmp_path: Path, release) -> Path:
    """A store whose first vintage was withdrawn, and whose second stays."""
    store = tmp_path / "store"
    ours = replace(release("v1", ["2020"]), audited=True)
    Store(store).publish(ours, NOW)
    Store(store).publish(replace(release("v2", ["2021"]), audited=True), LATER)
    Store(store).withdraw("XAA_LFS", "v1", "a person could be seen")
    return store


def test_the_numbers_go_out_of_the_store_and_stay_with_its_audits(withdrawn, release):
    audits = audits_beside(withdrawn)

    told = Gone(Audits(audits)).of("XAA_LFS")

    assert {(one.vintage, one.published_at) for one in told} == {("v1", NOW), ("v2", LATER)}
    np.testing.assert_array_equal(
        told[0].observations.value, release("v1", ["2020"]).flows[0].value
    )
    assert audits.stat().st_mode & 0o077 == 0
    files = [path for path in audits.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert not list(withdrawn.rglob("*.parquet"))
    assert Gone(Audits(audits)).of("XBB_LFS") == []


def test_it_is_told_to_later_releases_and_to_no_earlier_one(withdrawn):
    later = retained_in(withdrawn, "XAA_LFS", "v3")
    assert [(one.vintage, one.gone, len(one.flows)) for one in later] == [
        ("v1", True, 2),
        ("v2", True, 2),
    ]
    assert retained_in(withdrawn / "none", "XAA_LFS", "v3") == ()


def test_a_vintage_beside_which_another_was_withdrawn_is_verified_beside_it(tmp_path, release):
    """Computing a vintage again, the ones before it are told, those after it are not."""
    store = tmp_path / "store"
    for name, period, at in (("v1", "2020", NOW), ("v2", "2021", LATER)):
        whole = replace(release(name, [period], flows=1), audited=True)
        Store(store).publish(whole, at)
    third = release("v3", ["2020", "2021"], reason="new weights", flows=1)
    Store(store).publish(replace(third, audited=True), "2026-03-01T00:00:00+00:00")
    Store(store).withdraw("XAA_LFS", "v2", "wrong")

    def told(vintage):
        return [(one.vintage, one.gone) for one in retained_in(store, "XAA_LFS", vintage)]

    assert told("v1") == []
    assert told("v3") == [("v1", False), ("v2", True)]


def test_numbers_nobody_protected_here_are_not_kept(tmp_path, release):
    store = tmp_path / "store"
    Store(store).publish(release("v1", ["2020"]), NOW)
    Store(store).withdraw("XAA_LFS", "v1", "imported twice")
    assert Gone(Audits(audits_beside(store))).of("XAA_LFS") == []


def test_a_folder_that_others_can_enter_is_refused(withdrawn):
    audits_beside(withdrawn).chmod(0o755)
    with pytest.raises(BadInput, match="0700"):
        retained_in(withdrawn, "XAA_LFS", "v3")


def test_a_backup_takes_them_along(withdrawn, tmp_path):
    Audits(audits_beside(withdrawn)).copy_to(tmp_path / "copy")
    assert len(Gone(Audits(tmp_path / "copy")).of("XAA_LFS")) == 4
