"""From a file of another producer to the store: pinned, whole, refreshed only when told."""

import shutil

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.store import Reader, Store

from .conftest import BOXES, CROSS, FILES, PACKS, parquet, workbook

AT = "2026-01-31T12:00:00+00:00"


def said(admitted, *key):
    """The value and the status at a key of codes without frequency and indicator."""
    [flow] = admitted.release.flows
    dimensions = flow.dataflow.dimensions
    codes = [[code.id for code in d.codes] for d in dimensions]
    full = ("A", key[0], "STOCK", *key[1:])
    place = [codes[j].index(code) for j, code in enumerate(full)]
    [row] = np.flatnonzero((flow.key == place).all(axis=1))
    return float(flow.value[row]), flow.obs_status[row].value


def test_a_long_table_of_csv(take):
    found = take("long", FILES / "long.csv")

    assert said(found, "XAA", "XAB", "2021") == (130.0, "P")
    assert said(found, "R_ALL", "XAB", "2020") == (120.0, "A")
    assert np.isnan(said(found, "XAB", "XAA", "2020")[0])
    assert found.release.vintage == "2021"
    assert not found.release.flows[0].dataflow.source.open_licence
    [first, second] = found.release.provenance.inputs
    assert (first.name, first.period, first.rows, second.rows) == ("long.csv", "2020", 3, 1)


def test_sdmx_csv_with_its_own_letters(take):
    found = take("sdmx", FILES / "sdmx.csv")

    assert said(found, "XAB", "XAA", "2020") == (7.5, "E")
    assert said(found, "XAA", "XAB", "2021")[1] == "O"
    assert found.release.vintage == f"2021.{found.sha256[:8]}"


def test_a_matrix_in_a_workbook(take, books):
    found = take("cross", books / "cross.xlsx")

    assert said(found, "XAB", "XAA", "2021") == (120.0, "A")
    assert said(found, "R_ALL", "R_ALL", "2021") == (127.0, "A")
    assert found.below == 2
    assert "2 cells not taken: 0 may mean" in " ".join(found.release.notes)


def test_blocks_under_headers_over_several_rows(take, books):
    found = take("boxes", books / "boxes.xlsx")

    assert said(found, "XAA", "F", "2021") == (6.0, "I")
    assert said(found, "R_ALL", "M", "2020") == (7.0, "A")
    assert found.imported.untaken == {"the row stands twice. || la fila está dos veces.": 4}


def test_matrices_in_json(take):
    found = take("sheets", FILES / "sheets.json")

    assert said(found, "XAB", "XAA", "2021") == (130.0, "A")
    assert said(found, "XAA", "XAB", "2020") == (7.0, "A")
    assert len(found.release.flows[0].value) == 11


def test_parquet_as_a_long_table(take, tmp_path):
    packs = tmp_path / "packs"
    shutil.copytree(PACKS, packs)
    text = (packs / "long" / "import.toml").read_text("utf-8")
    (packs / "long" / "import.toml").write_text(
        text.replace('format = "csv"', 'format = "parquet"')
    )
    names = {"place": ["Alpha", "Beta"], "origin": ["Beta", "Alpha"], "year": ["2020", "2020"]}
    file = parquet(tmp_path / "long.parquet", **names, people=[1.0, 2.0], note=[None, "E"])

    found = take("long", file, packs, changed=True)
    assert said(found, "XAB", "XAA", "2020") == (2.0, "E")

    gone = parquet(tmp_path / "gone.parquet", **names, people=[float("nan"), 2.0], note=[None, ""])
    with pytest.raises(BadInput, match="line 1: the cell is empty"):
        take("long", gone, packs, changed=True)
    other = parquet(tmp_path / "other.parquet", **names, number=[1.0, 2.0], note=[None, ""])
    with pytest.raises(BadInput, match=r"other\.parquet: other columns than the pack declares"):
        take("long", other, packs, changed=True)


def test_a_file_that_is_not_the_pinned_one_is_refused_until_accepted(take, tmp_path):
    changed = tmp_path / "long.csv"
    changed.write_text((FILES / "long.csv").read_text("utf-8").replace("130", "131"))

    with pytest.raises(BadInput, match="is not the file the pack was written for"):
        take("long", changed)
    found = take("long", changed, changed=True)
    assert said(found, "XAA", "XAB", "2021") == (131.0, "P")
    assert found.release.vintage == f"2021.{found.sha256[:8]}"


def test_the_same_file_twice_changes_nothing(take, tmp_path):
    store = Store(tmp_path / "store")
    first = store.publish(take("long", FILES / "long.csv").release, AT)
    again = store.publish(take("long", FILES / "long.csv").release, "2026-02-28T12:00:00+00:00")

    assert again == first


def test_a_changed_file_is_taken_when_told_and_replaces_all_or_nothing(take, tmp_path):
    """The new file has no 2020: what it replaces had, and stays only in its own vintage."""
    store, reader = Store(tmp_path / "store"), Reader(tmp_path / "store", every=0.0)
    store.publish(take("long", FILES / "long.csv").release, AT)
    new = tmp_path / "long.csv"
    new.write_text("place,origin,year,people,note\nAlpha,Beta,2021,140,\n")

    for told in ({}, {"refresh": True}, {"reason": "new file"}, {"refresh": True, "reason": " "}):
        with pytest.raises(BadInput, match="Nothing is refreshed unless told"):
            take("long", new, changed=True, **told)
    found = take("long", new, changed=True, refresh=True, reason="The office revised 2021.")
    store.publish(found.release, AT)

    snapshot = reader.snapshot()
    manifest = snapshot.manifest("OFF_LONG")
    assert manifest.reason == "The office revised 2021."
    assert manifest.supersedes == "2021"
    assert list(snapshot.observations("OFF_LONG").value) == [140.0]
    assert len(snapshot.observations("OFF_LONG", "2021").value) == 4


def test_after_a_withdrawal_a_file_may_be_taken_in(take, tmp_path):
    store = Store(tmp_path / "store")
    store.publish(take("long", FILES / "long.csv").release, AT)
    store.withdraw("OFF_LONG", "2021", "wrong file")

    assert take("long", FILES / "long.csv", vintage="2021-b").release.vintage == "2021-b"


@pytest.mark.parametrize(
    ("pack", "name", "rows", "said"),
    [
        (
            "cross",
            "a.xlsx",
            (*CROSS[:2], ("Gamma", 1, 2, 3)),
            "row 3, column 2: 'Gamma' has no code",
        ),
        (
            "cross",
            "b.xlsx",
            (*CROSS[:2], ("Alpha", "x", 2, 3)),
            "Data, row 3, column 2: 'x' is not",
        ),
        ("boxes", "e.xlsx", (*BOXES[:7], (4, "All", 900, None, 7, 8, 9, 11)), "another number"),
        ("boxes", "f.xlsx", (*BOXES[:5], (2, "Gamma", 12, None, 1, 1, 1, 1)), "'12' has no code"),
    ],
)
def test_a_changed_workbook_is_told_at_its_cell(take, tmp_path, pack, name, rows, said):
    with pytest.raises(BadInput) as caught:
        take(pack, workbook(tmp_path / name, rows))
    assert said in str(caught.value)
    assert not (tmp_path / "store").exists()


def test_what_is_no_such_file_or_sheet_is_told(take, tmp_path):
    with pytest.raises(BadInput, match="There is no file"):
        take("cross", tmp_path / "nothing.xlsx")
    with pytest.raises(BadInput, match=r"there is no sheet 'Data'\. It has: Other"):
        take("cross", workbook(tmp_path / "x.xlsx", CROSS, "Other"))
    (tmp_path / "x.json").write_text("[")
    with pytest.raises(BadInput, match=r"x\.json: not JSON in UTF-8"):
        take("sheets", tmp_path / "x.json")
    with pytest.raises(BadInput, match=r"There is no mapping pack none\. There are: boxes, cross"):
        take("none", tmp_path / "x.json")
