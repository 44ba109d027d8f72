"""What a reader takes along of a view: files, calls, a frozen address, a citation, a frame."""

from collections.abc import Sequence
from dataclasses import dataclass

from cauce.model.dataflow import Dataflow
from cauce.portal.explorer.shelf import Shelf
from cauce.portal.explorer.view import View
from cauce.portal.links import Link, address, here, table_path
from cauce.portal.said_by import said_by
from cauce.portal.words import Words

FILES = (
    "csv", "xlsx", "json", "parquet", "svg", "zip", "jsonstat", "csv-metadata.json",
    "metadata.json",
)  # fmt: skip
LAID_OUT = ("columns", "rows", "sort", "errors", "chart", "compare")
"""Parameters that say how a view looks and not what it holds."""

PYTHON = """import csv, io, urllib.request

address = "{address}"
with urllib.request.urlopen(address) as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))
print(len(rows), "rows", rows[:1])"""
R = """rows <- read.csv(
  "{address}",
  na.strings = "", colClasses = c({codes})
)
head(rows$OBS_VALUE)"""


@dataclass(frozen=True)
class Call:
    """Lines to copy that read the view from a program."""

    name: str
    text: str


@dataclass(frozen=True)
class Takeaway:
    """All of it; `frozen` is the address that will always show this vintage."""

    files: tuple[Link, ...]
    whole: tuple[Link, ...]
    calls: tuple[Call, ...]
    frozen: str
    citation: str
    frame: str


def takeaway(shelf: Shelf, view: View, root: str, words: Words) -> Takeaway:
    """`root` is the site's own address, without a slash at its end."""
    flow, pairs = shelf.flow, view.pairs(shelf.flow)
    path = table_path(words.language, flow.id)
    frozen = root + address(path, frozen_pairs(pairs, shelf.manifest.vintage))
    embed = root + address(f"/{words.language}/embed/{flow.id}", pairs)
    return Takeaway(
        files=_files(flow, pairs, words),
        whole=_whole(shelf, words),
        calls=calls(flow, root + address(f"{path}.csv", call_pairs(pairs))),
        frozen=here(frozen_pairs(pairs, shelf.manifest.vintage)),
        citation=citation(shelf, frozen, words),
        frame=f'<iframe src="{embed}" title="{_attribute(words.of(flow.name))}" '
        'width="100%" height="600" style="border:0"></iframe>',
    )


def frozen_pairs(pairs: Sequence[tuple[str, str]], vintage: str) -> list[tuple[str, str]]:
    return [*((n, w) for n, w in pairs if n != "vintage"), ("vintage", vintage)]


def held_pairs(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the parameters of a view those that say what it holds."""
    return [(n, w) for n, w in pairs if n not in LAID_OUT]


def call_pairs(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters of a call: what the view holds, by codes, which do not change."""
    return [*((n, w) for n, w in held_pairs(pairs) if n != "labels"), ("labels", "id")]


def calls(flow: Dataflow, csv: str) -> tuple[Call, ...]:
    """The view as rows in a shell, in Python with nothing installed, and in R."""
    codes = ", ".join(f'{dimension.id} = "character"' for dimension in flow.dimensions)
    return (
        Call("curl", f"curl -f -o {flow.id}.csv '{csv}'"),
        Call("Python", PYTHON.format(address=csv)),
        Call("R", R.format(address=csv, codes=codes)),
    )


def citation(shelf: Shelf, frozen: str, words: Words) -> str:
    """Who made the numbers, which table, which vintage of which day, and where it stays."""
    manifest = shelf.manifest
    return words(
        "view_cited",
        source=said_by(shelf.flow.source, words).rstrip("."),
        table=words.of(shelf.flow.name),
        vintage=manifest.vintage,
        day=words.moment(manifest.published_at),
        address=frozen,
    )


def _files(flow: Dataflow, pairs: Sequence[tuple[str, str]], words: Words) -> tuple[Link, ...]:
    """Addresses beside the page's own, so that they are short."""
    found = []
    for ending in FILES:
        kept = pairs if ending in ("svg", "xlsx") else held_pairs(pairs)
        found.append(Link(words(f"file_{ending}"), address(f"{flow.id}.{ending}", kept)))
    return tuple(found)


def _whole(shelf: Shelf, words: Words) -> tuple[Link, ...]:
    flow, vintage = shelf.flow, {"vintage": shelf.vintage_asked}
    found = [
        Link(words("csv_whole"), address(f"{flow.id}.csv", vintage)),
        Link(words("json_whole"), address(f"{flow.id}.json", vintage)),
        Link(words("parquet_whole"), address(f"{flow.id}.parquet", vintage)),
        Link(words("zip_whole"), address(f"{flow.id}.zip", vintage)),
    ]
    if flow.pairs or flow.wave_psus:
        path = f"/{words.language}/compare/{flow.id}"
        found.append(Link(words("compared_csv"), address(f"{path}.csv", vintage)))
        found.append(Link(words("compared_json"), address(f"{path}.json", vintage)))
    return tuple(found)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
