"""`cauce import` as a user types it: looked at, taken in, taken again, changed, refused."""

from pathlib import Path

UNIT = Path(__file__).parents[1] / "unit" / "pipeline" / "imports"


def test_a_file_is_looked_at_taken_in_and_refreshed_only_when_told(run_here, tmp_path):
    store, file = tmp_path / "store", tmp_path / "long.csv"
    file.write_bytes((UNIT / "files" / "long.csv").read_bytes())
    words = ("import", "long", "--file", file, "--store", store, "--packs", UNIT / "packs")

    looked = run_here(*words, "--look")
    assert "Nothing was published: you asked to look." in looked.stdout
    assert not store.exists()

    done = run_here(*words)
    assert done.returncode == 0
    assert "as pinned" in done.stdout
    assert "Published to" in done.stdout
    assert "Nothing changed" in run_here(*words).stdout

    file.write_text("place,origin,year,people,note\nAlpha,Beta,2021,140,\n")
    assert "is not the file the pack was written for" in run_here(*words).stderr
    told = (*words, "--accept-changed-file", "--refresh", "--reason", "Revised.")
    assert "--refresh" in run_here(*told[:-3]).stderr
    changed = run_here(*told)
    assert "not the pinned file" in changed.stdout
    assert "Published to" in changed.stdout

    explained = run_here("explain", "OFF_LONG", "A.XAA.STOCK.XAB", "--store", store).stdout
    assert "no verdict: the producer gives no error" in explained
    vintage = next(p.stem for p in (store / "vintages" / "OFF_LONG").iterdir() if p.stem != "2021")
    assert "another producer's numbers" in run_here("verify", vintage, "--store", store).stderr
