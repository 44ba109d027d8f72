"""An invented survey of recruitment costs among people of the northern neighbour: nobody real."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

PEOPLE, PSUS, STRATA = 360, 36, 6
HEAD_PEOPLE = (
    *("person", "area", "stratum", "psu", "weight", "wage_earner", "changed_residence"),
    *("moved_for_work", "seasonal", "first_job", "interviewed", "all_costs_told"),
    *("received", "withheld", "currency", "earned_on", "sex", "destination"),
)
HEAD_COSTS = (
    *("person", "category", "payer", "payee", "channel", "amount", "currency", "date"),
    *("reimbursed", "reimbursement_documented"),
)


def write_costs(folder: Path) -> Path:
    """Write the tables people and costs into a folder, which is made; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "people.csv", HEAD_PEOPLE, _people())
    _write(folder / "costs.csv", HEAD_COSTS, _costs())
    return folder


def _write(path: Path, head: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)


def _people() -> Iterator[Sequence[object]]:
    """Two in three moved their residence, the others came for a season and kept it."""
    for number in range(PEOPLE):
        psu = number * PSUS // PEOPLE
        seasonal = number % 3 == 2
        yield (
            f"P{number:04}", "XNA", psu * STRATA // PSUS, psu, 20 + number * 7 % 31, "YES",
            "NO" if seasonal else "YES", "YES", "YES" if seasonal else "NO", "2024-02-10",
            "2025-06-15", "NO" if number % 17 == 5 else "YES", 380 + number * 53 % 240, 0, "USD",
            "2024-04-30", "F" if number % 5 < 2 else "M", "XCA",
        )  # fmt: skip


def _costs() -> Iterator[Sequence[object]]:
    """A fee for some, travel for all, papers for most; what an employer paid back is documented."""
    for number in range(PEOPLE):
        person = f"P{number:04}"
        if number % 4 != 1:
            fee = 120 + number * 97 % 700
            yield person, "F1", "WORKER", "RECRUITER", "CASH", fee, "USD", "2024-01-20", "", "NO"
        back = 60 if number % 5 == 0 else ""
        yield (
            person, "R6", "WORKER", "TRAVEL", "CASH", 60 + number * 31 % 90, "USD", "2024-02-05",
            back, "YES" if back else "NO",
        )  # fmt: skip
        if number % 3:
            yield person, "R7", "FAMILY", "STATE", "TRANSFER", 45, "USD", "2024-01-28", "", "NO"
