"""From staged files and a recipe to a stream: a wave of any size, harmonised as it is read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from cauce.microdata.batches import Numbering, ahead, equal_parts, in_order
from cauce.microdata.engine import LOCKS, does_not_fit, relation, text, to_numpy
from cauce.microdata.sample import (
    check,
    codes_of,
    reasons_of,
    scores_of,
    wanted_of,
)
from cauce.microdata.spool import Spool
from cauce.microdata.validation import ask
from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.recipe import Recipe
from cauce.model.stream import Batch, DrawnStrata, Strata, Stream

StrataOf = Callable[[DrawnStrata], Strata]
"""From what the file says of all strata to what is done with them."""

# Whole steps of what a pilot is taken from (estimate.rows.CHUNK times PILOT_STEP).
ROWS = 4 * 65_536
ROW = '"row of the file"'
SORTED, SPOOL = "sorted.parquet", "batches"


@dataclass(frozen=True)
class Room:
    """What a stream may take: of memory for the engine, of threads, and where it may spill."""

    folder: Path
    memory: str = "1GB"
    threads: int = 2


@contextmanager
def open_stream(
    staged: Sequence[Path],
    columns: Mapping[str, str],
    recipe: Recipe,
    period: str,
    strata_of: StrataOf,
    room: Room,
) -> Iterator[Stream]:
    """A wave in one or more staged Parquet files, one after the other, as a stream.

    The recipe runs once over the rows, and what comes of it is written down in the room's folder
    for the readings after the first. A file that is not in the order of strata and PSUs is put in
    order there before. Whoever makes the folder removes it.

    Raises:
        BadInput: a check of the recipe has an answer; all of them at once. Also while batches are
            read, if the disk is full or a file is gone.
    """
    with told(recipe, room), locked(staged, columns, room) as connection:
        ordered = sort_if_needed(connection, recipe, room)
        connection.execute(
            f"CREATE VIEW harmonised AS {recipe.with_sql} "
            "SELECT *, NULL::BIGINT AS rowid FROM harmonised"
        )
        check(connection, recipe)
        reasons, findings = reasons_of(connection, recipe), ask(connection, recipe.questions)
        strata = strata_of(drawn_strata(connection, recipe))

        spool = Spool(room.folder / SPOOL)

        def batches() -> Iterator[Batch]:
            with told(recipe, room):
                if spool.whole:
                    yield from ahead(spool.batches())
                else:
                    yield from ahead(spool.keep(batches_of(connection.cursor(), recipe, ordered)))

        def weights() -> Iterator[Floats]:
            with told(recipe, room):
                if spool.whole:
                    yield from spool.weights()
                else:
                    yield from weights_of(connection.cursor(), recipe)

        yield Stream(period, strata, batches, weights, reasons, findings)


@contextmanager
def locked(staged: Sequence[Path], columns: Mapping[str, str], room: Room) -> Iterator[Any]:
    """A connection with the view `source` of the staged files, that reaches nothing else.

    It may write into the room's folder, where the rights are those of its maker, and nowhere else.
    """
    connection = duckdb.connect(":memory:")
    folders = [room.folder, *(path.parent for path in staged)]
    try:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET temp_directory = {text(room.folder / 'spill')}")
        connection.execute(f"SET allowed_directories = [{', '.join(map(text, folders))}]")
        for lock in LOCKS:
            connection.execute(lock.format(threads=room.threads, memory=room.memory))
        connection.execute(f"CREATE VIEW source AS SELECT * FROM {relation(staged, columns)}")
        yield connection
    finally:
        connection.close()


@contextmanager
def told(recipe: Recipe, room: Room) -> Iterator[None]:
    """Say in our words what the engine could not do: its own may quote a person's value."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise BadInput(
            f"Reading the file in batches needs more than {room.memory} of memory or more disk "
            f"than there is in {room.folder.parent}. Give it more of either (--memory, TMPDIR)."
        ) from error
    except (duckdb.IOException, OSError) as error:
        raise BadInput(
            f"The staged file could not be read or put in order: is the disk of "
            f"{room.folder.parent} full, or was a file there removed? Nothing was published."
        ) from error
    except (duckdb.Error, pa.ArrowException) as error:
        raise does_not_fit(error, recipe.doubts) from error


def sort_if_needed(connection: Any, recipe: Recipe, room: Room) -> bool:
    """Put the source in the order of strata and PSUs if it is not; returns whether it was put.

    Rows of a PSU stay in the order of the file.
    """
    order = ", ".join(recipe.order)
    if not order:
        return False
    # On a cursor of its own: it is left in the middle if rows are out of order.
    reader = connection.cursor().sql(f"SELECT {order} FROM source").to_arrow_reader(ROWS)
    if in_order(equal_parts(reader, ROWS)):
        return False
    target = text(room.folder / SORTED)
    connection.execute(
        f"COPY (SELECT *, row_number() OVER () - 1 AS {ROW} FROM source ORDER BY {order}, {ROW}) "
        f"TO {target} (FORMAT parquet)"
    )
    connection.execute(f"CREATE OR REPLACE VIEW source AS SELECT * FROM read_parquet([{target}])")
    return True


def batches_of(connection: Any, recipe: Recipe, ordered: bool) -> Iterator[Batch]:
    """All respondents in order, in equal parts."""
    reader = connection.sql(f"SELECT {wanted_of(recipe)} FROM harmonised").to_arrow_reader(ROWS)
    places = rows_of(connection.cursor()) if ordered else None
    strata, psus = Numbering(), Numbering()
    first = 0
    for table in equal_parts(reader, ROWS):
        found = {
            name: to_numpy(table[name])
            for name in table.column_names
            if name not in ("stratum", "psu")
        }
        count = table.num_rows
        drawn = [table[name] for name in ("stratum", "psu") if name in table.column_names]
        yield Batch(
            stratum=strata.of(drawn[:1]) if recipe.stratum else np.zeros(count, dtype=np.int64),
            psu=psus.of(drawn) if recipe.psu else np.arange(first, first + count),
            weight=found["weight"].astype(np.float64, copy=False),
            row=np.arange(first, first + count) if places is None else next(places),
            columns={c.variable: codes_of(found[f"d:{c.variable}"]) for c in recipe.columns},
            scores=scores_of(recipe, found),
        )
        first += count


def rows_of(connection: Any) -> Iterator[Any]:
    """Where the rows of a source that was put in order stand in the file."""
    reader = connection.sql(f"SELECT {ROW} FROM source").to_arrow_reader(ROWS)
    yield from (to_numpy(table.column(0)) for table in equal_parts(reader, ROWS))


def weights_of(connection: Any, recipe: Recipe) -> Iterator[Floats]:
    sql = f"SELECT CAST({recipe.weight} AS DOUBLE) AS weight FROM harmonised"
    reader = connection.sql(sql).to_arrow_reader(ROWS)
    yield from (to_numpy(table["weight"]) for table in equal_parts(reader, ROWS))


def drawn_strata(connection: Any, recipe: Recipe) -> DrawnStrata:
    """What the file says of its strata, PSUs, weights and fpc, in counts."""
    stratum, fpc = recipe.stratum or "0", f"CAST({recipe.fpc or 'NULL'} AS DOUBLE)"
    psus = f"count(DISTINCT {recipe.psu})" if recipe.psu else "count(*)"
    weight = f"CAST({recipe.weight} AS DOUBLE)"
    rows = connection.execute(
        f"SELECT {stratum}, count(*), {psus}, min({fpc}), max({fpc}), "
        f"count(*) FILTER (WHERE NOT coalesce({fpc} > 0 AND NOT isnan({fpc}), FALSE)), "
        f"count(*) FILTER (WHERE {weight} IS NULL OR isnan({weight})), "
        f"count(*) FILTER (WHERE isinf({weight})), "
        f"count(*) FILTER (WHERE {weight} < 0 AND NOT isnan({weight})), "
        f"count(*) FILTER (WHERE {weight} > 0 AND NOT isnan({weight})) "
        "FROM harmonised GROUP BY 1 ORDER BY 1"
    ).fetchall()
    if not rows:
        raise BadInput("The file has 0 rows and 0 were harmonised.")
    labels, people, sampled, least, most, *counts = zip(*rows, strict=True)
    no_fpc, missing, infinite, negative, positive = (sum(count) for count in counts)
    names, shared = psu_labels(connection, recipe)
    return DrawnStrata(
        labels=labels,
        rows=np.array(people, dtype=np.int64),
        psus=np.array(sampled, dtype=np.int64),
        least=np.array(least, dtype=np.float64) if recipe.fpc else None,
        most=np.array(most, dtype=np.float64) if recipe.fpc else None,
        no_fpc=no_fpc,
        missing=missing,
        infinite=infinite,
        negative=negative,
        positive=positive,
        psu_labels=names,
        shared=shared,
        psu_scope=recipe.psu_scope,
        single_psu=recipe.single_psu,
        unit=recipe.unit,
    )


def psu_labels(connection: Any, recipe: Recipe) -> tuple[int, int]:
    """How many PSU labels there are, and how many of them occur in more than one stratum."""
    if not (recipe.psu and recipe.stratum) or recipe.psu_scope == "stratum":
        return 0, 0
    ((names, shared),) = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE least <> most) FROM (SELECT "
        f"min({recipe.stratum}) AS least, max({recipe.stratum}) AS most FROM harmonised "
        f"GROUP BY {recipe.psu})"
    ).fetchall()
    return names, shared
