"""What the office keeps of the protection of a release lies beside the store and never in it."""

from dataclasses import replace
from datetime import UTC, datetime
from math import isnan, nan
from pathlib import Path

import pytest

from cauce.model.audit import SECONDARY, Audit, Bound, Cited, Leak, Withheld
from cauce.model.errors import BadInput
from cauce.model.kept_audit import KeptAudit, WhatIf
from cauce.model.release import Release
from cauce.store import Audits, Damaged, Holds, Reader, Store, audits_beside
from cauce.store.audit_document import from_document, to_document

NOW = "2026-01-01T00:00:00+00:00"
FLOW = "XAA_LFS_T0"
SMALL = Withheld(FLOW, ("A", "XAA", "R", "F", "2020"), ("few", "attribute"))
BESIDE = Withheld(FLOW, ("A", "XAA", "R", "M", "2020"), (SECONDARY,))
BOUND = Bound(Cited(FLOW, SMALL.key, "n"), 0.0, 57.0, 10.0, True, "exact")
AUDIT = Audit(6, 1, 1, 0, (BOUND,), (Leak(BOUND, (BOUND.of,)),), 5.7, nan, 0.1, (SMALL, BESIDE))


@pytest.fixture
def audited(release) -> Release:
    return replace(release("v", ["2020"]), audit=AUDIT)


def name_in(store: Path) -> str:
    return Reader(store).snapshot().manifest(FLOW).audit_sha256


def test_an_audit_is_kept_beside_the_store_and_its_hash_with_the_manifest(
    audited: Release, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    Store(store).publish(audited, NOW)
    beside = audits_beside(store)
    kept = Audits(beside).of(name_in(store))
    assert (kept.survey, kept.vintage, kept.kept_at) == (audited.survey, "v", NOW)
    assert str(kept.audit) == str(AUDIT)
    assert [oct(path.stat().st_mode)[-3:] for path in (beside, *beside.iterdir())] == ["700", "600"]
    public = [path.read_bytes() for path in store.rglob("*") if path.is_file()]
    assert not any(b"secondary" in content or b"attribute" in content for content in public)


def test_nobody_can_compute_the_hash_of_an_audit_from_a_guess(
    audited: Release, tmp_path: Path
) -> None:
    names = set()
    for place in ("a", "b"):
        Store(tmp_path / place).publish(audited, NOW)
        names.add(name_in(tmp_path / place))
    assert len(names) == 2


def test_what_is_published_already_gets_no_second_audit(audited: Release, tmp_path: Path) -> None:
    for _ in range(2):
        Store(tmp_path / "store").publish(audited, NOW)
    assert len(list(Audits(audits_beside(tmp_path / "store")).files())) == 1


def test_a_held_release_takes_its_audit_along_and_leaves_none_behind(
    audited: Release, tmp_path: Path
) -> None:
    store, now = tmp_path / "public" / "store", datetime(2026, 1, 1, tzinfo=UTC)
    holds = Holds(tmp_path / "office" / "held", store)
    held = holds.hold(audited, "ana", now, None)
    holds.approve(held.survey, held.vintage, "ben", now)
    holds.publish_due(now)
    assert audits_beside(store, tmp_path / "office" / "held") == tmp_path / "office/store-audits"
    assert holds.audits.of(name_in(store)).audit.withheld == (SMALL, BESIDE)
    left = {path.name for path in holds.place(held).parent.iterdir()}
    assert left == {"hold.json"}


def test_a_folder_others_can_enter_is_refused(audited: Release, tmp_path: Path) -> None:
    store = tmp_path / "store"
    Store(store).publish(audited, NOW)
    audits_beside(store).chmod(0o755)
    with pytest.raises(BadInput, match="Others can enter"):
        Audits(audits_beside(store)).of(name_in(store))


def test_an_audit_that_was_changed_or_is_gone_is_told(audited: Release, tmp_path: Path) -> None:
    store = tmp_path / "store"
    Store(store).publish(audited, NOW)
    audits = Audits(audits_beside(store))
    [path] = audits.files()
    path.write_bytes(path.read_bytes().replace(b"few", b"new"))
    with pytest.raises(Damaged, match="its hash differs"):
        audits.of(name_in(store))
    path.unlink()
    with pytest.raises(BadInput, match="No audit is kept"):
        audits.of(name_in(store))


def test_a_bound_without_an_end_comes_back_as_none_is_known() -> None:
    bound = replace(BOUND, high=float("inf"))
    audit = replace(AUDIT, bounds=(bound,), narrowest=float("inf"))
    content = to_document(KeptAudit("S", "v", NOW, "salt", audit))
    back = from_document(content, "it").audit
    assert isnan(back.bounds[0].high)
    assert isnan(back.narrowest)
    assert to_document(KeptAudit("S", "v", NOW, "salt", back)) == content


def test_what_is_no_audit_is_named() -> None:
    for content in (b"no", b"[]", b"{}", b'{"cells": 1}'):
        with pytest.raises(Damaged, match="audits/x is no audit"):
            from_document(content, "audits/x")


def test_what_was_asked_of_a_release_is_kept_with_it_the_latest_first(tmp_path: Path) -> None:
    audits = Audits(tmp_path / "audits")
    name = audits.keep(AUDIT, "XAA_LFS", "v", NOW)
    first = WhatIf(("a",), (), (BESIDE,), (), 2, 3, "2026-01-01")
    later = WhatIf((), (FLOW,), (), (SMALL,), 2, 1, "2026-01-02")
    for one in (first, later, first):
        audits.answer(name, one)
    assert audits.answers(name) == (later, first)
    audits.copy_to(tmp_path / "copy")
    assert Audits(tmp_path / "copy").answers(name) == (later, first)
    assert Audits(tmp_path / "copy").of(name).audit.withheld == (SMALL, BESIDE)
