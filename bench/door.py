"""What 50 devices recorded offline, sent over HTTP to the office, late, twice and mixed.

.venv/bin/python bench/door.py [--workers N] [--devices N] [--at-once N]

The same events as bench/events.py, each batch by its own device with its own key, several devices
at a time. One in ten answers is thrown away as if the network had been cut before it arrived, and
the batch sent again. Says whether anything was lost or doubled, and how long it took.
"""

import argparse
import json
import random
import socket
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import uvicorn

from cauce.model.event import Event
from cauce.office import Entrance, create_office
from cauce.office.doors import Doors, csrf_field, guards, kept_page, routes
from cauce.pipeline.registers import read_registers
from cauce.registers.access import parse_access
from cauce.registers.cards.fold import fold
from cauce.store.log import Database, open_database
from cauce.store.log.devices import Device, enrol
from cauce.store.log.events import events_of, wrong_clocks
from cauce.store.log.key_folder import KeyFolder
from events import START, batches, recorded

REGISTERS = Path("packs/registers")
NOW = START + timedelta(days=70)


def serve(database: Database, keys: Path) -> tuple[uvicorn.Server, threading.Thread, str]:
    declared = read_registers(REGISTERS)
    access = parse_access((REGISTERS / "access.toml").read_text("utf-8"))
    doors = Doors(database, KeyFolder(keys), access, {}, {}, home="/", clock=lambda: NOW)
    entrance = Entrance(guards(doors), routes(doors), csrf_field, kept_page)
    app = create_office(database, declared, access, doors.keys, entrance, doors.clock)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        time.sleep(0.02)
    return server, thread, f"http://127.0.0.1:{listening.getsockname()[1]}"


def enrolled(database: Database, count: int) -> dict[str, str]:
    """The keys of devices by their ids."""
    found = {}
    with database.writing("bench") as connection:
        for number in range(count):
            wished = Device("", "XCA", f"Post {number}", "POST", f"P-{number}", "", "")
            made, key = enrol(connection, wished, "bench", NOW)
            found[made.id] = key
    return found


def send(address: str, keys: dict[str, str], text: str, cut: bool) -> tuple[int, int]:
    """How many events of a batch were new, and how many were here; sent twice if cut."""
    headers = {"Authorization": f"Bearer {keys[json.loads(text)['device']]}"}
    new = again = 0
    for _ in range(1 + cut):
        answer = httpx.post(address, content=text, headers=headers, timeout=120)
        receipt = answer.raise_for_status().json()
        new, again = new + receipt["new"], again + receipt["again"]
        assert not receipt["refused"], receipt
        assert not receipt["clashing"], receipt
    return new, again


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=50_000)
    parser.add_argument("--devices", type=int, default=50)
    parser.add_argument("--at-once", type=int, default=8)
    asked = parser.parse_args()
    draw = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder, 'registers.sqlite')}")
        keys = enrolled(database, asked.devices)
        named = dict(zip((f"{n:016x}" for n in range(asked.devices)), sorted(keys), strict=True))
        events = [
            replace(event, device=named[event.device])
            for event in recorded(asked.workers, asked.devices, draw)
        ]
        sent = batches(events, draw)
        cuts = [draw.random() < 0.1 for _ in sent]
        server, thread, address = serve(database, Path(folder, "keys"))
        begun, worked = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(asked.at_once) as pool:
            told = list(
                pool.map(
                    lambda one: send(f"{address}/devices/v1/events", keys, *one),
                    zip(sent, cuts, strict=True),
                )
            )
        taken, worked = time.perf_counter() - begun, time.process_time() - worked
        state = {}
        for id_, key in keys.items():
            headers = {"Authorization": f"Bearer {key}"}
            state[id_] = httpx.get(f"{address}/devices/v1/state", headers=headers).json()
        server.should_exit = True
        thread.join()
        with database.reading() as connection:
            kept: list[Event] = list(events_of(connection))
            wrong = wrong_clocks(connection)
        database.close()
    new, again = (sum(column) for column in zip(*told, strict=True))
    assert new == len(events) == len(kept), "lost or doubled"
    assert set(kept) == set(events), "not what was recorded"
    assert not any(one["missing"] for one in state.values()), "told of a gap that is none"
    states = fold(kept, wrong)
    draw.shuffle(kept)
    assert fold([*kept, *kept[:1000]], wrong) == states, "another order, another state"
    found = {
        "workers": asked.workers,
        "devices": asked.devices,
        "events": len(events),
        "sent": new + again,
        "again": again,
        "batches": len(sent) + sum(cuts),
        "cut": sum(cuts),
        "taken_in_s": round(taken, 1),
        "processor_s": round(worked, 1),
    }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
