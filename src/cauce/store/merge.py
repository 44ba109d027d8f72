"""One dataflow for periods released at different times."""

from dataclasses import replace

from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension
from cauce.model.errors import BadInput


def merged(new: Dataflow, old: Dataflow) -> Dataflow:
    """The new dataflow, with the codes and indicators that only the old one has.

    Raises:
        BadInput: the dimensions differ, so that the two cannot stand in one table.
    """
    if [d.id for d in new.dimensions] != [d.id for d in old.dimensions]:
        raise BadInput(
            f"{new.id} has other dimensions than its earlier vintage: "
            f"{', '.join(d.id for d in new.dimensions)}; before, "
            f"{', '.join(d.id for d in old.dimensions)}. Give the table a new id."
        )
    dimensions = tuple(
        _with_codes(ours, theirs)
        for ours, theirs in zip(new.dimensions, old.dimensions, strict=True)
    )
    known = {indicator.id for indicator in new.indicators}
    gone = tuple(indicator for indicator in old.indicators if indicator.id not in known)
    return replace(new, dimensions=dimensions, indicators=new.indicators + gone)


def _with_codes(new: Dimension, old: Dimension) -> Dimension:
    known = {code.id for code in new.codes}
    gone = tuple(code for code in old.codes if code.id not in known)
    if not gone:
        return new
    held = known | {code.id for code in (*gone, *new.groups)}
    above = tuple(code for code in old.groups if code.id not in held)
    kept = (*(code for code in new.groups if code.id not in {c.id for c in gone}), *above)
    new = replace(new, groups=kept)
    if new.id == "TIME_PERIOD":
        return replace(new, codes=tuple(sorted(new.codes + gone, key=_id)))
    at = len(new.codes) - 2 if new.codes[-1].id == "_Z" else len(new.codes)
    return replace(new, codes=new.codes[:at] + gone + new.codes[at:])


def _id(code: Code) -> str:
    return code.id
