"""References to artefacts and items."""

from collections.abc import Iterator

from cauce.model.structure import Artefact, Items, Ref
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.links import refs_of
from cauce.publish.structure.lint.words import listed, shown


def reference_faults(everything: Artefacts, artefact: Artefact, ours: bool) -> Iterator[str]:
    """References that lead nowhere: to no artefact, or to no item of one that is here."""
    lost: list[str] = []
    lacking: dict[Ref, list[str]] = {}
    for ref in dict.fromkeys(refs_of(artefact)):
        target = everything.get(ref)
        if target is None:
            lost.append(shown(ref))
        elif ref.item and not _has(target, ref.item):
            lacking.setdefault(target.ref, []).append(ref.item)
    where = shown(artefact.ref)
    if lost and ours:
        yield f"{where} refers to what is not here: {listed(lost)}. Publish it, too, or correct it."
    for scheme, items in lacking.items():
        yield (
            f"{where} refers to {listed(items)} of {shown(scheme)}, which has no such item. Add it "
            "there, or correct the reference."
        )


def _has(artefact: Artefact, path: str) -> bool:
    """Whether an item is there. Of what is no scheme nothing is known to be lacking."""
    body = artefact.body
    if not isinstance(body, Items) or body.partial:
        return True
    return _inside(body, path)


def _inside(body: Items, path: str) -> bool:
    todo = [("", body.items)]
    while todo:
        above, items = todo.pop()
        for item in items:
            own = above + item.id
            if own == path:
                return True
            if item.items and path.startswith(f"{own}."):
                todo.append((f"{own}.", item.items))
    return False
