"""What pages weigh: bytes of HTML without charts, as sent, and of JavaScript. Prints JSON.

Every page of the site map, and what its links lead to: of each kind of page, some in each language.
Run: python bench/weights.py STORE [--each N]
"""

import gzip
import json
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from starlette.applications import Starlette
from starlette.routing import Match, Route
from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.portal.bulletin import Bulletin
from cauce.portal.signposts import pages
from cauce.store import Reader

MOST, MOST_SCRIPT = 30_000, 60_000
CHART = re.compile(r"<svg.*?</svg>", re.DOTALL)
SCRIPT = re.compile(r"<script(?![^>]*ld\+json)[^>]*>(.*?)</script>", re.DOTALL)
LINK = re.compile(r'href="([^"#]+)')


def kind_of(site: Starlette, address: str) -> str:
    """The kind of page an address is of, as the site declares it."""
    scope = {"type": "http", "method": "GET", "path": urlsplit(address).path, "headers": []}
    for route in site.routes:
        if isinstance(route, Route) and route.matches(scope)[0] is Match.FULL:
            return route.path + ("?" if urlsplit(address).query else "")
    return ""


def walk(store: Path, each: int) -> Iterator[tuple[str, str, str]]:
    """The kind, the address and the text of every page that is looked at."""
    site = create_app(store)
    client, seen = TestClient(site), Counter[tuple[str, str]]()
    mapped = pages(Reader(store).snapshot(), Bulletin((), (), ()))
    known = [f"/{language}{path}" for path in mapped for language in ("en", "es")]
    wait, met = deque(known), set(known)
    while wait:
        address = wait.popleft()
        kind, language = kind_of(site, address), address[1:3]
        if address not in known and (not kind or seen[kind, language] >= each):
            continue
        seen[kind, language] += 1
        answer = client.get(address, headers={"Accept-Encoding": "identity"})
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        yield kind, address, answer.text
        found = [urljoin(address, unescape(link)) for link in LINK.findall(answer.text)]
        new = [link for link in found if link[:4] in ("/en/", "/es/") and link not in met]
        met.update(new)
        wait.extend(new)


def main() -> None:
    each = int(sys.argv[sys.argv.index("--each") + 1]) if "--each" in sys.argv else 8
    found = []
    for kind, address, text in walk(Path(sys.argv[1]), each):
        script = sum(len(part.encode()) for part in SCRIPT.findall(text))
        bare = CHART.sub("", text).encode()
        found.append((len(bare), len(gzip.compress(bare)), script, address, kind))
    found.sort(reverse=True)
    heaviest = {}
    for size, small, _, address, kind in found:
        heaviest.setdefault(kind, {"address": address, "bytes": size, "gzip": small})
    told = {
        "bench": "weights",
        "pages": len(found),
        "over_30_kb": sum(n > MOST for n, *_ in found),
        "over_30_kb_as_sent": sum(z > MOST for _, z, *_ in found),
        "script_bytes_most": max(script for *_, script, _, _ in found),
        "heaviest_of_each_kind": heaviest,
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
