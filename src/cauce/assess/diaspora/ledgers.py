"""Lines of the ledger added up, as far as they may be."""

from collections.abc import Sequence
from decimal import Decimal

from cauce.assess.diaspora.obstacles import obstacles
from cauce.assess.diaspora.samples import sample_warning
from cauce.model.contribution import Confidence, Contribution, Ledger, Sum
from cauce.model.errors import BadInput
from cauce.model.text import Text

CLASSES: tuple[Confidence, ...] = ("A", "B", "C", "D")


def add(lines: Sequence[Contribution], ground: Text | None = None) -> Sum:
    """The sum of some lines, or the obstacles; a ground lifts those that it may and is kept.

    Raises:
        BadInput: there is nothing to add.

    Source: as `obstacles`; the confidence of a sum is that of its weakest part, ours.
    """
    if not lines:
        raise BadInput("There is nothing to add: name at least one line of the ledger.")
    found = obstacles(lines)
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
        confidence=max(line.confidence for line in lines) if not left else None,
        by_confidence={} if left else split,
        obstacles=left,
        warnings=tuple(warnings),
        ground=ground,
    )


def ledger(lines: Sequence[Contribution]) -> Ledger:
    """Every line in the sum it belongs to, and in one only.

    A line that is part of another is in none. Two estimates of one thing stand side by side, with
    the obstacle and no amount.

    Source: IOM, Contributions and Counting, and its Diaspora Economic Contributions Data Framework.
    """
    names = {line.id for line in lines}
    if len(names) != len(lines):
        raise BadInput("Two lines of the ledger have the same id.")
    within = [line for line in lines if line.inside in names]
    groups: dict[tuple[object, ...], list[Contribution]] = {}
    for line in lines:
        if line not in within:
            key = (line.country, line.way, line.year, line.unit, line.type, line.valuation)
            groups.setdefault(key, []).append(line)
    money = [add(group) for group in groups.values() if group[0].valuation != "NM"]
    other = [add(group) for group in groups.values() if group[0].valuation == "NM"]
    return Ledger(tuple(money), tuple(other), tuple(line.id for line in within))
