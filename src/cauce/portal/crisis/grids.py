"""The tables of a crisis: where, in what, when, what is lost, what rebuilding asks for."""

from dataclasses import dataclass

from cauce.portal.crisis.numbers import Numbers, Range

MOST_LINES = 40


@dataclass(frozen=True)
class Grid:
    """A table: its caption, heads, and rows that begin with their name."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Range, ...]], ...]
    note: str = ""


def migrants_of(numbers: Numbers, group: str) -> dict[str, str]:
    """The code of migrants in the dimension of origin: the last of two."""
    codes = numbers.codes("WORKERS", group)
    return {group: codes[-1][0]} if len(codes) == 2 else {}


def event_of(numbers: Numbers) -> str:
    """The code of the month it came in."""
    return f"M{numbers.crisis.month[5:]}"


def workers_of(numbers: Numbers, what: str, **codes: str) -> Range:
    return numbers.range("WORKERS", what, MONTH=event_of(numbers), **codes)


def names_of(numbers: Numbers) -> dict[str, str]:
    area = numbers.own("LAND", 0)
    return dict(numbers.codes("LAND", area))


def areas_of(numbers: Numbers, area: str, group: str) -> Grid:
    """Each area that was reached: its land, workers exposed, migrants among them."""
    words, land = numbers.words, numbers.own("LAND", 0)
    names = names_of(numbers)
    reached = sorted(
        (one for one in numbers.crisis.areas if one.land[2] > 0),
        key=lambda one: (-one.land[1], -one.land[2]),
    )
    migrants = migrants_of(numbers, group)
    rows = []
    for one in reached[:MOST_LINES]:
        cells = [numbers.range("LAND", "CRS_LAND", **{land: one.area})]
        if area:
            cells.append(workers_of(numbers, "CRS_EXPOSED", **{area: one.area}))
        if area and migrants:
            cells.append(workers_of(numbers, "CRS_EXPOSED", **{area: one.area}, **migrants))
        rows.append((names.get(one.area, words.of(one.name)), tuple(cells)))
    heads = [words("crisis_land")]
    heads += [words("crisis_exposed")] if area else []
    heads += [words("crisis_migrants")] if area and migrants else []
    untouched = len(numbers.crisis.areas) - len(reached)
    note = words("crisis_untouched", count=untouched) if untouched else ""
    return Grid(words("crisis_where"), tuple(heads), tuple(rows), note)


def sectors_of(numbers: Numbers, sector: str, group: str) -> Grid:
    words, migrants = numbers.words, migrants_of(numbers, group)
    rows = []
    for code, name in numbers.codes("WORKERS", sector):
        cells = [workers_of(numbers, "CRS_EXPOSED", **{sector: code})]
        if migrants:
            cells.append(workers_of(numbers, "CRS_EXPOSED", **{sector: code}, **migrants))
        cells.append(workers_of(numbers, "CRS_AFFECTED", **{sector: code}))
        rows.append((name, tuple(cells)))
    heads = [words("crisis_exposed"), words("crisis_affected")]
    if migrants:
        heads.insert(1, words("crisis_migrants"))
    return Grid(words("crisis_in_what"), tuple(heads), tuple(rows))


def months_of(numbers: Numbers, sector: str, group: str) -> Grid | None:
    """Had it come in another month: the sector whose presence differs most, all and migrants."""
    words, migrants = numbers.words, migrants_of(numbers, group)
    months = numbers.codes("WORKERS", "MONTH")
    best: tuple[float, str, str] | None = None
    for code, name in numbers.codes("WORKERS", sector):
        raw = [
            numbers.range("WORKERS", "CRS_EXPOSED", MONTH=m, **{sector: code}, **migrants).raw
            for m, _ in months
        ]
        known = [one for one in raw if one is not None]
        if len(known) > 1 and min(known) > 0:
            spread = max(known) / min(known)
            if spread > 1.01 and (best is None or spread > best[0]):
                best = spread, code, name
    if best is None:
        return None
    rows = []
    for month, name in months:
        of = {"MONTH": month, sector: best[1]}
        cells = [numbers.range("WORKERS", "CRS_EXPOSED", **of)]
        if migrants:
            cells.append(numbers.range("WORKERS", "CRS_EXPOSED", **of, **migrants))
        rows.append((name, tuple(cells)))
    heads = (words("crisis_exposed"), *((words("crisis_migrants"),) if migrants else ()))
    times = words.number(best[0], 0)
    key = "crisis_months_migrants" if migrants else "crisis_months"
    return Grid(words(key, sector=best[2], times=times), heads, tuple(rows))


def losses_of(numbers: Numbers) -> Grid | None:
    words = numbers.words
    periods = numbers.codes("LOSSES", "TIME_PERIOD")
    if not periods:
        return None
    rows = tuple(
        (
            f"{words.month(int(period[5:]))} {period[:4]}",
            tuple(
                numbers.range("LOSSES", what, TIME_PERIOD=period)
                for what in ("CRS_STOPPED", "CRS_DAYS", "CRS_INCOME")
            ),
        )
        for period, _ in periods
    )
    heads = words("crisis_stopped"), words("crisis_days"), words("crisis_income")
    return Grid(words("crisis_losses"), heads, rows)


def pressure_of(numbers: Numbers) -> Grid | None:
    """Classes by area and month, in words; of a hazard of slow onset alone."""
    words, area = numbers.words, numbers.own("PRESSURE", 0)
    months = numbers.codes("PRESSURE", "MONTH")
    if not area or not months:
        return None
    rows = tuple(
        (name, tuple(_class(numbers, {area: code, "MONTH": month}) for month, _ in months))
        for code, name in numbers.codes("PRESSURE", area)
    )
    heads = tuple(name[:3] for _, name in months)
    return Grid(words("crisis_pressure"), heads, rows, words("crisis_pressure_note"))


def _class(numbers: Numbers, codes: dict[str, str]) -> Range:
    found = numbers.range("PRESSURE", "CRS_PRESSURE", **codes)
    if found.raw is None:
        return found
    return Range(numbers.words(f"pressure_{int(found.raw)}"), "", "", found.raw)


def rebuilding_of(numbers: Numbers) -> Grid | None:
    words = numbers.words
    years = numbers.codes("REBUILDING", "TIME_PERIOD")
    if not years:
        return None
    rows = tuple(
        (name, (numbers.range("REBUILDING", "CRS_REBUILD", TIME_PERIOD=code),))
        for code, name in years
    )
    caption, note = words("crisis_rebuilding"), words("crisis_rebuilding_note")
    return Grid(caption, (words("crisis_rebuild_workers"),), rows, note)
