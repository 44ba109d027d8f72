"""Reconcile by hierarchicalforecast (1.5.3, Apache-2.0): the golden, or `… IN.npz OUT.npy`.

Run by a Python that has it, which is no part of Cauce: `VENV/bin/python by_hierarchicalforecast.py`
without arguments writes `reconciled.json` beside itself: 4 areas × 8 occupations, a draw by all of
ols and wls_struct. With arguments it is the other side of `bench/reconcile.py`.
"""

import json
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from hierarchicalforecast.methods import MinTrace, MinTraceSparse
from scipy.sparse import csr_matrix

AREAS = [-1, 0, 0, 0]
OCCUPATIONS = [-1, 0, 0, 1, 1, 2, 2, 2]


def sums(parents):
    leaves = [at for at in range(len(parents)) if at not in parents]
    matrix = np.zeros((len(parents), len(leaves)))
    for column, leaf in enumerate(leaves):
        while leaf >= 0:
            matrix[leaf, column] = 1
            leaf = parents[leaf]
    return matrix, leaves


def reconciled(how, matrix, draw):
    start = time.process_time()
    found = how.fit_predict(S=matrix, y_hat=draw if draw.ndim == 2 else draw[:, None])
    return np.asarray(found["mean"])[:, 0], time.process_time() - start


def golden():
    (one, first), (two, second) = sums(AREAS), sums(OCCUPATIONS)
    matrix = np.kron(one, two)
    finest = [a * len(two) + o for a in first for o in second]
    order = [at for at in range(len(matrix)) if at not in finest] + finest
    rng = np.random.default_rng(7)
    draw = matrix @ rng.lognormal(3, 1, matrix.shape[1]) * rng.normal(1, 0.1, len(matrix))
    told = {
        "hierarchicalforecast": version("hierarchicalforecast"),
        "areas": AREAS,
        "occupations": OCCUPATIONS,
        "draw": draw.tolist(),
    }
    for method in ("ols", "wls_struct"):
        back = np.empty(len(draw))
        back[order] = reconciled(MinTrace(method), matrix[order], draw[order])[0]
        told[method] = back.tolist()
    path = Path(__file__).with_name("reconciled.json")
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        golden()
    else:
        given = np.load(sys.argv[1])
        said = {"version": version("hierarchicalforecast")}
        found, said["cpu_seconds"] = reconciled(
            MinTrace("wls_struct"), given["sums"], given["draw"]
        )
        np.save(sys.argv[2], found)
        sparse = csr_matrix(given["sums"])
        often = [reconciled(MinTraceSparse("wls_struct"), sparse, given["draw"]) for _ in range(20)]
        other, said["cpu_seconds_sparse"] = often[0][0], min(each for _, each in often)
        _, said["cpu_seconds_sparse_all_draws"] = reconciled(
            MinTraceSparse("wls_struct"), sparse, given["draws"].T
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _, said["cpu_seconds_sparse_not_negative"] = reconciled(
                MinTraceSparse("wls_struct", nonnegative=True), sparse, given["draw"]
            )
        said["sparse_apart_from_dense"] = float((np.abs(other - found) / np.abs(found)).max())
        sys.stdout.write(json.dumps(said))
