"""From a data message of another agency to its rows, dataflow by dataflow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cauce.model.errors import BadInput
from cauce.model.foreign import Column, ForeignRows
from cauce.sources.hashing import hash_file
from cauce.sources.limits import Limits
from cauce.sources.process import Progress, Request, ask, private_folder
from cauce.sources.staging import identity, refuse_change
from cauce.sources.structures.rows_worker import CONTEXT, FLOW, LINE, NUMBER
from cauce.sources.worker import STAGED

WORKER = "cauce.sources.structures.rows_worker"


@dataclass(frozen=True)
class Data:
    """The rows of a message by what it says they are of: a name, and dataflow or datastructure.

    `strange` are components that were not asked for: how many rows have them, and the line and
    number of the first.
    """

    rows: Mapping[tuple[str, str], ForeignRows]
    strange: Mapping[str, tuple[int, int, int]]
    sha256: str
    size: int


def read_data(path: Path, components: Sequence[str], progress: Progress | None = None) -> Data:
    """The rows of a data message: SDMX-CSV, SDMX-ML or SDMX-JSON, whatever it says it is.

    Args:
        components: what may stand in it.

    Raises:
        BadInput: it is no data message, or could harm; the file and the place are named.
    """
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    before = identity(path)
    try:
        with private_folder() as folder:
            request = Request("data", path, "", "sdmx", None, tuple(components))
            found = ask(request, folder, Limits(), progress, WORKER)
            words = [*components, FLOW, CONTEXT]
            table = pq.read_table(folder / STAGED, read_dictionary=words).combine_chunks()
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from error
    sha256, size = hash_file(path)
    refuse_change(path, before)
    strange = {name: (many[0], many[1], many[2]) for name, many in found["strange"].items()}
    return Data(_by_flow(path.name, table), strange, sha256, size)


def _by_flow(name: str, table: pa.Table) -> dict[tuple[str, str], ForeignRows]:
    pairs = table.select([FLOW, CONTEXT]).group_by([FLOW, CONTEXT]).aggregate([]).to_pylist()
    found = {}
    for pair in pairs:
        flow, context = pair[FLOW], pair[CONTEXT]
        own = table
        if len(pairs) > 1:
            same = pc.and_(pc.equal(table[FLOW], flow), pc.equal(table[CONTEXT], context))
            own = table.filter(same).combine_chunks()
        found[flow, context] = _rows(name, own)
    return found


def _rows(name: str, table: pa.Table) -> ForeignRows:
    names = [each for each in table.column_names if not each.startswith("\0")]
    columns = {each: _column(table[each]) for each in names}
    said = {each: column for each, column in columns.items() if any(column.words)}
    return ForeignRows(name, said, table[LINE].to_pylist(), table[NUMBER].to_pylist())


def _column(column: pa.ChunkedArray) -> Column:
    [held] = (
        column.unify_dictionaries().combine_chunks().chunks
        if column.num_chunks > 1
        else (column.chunks)
    )
    words = tuple(held.dictionary.to_pylist())
    used = np.unique(at := held.indices.to_numpy(zero_copy_only=False).astype(np.int64))
    place = np.zeros(len(words), dtype=np.int64)
    place[used] = np.arange(len(used))
    return Column(tuple(words[one] for one in used.tolist()), place[at].tolist())
