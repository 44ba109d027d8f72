"""Reading the store: one generation at a time, every byte checked."""

import json
import time
from collections import OrderedDict
from pathlib import Path

from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.model.vintage import Catalog, Manifest, Part
from cauce.store.documents import from_json
from cauce.store.files import read_checked, sha256
from cauce.store.places import Places, check_version
from cauce.store.table import from_parquet
from cauce.store.withdrawn import Withdrawn

KEPT_TABLES = 64


class Reader:
    """Looks at a store that others may be writing; never writes, and works on a read-only disk."""

    def __init__(self, root: Path) -> None:
        self._places = Places(root)
        self._tables: OrderedDict[tuple[str, ...], Observations] = OrderedDict()
        self._snapshot: Snapshot | None = None
        self._looked = 0.0
        self._seen: bytes | None = None

    def snapshot(self) -> "Snapshot":
        """The current generation, pinned; CURRENT is looked at once a second at most.

        Raises:
            BadInput: there is no store, or none of its catalogs can be read.
        """
        now = time.monotonic()
        if self._snapshot is None or now - self._looked > 1.0:
            self._looked = now
            seen = _bytes(self._places.current)
            if self._snapshot is None or seen != self._seen or self._snapshot.alarms:
                self._snapshot = Snapshot(
                    self._places, *current_catalog(self._places), self._tables
                )
                self._seen = seen
        return self._snapshot


class Snapshot:
    """One generation of the store. What it answers never changes, unless vintages are withdrawn."""

    def __init__(
        self,
        places: Places,
        catalog: Catalog,
        alarms: tuple[str, ...],
        tables: OrderedDict[tuple[str, ...], Observations],
    ) -> None:
        self._places = places
        self._tables = tables
        self._manifests: dict[str, Manifest] = {}
        self.catalog = catalog
        self.alarms = alarms

    @property
    def generation(self) -> int:
        return self.catalog.generation

    def flows(self) -> tuple[Manifest, ...]:
        """The current manifest of every dataflow that can be read, by survey and name."""
        found = []
        for flow in self.catalog.current:
            try:
                found.append(self.manifest(flow))
            except BadInput as error:
                if str(error) not in self.alarms:
                    self.alarms = (*self.alarms, str(error))
        return tuple(sorted(found, key=lambda m: (m.survey, m.dataflow.id)))

    def vintages(self, flow: str) -> tuple[str, ...]:
        """The vintages of a dataflow that are kept, oldest first."""
        names = (name.split("/", 1) for name in self.catalog.manifests)
        return tuple(vintage for found, vintage in names if found == flow)

    def manifest(self, flow: str, vintage: str | None = None) -> Manifest:
        """The manifest of a vintage, the current one if none is named.

        Raises:
            Withdrawn: it was, for the reason given.
            BadInput: there is no such dataflow or vintage, or its file is damaged.
        """
        wanted = vintage or self.catalog.current.get(flow)
        if wanted is None:
            self._refuse_withdrawn(flow, "")
            raise BadInput(f"There is no dataflow {flow[:140]}. {self._known()}")
        name = f"{flow}/{wanted}"
        if name not in self._manifests:
            if name not in self.catalog.manifests:
                self._refuse_withdrawn(flow, wanted)
                raise BadInput(f"{flow[:140]} has no vintage {wanted[:140]}.")
            path = self._places.manifest(flow, wanted)
            content = read_checked(path, self.catalog.manifests[name])
            self._manifests[name] = from_json(content, Manifest, f"Manifest {name}")
        return self._manifests[name]

    def observations(self, flow: str, vintage: str | None = None) -> Observations:
        """All observations of a vintage of a dataflow. Raises as `manifest` does."""
        manifest = self.manifest(flow, vintage)
        key = (flow, manifest.vintage, self.catalog.manifests[f"{flow}/{manifest.vintage}"])
        if key not in self._tables:
            self._tables[key] = read_parts(self._places, manifest.parts, manifest.dataflow)
            while len(self._tables) > KEPT_TABLES:
                self._tables.popitem(last=False)
        return self._tables[key]

    def _refuse_withdrawn(self, flow: str, vintage: str) -> None:
        for name, reason in self.catalog.withdrawn.items():
            if name == f"{flow}/{vintage}" or (not vintage and name.startswith(f"{flow}/")):
                raise Withdrawn(f"{name.replace('/', ' ')} was withdrawn: {reason}")

    def _known(self) -> str:
        flows = sorted(self.catalog.current)
        return f"The store has: {', '.join(flows[:30])}." if flows else "The store is empty."


def read_parts(places: Places, parts: tuple[Part, ...], dataflow: Dataflow) -> Observations:
    contents = [read_checked(places.object(p.object_sha256), p.object_sha256) for p in parts]
    return from_parquet(contents, dataflow)


def current_catalog(places: Places) -> tuple[Catalog, tuple[str, ...]]:
    """The catalog CURRENT points at, or the newest one that can be read, with an alarm.

    Raises:
        BadInput: there is no store here, or none of its catalogs can be read.
    """
    check_version(places)
    if not (places.root / "catalog").is_dir():
        raise BadInput(f"There is no store at {places.root}. `cauce release` makes one.")
    alarm = "CURRENT of the store cannot be understood"
    try:
        pointer = json.loads(places.current.read_bytes())
        path = places.catalog(int(pointer["generation"]))
        content = read_checked(path, pointer["sha256"])
        return from_json(content, Catalog, f"Catalog {path.stem}"), ()
    except FileNotFoundError:
        alarm = "CURRENT of the store is missing"
    except (ValueError, KeyError, TypeError):
        pass
    except BadInput as error:
        alarm = str(error).rstrip(".")
    for path in sorted((places.root / "catalog").glob("*.json"), key=_number, reverse=True):
        try:
            catalog = from_json(path.read_bytes(), Catalog, f"Catalog {path.stem}")
        except BadInput:
            continue
        note = f"{alarm}. Generation {catalog.generation}, the newest that can be read, is served."
        return catalog, (note,)
    raise BadInput(f"{alarm}, and no catalog can be read. Restore the store from a backup.")


def _number(path: Path) -> int:
    return int(path.stem) if path.stem.isdigit() else -1


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def pointer_to(catalog_content: bytes, generation: int) -> bytes:
    """What CURRENT holds for a catalog."""
    return json.dumps({"generation": generation, "sha256": sha256(catalog_content)}).encode()
