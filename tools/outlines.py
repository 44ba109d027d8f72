"""Cut the outlines of the Americas out of the npm package world-atlas into charts/outlines.json.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/outlines.py package/countries-50m.json

The outlines are those of Natural Earth (public domain) at 1:50 million, packed as TopoJSON by
world-atlas (ISC licence). They are projected to equal areas, simplified arc by arc, so that
neighbours keep one border, and cut at the edges of two windows: all of the region, and Central
America with the Caribbean larger.
"""

import argparse
import json
import math
from pathlib import Path

import pycountry

TARGET = Path(__file__).parent.parent / "src/cauce/publish/charts/outlines.json"
SOURCE = "Natural Earth 1:50m, public domain; npm world-atlas 2.0.2, ISC licence"
CENTRE = (-80.0, 8.0)
RADIUS = 6371.0
"""Kilometres: mean radius of the Earth (IUGG)."""
# Source: UN M49, region 019, without Bouvet Island and South Georgia, where nobody lives.
CODES = """
    BMU CAN GRL SPM USA BLZ CRI SLV GTM HND MEX NIC PAN AIA ATG ABW BHS BRB BES
    VGB CYM CUB CUW DMA DOM GRD GLP HTI JAM MTQ MSR PRI BLM KNA LCA MAF VCT SXM
    TTO TCA VIR ARG BOL BRA CHL COL ECU FLK GUF GUY PRY PER SUR URY VEN
"""
REGION = frozenset(CODES.split())
# Natural Earth counts these as parts of France and of the Netherlands: west, south, east, north.
OVERSEAS = {
    "GUF": ("250", (-55.0, 2.0, -51.0, 6.5)),
    "GLP": ("250", (-62.0, 15.7, -60.9, 16.7)),
    "MTQ": ("250", (-61.4, 14.2, -60.7, 15.0)),
    "BES": ("528", (-69.0, 11.9, -62.8, 17.8)),
}
NUMERIC = {each.numeric: each.alpha_3 for each in pycountry.countries}
WIDTH = 340.0
WINDOW = (-5300.0, -7000.0, 5300.0, 6900.0)
NEAR = (-1480.0, -130.0, 2330.0, 2180.0)
"""The two windows, in kilometres from the centre: west, south, east, north."""
PLACE = (0.0, 306.0, 186.0)
"""Where the larger window stands in the drawing: left, top, width."""
FINE, LEAST, SMALL = 0.35, 0.5, 7.0
"""Units of the drawing: how far a line may move, the least island, the least area seen as such."""

Point = tuple[float, float]
Ring = list[Point]


def arcs_of(world: dict) -> list[Ring]:
    """The arcs in degrees. Source: TopoJSON 1.0, section 2.1.3: quantised, each from the last."""
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    found = []
    for arc in world["arcs"]:
        x = y = 0
        ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            ring.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        found.append(ring)
    return found


def projected(degrees: Point) -> Point:
    """Kilometres east and north. Source: Snyder (1987), Map Projections, equations 24-2 to 24-4."""
    east, north = math.radians(degrees[0] - CENTRE[0]), math.radians(degrees[1])
    middle = math.radians(CENTRE[1])
    cosine = math.sin(middle) * math.sin(north) + math.cos(middle) * math.cos(north) * math.cos(
        east
    )
    k = RADIUS * math.sqrt(2 / max(1 + cosine, 1e-9))
    up = math.cos(middle) * math.sin(north) - math.sin(middle) * math.cos(north) * math.cos(east)
    return k * math.cos(north) * math.sin(east), k * up


def simplified(line: Ring, far: float) -> Ring:
    """The line without points nearer than `far`. Source: Douglas & Peucker (1973)."""
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    long = math.hypot(bx - ax, by - ay)

    def off(point: Point) -> float:
        if long == 0:
            return math.hypot(point[0] - ax, point[1] - ay)
        return abs((bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)) / long

    worst = max(range(1, len(line) - 1), key=lambda i: off(line[i]))
    if off(line[worst]) <= far:
        return [line[0], line[-1]]
    return [*simplified(line[: worst + 1], far)[:-1], *simplified(line[worst:], far)]


def joined(parts: list[int], arcs: list[Ring]) -> Ring:
    """A ring from its arcs; ~i is arc i the other way round."""
    found: Ring = []
    for i in parts:
        arc = arcs[i] if i >= 0 else arcs[~i][::-1]
        found += arc[1:] if found else arc
    return found


def cut(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """What of a ring is inside a box. Source: Sutherland & Hodgman (1974)."""
    for axis, bound, keep_above in ((0, box[0], True), (0, box[2], False),
                                    (1, box[1], True), (1, box[3], False)):  # fmt: skip
        found: Ring = []
        for a, b in zip(ring[-1:] + ring[:-1], ring, strict=True):
            inside_a, inside_b = ((p[axis] >= bound) == keep_above for p in (a, b))
            if inside_a != inside_b:
                t = (bound - a[axis]) / (b[axis] - a[axis])
                found.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
            if inside_b:
                found.append(b)
        ring = found
        if not ring:
            break
    return ring


def area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def middle(ring: Ring) -> Point:
    """A point well inside: the middle of the widest stretch on one of nine levels."""
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    best = (0.0, ring[0])
    for i in range(1, 10):
        y = low + (high - low) * i / 10
        edges = zip(ring, ring[1:] + ring[:1], strict=True)
        xs = sorted(a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
                    for a, b in edges if (a[1] > y) != (b[1] > y))  # fmt: skip
        for left, right in zip(xs[::2], xs[1::2], strict=True):
            best = max(best, (right - left, ((left + right) / 2, y)))
    return best[1]


def countries(world: dict) -> dict[str, list[list[list[int]]]]:
    """Polygons, each a list of rings of arcs, by alpha-3 code."""
    arcs = arcs_of(world)
    found: dict[str, list] = {code: [] for code in REGION}
    for shape in world["objects"]["countries"]["geometries"]:
        known = NUMERIC.get(shape.get("id"))
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            x, y = joined(polygon[0], arcs)[0]
            for code, (of, (west, south, east, north)) in OVERSEAS.items():
                if shape.get("id") == of and west <= x <= east and south <= y <= north:
                    found[code].append(polygon)
            if known in REGION:
                found[known].append(polygon)
    return found


def window(world: dict, box: tuple[float, float, float, float], wide: float) -> dict[str, dict]:
    """The outlines seen through a window so many units wide; an island too small is its middle."""
    unit = (box[2] - box[0]) / wide
    arcs = [simplified([projected(p) for p in arc], FINE * unit) for arc in arcs_of(world)]
    whole = [[projected(p) for p in arc] for arc in arcs_of(world)]

    def placed(ring: Ring) -> Ring:
        return [(round((x - box[0]) / unit, 1), round((box[3] - y) / unit, 1)) for x, y in ring]

    found = {}
    for code, polygons in sorted(countries(world).items()):
        rings = []
        for polygon in polygons:
            for parts in polygon:
                ring = placed(cut(joined(parts, arcs)[:-1], box))
                if len(ring) > 2 and area(ring) >= LEAST:
                    rings.append(ring)
        largest = max((placed(cut(joined(p[0], whole)[:-1], box)) for p in polygons),
                      key=lambda ring: area(ring) if len(ring) > 2 else 0, default=[])  # fmt: skip
        if len(largest) < 3:
            continue
        small = area(largest) < SMALL
        x, y = middle(largest)
        found[code] = {
            "at": [round(x, 1), round(y, 1)],
            "rings": [] if small else [[n for p in ring for n in p] for ring in rings],
        }
    return found


def main() -> None:
    """Write the outlines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path, help="countries-50m.json of world-atlas 2.0.2")
    world = json.loads(parser.parse_args().world.read_text())
    high = WIDTH * (WINDOW[3] - WINDOW[1]) / (WINDOW[2] - WINDOW[0])
    near_high = PLACE[2] * (NEAR[3] - NEAR[1]) / (NEAR[2] - NEAR[0])
    result = {
        "source": SOURCE,
        "width": WIDTH,
        "height": round(high, 1),
        "inset": [*PLACE, round(near_high, 1)],
        "whole": window(world, WINDOW, WIDTH),
        "near": window(world, NEAR, PLACE[2]),
    }
    for part in ("whole", "near"):
        print(
            part,
            len(result[part]),
            "places",
            sum(len(p["rings"]) == 0 for p in result[part].values()),
            "as dots",
        )
    print("missing:", sorted(REGION - set(result["whole"])))
    TARGET.write_text(json.dumps(result, separators=(",", ":"), sort_keys=True) + "\n")
    print(TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
