"""Shortage today stands beside shortage ahead where a pack names its signs, and is no guess."""

from dataclasses import replace

import pytest

from cauce.pipeline.outlook.run import Asked, read_outlooks, release_outlook
from cauce.pipeline.outlook.today import seen_today
from cauce.store import Reader

from .conftest import DECLARED, REGION

SIGNS = """
area = "XAA"
[employment]
flow = "GROUPS"
indicator = "EMP_TEMP"
over = "OCU"
[sign.EMPLOYMENT_GROWTH]
flow = "GROUPS"
indicator = "EMP_TEMP"
over = "OCU"
growth = true
[sign.FILL_RATE]
flow = "NOT_THERE"
indicator = "X"
over = "OCU"
"""


@pytest.fixture
def signed(tmp_path):
    folder = tmp_path / "xaa"
    folder.mkdir()
    (folder / "signs.toml").write_text(SIGNS)
    (folder / "outlook.toml").write_text('signs = "signs.toml"\n' + DECLARED)
    return read_outlooks(tmp_path)[0]


def test_today_and_ahead_stand_in_one_table_and_its_tables_are_named(signed, store):
    done = release_outlook(Asked(signed, signed.scenarios[0]), store, REGION)
    table = next(one for one in done.release.flows if one.dataflow.id.endswith("NOW_AHEAD"))
    codes = {d.id: [c.id for c in d.codes] for d in table.dataflow.dimensions}
    assert codes["NOW"] == ["NO_VERDICT"]
    assert codes["OCU"] == ["4", "7"]
    assert len({one.name for one in done.release.provenance.inputs}) == 5


def test_other_signs_make_another_vintage(signed, store, tmp_path):
    first = release_outlook(Asked(signed, signed.scenarios[0]), store, REGION)
    (tmp_path / "xaa" / "signs.toml").write_text(SIGNS + "# said anew\n")
    again = read_outlooks(tmp_path)[0]
    second = release_outlook(Asked(again, again.scenarios[0]), store, REGION)
    assert first.release.vintage != second.release.vintage


def test_without_signs_or_employment_it_says_what_it_would_need(signed, store, pack):
    snapshot = Reader(store).snapshot()
    assert "file of signs" in seen_today(snapshot, pack.signs).lacking[0].because.en
    lost = replace(signed.signs.employment, flow="NOWHERE")
    told = seen_today(snapshot, replace(signed.signs, employment=lost))
    assert "not published" in told.lacking[0].because.en
