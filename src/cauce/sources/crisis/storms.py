"""Tracks of storms: the best-track text HURDAT2, and a CSV with one fix a line.

HURDAT2: Landsea and Franklin (2013), Monthly Weather Review 141, 3576–3592; a line for each storm
and one for each fix, winds in knots, radii in nautical miles by quadrant, −99 and −999 for what is
not known.
"""

import csv
import io
import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from cauce.model.crisis import Track
from cauce.model.errors import BadInput
from cauce.sources.crisis.texts import text_of

KNOT_MS, NAUTICAL_KM = 0.514444, 1.852
COLUMNS = ("name", "year", "month", "day", "hour", "lat", "long", "wind", "pressure")
DIAMETER = "tropicalstorm_force_diameter"
UNKNOWN = math.nan


@dataclass(frozen=True)
class _Fix:
    at: datetime
    lat: float
    lon: float
    wind: float
    pressure: float
    gale: float
    rmax: float


def read_storms(path: Path) -> tuple[Track, ...]:
    """All storms of a file, in its order.

    Raises:
        BadInput: the file is neither HURDAT2 nor a CSV with our columns; a fix cannot be read.
    """
    text = text_of(path)
    first = text.lstrip().splitlines()[0] if text.strip() else ""
    found = _hurdat(text, path.name) if first[:2].isalpha() and first[2:8].isdigit() else None
    return tuple(found if found is not None else _csv(text, path.name))


def storm(tracks: tuple[Track, ...], name: str, year: int) -> Track:
    """One storm by name and the year it began. Raises BadInput if there is none."""
    named = [one for one in tracks if one.name.casefold() == name.casefold()]
    for one in named:
        if one.starts.startswith(str(year)):
            return one
    years = ", ".join(sorted(one.starts[:4] for one in named))
    raise BadInput(
        f"The file has no storm {name} of {year}." + (f" It has one of {years}." if years else "")
    )


def _csv(text: str, name: str) -> list[Track]:
    lines = csv.DictReader(io.StringIO(text))
    missing = [one for one in COLUMNS if one not in (lines.fieldnames or ())]
    if missing:
        raise BadInput(
            f"{name} is neither HURDAT2 nor a CSV of fixes: it has no column {', '.join(missing)}."
        )
    fixes: dict[tuple[str, str], list[_Fix]] = defaultdict(list)
    for number, line in enumerate(lines, 2):
        try:
            fix = _of_line(line)
        except (ValueError, TypeError) as error:
            raise BadInput(f"{name}, line {number}: this is no fix of a storm. {error}.") from error
        fixes[_season(fixes, line["name"], fix)].append(fix)
    return [_track(storm_name, found) for (storm_name, _), found in fixes.items()]


def _season(fixes: dict[tuple[str, str], list[_Fix]], name: str, fix: _Fix) -> tuple[str, str]:
    """A storm that lives over New Year is one storm; the same name twenty years on is another."""
    before = (name, str(fix.at.year - 1))
    if before in fixes and (fix.at - fixes[before][-1].at).days < 15:
        return before
    return (name, str(fix.at.year))


def _of_line(line: dict[str, str]) -> _Fix:
    at = datetime(int(line["year"]), int(line["month"]), int(line["day"]), int(line["hour"]))  # noqa: DTZ001
    diameter = _number(line.get(DIAMETER, ""))
    return _Fix(
        at=at,
        lat=float(line["lat"]),
        lon=float(line["long"]),
        wind=_known(line["wind"]) * KNOT_MS,
        pressure=_number(line["pressure"]),
        gale=diameter / 2 * NAUTICAL_KM,
        rmax=UNKNOWN,
    )


def _number(text: str | None) -> float:
    return UNKNOWN if text is None or text.strip() in ("", "NA") else float(text)


def _known(text: str) -> float:
    wind = _number(text)
    if not wind >= 0:
        raise ValueError("Its wind is not known")
    return wind


def _hurdat(text: str, name: str) -> list[Track]:
    lines, found, at = text.splitlines(), [], 0
    while at < len(lines):
        head = [part.strip() for part in lines[at].split(",")]
        if not lines[at].strip():
            at += 1
            continue
        try:
            count = int(head[2])
            fixes = [_of_hurdat(lines[at + 1 + k]) for k in range(count)]
        except (ValueError, IndexError) as error:
            raise BadInput(
                f"{name}, line {at + 1}: this storm cannot be read as HURDAT2. {error}."
            ) from error
        found.append(_track(head[1].title(), fixes))
        at += count + 1
    return found


def _of_hurdat(line: str) -> _Fix:
    part = [one.strip() for one in line.split(",")]
    gales = [float(one) for one in part[8:12] if one and float(one) >= 0]
    rmax = float(part[20]) if len(part) > 20 and part[20] else -999.0
    pressure = float(part[7])
    wind = float(part[6])
    if wind < 0:
        raise ValueError("The wind of a fix is not known")
    return _Fix(
        at=datetime.strptime(part[0] + part[1], "%Y%m%d%H%M"),  # noqa: DTZ007
        lat=_degrees(part[4], "NS"),
        lon=_degrees(part[5], "EW"),
        wind=wind * KNOT_MS,
        pressure=pressure if pressure > 0 else UNKNOWN,
        gale=float(np.mean(gales)) * NAUTICAL_KM if len(gales) == 4 else UNKNOWN,
        rmax=rmax * NAUTICAL_KM if rmax > 0 else UNKNOWN,
    )


def _degrees(text: str, signs: str) -> float:
    if text[-1] not in signs:
        raise ValueError(f"{text!r} is no degree with {' or '.join(signs)}")
    return float(text[:-1]) * (1 if text[-1] == signs[0] else -1)


def _track(name: str, fixes: list[_Fix]) -> Track:
    def column(values: list[float]) -> np.ndarray:
        return np.array(values, dtype=np.float64)

    start = fixes[0].at
    return Track(
        name=name,
        starts=start.isoformat(),
        hours=column([(fix.at - start).total_seconds() / 3600 for fix in fixes]),
        lat=column([fix.lat for fix in fixes]),
        lon=column([fix.lon for fix in fixes]),
        wind_ms=column([fix.wind for fix in fixes]),
        pressure_hpa=column([fix.pressure for fix in fixes]),
        gale_km=column([fix.gale for fix in fixes]),
        rmax_km=column([fix.rmax for fix in fixes]),
    )
