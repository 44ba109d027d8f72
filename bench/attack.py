"""The attacker on the demo's whole release, with and without secondary suppression, and at scale.

    python bench/attack.py [--demo] [--scale] [--people 400000] [--budget 3600]

Prints JSON, and to the terminal a table. `--demo` invents all that `cauce demo` protects: the
surveys of both countries with all waves, the survey of employers, the counts of every register, and
what recruitment cost. `without_secondary` is the same, attacked as if only primary cells were
withheld, so that the attacker is seen to find what elimination hides. Forecasts are made of what is
public and withhold nothing. `--scale` protects and audits a random table of 12,555 cells. Bounds
are relative to what is asked, of primary cells; a bound that was only reached is at least as wide
as told. `cpu` are seconds of processors, `wall` of the clock.
"""

import argparse
import json
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, process_time

from cauce.model.release import Release
from cauce.pipeline.demo import make_demo, make_employers, make_south
from cauce.pipeline.register_demo import count_invented, show_registers
from cauce.protect import gate, protect
from cauce.store import Store
from suppression import TERMS, cells_of, people_of

PACKS = Path(__file__).parent.parent / "packs"
NOW = "2026-01-15T12:00:00Z"


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
    places: list = field(default_factory=list)
    bare_widths: list = field(default_factory=list)

    def start(self):
        self._system, self._attack = gate.system, gate.attack
        gate.system, gate.attack = self.system, self.attack

    def stop(self):
        gate.system, gate.attack = self._system, self._attack

    def system(self, found, every, shut, *rest):
        if self.bare and not any(one is found for one in self.places):
            self.places.append(found)
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


@dataclass
class Tried:
    """One release that was protected: the release, what the attacker did, and how long it took."""

    release: Release
    watch: Watch
    wall: float

    @property
    def audit(self):
        return self.release.audit


def tried(work, budget, bare):
    watch, clock = Watch(budget, bare), monotonic()
    watch.start()
    try:
        release = work()
    finally:
        watch.stop()
    return Tried(release, watch, monotonic() - clock)


def widths(bounds):
    return [(one.high - one.low) / one.width for one in bounds if one.primary and one.width]


def ends(found):
    if not found:
        return {"narrowest": None, "median": None}
    return {"narrowest": round(min(found), 2), "median": round(median(found), 2)}


def row(name, made):
    """What is withheld of some releases, and how narrowly it is known."""

    def total(of):
        return round(sum(map(of, made)), 1)

    found = {
        "release": name,
        "cells": total(lambda one: one.audit.cells),
        "primary": total(lambda one: one.audit.primary),
        "secondary": total(lambda one: one.audit.secondary),
        "repaired": total(lambda one: one.audit.repaired),
        "withheld_numbers": total(lambda one: len(one.audit.bounds)),
        **ends([wide for one in made for wide in widths(one.audit.bounds)]),
        "leaks_mended": total(lambda one: one.watch.leaks),
        "attacks_cpu": total(lambda one: one.watch.cpu),
        "wall": total(lambda one: one.wall),
    }
    if any(one.watch.bare for one in made):
        found["without_secondary"] = {
            "leaks": total(lambda one: one.watch.bare_leaks),
            "exact": total(lambda one: one.watch.bare_exact),
            **ends([wide for one in made for wide in one.watch.bare_widths]),
            "attacks_cpu": total(lambda one: one.watch.bare_cpu),
        }
    return found


def whole_demo(folder, budget):
    """Every release of the demo that is protected, in the order of `cauce demo`.

    Each is published, since permits are set beside the survey.
    """
    store = Store(folder / "store")
    for make in (make_demo, make_employers, make_south):
        work = partial(make, PACKS / "demo", PACKS / "region", folder / "microdata")
        yield published(tried(work, budget, bare=True), store)
    database = folder / "registers.sqlite"
    show_registers(PACKS / "registers", database, store, keys=folder / "keys")
    counts = count_invented(PACKS / "registers", database, folder / "store")
    with suppress(StopIteration):
        while True:
            yield published(tried(partial(next, counts), budget, bare=True), store)


def published(made, store):
    store.publish(made.release, NOW)
    print(made.release.survey, round(made.wall), "s", file=sys.stderr)
    return made


def table(rows):
    """The rows as Markdown."""
    names = ("release", "cells", "primary", "secondary", "repaired", "narrowest", "median",
             "attacks_cpu")  # fmt: skip
    bare = ("leaks", "exact", "narrowest", "median", "attacks_cpu")
    yield "| " + " | ".join((*names, *(f"without: {name}" for name in bare))) + " |"
    yield "|---" * (len(names) + len(bare)) + "|"
    for one in rows:
        other = one.get("without_secondary", {})
        said = [*(one[name] for name in names), *(other.get(name) for name in bare)]
        yield "| " + " | ".join("–" if each is None else str(each) for each in said) + " |"


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
            made = list(whole_demo(Path(folder), asked.budget))
        found += [row(f"{one.release.survey} {one.release.vintage}", [one]) for one in made]
        found.append(row("all of the demo", made))
    if asked.scale:
        shape = (30, 26, 14)
        cells = cells_of(shape, people_of(1, shape, asked.people))
        work = partial(protect, [cells], TERMS, date(2020, 12, 31), budget_seconds=asked.budget)
        done = tried(work, asked.budget, bare=False)
        found.append(row(f"30 x 26 x 14, {asked.people} people", [done]))
    print(*table(found), sep="\n", file=sys.stderr)
    print(json.dumps({"bench": "attack", "releases": found}, indent=1))


if __name__ == "__main__":
    main()
