"""`python -m cauce.sources.invented truth FILE`, or `waves FOLDER`: write what can be invented."""

import csv
import math
import sys
from pathlib import Path

from cauce.sources.invented.country import WAVES, YEARS
from cauce.sources.invented.files import write_wave
from cauce.sources.invented.truth import DIMENSIONS, truth

USAGE = "Say `truth FILE` for the truth of all years as CSV, or `waves FOLDER` for the survey.\n"


def write_truth(path: Path) -> None:
    """The truth of all years; dimensions are "_T" where a fact is not broken down by them."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("TIME_PERIOD", "INDICATOR", *DIMENSIONS, "OBS_VALUE"))
        for fact in truth(YEARS):
            if not math.isnan(fact.value):
                writer.writerow((fact.year, fact.indicator, *fact.codes, f"{fact.value:.9g}"))


def main(arguments: list[str]) -> int:
    """0 if something was written, 2 if it was not understood."""
    match arguments:
        case ["truth", file]:
            write_truth(Path(file))
        case ["waves", folder]:
            Path(folder).mkdir(parents=True, exist_ok=True)
            for year in WAVES:
                write_wave(Path(folder), year)
        case _:
            sys.stderr.write(USAGE)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
