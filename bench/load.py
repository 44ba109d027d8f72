"""Mixed reads at a steady rate while releases are published: errors, mixtures and waits.

Every row of generation g says g as its value, so that an answer which mixes two generations shows
it. Readers ask for series, slices, whole files, pages and SDMX, half of them compressed; the rate
is kept whatever the answers take, and a wait counts from when the question was due. Processor time
is told of the server, of this client, of the publisher and of what else runs here: a figure of a
machine that others use, or of a client that was late itself, is none. Prints JSON. Run:
python bench/load.py [--seconds S] [--rate R] [--releases N] [--warm S] [--wide] [-- SETTINGS]

SETTINGS are those of `cauce serve`, such as --workers 1. The server is asked at the same rate for
--warm seconds before anything is counted. With --wide hardly a question is asked twice in a
generation, so that little is answered again.
"""

import asyncio
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from invented_table import figures_of, flow_of, publish
from served import CAUCE, cpu_seconds, free_port, machine_seconds, served

FLOW = "XAA_BENCH_MARKED"
PLACES, KINDS, SEXES = 10, 10, 2
MONTHS = tuple(f"{year}-{month:02}" for year in range(2020, 2024) for month in range(1, 13))
BASE = 1_000
DATA = f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0/M.XAA.INV_TEMP"
MIX: tuple[tuple[int, str, str], ...] = (
    (25, "series_json", f"/en/tables/{FLOW}.json?PLACE={{p}}&KIND={{k}}&SEX=_T&TIME_PERIOD=*"),
    (20, "slice_csv", f"/en/tables/{FLOW}.csv?PLACE={{p}}&KIND=*&SEX={{s}}&TIME_PERIOD=*"),
    (15, "sdmx_csv", f"{DATA}.{{p}}.{{k}}.*?format=csv"),
    (15, "sdmx_json", f"{DATA}.{{p}}.*.*?format=json&lastNObservations={{n}}"),
    (2, "whole_csv", f"/en/tables/{FLOW}.csv"),
    (8, "table_page", f"/es/tables/{FLOW}?PLACE={{p}}&KIND={{k}}"),
    (8, "home", "/es/"),
    (4, "about", "/en/about"),
    (3, "health", "/healthz"),
)
"""What is asked for, how often in a hundred."""
NUMBERS = {
    "series_json": re.compile(rb'"OBS_VALUE":([0-9]+)'),
    "sdmx_json": re.compile(rb"\[(1[0-9]{3})(?:\.0)?,"),
    # A page writes 1 003; the ends of its intervals are further off than generations go.
    "table_page": re.compile("1[\u00a0\u202f ](0[0-2][0-9])(?![0-9])".encode()),
}


def path_of(template: str, chosen: random.Random, wide: bool) -> str:
    """A question; of ten places, or of thousands of views."""
    kind, sex, last = (
        (f"K{chosen.randrange(KINDS):02}", chosen.choice(["_T", "F"]), chosen.randrange(1, 49))
        if wide
        else ("K01", "_T", 1)
    )
    return template.format(p=f"P{chosen.randrange(PLACES):03}", k=kind, s=sex, n=last)


def generations_in(name: str, body: bytes) -> frozenset[bytes]:
    """The generations an answer speaks of."""
    if name.endswith("_csv"):
        lines = body.splitlines()
        at = lines[0].split(b",").index(b"OBS_VALUE")
        # Labels of ours have no commas; what stands before the value is codes.
        return frozenset(line.split(b",")[at] for line in lines[1:])
    return frozenset(NUMBERS[name].findall(body)) if name in NUMBERS else frozenset()


async def ask(port: int, path: str, small: bool) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    accepted = "gzip" if small else "identity"
    head = f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: {accepted}\r\n"
    writer.write(f"{head}Connection: close\r\n\r\n".encode())
    raw = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    head_bytes, _, body = raw.partition(b"\r\n\r\n")
    told = head_bytes.lower()
    length = re.search(rb"content-length: (\d+)", told)
    if length is not None and int(length[1]) != len(body):
        return 0, b"cut short"
    if b"transfer-encoding: chunked" in told:
        if not body.endswith(b"0\r\n\r\n"):
            return 0, b"cut short"
        body = _unchunked(body)
    return int(raw[9:12]), body


def _unchunked(body: bytes) -> bytes:
    parts, at = [], 0
    while True:
        end = body.index(b"\r\n", at)
        size = int(body[at:end], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 4 + size


@dataclass
class Heard:
    """What came back, and when. The same bytes are looked into once."""

    waits: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seen: set[bytes] = field(default_factory=set)
    known: dict[tuple[str, int, int], frozenset[bytes]] = field(default_factory=dict)
    mixed: int = 0

    def answer(self, name: str, status: int, body: bytes) -> None:
        self.statuses[status] += 1
        if status != 200:
            return
        key = name, len(body), hash(body)
        if key not in self.known:
            plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
            self.known[key] = generations_in(name, plain)
        self.seen |= self.known[key]
        self.mixed += len(self.known[key]) > 1

    def told(self) -> dict[str, Any]:
        return {
            "requests": len(self.waits),
            "different_answers": len(self.known),
            "statuses": {str(status): n for status, n in sorted(self.statuses.items())},
            "errors": sum(n for status, n in self.statuses.items() if status != 200),
            "refused_503": self.statuses[503],
            "mixed": self.mixed,
            "generations_seen": len({number[-3:] for number in self.seen}),
            "ms": {f"p{p}": at(self.waits, p) for p in (50, 90, 99)},
            "slowest_ms": at(self.waits, 100),
            "client_late_ms_p99": at(self.late, 99),
        }


def at(seconds: list[float], percent: float) -> float:
    ordered = sorted(seconds)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] * 1_000, 1)


async def load(port: int, seconds: float, rate: float, wide: bool, seed: int = 1) -> Heard:
    chosen, heard = random.Random(seed), Heard()
    weights, names, templates = zip(*MIX, strict=True)
    by_name = dict(zip(names, templates, strict=True))

    async def one(due: float, name: str, path: str, small: bool) -> None:
        heard.late.append(time.monotonic() - due)
        try:
            status, body = await ask(port, path, small)
        except (TimeoutError, OSError):
            status, body = 0, b""
        heard.waits.append(time.monotonic() - due)
        heard.answer(name, status, body)

    tasks = []
    began = time.monotonic()
    for turn in range(int(seconds * rate)):
        due = began + turn / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        name = chosen.choices(names, weights)[0]
        path = path_of(by_name[name], chosen, wide)
        tasks.append(asyncio.create_task(one(due, name, path, chosen.random() < 0.5)))
    await asyncio.gather(*tasks)
    return heard


def publisher(root: Path, releases: int, seconds: float) -> None:
    """Publish so many releases, evenly over the time, and print the processor time it took."""
    began = time.monotonic()
    for turn in range(1, releases + 1):
        time.sleep(max(0.0, began + turn * seconds / (releases + 1) - time.monotonic()))
        marked(root, turn)
    print(time.process_time())


def marked(root: Path, generation: int) -> None:
    flow = flow_of(FLOW, PLACES, KINDS, SEXES, MONTHS)
    publish(root, f"v{generation}", figures_of(flow, BASE + generation))


def word(name: str, default: float) -> float:
    return float(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default


def measured(pid: int, port: int, root: Path) -> dict[str, Any]:
    """The load, with the processor time of all who took part and of who did not."""
    seconds, rate, releases = word("--seconds", 60), word("--rate", 200), word("--releases", 20)
    wide, warm = "--wide" in sys.argv, word("--warm", 3)
    asyncio.run(load(port, warm, rate, wide, seed=2))
    told = ["--publish", str(root), "--seconds", str(seconds), "--releases", str(int(releases))]
    writing = subprocess.Popen([sys.executable, __file__, *told], stdout=subprocess.PIPE)
    began, everything = time.monotonic(), machine_seconds()
    server, client = cpu_seconds(pid), time.process_time()
    heard = asyncio.run(load(port, seconds, rate, wide))
    server, client = cpu_seconds(pid) - server, time.process_time() - client
    everything, took = machine_seconds() - everything, time.monotonic() - began
    out, _ = writing.communicate(timeout=120)
    publishing = float(out) if writing.returncode == 0 else 0.0
    spent = {"server": server, "client": client, "publisher": publishing}
    spent["others"] = max(0.0, everything - sum(spent.values()))
    return {
        "rate": rate,
        "releases": releases,
        "warm_up_seconds": warm,
        **heard.told(),
        "cores": os.cpu_count(),
        "cores_used": {name: round(cpu / took, 2) for name, cpu in spent.items()},
        "load_average": round(os.getloadavg()[0], 2),
        "server_cpu_ms_per_request": round(server / len(heard.waits) * 1_000, 2),
        "requests_per_cpu_second": round(len(heard.waits) / server),
        "publisher_ended_well": writing.returncode == 0,
    }


def main() -> None:
    if "--publish" in sys.argv:
        root = Path(sys.argv[sys.argv.index("--publish") + 1])
        publisher(root, int(word("--releases", 20)), word("--seconds", 60))
        return
    with tempfile.TemporaryDirectory() as name:
        root, port = Path(name) / "store", free_port()
        marked(root, 0)
        own = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
        command = [*CAUCE, "serve", "--store", str(root), "--port", str(port), *own]
        with served(command, port, Path(name) / "log") as pid:
            found = measured(pid, port, root)
            lost = "ended" in (Path(name) / "log").read_text()
    sound = found["errors"] == 0 and found["mixed"] == 0 and found["publisher_ended_well"]
    met = sound and not lost and found["ms"]["p99"] < 300
    print(json.dumps({"bench": "load", **found, "worker_lost": lost, "aim_met": met}, indent=2))


if __name__ == "__main__":
    main()
