"""A register from its first records to a published table, by the commands an officer types."""

import re
from pathlib import Path

from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.store import Reader

FLOW = "DF_MECHANISMS"


def test_a_register_is_counted_and_read_on_a_page(run_here, tmp_path: Path) -> None:
    database, store = f"sqlite:///{tmp_path / 'r.sqlite'}", tmp_path / "store"
    where = ("--database", database, "--store", store)
    assert run_here("register", "count", "mechanisms", *where).returncode == 1
    assert not (tmp_path / "r.sqlite").exists()
    assert run_here("register", "seed", "--by", "ben", "--database", database).returncode == 0
    looked = run_here("register", "count", "mechanisms", *where)
    assert "Nothing was published" in looked.stdout
    assert not store.exists()
    done = run_here("register", "count", "mechanisms", *where, "--publish")
    assert "by one person alone" in done.stdout, done.stderr
    assert Reader(store).snapshot().catalog.action.endswith("by one person alone")
    with TestClient(create_app(store)) as reader:
        table = reader.get(f"/es/tables/{FLOW}").text
        assert "registros" in table
        page = reader.get(re.search(r'href="(/es/explain/[^"]+)"', table)[1]).text
        assert "Se contó cada registro" in page
        assert "Intervalo del 95" not in page
        command = re.search(r"cauce (register count mechanisms .*) --database", page)[1]
        found = reader.get(f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/*/*").json()
        assert found["data"]["dataSets"]
    again = run_here(*command.split(), *where, "--publish")
    assert again.returncode == 0, again.stderr
    assert Reader(store).snapshot().generation == 1, "the same numbers are no news"
