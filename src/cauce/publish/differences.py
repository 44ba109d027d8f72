"""Differences of published numbers as plain CSV and JSON."""

import json
from collections.abc import Iterator
from math import isfinite

from cauce.model.difference import Differences
from cauce.model.text import Language
from cauce.publish.json_head import dump, named
from cauce.publish.plain import cell

NUMBERS = {
    "DIFFERENCE": "difference",
    "SE": "se",
    "CI_LOW": "ci_low",
    "CI_HIGH": "ci_high",
    "COVARIANCE": "covariance",
}
COUNTS = {"DF": "df", "N_PSU_COMMON": "common"}
Value = str | int | float | bool | None


def differs(differences: Differences, row: int) -> bool | None:
    """Whether a difference is distinguishable from zero at 5 %; None if it has no error."""
    low, high = float(differences.ci_low[row]), float(differences.ci_high[row])
    if not (isfinite(low) and isfinite(high)):
        return None
    return low > 0 or high < 0


def unit_of(unit: str) -> str:
    """The unit of a difference: two percentages are points apart."""
    return "PP" if unit == "PT" else unit


def differences_csv(differences: Differences, language: Language) -> Iterator[bytes]:
    """One row a comparison: the codes of the first number, that of the second, and the difference.

    What cannot be computed is empty.
    """
    heads = [*_heads(differences)]
    yield (",".join(map(cell, heads)) + "\n").encode()
    for row in _rows(differences, language):
        yield (",".join(_written(row[head]) for head in heads) + "\n").encode()


def differences_json(differences: Differences, language: Language) -> Iterator[bytes]:
    """An object a comparison, with what is compared; what cannot be computed is null."""
    flow = differences.dataflow
    head = {
        "dataflow": flow.id,
        "version": flow.version,
        **named(flow.name, language),
        "invented": flow.source.invented,
        "wave_psus": flow.wave_psus,
        "pairs": [
            {
                "id": pair.id,
                **named(pair.name, language),
                "dimension": pair.dimension,
                "first": pair.first,
                "second": pair.second,
            }
            for pair in flow.pairs
        ],
    }
    yield (dump(head).removesuffix("}") + ',"differences":[\n').encode()
    for number, row in enumerate(_rows(differences, language)):
        yield ((",\n" if number else "") + dump(row)).encode()
    yield b"\n]}\n"


def _heads(differences: Differences) -> Iterator[str]:
    yield from (dimension.id for dimension in differences.dataflow.dimensions)
    yield from ("ACROSS", "SECOND", "FIRST_name", "SECOND_name", "UNIT_MEASURE")
    yield from (*NUMBERS, *COUNTS, "RELIABILITY", "DIFFERS")


def _rows(differences: Differences, language: Language) -> Iterator[dict[str, Value]]:
    flow = differences.dataflow
    keys, across = differences.key.tolist(), differences.across.tolist()
    for row, (key, j, second) in enumerate(
        zip(keys, across, differences.second.tolist(), strict=True)
    ):
        codes = flow.dimensions[j].codes
        found: dict[str, Value] = {
            d.id: d.codes[at].id for d, at in zip(flow.dimensions, key, strict=True)
        }
        found |= {
            "ACROSS": flow.dimensions[j].id,
            "SECOND": codes[second].id,
            "FIRST_name": codes[key[j]].name.of(language),
            "SECOND_name": codes[second].name.of(language),
            "UNIT_MEASURE": unit_of(flow.indicators[key[2]].unit),
        }
        for head, name in NUMBERS.items():
            number = float(getattr(differences, name)[row])
            found[head] = number if isfinite(number) else None
        for head, name in COUNTS.items():
            count = int(getattr(differences, name)[row])
            found[head] = count if count >= 0 else None
        found["RELIABILITY"] = str(differences.reliability[row])
        found["DIFFERS"] = differs(differences, row)
        yield found


def _written(value: Value) -> str:
    if value is None:
        return ""
    return cell(value) if isinstance(value, str) else json.dumps(value)
