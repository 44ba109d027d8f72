"""Lines of the ledger added up, as far as they may be."""

from collections.abc import Sequence
from decimal import Decimal

from cauce.assess.diaspora.obstacles import obstacles
from cauce.assess.diaspora.samples import sample_warning
from cauce.model.contribution import Confidence, Contribution, Ledger, Sum
from cauce.model.errors import BadInput
from cauce.model.text import Text

CLASSES: tuple[Confidence, ...] = ("A", "B", "C", "D")


def add(entries: Sequence[Contribution], names: Sequence[str], ground: Text | None = None) -> Sum:
    """The sum of some lines of a ledger, or the obstacles; a ground lifts what it may and is kept.

    All lines are given, since one may be part of another through a third.

    Raises:
        BadInput: there is nothing to add, or the lines named are not there.

    Source: as `obstacles`; the confidence of a sum is that of its weakest part, ours.
    """
    known_lines = _by_name(entries)
    strange = [name for name in names if name not in known_lines]
    if strange or not names:
        raise BadInput(f"Name at least one line of the ledger; not there: {', '.join(strange)}.")
    lines = [known_lines[name] for name in dict.fromkeys(names)]
    found = obstacles(lines, {name: line.inside for name, line in known_lines.items()})
    left = tuple(o for o in found if not (ground and o.lifted_by_ground))
    known = [(line.confidence, line.amount) for line in lines if line.amount is not None]
    split = {
        name: sum((amount for of, amount in known if of == name), Decimal(0))
        for name in CLASSES
        if any(of == name for of, _ in known)
    }
    warnings = dict.fromkeys(w for line in lines if (w := sample_warning(line.sampling)))
    return Sum(
        lines=tuple(line.id for line in lines),
        unit=lines[0].unit if len({line.unit for line in lines}) == 1 else "",
        amount=None if left or not known else sum((a for _, a in known), Decimal(0)),
        at_least=len(known) < len(lines),
        confidence=None if left else _weakest(lines),
        by_confidence={} if left else split,
        obstacles=left,
        warnings=tuple(warnings),
        ground=ground,
    )


def ledger(lines: Sequence[Contribution]) -> Ledger:
    """Every line in the sum it belongs to, and in one only.

    A line that is part of another is in none. Two estimates of one thing stand side by side, with
    the obstacle and no amount.

    Raises:
        BadInput: two lines share an id, or one is part of a line that is not there.

    Source: IOM, Contributions and Counting, and its Diaspora Economic Contributions Data Framework.
    """
    _by_name(lines)
    groups: dict[tuple[object, ...], list[Contribution]] = {}
    for line in lines:
        if not line.inside:
            key = (line.country, line.way, line.year, line.unit, line.type, line.valuation)
            groups.setdefault(key, []).append(line)
    sums = [(group[0], add(lines, [line.id for line in group])) for group in groups.values()]
    return Ledger(
        money=tuple(each for first, each in sums if first.valuation != "NM"),
        other=tuple(each for first, each in sums if first.valuation == "NM"),
        within=tuple(line.id for line in lines if line.inside),
    )


def _weakest(lines: Sequence[Contribution]) -> Confidence | None:
    """The lowest class of confidence; None if that of a line is not known."""
    classes = [line.confidence for line in lines if line.confidence is not None]
    return max(classes) if len(classes) == len(lines) else None


def _by_name(lines: Sequence[Contribution]) -> dict[str, Contribution]:
    """The lines by id. Raises BadInput if two share one, or one is part of a line not there."""
    names = {line.id: line for line in lines}
    if len(names) != len(lines):
        raise BadInput("Two lines of the ledger have the same id.")
    lost = sorted({line.inside for line in lines if line.inside and line.inside not in names})
    if lost:
        raise BadInput(f"Lines are part of {', '.join(lost)}, which is not in the ledger.")
    return names
