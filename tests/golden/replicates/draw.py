"""Writes made.csv: the bootstrap weights Cauce makes of sample.csv's strata and PSUs, for make.R.

python tests/golden/replicates/draw.py      (from the repository's root, after the first part of
make.R wrote sample.csv)
"""

import csv
from pathlib import Path

import numpy as np

from cauce.estimate import design_of
from cauce.estimate.replicated_blocks import weights_of
from cauce.estimate.rows import rows_of
from cauce.model.drawn import Drawn
from cauce.model.replication import Replicates, Replication

HERE = Path(__file__).parent
COUNT, SEED = 30, 20261127


def made(fpc: bool) -> np.ndarray:
    with (HERE / "sample.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    stratum, psu = (np.array([row[name] for row in rows]) for name in ("stratum", "psu"))
    weight, total = (np.array([float(row[name]) for row in rows]) for name in ("weight", "total"))
    said = Replication(Replicates(made="bootstrap", count=COUNT, seed=SEED))
    drawn = Drawn(stratum, psu, weight, total if fpc else None, "stratum", replicates=said)
    design = design_of(drawn)
    replicas = rows_of(design, ()).replication
    assert replicas is not None
    return weights_of(replicas, weight, design.psu, 0, COUNT)


if __name__ == "__main__":
    names = [f"{name}{at}" for name in ("made", "fpc") for at in range(1, COUNT + 1)]
    with (HERE / "made.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for row in np.hstack([made(fpc=False), made(fpc=True)]).tolist():
            writer.writerow([repr(value) for value in row])
