"""`python -m cauce.sources.invented FOLDER`: write the truth of all years as CSV into a folder."""

import csv
import sys
from pathlib import Path

from cauce.sources.invented.country import FIRST_YEAR, LAST_YEAR
from cauce.sources.invented.truth import truth

HEADER = ("TIME_PERIOD", "INDICATOR", "SEX", "CBR_XCA", "OCU", "VALUE")


def main(folder: Path) -> None:
    """Write `truth.csv`; numbers are not rounded."""
    with (folder / "truth.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for fact in truth(range(FIRST_YEAR, LAST_YEAR + 1)):
            where = (fact.sex, fact.origin, fact.occupation)
            writer.writerow((fact.year, fact.indicator, *where, repr(float(fact.value))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
