"""Mixed reads at a steady rate while releases are published: errors, mixtures and waits.

Every row of generation g says g as its value, so that an answer which mixes two generations shows
it. Readers ask for series, slices, whole files, pages and SDMX; the rate is kept whatever the
answers take, and a wait counts from when the question was due. Prints JSON. Run:
python bench/load.py [--seconds S] [--rate R] [--releases N]
"""

import asyncio
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from invented_table import figures_of, flow_of, publish
from served import CAUCE, cpu_seconds, free_port, served

FLOW = "XAA_BENCH_MARKED"
MONTHS = tuple(f"{year}-{month:02}" for year in range(2020, 2024) for month in range(1, 13))
BASE = 1_000
ROOT = Path(__file__).parent


def paths() -> list[tuple[int, str]]:
    """Questions by how often they are asked in a hundred."""
    data = f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0"
    view = f"/en/tables/{FLOW}"
    return [
        (25, f"{view}.json?PLACE={{p}}&KIND=K01&SEX=_T&TIME_PERIOD=*"),
        (20, f"{view}.csv?PLACE={{p}}&KIND=*&SEX=_T&TIME_PERIOD=*"),
        (15, f"{data}/M.XAA.INV_TEMP.{{p}}.K02.*?format=csv"),
        (15, f"{data}/M.XAA.INV_TEMP.{{p}}.*.*?format=json&lastNObservations=1"),
        (2, f"{view}.csv"),
        (8, f"/es/tables/{FLOW}?PLACE={{p}}"),
        (8, "/es/"),
        (4, "/en/about"),
        (3, "/healthz"),
    ]


def generations_in(path: str, body: str) -> set[str]:
    """The generations an answer speaks of."""
    if ".csv" in path or "format=csv" in path:
        lines = body.splitlines()
        at = lines[0].split(",").index("OBS_VALUE")
        # Labels of ours have no commas; what stands before the value is codes.
        return {line.split(",")[at] for line in lines[1:]}
    if ".json" in path:
        return set(re.findall(r'"OBS_VALUE":([0-9.]+)', body))
    if "format=json" in path:
        return set(re.findall(r"\[(1[0-9]{3})(?:\.0)?,", body))
    return set()


async def ask(port: int, path: str) -> tuple[int, str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".encode())
    raw = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    head, _, body = raw.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    if length is not None and int(length[1]) != len(body):
        return 0, "cut short"
    if b"transfer-encoding: chunked" in head.lower():
        if not body.endswith(b"0\r\n\r\n"):
            return 0, "cut short"
        body = _unchunked(body)
    return int(head[9:12]), body.decode()


def _unchunked(body: bytes) -> bytes:
    parts, at = [], 0
    while True:
        end = body.index(b"\r\n", at)
        size = int(body[at:end], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 4 + size


async def load(port: int, seconds: float, rate: float) -> dict[str, Any]:
    chosen = random.Random(1)
    weights, templates = zip(*paths(), strict=True)
    waits: list[float] = []
    statuses: Counter[int] = Counter()
    seen: set[str] = set()
    mixed = 0

    async def one(due: float, path: str) -> None:
        nonlocal mixed
        try:
            status, body = await ask(port, path)
        except (TimeoutError, OSError):
            status, body = 0, ""
        waits.append(time.monotonic() - due)
        statuses[status] += 1
        if status == 200:
            found = generations_in(path, body)
            seen.update(found)
            mixed += len(found) > 1

    tasks = []
    began = time.monotonic()
    for turn in range(int(seconds * rate)):
        due = began + turn / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        path = chosen.choices(templates, weights)[0].format(p=f"P{chosen.randrange(10):03}")
        tasks.append(asyncio.create_task(one(due, path)))
    await asyncio.gather(*tasks)
    waits.sort()
    return {
        "requests": len(waits),
        "statuses": {str(status): n for status, n in sorted(statuses.items())},
        "errors": sum(n for status, n in statuses.items() if status != 200),
        "mixed": mixed,
        "generations_seen": len(seen),
        "ms": {f"p{p}": round(waits[int(len(waits) * p / 100)] * 1_000, 1) for p in (50, 90, 99)},
        "slowest_ms": round(waits[-1] * 1_000, 1),
    }


def publisher(root: Path, releases: int, seconds: float) -> None:
    """Publish so many releases, evenly over the time."""
    began = time.monotonic()
    for turn in range(1, releases + 1):
        time.sleep(max(0.0, began + turn * seconds / (releases + 1) - time.monotonic()))
        marked(root, turn)


def marked(root: Path, generation: int) -> None:
    flow = flow_of(FLOW, 10, 10, 2, MONTHS)
    publish(root, f"v{generation}", figures_of(flow, BASE + generation))


def word(name: str, default: float) -> float:
    return float(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default


def main() -> None:
    seconds, rate = word("--seconds", 60), word("--rate", 200)
    releases = int(word("--releases", 20))
    if "--publish" in sys.argv:
        publisher(Path(sys.argv[sys.argv.index("--publish") + 1]), releases, seconds)
        return
    with tempfile.TemporaryDirectory() as name:
        root, port = Path(name) / "store", free_port()
        marked(root, 0)
        command = [*CAUCE, "serve", "--store", str(root)]
        with served([*command, "--port", str(port)], port, Path(name) / "log") as pid:
            own = [sys.executable, __file__, "--publish", str(root), "--seconds", str(seconds)]
            writing = subprocess.Popen([*own, "--releases", str(releases)])
            before = cpu_seconds(pid)
            found = asyncio.run(load(port, seconds, rate))
            found["server_cpu_share"] = round((cpu_seconds(pid) - before) / seconds, 2)
            found["publisher_ended_well"] = writing.wait(120) == 0
    met = found["errors"] == 0 and found["mixed"] == 0 and found["ms"]["p99"] < 300
    print(
        json.dumps(
            {"bench": "load", "rate": rate, "releases": releases, **found, "aim_met": met}, indent=2
        )
    )


if __name__ == "__main__":
    main()
