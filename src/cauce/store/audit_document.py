"""The audit of a release as JSON and back: rows and no objects, since there are many of them."""

import json
from math import isfinite, nan
from typing import Any

from cauce.model.audit import Audit, Bound, Cited, Leak, Withheld
from cauce.model.kept_audit import KeptAudit
from cauce.store.errors import Damaged

COUNTS = ("cells", "primary", "secondary", "repaired")
MEASURES = ("narrowest", "median", "seconds")


def to_document(kept: KeptAudit) -> bytes:
    """The same audit gives the same bytes. A bound without an end is null."""
    audit = kept.audit
    found = {
        "survey": kept.survey,
        "vintage": kept.vintage,
        "kept_at": kept.kept_at,
        "salt": kept.salt,
        **{name: getattr(audit, name) for name in COUNTS},
        **{name: _number(getattr(audit, name)) for name in MEASURES},
        "withheld": [[one.flow, one.key, one.why] for one in audit.withheld],
        "bounds": [_bound(one) for one in audit.bounds],
        "leaks": [[_bound(one.bound), [_cited(by) for by in one.by]] for one in audit.leaks],
    }
    text = json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode() + b"\n"


def from_document(content: bytes, name: str) -> KeptAudit:
    """The audit that `to_document` wrote. Raises Damaged, naming it, if it is none."""
    try:
        found = json.loads(content)
        return KeptAudit(
            survey=str(found["survey"]),
            vintage=str(found["vintage"]),
            kept_at=str(found["kept_at"]),
            salt=str(found["salt"]),
            audit=_audit_of(found),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(
            f"{name} is no audit of a release. Restore it from a backup, or use the program that "
            "wrote it."
        ) from error


def _audit_of(found: dict[str, Any]) -> Audit:
    cells, primary, secondary, repaired = (int(found[name]) for name in COUNTS)
    narrowest, median, seconds = (_end(found[name]) for name in MEASURES)
    return Audit(
        cells=cells,
        primary=primary,
        secondary=secondary,
        repaired=repaired,
        bounds=tuple(map(_bound_of, found["bounds"])),
        leaks=tuple(Leak(_bound_of(one), tuple(map(_cited_of, by))) for one, by in found["leaks"]),
        narrowest=narrowest,
        median=median,
        seconds=seconds,
        withheld=tuple(
            Withheld(flow, tuple(key), tuple(why)) for flow, key, why in found["withheld"]
        ),
    )


def _number(value: float) -> float | None:
    return value if isfinite(value) else None


def _end(value: float | None) -> float:
    return nan if value is None else float(value)


def _cited(one: Cited) -> list[Any]:
    return [one.flow, one.key, one.number, one.vintage]


def _cited_of(row: list[Any]) -> Cited:
    flow, key, number, vintage = row
    return Cited(flow, tuple(key), number, vintage)


def _bound(one: Bound) -> list[Any]:
    ends = (_number(one.low), _number(one.high), _number(one.width))
    return [_cited(one.of), *ends, one.primary, one.searched]


def _bound_of(row: list[Any]) -> Bound:
    of, low, high, width, primary, searched = row
    return Bound(_cited_of(of), _end(low), _end(high), _end(width), bool(primary), searched)
