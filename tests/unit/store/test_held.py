"""Releases that wait for a second person and for their moment."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.model.lent import Lent
from cauce.store import Holds, NotPublished, Reader, Store, next_moment
from cauce.store.beside import check_beside

NOW = datetime(2026, 11, 1, 12, 0, 0, tzinfo=UTC)
SOON = NOW + timedelta(hours=1)
NAME = ("XAA_LFS", "v1")


@pytest.fixture
def holds(tmp_path: Path) -> Holds:
    return Holds(tmp_path / "held", tmp_path / "store")


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder: its content and when it was written."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


def test_a_held_release_is_published_after_a_second_person_approved_it(
    holds, release, tmp_path
) -> None:
    holds.hold(release("v1", ["2020"]), "ana", NOW, None)
    assert holds.publish_due(NOW) == ()
    holds.approve(*NAME, "ben", NOW)
    [done] = holds.publish_due(SOON)
    assert (done.held_by, done.approved_by) == ("ana", "ben")
    snapshot = Reader(tmp_path / "store").snapshot()
    assert snapshot.manifest("XAA_LFS_T0").published_at == SOON.isoformat()
    assert snapshot.catalog.action == "publish XAA_LFS v1, approved by a second person"
    assert holds.publish_due(SOON) == ()


def test_what_was_held_says_the_same_as_what_one_person_publishes(holds, release, tmp_path) -> None:
    lent = (Lent("CL_SEX", "codelists/CL_SEX.csv", "2026-11-01", "", "00"),)
    made = replace(release("v1", ["2020", "2021"], reason="first"), lent=lent)
    holds.hold(made, "ana", NOW, None)
    holds.approve(*NAME, "ben", NOW)
    holds.publish_due(NOW)
    Store(tmp_path / "other").publish(made, NOW.isoformat())
    for flow in ("XAA_LFS_T0", "XAA_LFS_T1"):
        one, other = (Reader(tmp_path / n).snapshot().manifest(flow) for n in ("store", "other"))
        assert one == other
        assert one.lent == lent


def test_a_store_that_took_two_persons_takes_them_whatever_folder_is_named(
    holds, release, tmp_path
) -> None:
    other = Holds(tmp_path / "elsewhere", tmp_path / "store")
    assert not other.needed
    holds.hold(release("v1", ["2020"]), "ana", NOW, None)
    assert holds.needed
    holds.approve(*NAME, "ben", NOW)
    holds.publish_due(NOW)
    assert other.needed


def test_nobody_approves_their_own_release_however_they_write_their_name(holds, release) -> None:
    holds.hold(release("v1", ["2020"]), "José Núñez", NOW, None)
    for name in ("José Núñez", "jose nunez", " JOSÉ  NÚÑEZ ", ""):
        with pytest.raises(BadInput, match=r"Nobody approves their own release|Say who you are"):
            holds.approve(*NAME, name, NOW)
    assert holds.publish_due(SOON) == ()


def test_nothing_of_an_embargoed_release_is_in_the_store_before_its_second(
    holds, release, tmp_path
) -> None:
    store = tmp_path / "store"
    Store(store).publish(release("v0", ["2019"]), NOW.isoformat())
    before = files(store)
    holds.hold(release("v1", ["2020"]), "ana", NOW, SOON)
    holds.approve(*NAME, "ben", NOW)
    for early in (NOW, SOON - timedelta(seconds=1), SOON - timedelta(microseconds=1)):
        assert holds.publish_due(early) == ()
        assert files(store) == before
        with pytest.raises(NotPublished):
            Reader(store).snapshot().manifest("XAA_LFS_T0", "v1")
    holds.publish_due(SOON)
    manifest = Reader(store).snapshot().manifest("XAA_LFS_T0")
    assert (manifest.vintage, manifest.published_at) == ("v1", SOON.isoformat())


def test_others_cannot_enter_the_folder_of_held_releases(holds, release, tmp_path) -> None:
    holds.hold(release("v1", ["2020"]), "ana", NOW, None)
    assert (tmp_path / "held").stat().st_mode & 0o077 == 0
    (tmp_path / "held").chmod(0o755)
    for act in (holds.all, lambda: holds.approve(*NAME, "ben", NOW)):
        with pytest.raises(BadInput, match="Give it the mode 0700"):
            act()


def test_a_folder_within_the_store_is_no_place_to_hold_releases(tmp_path) -> None:
    with pytest.raises(BadInput, match="which the public reads"):
        Holds(tmp_path / "store" / "held", tmp_path / "store")


def test_an_approval_is_of_exactly_these_numbers(holds, release, tmp_path) -> None:
    holds.hold(release("v1", ["2020"]), "ana", NOW, None)
    holds.approve(*NAME, "ben", NOW)
    holds.hold(release("v1", ["2020"], base=99), "ana", NOW, None)
    assert holds.publish_due(SOON) == ()
    assert holds.all()[0].approved_by == ""


def test_a_held_release_that_was_altered_is_neither_approved_nor_published(
    holds, release, tmp_path
) -> None:
    held = holds.hold(release("v1", ["2020"]), "ana", NOW, None)
    holds.approve(*NAME, "ben", NOW)
    damaged = next((holds.place(held) / "objects").glob("*/*.parquet"))
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    with pytest.raises(BadInput, match=r"is not what was held: .*Hold it again"):
        holds.publish_due(SOON)
    with pytest.raises(BadInput, match="is not what was held"):
        holds.approve(*NAME, "eva", NOW)
    Store(holds.place(held)).withdraw(*NAME, "x")
    with pytest.raises(BadInput, match="is not what was held"):
        holds.approve(*NAME, "eva", NOW)


def test_what_the_store_would_refuse_is_not_held(holds, release, tmp_path) -> None:
    Store(tmp_path / "store").publish(release("v1", ["2020"]), NOW.isoformat())
    with pytest.raises(BadInput, match="vintages are never"):
        holds.hold(release("v1", ["2020"], base=99), "ana", NOW, None)
    assert not holds.needed


@pytest.mark.parametrize(
    ("by", "embargo", "words"),
    [
        (" ", None, "Say who you are"),
        ("ana", NOW - timedelta(seconds=1), "is past"),
        ("ana", SOON + timedelta(milliseconds=1), "kept to the second"),
    ],
)
def test_who_holds_and_until_when_is_checked(holds, release, by, embargo, words) -> None:
    with pytest.raises(BadInput, match=words):
        holds.hold(release("v1", ["2020"]), by, NOW, embargo)


def test_a_dropped_release_is_gone_and_a_published_one_stays_published(holds, release) -> None:
    holds.hold(release("v1", ["2020"]), "ana", NOW, None)
    holds.drop(*NAME)
    assert holds.all() == ()
    for act in (lambda: holds.drop(*NAME), lambda: holds.approve(*NAME, "ben", NOW)):
        with pytest.raises(BadInput, match="is not held"):
            act()
    held = holds.hold(release("v1", ["2020"]), "ana", NOW, None)
    holds.approve(*NAME, "ben", NOW)
    holds.publish_due(NOW)
    assert not holds.place(held).exists()
    with pytest.raises(BadInput, match="was published at"):
        holds.drop(*NAME)


def test_the_next_moment_is_that_of_an_approved_release(holds, release) -> None:
    held = holds.hold(release("v1", ["2020"]), "ana", NOW, SOON)
    assert next_moment((held,), NOW) is None
    approved = holds.approve(*NAME, "ben", NOW)
    assert next_moment((approved, replace(approved, embargo="")), NOW) == SOON
    assert next_moment((approved,), SOON) is None


def test_of_two_that_wait_the_second_is_protected_again_beside_the_first(
    holds, release, tmp_path
) -> None:
    """Each was protected without the other."""
    for vintage in ("v1", "v2"):
        holds.hold(release(vintage, ["2020"], reason="again"), "ana", NOW, None)
        holds.approve("XAA_LFS", vintage, "ben", NOW)

    with pytest.raises(BadInput, match=r"v1 of XAA_LFS was published after v2 was protected") as it:
        holds.publish_due(NOW)

    assert "XAA_LFS v1 is published." in str(it.value)
    assert Reader(tmp_path / "store").snapshot().vintages("XAA_LFS_T0") == ("v1",)
    holds.hold(release("v2", ["2020"], reason="again"), "ana", NOW, None)
    holds.approve("XAA_LFS", "v2", "ben", NOW)
    assert [one.vintage for one in holds.publish_due(NOW)] == ["v2"]


def test_what_was_held_before_that_was_written_down_is_asked_nothing(holds, release) -> None:
    held = holds.hold(release("v1", ["2020"]), "ana", NOW, None)
    assert held.beside == ()
    check_beside(replace(held, vintage="v0", beside=None), holds.store)
