"""What is withheld looks alike: two releases that publish the same numbers give the same bytes,
whichever of the withheld cells is the small one, and no withheld number is in any of them."""

import logging
import re
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient
from tests.unit.protect.conftest import indicator, judged, make_cells, make_pack

from cauce.model.cell import Cells
from cauce.model.release import InputFile, Provenance, Release
from cauce.portal.app import create_app
from cauce.portal.bulletin import Bulletin
from cauce.portal.explorer.files import FILES
from cauce.portal.export.plan import plan
from cauce.protect import protect
from cauce.publish.forms import DATA_FORMATS
from cauce.publish.metadata.forms import METADATA_FORMATS
from cauce.publish.structure.forms import STRUCTURE_FORMATS
from cauce.store import Reader, Store, audits, audits_beside

FLOW = "XAA_S_T"
MADE = Provenance(
    pack="p",
    pack_sha256="0" * 64,
    inputs=(InputFile("f.csv", "1" * 64, 9, "2020", 9),),
    code_version="1",
    lock_sha256="2" * 64,
    machine="m",
    rules=("conf-4",),
)
PEOPLE = (
    [[3, 398_765_431], [698_765_432, 198_765_433]],
    [[398_765_431, 3], [300_000_004, 597_530_861]],
)
"""Two tables with the same margins; of each the 3 is small and the others protect it."""
HAVING = (
    [[1, 123_456_789], [323_456_789, 98_765_432]],
    [[123_456_789, 1], [200_000_001, 222_222_220]],
)
QUERIES = (
    "",
    "?attributes=dsd",
    "?c[D0]=C0&c[D1]=C1",
    "?c[OBS_VALUE]=gt:100",
    "?lastNObservations=1",
    "?dimensionAtObservation=AllDimensions",
    "?dimensionAtObservation=D0",
    "?includeHistory=true",
    "?updatedAfter=2025-01-01T00:00:00Z",
    "?measures=none&attributes=all",
    "?detail=nodata",
)
MODES = (("*", "exact"), ("D0", "available"))
DATAFLOW = f"dataflow/CAUCE/{FLOW}/1.0"
ASKED = (
    *(f"/sdmx/v2/data/{DATAFLOW}/*{query}" for query in QUERIES),
    f"/sdmx/v2/structure/{DATAFLOW}?references=all",
    *(f"/sdmx/v2/availability/{DATAFLOW}/*/{at}?mode={mode}" for at, mode in MODES),
    *(f"/sdmx/v{root}/schema/{DATAFLOW}" for root in (1, 2)),
    f"/sdmx/v2/metadata/structure/{DATAFLOW}",
    "/sdmx/v2/structure/dataconstraint/CAUCE/*/*",
    "/sdmx/v1/contentconstraint/CAUCE/all/all",
    *(
        f"/sdmx/v1/data/{FLOW}/all{query}"
        for query in ("", "?detail=nodata", "?firstNObservations=1", "?includeHistory=true")
    ),
    f"/sdmx/v1/availableconstraint/{FLOW}",
    f"/sdmx/v1/dataflow/CAUCE/{FLOW}/1.0?references=all",
    *(f"/en/embed/{FLOW}?D0=*&D1=*&chart={kind}" for kind in ("dots", "bars", "line", "map")),
    *(
        f"/es/tables/{FLOW}?INDICATOR=R&D0=*&D1=*&sort={sort}"
        for sort in ("value", "-value", "error", "n", "-interval")
    ),
    f"/en/tables/{FLOW}?D0=*&columns=D1&sort=-value@C1",
    f"/es/tables/{FLOW}?D0=C0&D1=C0&vintage=2020",
    f"/en/tables/{FLOW}?D0=C9",
    *(f"/en/explain/{FLOW}/A.XAA.POP.C0.{code}?period=2020" for code in ("C0", "C1", "C9")),
    f"/es/explain/{FLOW}/A.XAA.R.C0.C0?period=2020&vintage=2020",
    f"/en/compare/{FLOW}/A.XAA.R.C0.C0?period=2020",
    f"/en/compare/{FLOW}.csv",
    f"/en/tables/{FLOW}.csv?D0=C0&D1=C1",
    f"/en/tables/{FLOW}.zip?D0=*",
    "/en/package.zip",
    "/catalog.jsonld",
    "/en/nowhere",
)
ACCEPTED = {
    "data": (
        *(form.media_type for form in DATA_FORMATS.values()),
        f"{DATA_FORMATS['csv-2.0'].media_type};labels=both;keys=both",
    ),
    "metadata": tuple(form.media_type for form in METADATA_FORMATS.values()),
    "others": (*(form.media_type for form in STRUCTURE_FORMATS.values()), "*/*"),
}
"""Every format of the tables of formats, so that a new one is looked at, too."""
NUMBERS = ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess")
COUNTS = ("df", "missing", "psus", "strata")


def planted(which: int) -> tuple[Cells, list[float]]:
    """The cells of a table, and the numbers of those that are withheld: long ones, all different.

    Nothing of them is in a number that is published.
    """
    cells = make_cells(
        (indicator("POP"), indicator("R", "rate", "2")),
        [PEOPLE[which], PEOPLE[which]],
        [PEOPLE[which], HAVING[which]],
    )
    release = protect([cells], make_pack())
    flow, letters = judged(release)
    assert sorted(letters).count("D") == 6
    at = np.flatnonzero(np.array(letters) != "F")
    assert (flow.key == cells.key).all()
    columns = {name: getattr(cells, name).copy() for name in (*NUMBERS, *COUNTS)}
    marks = iter(
        np.arange(len(at) * len(NUMBERS)) * 1_000_003.5 + 271_828_182_845.25 + which * 1e11
    )
    for name in NUMBERS:
        columns[name][at] = [next(marks) for _ in at]
    for place, name in enumerate(COUNTS):
        columns[name][at] = 765_400_000 + 1_000 * place + at + 37 * which
    found = replace(cells, **columns)
    secret = [float(x) for name in NUMBERS for x in columns[name][at]]
    secret += [float(x) for name in COUNTS for x in columns[name][at]]
    secret += [float(x) for name in ("n", "cases") for x in getattr(cells, name)[at]]
    return found, [x for x in secret if x > 1_000_000]


def released(which: int, vintage: str) -> Release:
    """A release of that table and of a later wave; the second vintage revises one number of it."""
    cells, _ = planted(which)
    people = [[61, 70], [80, 91 if vintage == "2020" else 92]]
    later = make_cells((indicator("POP"), indicator("R", "rate", "2")), [people] * 2, period=1)
    made = protect([cells, later], make_pack())
    reason = "" if vintage == "2020" else "One more reply."
    return replace(made, vintage=vintage, provenance=MADE, reason=reason)


def everything(which: int, place: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a store and every answer of the portal over it with its headers, by name; and
    what went to the log and into temporary files meanwhile."""
    store, log, temporary = place / "store", place / "log", place / "temporary"
    temporary.mkdir()
    tempfile.tempdir = str(temporary)
    heard = logging.FileHandler(log)
    logging.getLogger().addHandler(heard)
    logging.getLogger().setLevel(logging.DEBUG)
    yield from published(which, store)
    yield from asked(store)
    assert audits_beside(store).is_dir()
    logging.getLogger().removeHandler(heard)
    heard.close()
    for path in (log, *temporary.rglob("*")):
        if path.is_file():
            yield f"left behind: {path.name}", path.read_bytes()


def published(which: int, store: Path) -> Iterator[tuple[str, bytes]]:
    for vintage in ("2020", "2020.1"):
        Store(store).publish(released(which, vintage), f"2026-01-0{len(vintage) % 3 + 1}T12:00:00Z")
    for path in sorted(store.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(store)), path.read_bytes()


def asked(store: Path) -> Iterator[tuple[str, bytes]]:
    snapshot = Reader(store).snapshot()
    endings = [file.ending for file in FILES]
    app = create_app(store, clock=lambda: datetime(2026, 2, 1, tzinfo=UTC))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as portal:
        addresses = plan(snapshot, Bulletin((), (), ()), endings, known=True).addresses
        for address in (*addresses, *ASKED):
            yield from answers(portal, address)


def answers(portal: TestClient, address: str) -> Iterator[tuple[str, bytes]]:
    if address.startswith("/static/"):
        return
    for accept in accepted(address):
        answer = portal.get(address, headers={"Accept": accept})
        told = "\n".join(f"{name}: {word}" for name, word in sorted(answer.headers.items()))
        yield f"{address} {accept}", f"{answer.status_code}\n{told}\n".encode() + answer.content


def accepted(address: str) -> tuple[str, ...]:
    if not address.startswith("/sdmx/"):
        return ("*/*",)
    return ACCEPTED.get(address.split("/")[3], ACCEPTED["others"])


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, bytes]]]:
    """With one hash for every audit: manifests, catalogs and ETags rest on it, and its salt would
    make them others each time (`tests/unit/store/test_audits.py`)."""
    place, level = tempfile.tempdir, logging.getLogger().level
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(audits, "sha256", lambda _: "a" * 64)
        yield [dict(everything(which, tmp_path_factory.mktemp("w"))) for which in (0, 1)]
    tempfile.tempdir = place
    logging.getLogger().setLevel(level)


def test_which_cell_is_small_changes_no_byte_of_what_is_public(two: list[dict[str, bytes]]) -> None:
    one, other = ({name: timeless(body) for name, body in each.items()} for each in two)
    assert one.keys() == other.keys()
    assert sum(body.startswith(b"200") for body in one.values()) > 90
    assert [name for name in one if one[name] != other[name]] == []
    given = {name.split(" ", 1)[1] for name, body in one.items() if body.startswith(b"200")}
    assert {accept for each in ACCEPTED.values() for accept in each} <= given


def timeless(body: bytes) -> bytes:
    """An answer without what its clock says: when a workbook or a message was written."""
    if b"PK\x03\x04" in body[:2000]:
        return opened(body)
    return re.sub(rb'"?prepared"?[:>"= ]+[^"<]+', b"", body, flags=re.IGNORECASE)


def test_no_withheld_number_is_in_any_file_answer_or_header(two: list[dict[str, bytes]]) -> None:
    for which, found in enumerate(two):
        _, secret = planted(which)
        assert len(secret) >= 100
        for name, body in found.items():
            assert leaked(opened(body), secret) == [], name


def opened(body: bytes) -> bytes:
    """The bytes with what is packed in them: members of a workbook, columns of a Parquet file."""
    start = body.find(b"PK\x03\x04")
    if start >= 0:
        with zipfile.ZipFile(BytesIO(body[start:])) as book:
            names = [name for name in sorted(book.namelist()) if not name.startswith("docProps")]
            return b"".join(book.read(name) for name in names)
    start = body.find(b"PAR1")
    if start >= 0:
        table = pq.read_table(BytesIO(body[start:]))
        said = str(pq.read_metadata(BytesIO(body[start:])).to_dict())
        return repr((table.to_pydict(), said)).encode()
    return body


def leaked(body: bytes, secret: list[float]) -> list[float]:
    """Which numbers are in the bytes: as doubles, or in digits however they are grouped."""
    digits = set(
        re.findall(rb"\d{9,}", re.sub(rb"[.,'\s]|\xc2\xa0|\xe2\x80\xaf|&nbsp;", b"", body))
    )
    runs = b" ".join(digits)
    return [
        x
        for x in secret
        if struct.pack("<d", x) in body
        or struct.pack(">d", x) in body
        or str(int(x)).encode() in runs
    ]
