"""From the zip of Costa Rica's ENAHO to a published release: seconds by stage, memory.

Prints JSON. Run from the repository: python bench/enaho.py FILE
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from cauce.estimate import estimate
from cauce.harmonise import dataflows
from cauce.pipeline.packs import read_pack
from cauce.pipeline.release import release_pack
from cauce.pipeline.waves import read_wave
from cauce.store import Store

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data" / "microdata" / "CRI_ENAHO2020_cri20n1.zip"
PACK, REGION = ROOT / "packs" / "cri" / "enaho_2020", ROOT / "packs" / "region"


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not file.is_file():
        print(json.dumps({"bench": "enaho", "skipped": "the file is not here"}))
        return
    times: dict[str, float] = {}
    began = time.perf_counter()
    release = release_pack(PACK, REGION, [file])
    with tempfile.TemporaryDirectory() as folder:
        Store(Path(folder) / "store").publish(release, "2026-01-01T00:00:00+00:00")
    times["zip_to_published_first_run"] = time.perf_counter() - began

    pack = read_pack(PACK, REGION)
    began = time.perf_counter()
    sample, _ = read_wave(pack, pack.waves[0], file)
    times["read_and_harmonise"] = time.perf_counter() - began
    began = time.perf_counter()
    cells = estimate(sample, dataflows(pack))
    times["estimate"] = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "bench": "enaho",
                "respondents": len(sample.design.weight),
                "cells": sum(len(table.value) for table in cells),
                "observations": sum(len(flow.value) for flow in release.flows),
                "seconds": {name: round(value, 3) for name, value in times.items()},
                "peak_mib_this_process": round(peak),
                "headlines_reproduced": [h.matches for h in release.headlines],
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
