"""Reading a file of moments, which comes from another office and is believed in nothing.

Sizes, hashes, columns and kinds are checked before a number is looked at. Nothing in the file is
compressed, so that nothing in it is larger than it.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.errors import BadInput
from cauce.model.moments import Sent
from cauce.store import difference_table, sent_table
from cauce.store.documents import unsealed
from cauce.store.errors import Damaged
from cauce.store.files import sha256
from cauce.store.moments_file import FORMAT, MANIFEST, Contents, Member

MEMBER = re.compile(r"[0-9]{4}(-differences)?\.parquet")
MOST_BYTES, MOST_MANIFEST, MOST_TABLES, MOST_ROWS = 2**29, 2**26, 2_000, 5_000_000
LONGEST_CODE = 128
AGAIN = "Ask the office that made it to send it again."
START = b"PK\x03\x04"
ENCRYPTED = 1


def from_bytes(content: bytes, name: str) -> Sent:
    """What a file of moments holds; `name` says which file, in messages.

    Raises:
        BadInput: it is none, is damaged or of another version, or has what such a file has not.
    """
    members = _unzipped(content, name)
    found = _manifest(members.pop(MANIFEST, b""), name)
    listed = [one for table in found.tables for one in (table.cells, *table.differences)]
    _check_members(listed, members, name)
    flows, compared = [], []
    for table in found.tables:
        flow = table.dataflow
        with _said(name, flow.id):
            rows = _table(members, table.cells, sent_table.schema_of(flow))
            flows.append(sent_table.from_moments_table(rows, flow))
            for one in table.differences:
                schema = difference_table.schema_of(flow)
                rows = _spelled(_table(members, one, schema), schema)
                compared.append(difference_table.from_tables([rows], flow))
    return Sent(
        survey=found.survey,
        vintage=found.vintage,
        minimum=found.minimum,
        flows=tuple(flows),
        differences=tuple(compared),
        lineages=found.lineages,
        headlines=found.headlines,
        provenance=found.provenance,
        notes=found.notes,
        reason=found.reason,
        quality=found.quality,
    )


def _unzipped(content: bytes, name: str) -> dict[str, bytes]:
    """The members of the zip, each as it lies there."""
    if len(content) > MOST_BYTES:
        raise BadInput(f"{name} has {len(content):,} bytes, and at most {MOST_BYTES:,} are read.")
    if not content.startswith(START):
        raise BadInput(f"{name} is no whole file of moments. {AGAIN}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, name)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise BadInput(f"{name} is no whole file of moments ({error}). {AGAIN}") from error


def _check_entries(entries: Sequence[zipfile.ZipInfo], name: str) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > 2 * MOST_TABLES + 1:
        raise BadInput(f"{name} has {len(names):,} members, more than {MOST_TABLES:,} tables have.")
    if len(set(names)) != len(names):
        raise BadInput(f"{name} has two members of one name. {AGAIN}")
    for entry in entries:
        own = entry.filename
        if own != MANIFEST and not MEMBER.fullmatch(own):
            raise BadInput(
                f"{name} has a member {own[:40]!r}, and a file of moments has none such."
            )
        if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
            raise BadInput(f"{name}: {own} is compressed, and a file of moments is not. {AGAIN}")
        if entry.flag_bits & ENCRYPTED:
            raise BadInput(f"{name}: {own} is encrypted. Send a file of moments as it was made.")
        if own == MANIFEST and entry.file_size > MOST_MANIFEST:
            raise BadInput(f"{name}: {own} has {entry.file_size:,} bytes: more than any has.")


def _manifest(content: bytes, name: str) -> Contents:
    if not content:
        raise BadInput(f"{name} has no {MANIFEST}: it is no file of moments.")
    try:
        found = unsealed(content, Contents, MANIFEST)
    except Damaged as error:
        raise BadInput(
            f"{name}: {MANIFEST} is not what was written, or another program's "
            f"({error.__cause__ or 'its hash differs'}). {AGAIN}"
        ) from error
    if found.format != FORMAT:
        raise BadInput(
            f"{name} is written in format {found.format}, and this program reads {FORMAT}. Bring "
            "both offices to the same version of Cauce."
        )
    if len(found.tables) > MOST_TABLES or not found.tables:
        raise BadInput(
            f"{name} has {len(found.tables):,} tables, and 1 to {MOST_TABLES:,} are read."
        )
    return found


def _check_members(listed: Sequence[Member], members: dict[str, bytes], name: str) -> None:
    names = [one.name for one in listed]
    if sorted(names) != sorted(members):
        raise BadInput(f"{name}: {MANIFEST} names other members than there are. {AGAIN}")
    for one in listed:
        if sha256(members[one.name]) != one.sha256:
            raise BadInput(f"{name}: {one.name} is not what was written: its hash differs. {AGAIN}")
    if sum(one.rows for one in listed) > MOST_ROWS or any(one.rows < 0 for one in listed):
        raise BadInput(f"{name} has more rows than the {MOST_ROWS:,} that are read.")


@contextmanager
def _said(name: str, flow: str) -> Iterator[None]:
    """What is wrong with a table, with the name of the file in front."""
    try:
        yield
    except (Damaged, ValueError, OverflowError, pa.ArrowException, OSError) as error:
        raise BadInput(f"{name}: {flow} cannot be read: {error} {AGAIN}") from error


def _table(members: dict[str, bytes], member: Member, schema: pa.Schema) -> pa.Table:
    """The table of a member. Raises Damaged if it is not laid out as it has to be."""
    words = [field.name for field in schema if field.type == pa.string()]
    source = pa.BufferReader(members[member.name])
    with pq.ParquetFile(source, read_dictionary=words, pre_buffer=False) as file:
        _check_layout(file, member, schema)
        table = file.read(use_threads=False)
    for field in schema:
        empty = table[field.name].null_count
        if empty and (field.type in (pa.string(), pa.bool_()) or field.name == sent_table.ALONE):
            raise Damaged(f"{field.name} is empty in {empty:,} rows.")
    return table


def _spelled(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table with its words written out, none of which is longer than a code can be."""
    for field in schema:
        if field.type == pa.string():
            words = table[field.name].unify_dictionaries().combine_chunks()
            if any(len(word) > LONGEST_CODE for word in words.dictionary.to_pylist()):
                raise Damaged(f"{field.name} has a code of more than {LONGEST_CODE} letters.")
    return table.cast(schema)


def _check_layout(file: pq.ParquetFile, member: Member, schema: pa.Schema) -> None:
    data = file.metadata
    if data.num_rows != member.rows:
        raise Damaged(f"it has {data.num_rows:,} rows where {member.rows:,} are named.")
    names, kinds = file.schema_arrow.names, file.schema_arrow.types
    plain = [one.value_type if pa.types.is_dictionary(one) else one for one in kinds]
    if names != schema.names or plain != schema.types:
        raise Damaged("it has other columns than a table of moments has.")
    for group in range(data.num_row_groups):
        for column in range(data.num_columns):
            if data.row_group(group).column(column).compression != "UNCOMPRESSED":
                raise Damaged("it is compressed, and a table of moments is not.")
