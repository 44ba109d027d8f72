"""What pages weigh: bytes of HTML without charts, as sent, and of JavaScript. Prints JSON.

Run: python bench/weights.py STORE
"""

import gzip
import json
import re
import sys
from pathlib import Path

from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.store import Reader

MOST, MOST_SCRIPT = 30_000, 60_000
CHART = re.compile(r"<svg.*?</svg>", re.DOTALL)
SCRIPT = re.compile(r"<script(?![^>]*ld\+json)[^>]*>(.*?)</script>", re.DOTALL)


def main() -> None:
    store = Path(sys.argv[1])
    snapshot, site = Reader(store).snapshot(), TestClient(create_app(store))
    named = [f"tables/{manifest.dataflow.id}" for manifest in snapshot.flows()]
    named += [f"registers/{register}" for register in snapshot.shelves.ids()]
    found = []
    for path in (f"/{language}/{name}" for language in ("en", "es") for name in named):
        text = site.get(path, headers={"Accept-Encoding": "identity"}).text
        script = sum(len(part.encode()) for part in SCRIPT.findall(text))
        bare = CHART.sub("", text).encode()
        found.append((len(bare), len(gzip.compress(bare)), script, path))
    found.sort(reverse=True)
    heaviest = [{"path": path, "bytes": n, "gzip": z} for n, z, _, path in found[:8]]
    print(
        json.dumps(
            {
                "bench": "weights",
                "pages": len(found),
                "over_30_kb": sum(n > MOST for n, *_ in found),
                "over_30_kb_as_sent": sum(z > MOST for _, z, *_ in found),
                "script_bytes_most": max(script for *_, script, _ in found),
                "heaviest": heaviest,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
