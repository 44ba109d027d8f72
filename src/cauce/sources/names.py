"""Which columns are asked of a file, and whether it has them."""

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from cauce.model.errors import BadInput
from cauce.sources.layout import Layout
from cauce.sources.limits import Limits


def choose(layout: Layout, asked: Sequence[str] | None, limits: Limits) -> tuple[str, ...]:
    """The columns to read, each once, in the order asked; all of them for None.

    Raises:
        BadInput: the file has too many columns, lacks one that is asked, or has several whose
            names differ in upper and lower case only, of which one is asked.
    """
    check_width(layout, limits)
    names = tuple(dict.fromkeys(layout.names if asked is None else asked))
    if not names:
        raise BadInput("no column is asked of it.")
    unknown = [name for name in names if name not in set(layout.names)]
    if unknown:
        raise BadInput(missing_columns(unknown, layout.names))
    same = [group for group in collisions(layout.names) if set(group) & set(names)]
    if same:
        raise BadInput(
            f"columns that differ at most in upper and lower case: {spell(same)}. "
            "Names must be unique whatever their case: rename all but one in the file."
        )
    return names


def check_width(layout: Layout, limits: Limits) -> None:
    if not layout.names:
        raise BadInput("the file has no columns.")
    if len(layout.names) > limits.columns:
        raise BadInput(f"{len(layout.names):,} columns; at most {limits.columns:,} are read.")


def collisions(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The groups of names that are the same or differ in case only."""
    counts = Counter(name.casefold() for name in names)
    groups: dict[str, list[str]] = {}
    for name in names:
        if counts[name.casefold()] > 1:
            groups.setdefault(name.casefold(), []).append(name)
    return [tuple(group) for group in groups.values()]


def spell(groups: Sequence[Sequence[str]]) -> str:
    return "; ".join(" = ".join(repr(name) for name in group) for group in groups[:20])


def missing_columns(unknown: Sequence[str], names: Sequence[str]) -> str:
    """The sentence for columns that are not there, with the nearest that are."""
    sentences = []
    folded = {name.casefold(): name for name in names}
    for name in unknown[:20]:
        near = [folded[key] for key in get_close_matches(name.casefold(), folded, n=3)]
        hint = f"nearest: {', '.join(near)}" if near else "nothing near it"
        sentences.append(f"{name} ({hint})")
    more = f" and {len(unknown) - 20} more" if len(unknown) > 20 else ""
    return (
        f"the file has no column {'; '.join(sentences)}{more}. Columns in it: {len(names):,}. "
        "Correct the name where it is used, or say which file is meant."
    )
