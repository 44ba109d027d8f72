"""Our reconciliation beside hierarchicalforecast's, same hierarchy and numbers; prints JSON.

    python bench/reconcile.py VENV/bin/python [DRAWS]

VENV is a virtual environment with `hierarchicalforecast`, which is no part of Cauce. The hierarchy
is 70 areas (60 regions, 9 countries and all) × 51 occupations (40, 10 and all): 3,570 numbers, of
which 2,400 are the finest. W is what "wls_struct" says: how many finest numbers each one sums. One
draw is solved by both; `DRAWS` (1,000) by ours alone. Times are of the processor; those of one
draw, of ours and of their sparse method, are the best of 20.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from cauce.model.arrays import Floats
from cauce.outlook.proving import Hierarchy, coherence, hierarchy, reconcile

AREAS = [-1, *[0] * 9, *(1 + at % 9 for at in range(60))]
OCCUPATIONS = [-1, *[0] * 10, *(1 + at % 10 for at in range(40))]


def main(python: str, count: int) -> None:
    of = hierarchy(AREAS, OCCUPATIONS)
    draws, variance = _numbers(of, count)
    ours, own = _timed(lambda: reconcile(draws[:1], variance, of, negative=True), 20)
    _, many = _timed(lambda: reconcile(draws, variance, of, negative=True))
    _, kept = _timed(lambda: reconcile(draws[:1], variance, of), 20)
    with tempfile.TemporaryDirectory() as folder:
        theirs, said = _theirs(python, Path(folder), draws[:, 0], of)
    apart = np.abs(ours[0, 0] - theirs) / np.abs(theirs)
    print(
        json.dumps(
            {
                "numbers": list(of.sums.shape),
                "hierarchicalforecast": said,
                "largest_relative_difference": float(apart.max()),
                "coherence": coherence(ours, of),
                "cpu_seconds": {
                    "cauce_one_draw": own,
                    f"cauce_{count}_draws": many,
                    "cauce_one_draw_not_negative": kept,
                    "hierarchicalforecast_one_draw": said["cpu_seconds"],
                },
                "times_faster": said["cpu_seconds"] / own,
                "times_faster_than_its_sparse_method": said["cpu_seconds_sparse"] / own,
            },
            indent=1,
        )
    )


def _numbers(of: Hierarchy, count: int) -> tuple[Floats, Floats]:
    """Draws that do not add up, shape (d, 1, m), and the diagonal of W, shape (1, m)."""
    rng = np.random.default_rng(20261127)
    true = of.sums @ rng.lognormal(5, 1.5, of.sums.shape[1])
    draws = true * (1 + 0.1 * rng.normal(size=(count, 1, len(true))))
    return draws, np.asarray(of.sums.sum(axis=1), dtype=np.float64)[None]


def _timed(what, often=1):
    """What comes of it, and the least time of so many runs after a first one."""
    found, took = what(), []
    for _ in range(often):
        start = time.process_time()
        found = what()
        took.append(time.process_time() - start)
    return found, min(took)


def _theirs(python: str, folder: Path, draws: Floats, of: Hierarchy) -> tuple[Floats, dict]:
    """Their rows stand the finest last, as their S wants it; ours are put back in our order."""
    order = np.concatenate([of.above, of.finest])
    given = draws[:, order]
    np.savez(folder / "in.npz", sums=of.sums.toarray()[order], draw=given[0], draws=given)
    script = Path(__file__).parent.parent / "tests/golden/reconciliation/by_hierarchicalforecast.py"
    run = [python, str(script), str(folder / "in.npz"), str(folder / "out.npy")]
    said = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    back = np.empty(len(order))
    back[order] = np.load(folder / "out.npy")
    return back, said


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
