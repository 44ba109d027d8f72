"""Writing the folder: beside where it will be, and moved there when it is whole."""

import hashlib
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES
from cauce.portal.app import create_app
from cauce.portal.bulletin import read_bulletin
from cauce.portal.dataset import endings
from cauce.portal.export.drive import Driver
from cauce.portal.export.find import (
    SCRIPT,
    index_name,
    index_of,
    pages_of_search,
    script,
    with_finder,
)
from cauce.portal.export.names import Names, is_file
from cauce.portal.export.plan import Plan, explained, plan
from cauce.portal.export.rewrite import Standing, addresses, rewritten
from cauce.portal.signposts import written
from cauce.portal.words import words
from cauce.store import Reader, Snapshot

MANIFEST = "MANIFEST"
MARK = "cauce-site"
"""The file that says that a folder is one of ours, and of which generation."""
UNKNOWN = "https://service.invalid"
"""What pages call the service where nobody has said its address (RFC 2606)."""
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Limits:
    """How much a folder may become: files, bytes of all, and bytes of one."""

    files: int = 60_000
    total: int = 4_000_000_000
    one: int = 20_000_000


@dataclass(frozen=True)
class Report:
    """What was written, and what was left out: too large, not there, or not ours to give away."""

    files: int
    size: int
    generation: int
    large: tuple[str, ...]
    failed: tuple[str, ...]
    closed: tuple[str, ...]


@dataclass
class _Writing:
    """The folder while it is made."""

    root: Path
    limits: Limits
    names: Names = field(default_factory=Names)
    written: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    size: int = 0


def export(
    store: Path,
    to: Path,
    region: Path,
    address: str = "",
    limits: Limits | None = None,
    told: Told = lambda _done, _all: None,
) -> Report:
    """Write the whole site over a store as a folder. The same store gives the same bytes.

    Args:
        store: the store, of which one generation is shown throughout.
        to: the folder; it may be there if it is an earlier export.
        region: where the bulletin and the calendar are.
        address: where the folder will be served, "" if it is not known.
        limits: how much it may become.
        told: is given how many addresses are done, of how many known so far.

    Raises:
        BadInput: the folder is something else, it would become too much, or something was
            withdrawn meanwhile. Then nothing has changed.
    """
    check(to, address)
    snapshot = Reader(store, every=float("inf")).snapshot()
    moment = datetime.fromisoformat(snapshot.catalog.at)
    bulletin, calendar = region / "bulletin", region / "calendar.toml"
    app = create_app(store, bulletin, lambda: moment, calendar, every=float("inf"))
    app.state.folder = True
    beside = to.with_name(f".{to.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        writing = _Writing(beside, limits or Limits())
        news = read_bulletin(bulletin)
        planned = plan(snapshot, news, endings(app), bool(address))
        with Driver(app, address or UNKNOWN) as driver:
            _ask_all(driver, planned, writing, told)
        for language in LANGUAGES:
            told_index = index_of(snapshot, news, planned, writing.names, language)
            (beside / index_name(language)).write_bytes(told_index)
        (beside / SCRIPT).write_bytes(script())
        if address:
            _map(writing, planned, address.rstrip("/"))
        _finish(writing, planned, snapshot)
        _check_still_public(store, snapshot)
        _put(beside, to)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Report(
        files=len(writing.written),
        size=writing.size,
        generation=snapshot.generation,
        large=tuple(writing.large),
        failed=tuple(writing.failed),
        closed=tuple(sorted(planned.closed)),
    )


def check(to: Path, address: str = "") -> None:
    """Raises BadInput if a folder holds something else, or an address is none."""
    if to.exists() and not (to / MARK).is_file() and (not to.is_dir() or any(to.iterdir())):
        raise BadInput(
            f"{to} is there and is no export of this site, so it is left alone. "
            "Name a folder that does not exist yet."
        )
    if address and not address.startswith(("https://", "http://")):
        raise BadInput(f"{address} is no address. Write it whole, such as https://data.example.org")


def _ask_all(driver: Driver, planned: Plan, writing: _Writing, told: Told) -> None:
    """Every page as the site answers it, with the files they name; what is named comes later."""
    queue = deque(planned.addresses)
    for address in planned.addresses:
        writing.names.add(address)
    for same, other in planned.same:
        writing.names.alias(same, other)
    done = 0
    while queue:
        address = queue.popleft()
        html = _ask(driver, address, writing)
        for found in _further(address, html, planned):
            if found not in writing.names:
                writing.names.add(found)
                queue.append(found)
        done += 1
        told(done, done + len(queue))


def _further(address: str, html: str, planned: Plan) -> Iterator[str]:
    """What else goes into the folder because a page names it."""
    if first := explained(address, addresses(html, address)):
        yield first
    for kind, found in addresses(html, address):
        if (kind == "img" or is_file(found)) and planned.follows(kind, found):
            yield found


def _ask(driver: Driver, address: str, writing: _Writing) -> str:
    """Write what is answered; gives a page back, "" for a file and for what is not there."""
    path = writing.root / writing.names[address]
    path.parent.mkdir(parents=True, exist_ok=True)
    limits, may = writing.limits, writing.limits.total - writing.size
    most = min(may, limits.one) if is_file(address) else may
    size = 0

    def take(part: bytes) -> None:
        # What is too much is heard to its end and not written: an error here would be the site's.
        nonlocal size
        size += len(part)
        if size <= most:
            file.write(part)

    with path.open("wb") as file:
        answer = driver.ask(address, take)
    if answer.status == 200 and size <= most:
        writing.written.append(address)
        writing.size += size
        _check_size(writing)
        return path.read_text(encoding="utf-8") if answer.kind.startswith("text/html") else ""
    path.unlink()
    writing.names.drop(address)
    if answer.status != 200:
        writing.failed.append(address)
    elif size <= limits.one or not is_file(address):
        raise _too_much(limits)
    else:
        writing.large.append(address)
    return ""


def _check_size(writing: _Writing) -> None:
    if len(writing.written) > writing.limits.files:
        raise BadInput(f"The site has more than {writing.limits.files:,} files. Allow more.")


def _too_much(limits: Limits) -> BadInput:
    return BadInput(
        f"The folder would be more than {limits.total / 1e6:,.1f} MB. Allow more with --most-mb, "
        "or smaller files with --most-file-mb."
    )


def _map(writing: _Writing, planned: Plan, root: str) -> None:
    """The sitemap of the folder: the pages that are in it, as files are named there."""
    there = [p for p in planned.paths if all(f"/{x}{p}" in writing.names for x in LANGUAGES)]
    told = written(there, root, lambda page: f"/{writing.names[page]}")
    (writing.root / "sitemap.xml").write_bytes(told)


def _finish(writing: _Writing, planned: Plan, snapshot: Snapshot) -> None:
    """Turn pages of the site into pages of a folder, and list every file with its hash."""
    for address in writing.written:
        name = writing.names[address]
        if name.endswith(".html"):
            path = writing.root / name
            language = next(one for one in LANGUAGES if one == address.split("/")[1])
            html = path.read_text(encoding="utf-8")
            page = Standing(address, name)
            told = rewritten(html, page, writing.names, words(language), planned.known)
            if address in pages_of_search():
                told = with_finder(told)
            path.write_text(told, encoding="utf-8", newline="\n")
    (writing.root / "index.html").write_text(_door(), encoding="utf-8", newline="\n")
    mark = f"generation {snapshot.generation} of {snapshot.catalog.at}\n"
    (writing.root / MARK).write_text(mark, encoding="utf-8", newline="\n")
    files = sorted(path for path in writing.root.rglob("*") if path.is_file())
    lines = [f"{_sha256(path)}  {path.relative_to(writing.root).as_posix()}" for path in files]
    (writing.root / MANIFEST).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    writing.size = sum(path.stat().st_size for path in files)


def _door() -> str:
    """The first page: one link for each language."""
    links = "".join(
        f'<p><a href="{one}/index.html" lang="{one}" hreflang="{one}">'
        f"{words(one)('folder_enter')}</a></p>"
        for one in LANGUAGES
    )
    return (
        '<!doctype html>\n<html lang="es">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Cauce</title>'
        '<link rel="stylesheet" href="static/cauce.css"></head>\n'
        f'<body><main class="wide"><h1>Cauce</h1>{links}</main></body>\n</html>\n'
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_still_public(store: Path, snapshot: Snapshot) -> None:
    """What was withdrawn while we wrote must not be carried away."""
    gone = Reader(store).snapshot().catalog.withdrawn.keys() - snapshot.catalog.withdrawn.keys()
    if gone:
        raise BadInput(
            f"{', '.join(sorted(gone))} was withdrawn while the site was written. Nothing was "
            "kept; run it again."
        )


def _put(beside: Path, to: Path) -> None:
    """Put the new folder where the old one was, which goes away last."""
    old = to.with_name(f".{to.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if to.exists():
        to.rename(old)
    beside.rename(to)
    shutil.rmtree(old, ignore_errors=True)
