"""The attacker on the demo's whole release, with and without secondary suppression, and at scale.

    python bench/attack.py [--demo] [--scale] [--people 400000] [--budget 3600]

Prints JSON. `--demo` invents both countries and the survey of employers and protects them as
`cauce demo` does; `without_secondary` is the same, attacked as if only primary cells were withheld,
so that the attacker is seen to find what elimination hides. `--scale` protects and audits a random
table of 12,555 cells. Bounds are relative to what is asked, of primary cells; a bound that was only
reached is at least as wide as told. `cpu` are seconds of processors, `wall` of the clock.
"""

import argparse
import json
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, process_time

from cauce.model.errors import BadInput
from cauce.pipeline.demo import make_demo, make_employers, make_south
from cauce.protect import gate, protect
from suppression import TERMS, cells_of, people_of

PACKS = Path(__file__).parent.parent / "packs"


@dataclass
class Watch:
    """Stands where the gate builds its systems, and attacks each once more without secondaries."""

    budget: float
    bare: bool
    cpu: float = 0.0
    bare_cpu: float = 0.0
    leaks: int = 0
    bare_leaks: int = 0
    bare_exact: int = 0
    places: set = field(default_factory=set)
    bare_widths: list = field(default_factory=list)

    def start(self):
        self._system, self._attack = gate.system, gate.attack
        gate.system, gate.attack = self.system, self.attack

    def stop(self):
        gate.system, gate.attack = self._system, self._attack

    def system(self, found, every, shut, *rest):
        if self.bare and id(found) not in self.places:
            self.places.add(id(found))
            start = process_time()
            tells = self._system(found, every, frozenset(), *rest)
            seen = self._attack(tells, self.budget, explained=False)
            self.bare_cpu += process_time() - start
            self.bare_leaks += len(seen.leaks)
            self.bare_exact += sum(one.bound.low == one.bound.high for one in seen.leaks)
            self.bare_widths += widths(seen.bounds)
        return self._system(found, every, shut, *rest)

    def attack(self, *args, **named):
        start = process_time()
        seen = self._attack(*args, **named)
        self.cpu += process_time() - start
        self.leaks += len(seen.leaks)
        return seen


def widths(bounds):
    return [(one.high - one.low) / one.width for one in bounds if one.primary and one.width]


def told(name, work, budget, bare):
    watch, clock = Watch(budget, bare), monotonic()
    watch.start()
    try:
        release = work()
    except BadInput as problem:
        return {"release": name, "refused": str(problem), "attacks_cpu": round(watch.cpu, 1)}
    finally:
        watch.stop()
    audit = release.audit
    found = {
        "release": name,
        "cells": audit.cells,
        "primary": audit.primary,
        "secondary": audit.secondary,
        "repaired": audit.repaired,
        "withheld_numbers": len(audit.bounds),
        "narrowest": audit.narrowest,
        "median": audit.median,
        "leaks_mended": watch.leaks,
        "attacks_cpu": round(watch.cpu, 1),
        "wall": round(monotonic() - clock, 1),
    }
    if bare:
        found["without_secondary"] = {
            "leaks": watch.bare_leaks,
            "exact": watch.bare_exact,
            "narrowest": min(watch.bare_widths, default=None),
            "median": median(watch.bare_widths) if watch.bare_widths else None,
            "attacks_cpu": round(watch.bare_cpu, 1),
        }
    return found


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--demo", action="store_true")
    asked.add_argument("--scale", action="store_true")
    asked.add_argument("--people", type=int, default=400_000)
    asked.add_argument("--budget", type=float, default=3600.0)
    asked = asked.parse_args()
    found = []
    if asked.demo:
        with TemporaryDirectory() as folder:
            for name, make in {
                "employers": make_employers,
                "south": make_south,
                "demo": make_demo,
            }.items():
                work = partial(make, PACKS / "demo", PACKS / "region", Path(folder))
                found.append(told(name, work, asked.budget, bare=True))
    if asked.scale:
        shape = (30, 26, 14)
        cells = cells_of(shape, people_of(1, shape, asked.people))
        work = partial(protect, [cells], TERMS, date(2020, 12, 31), budget_seconds=asked.budget)
        found.append(told(f"30 x 26 x 14, {asked.people} people", work, asked.budget, bare=False))
    print(json.dumps({"bench": "attack", "releases": found}, indent=1))


if __name__ == "__main__":
    main()
