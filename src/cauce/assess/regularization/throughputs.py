"""Shares of applications, each with its denominator and the source of it."""

from collections.abc import Iterator, Sequence

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.model.throughput import Rate, Target, Throughput

UNKNOWN = Text("a count is unknown", "se desconoce un conteo")
NOBODY = Text("nobody in the denominator", "nadie en el denominador")


def rates(counts: Throughput, targets: Sequence[Target]) -> tuple[Rate, ...]:
    """Approved of decided, decided of registered, and registered of each target, apart.

    Approved of registered is not among them: it takes who is still waiting for turned away. A
    target is somebody's estimate of people nobody counted, so each has a rate of its own.

    Raises:
        BadInput: more were decided or are pending than registered.

    Source: IOM (2021), Regional Study: Migratory Regularization Programmes and Processes: the
    irregular population cannot be counted; ours for what is divided by what.
    """
    decided = _sum(counts.approved, counts.denied)
    known = [n for n in (counts.approved, counts.denied, counts.pending) if n is not None]
    if counts.registered is not None and sum(known) > counts.registered:
        raise BadInput(
            f"{sum(known):,} applications are decided or pending, and {counts.registered:,} were "
            f"registered ({counts.source}): check the counts."
        )
    return (
        _rate(
            Text("approved", "aprobadas"),
            Text("applications decided", "solicitudes resueltas"),
            counts.approved,
            decided,
        ),
        _rate(
            Text("decided", "resueltas"),
            Text("applications registered", "solicitudes registradas"),
            decided,
            counts.registered,
        ),
        *_of_targets(counts, targets),
    )


def _of_targets(counts: Throughput, targets: Sequence[Target]) -> Iterator[Rate]:
    for target in targets:
        name = Text("registered", "registradas")
        most = "" if target.high == target.low else f"–{target.high:,}" if target.high else "+"
        said = f"{target.low:,}{most} ({target.source})"
        of = Text(f"people it was for: {said}", f"personas a las que se dirigía: {said}")
        count, high = counts.registered, target.high
        if count is None or high == 0:
            yield _rate(name, of, count, high)
        else:
            least = 0.0 if high is None else count / high
            yield Rate(name, of, least, count / target.low if target.low else None)


def _rate(name: Text, of: Text, count: int | None, total: int | None) -> Rate:
    if count is None or total is None:
        return Rate(name, of, None, None, UNKNOWN)
    if total == 0:
        return Rate(name, of, None, None, NOBODY)
    return Rate(name, of, count / total, count / total)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
