"""A file of moments: a zip of a manifest and one Parquet a table, nothing in it compressed.

The same moments give the same bytes. `moments_read` reads it.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.dataflow import Dataflow
from cauce.model.lineage import Lineage
from cauce.model.moments import Sent
from cauce.model.quality import Quality
from cauce.model.release import Headline, Provenance
from cauce.store import difference_table, sent_table
from cauce.store.documents import sealed
from cauce.store.files import sha256

FORMAT = 1
MANIFEST = "manifest.json"
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Member:
    """A table in the zip: its name, the hash of its bytes, and how many rows it has."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Table:
    """A dataflow, the table of its cells, and that of its differences if it has some."""

    dataflow: Dataflow
    cells: Member
    differences: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Contents:
    """The manifest of a file of moments; all but `format` and `tables` as in `Sent`."""

    format: int
    survey: str
    vintage: str
    minimum: int
    tables: tuple[Table, ...]
    lineages: tuple[Lineage, ...]
    headlines: tuple[Headline, ...]
    provenance: Provenance
    notes: tuple[str, ...] = ()
    reason: str = ""
    quality: Quality | None = None


def to_bytes(sent: Sent) -> bytes:
    """A file of moments; the same moments give the same bytes."""
    members: dict[str, bytes] = {}
    tables = []
    compared = {one.dataflow.id: one for one in sent.differences}
    for number, moments in enumerate(sent.flows):
        cells = _member(f"{number:04}.parquet", sent_table.to_moments_table(moments), members)
        own: tuple[Member, ...] = ()
        if (found := compared.get(moments.dataflow.id)) is not None and len(found.difference):
            table = difference_table.to_table(found, np.arange(len(found.difference)))
            own = (_member(f"{number:04}-differences.parquet", table, members),)
        tables.append(Table(moments.dataflow, cells, own))
    contents = Contents(
        FORMAT,
        sent.survey,
        sent.vintage,
        sent.minimum,
        tuple(tables),
        sent.lineages,
        sent.headlines,
        sent.provenance,
        sent.notes,
        sent.reason,
        sent.quality,
    )
    return zipped({MANIFEST: sealed(contents)} | members)


def _member(name: str, table: pa.Table, members: dict[str, bytes]) -> Member:
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        version="2.6",
        data_page_version="1.0",
        compression="none",
        use_dictionary=[f.name for f in table.schema if f.type == pa.string()],
        store_schema=False,
    )
    members[name] = sink.getvalue().to_pybytes()
    return Member(name, sha256(members[name]), table.num_rows)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Some contents as a zip that says neither when nor by whom, stored as they are."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            archive.writestr(entry, content)
    return sink.getvalue()
