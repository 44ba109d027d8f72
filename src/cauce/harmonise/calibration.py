"""How a pack's weights are raised: [calibration], [[calibration.margin]] and [nonresponse]."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isnan
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean
from cauce.harmonise.sql import VALUE, quoted, text_literal
from cauce.harmonise.values import canonical, column_sql, position_sql
from cauce.model.auxiliary import ANSWERED, OUTSIDE, SILENT
from cauce.model.calibration import (
    NO_BOUND,
    Calibration,
    CalibrationMargin,
    Distance,
    Method,
    Nonresponse,
)
from cauce.model.pack import Pack
from cauce.model.place import Place
from cauce.model.recipe import AuxiliaryColumns, Check, CodedColumn

PERIOD, TOTAL = "period", "total"


def calibration(section: Section | None, files: Mapping[str, str]) -> Calibration | None:
    """[calibration] with its margins; what is wrong is noted in the section."""
    if section is None:
        return None
    methods: tuple[Method, ...] = get_args(Method)
    method = section.choice("method", methods)
    bounds = section.numbers("bounds", (-NO_BOUND, NO_BOUND))
    if len(bounds) != 2:
        section.note("bounds", "calibration.bounds must be two factors, such as [0.3, 3].")
        bounds = (-NO_BOUND, NO_BOUND)
    distance = Distance(
        next(m for m in methods if m == method),
        *bounds,
        tolerance=section.number("tolerance", Distance.tolerance),
    )
    margins = [one for inner in section.tables("margin") for one in _margin(inner, files)]
    if not margins:
        section.note("", "[calibration] has no [[calibration.margin]]: say to which totals.")
    found = Calibration(distance, section.text("household", ""), tuple(margins), section.place())
    section.finish()
    return found


def _margin(section: Section, files: Mapping[str, str]) -> list[CalibrationMargin]:
    """A margin of one wave; or, from a file with a column of periods, of several."""
    variables = section.texts("variables", ())
    found = CalibrationMargin(
        name=section.said("name"),
        period=section.text("period", ""),
        variables=variables,
        amount=section.text("amount", ""),
        totals={},
        source=section.said("source"),
        day=section.day("date"),
        place=section.place(),
    )
    table = section.text("table", "")
    if table:
        by_period = _from_file(section, table, files, variables, found.period)
    else:
        by_period = {found.period: _written(section, variables)}
        if not found.period:
            section.note("period", f"{section.name('period')} is missing: which wave is it of?")
    section.finish()
    return [replace(found, period=period, totals=own) for period, own in by_period.items()]


def _written(section: Section, variables: tuple[str, ...]) -> dict[tuple[str, ...], float]:
    """The totals that stand in the pack itself: `total`, or `totals` by codes with a blank."""
    if not variables:
        return {(): section.number("total")}
    inner = section.table("totals")
    if inner is None:
        return {}
    found = {tuple(key.split()): inner.number(key) for key in inner.rest()}
    for codes in found:
        if len(codes) != len(variables):
            section.note(
                "totals",
                f"{section.name('totals')}: {' '.join(codes)!r} must be {len(variables)} codes "
                f"with a blank between, of {', '.join(variables)}.",
            )
    return found


def _from_file(
    section: Section, table: str, files: Mapping[str, str], variables: tuple[str, ...], period: str
) -> dict[str, dict[tuple[str, ...], float]]:
    """The totals of a CSV file beside the pack, by period and codes."""
    if table not in files:
        near = did_you_mean(table, files)
        section.note("table", f"there is no file {table} in the pack.{near}")
        return {}
    rows = csv.DictReader(files[table].removeprefix("\ufeff").splitlines())
    wanted = {*variables, TOTAL, *(() if period else (PERIOD,))}
    lacking = sorted(wanted - set(rows.fieldnames or ()))
    if lacking:
        section.note("table", f"{table} has no column {', '.join(lacking)}.")
        return {}
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for line, row in enumerate(rows, start=2):
        if period and row.get(PERIOD, period) != period:
            continue
        own = found.setdefault(period or row[PERIOD], {})
        codes = tuple(row[name] for name in variables)
        if codes in own:
            section.note("table", f"{table}, line {line}: {' '.join(codes)} stands twice.")
        try:
            own[codes] = float(row[TOTAL])
            known = not isnan(own[codes])
        except (TypeError, ValueError):
            known = False
        if not known:
            section.note("table", f"{table}, line {line}: the total is not a number.")
    if not found:
        section.note("table", f"{table} has no totals{f' of {period}' if period else ''}.")
    return found


def nonresponse(section: Section | None) -> Nonresponse | None:
    """[nonresponse]; what is wrong is noted in the section."""
    if section is None:
        return None
    found = Nonresponse(
        column=section.text("column"),
        answered=section.texts("answered"),
        silent=section.texts("silent"),
        outside=section.texts("outside", ()),
        cells=section.texts("cells", ()),
        place=section.place(),
    )
    codes = (*found.answered, *found.silent, *found.outside)
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        section.note("", f"nonresponse: {code} cannot be of two kinds.")
    section.finish()
    return found


def check_calibration(pack: Pack, problems: Problems) -> None:
    """Note variables, codes and waves that are not there."""
    if pack.nonresponse:
        for name in pack.nonresponse.cells:
            _check_kind(name, "code", pack, problems, pack.nonresponse.place, "[nonresponse]")
    if pack.calibration is None:
        return
    where = "[[calibration.margin]]"
    for one in pack.calibration.margins:
        kinds = [(name, "code") for name in one.variables]
        kinds += [(one.amount, "number")] if one.amount else []
        good = [_check_kind(n, kind, pack, problems, one.place, where) for n, kind in kinds]
        if all(good):
            for fault in _strange_codes(one, pack):
                problems.add(one.place, f"{where}: {fault}")
    _check_waves(pack, pack.calibration, problems)


def _check_kind(
    name: str, kind: str, pack: Pack, problems: Problems, place: Place, where: str
) -> bool:
    variable = pack.dictionary.variables.get(name)
    if variable is not None and variable.kind == kind:
        return True
    near = did_you_mean(name, pack.dictionary.variables)
    word = "coded" if kind == "code" else "numeric"
    problems.add(place, f"{where}: {name} is no {word} variable.{near}")
    return False


def _strange_codes(one: CalibrationMargin, pack: Pack) -> Iterator[str]:
    for at, name in enumerate(one.variables):
        known = codes_of(name, pack)
        found = {codes[at] for codes in one.totals if len(codes) == len(one.variables)}
        for code in sorted(found - set(known)):
            yield f"{name} has no code {code}.{did_you_mean(code, known)}"


def codes_of(name: str, pack: Pack) -> tuple[str, ...]:
    """The codes of a coded variable, in the order of its list."""
    codelist = pack.dictionary.codelists[pack.dictionary.variables[name].codelist]
    return tuple(code.id for code in codelist.codes)


def _check_waves(pack: Pack, found: Calibration, problems: Problems) -> None:
    """Every wave is calibrated or none is: figures of one series are made alike."""
    periods = [wave.period for wave in pack.waves]
    for one in found.margins:
        if one.period and one.period not in periods:
            problems.add(one.place, f"[[calibration.margin]]: no wave has the period {one.period}.")
    said = {one.period for one in found.margins}
    for period in periods:
        if period not in said:
            problems.add(found.place, f"[calibration]: wave {period} has no margin.")


def raised_variables(pack: Pack) -> Iterator[str]:
    """What must be made of the file to raise weights, and to hold them against [[margin]]."""
    if pack.nonresponse:
        yield from pack.nonresponse.cells
    if pack.calibration:
        for one in pack.calibration.margins:
            yield from (*one.variables, *((one.amount,) if one.amount else ()))


def raised_columns(pack: Pack) -> Iterator[str]:
    """The columns of the file that raising weights needs beside variables."""
    if pack.nonresponse:
        yield pack.nonresponse.column
    if pack.calibration:
        yield pack.calibration.household


def auxiliary_columns(pack: Pack, columns: Mapping[str, str]) -> AuxiliaryColumns:
    """The output expressions of what weights are raised by."""
    if pack.nonresponse is None and pack.calibration is None:
        return AuxiliaryColumns()
    kinds = pack.dictionary.variables
    names = [*raised_variables(pack), *(one.variable for one in pack.margins if one.variable)]
    household = pack.calibration.household if pack.calibration else ""
    every = dict.fromkeys(names)
    return AuxiliaryColumns(
        codes=tuple(
            CodedColumn(name, position_sql(name, pack))
            for name in every
            if kinds[name].kind == "code"
        ),
        amounts=tuple(
            CodedColumn(name, quoted(VALUE + name)) for name in every if kinds[name].kind != "code"
        ),
        household=column_sql(household),
        ended=_ended(pack.nonresponse, columns) if pack.nonresponse else "",
    )


def _ended(found: Nonresponse, columns: Mapping[str, str]) -> str:
    text, whens = canonical(found.column, columns), ""
    parts = (found.answered, ANSWERED), (found.silent, SILENT), (found.outside, OUTSIDE)
    for codes, number in parts:
        whens += "".join(f" WHEN {text_literal(code)} THEN {number}" for code in codes)
    return f"CASE {text}{whens} END"


def raised_checks(pack: Pack, columns: Mapping[str, str]) -> Iterator[Check]:
    """Questions that must have no answer before weights are raised."""
    if pack.nonresponse:
        found = pack.nonresponse
        text = canonical(found.column, columns)
        known = (*found.answered, *found.silent, *found.outside)
        listed = ", ".join(text_literal(code) for code in known)
        yield Check(
            f"SELECT {text} AS code, count(*) AS count FROM harmonised "
            f"WHERE {text} NOT IN ({listed}) GROUP BY 1 ORDER BY 1",
            f"[nonresponse] does not say how an interview ended with these codes of "
            f"{found.column}: {{codes}}. Add each to answered, silent or outside.",
            known=known,
        )
    if pack.calibration and pack.calibration.household:
        column = column_sql(pack.calibration.household)
        yield Check(
            f"SELECT NULL AS code, count(*) AS count FROM harmonised WHERE {column} IS NULL",
            f"The household (column {pack.calibration.household}) is empty for {{count}} "
            "respondents.",
        )


def crossed(margin: CalibrationMargin) -> str:
    """A margin by its variables: SEX × AGE5, or T of everyone; of an amount, that first."""
    return " × ".join((*((margin.amount,) if margin.amount else ()), *margin.variables)) or "T"
