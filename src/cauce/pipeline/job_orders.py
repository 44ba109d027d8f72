"""Job orders read under their producers' column names, and contracts beside their orders."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cauce.assess.recruitment.costs import Money
from cauce.assess.recruitment.ledgers import rates_of
from cauce.assess.recruitment.orders import (
    TERMS,
    offers_of,
    parse_order_file,
    read_orders,
    recognise,
)
from cauce.assess.recruitment.substitution import compare
from cauce.assess.recruitment.substitution_told import told_contracts
from cauce.declare.problems import Problems
from cauce.model.errors import BadInput
from cauce.model.job_order import FieldCompared, OrderFile, OrdersRead
from cauce.model.judgement import Judgement
from cauce.pipeline.tables import read_tables

MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True)
class Orders:
    """The orders of a file, how it was read, and sums over them."""

    how: OrderFile
    read: OrdersRead
    requested: int
    certified: int
    by_status: dict[str, int]
    by_unit: dict[str, int]


def import_orders(file: Path, mappings: Path) -> Orders:
    """Every job order of a CSV file, plain or gzip, once.

    Raises:
        BadInput: the file cannot be read, or its columns are of no mapping.
    """
    known = [
        parse_order_file(path.name, path.read_text("utf-8")) for path in sorted(mappings.glob("*"))
    ]
    try:
        with opened(file) as lines:
            rows = csv.DictReader(lines)
            how = recognise(rows.fieldnames or (), known)
            read = read_orders(({k: v or "" for k, v in row.items() if k} for row in rows), how)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{file.name} cannot be read as CSV in UTF-8: {error}.") from error
    return Orders(
        how,
        read,
        sum(_whole(one["requested"]) for one in read.orders),
        sum(_whole(one["certified"]) for one in read.orders),
        dict(Counter(one["status"] for one in read.orders).most_common()),
        dict(Counter(one["pay_unit"] for one in read.orders).most_common()),
    )


def _whole(said: str) -> int:
    return int(said) if said.isdecimal() else 0


@contextmanager
def opened(file: Path) -> Iterator[Iterator[str]]:
    """The lines of a file, plain or gzip; stops where they are too many."""
    packed = file.suffix == ".gz"
    way = gzip.open if packed else open
    with way(file, "rt", encoding="utf-8-sig", newline="") as lines:
        yield _limited(lines, file.name)


def _limited(lines: IO[str], name: str) -> Iterator[str]:
    seen = 0
    for line in lines:
        seen += len(line)
        if seen > MOST_BYTES:
            raise BadInput(f"{name} holds more than {MOST_BYTES // 1024**2:,} MiB.")
        yield line


def write_orders(orders: OrdersRead, into: Path) -> None:
    """The orders as a CSV file with the columns that contracts are compared by."""
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("order", *TERMS), restval="UNK", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(orders.orders)


def compare_contracts(
    file: Path, currency: str
) -> tuple[dict[str, tuple[FieldCompared, ...]], Judgement]:
    """Every contract beside the order it names. Raises BadInput with everything wrong."""
    tables, _ = read_tables(file, ("orders", "contracts"), ("rates",))
    problems = Problems()
    orders = {one.number: one for one in offers_of(tables["orders"], "order", problems)}
    contracts = offers_of(tables["contracts"], "contract", problems)
    if "order" not in tables["contracts"].head:
        problems.add_told("contracts: there is no column order, which names the order of each.")
    rates = rates_of(tables["rates"], problems) if tables["rates"].head else []
    problems.stop_if_any("Contracts and orders")
    named = [cells.get("order", "").strip() for _, cells in tables["contracts"].rows]
    money = Money(currency, rates)
    pairs = zip(contracts, named, strict=True)
    compared = {
        one.number: compare(orders[order], one, money) for one, order in pairs if order in orders
    }
    return compared, told_contracts(compared, sum(order not in orders for order in named))
