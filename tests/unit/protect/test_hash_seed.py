"""What is withheld is the same whatever the seed of hashes: anybody can repeat a release."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from cauce.protect import protect

from .conftest import indicator, make_cells, make_pack
from .test_linked import called

ROOT = Path(__file__).parents[3]


def test_the_seed_of_hashes_changes_nothing():
    first, second = (shown_with(seed) for seed in ("1", "4242"))

    assert first == second
    assert "C" in first
    assert "secondary" in first


def shown_with(seed):
    """What a process with this seed shows and audits."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.pathsep.join(filter(None, map(str, sys.path))),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.protect.test_hash_seed"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def shown():
    """Two tables that share sex, each with two indicators: every verdict, reason and bound."""
    names = [indicator(name, numerator=name) for name in ("EAP", "UNE")]
    people = np.random.default_rng(8).choice([0, 1, 2, 3, 9, 30, 80], (3, 4, 3, 3))
    tables = []
    for flow, rest, dimension in (("A", 2, "AGE"), ("B", 1, "REGION")):
        own = people.sum(axis=rest)
        n, force, jobless = own.sum(axis=-1), own[..., :2].sum(axis=-1), own[..., 1]
        of = [(names[0], n, force), (names[1], force, jobless)][:: -1 if rest == 1 else 1]
        kinds, universe, cases = zip(*of, strict=True)
        tables.append(called(make_cells(kinds, [*universe], [*cases]), flow, "SEX", dimension))
    release = protect(tables, make_pack())
    audit = release.audit
    return {
        "shown": [[flow.dataflow.id, "".join(flow.conf_status)] for flow in release.flows],
        "withheld": [[one.flow, one.key, one.why] for one in audit.withheld],
        "bounds": [audit.narrowest, audit.median],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(shown()))
