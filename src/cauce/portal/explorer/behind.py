"""What stands behind a table: its vintage, and the figures of the office beside ours."""

from dataclasses import dataclass

from cauce.model.release import Headline
from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.explorer.shelf import Shelf
from cauce.portal.links import Link, address, quality_path, table_path
from cauce.portal.words import Words


@dataclass(frozen=True)
class PublishedFigure:
    """A figure of the office beside ours."""

    name: str
    published: str
    computed: str
    same: str


@dataclass(frozen=True)
class Vintages:
    """Which vintage is shown, when it was published, and the others that are kept.

    `current` leads to the current one where another is shown; `frozen` says that the address names
    the one that is shown, though it is current.
    """

    shown: str
    published_at: str
    reason: str
    current: str
    frozen: bool
    others: tuple[Link, ...]


def headlines(manifest: Manifest, words: Words) -> tuple[PublishedFigure, ...]:
    """Figures of the office beside ours, at the precision they published."""
    found = []
    for headline in manifest.headlines:
        digits = 0 if headline.tolerance >= 0.5 else 1
        ours = headline.computed
        found.append(
            PublishedFigure(
                rule_in(headline.name, words.language),
                words.number(headline.published, digits),
                words.number(ours, digits) if ours == ours else words("withheld"),
                _same(headline, words),
            )
        )
    return tuple(found)


def _same(headline: Headline, words: Words) -> str:
    """Whether ours is the same, and why not if the pack says so."""
    if headline.matches:
        return words("yes")
    because = rule_in(headline.because, words.language)
    return f"{words('no')}: {because}" if because else words("no")


def vintages(shelf: Shelf, words: Words) -> Vintages:
    """The vintages of a table."""
    manifest = shelf.manifest
    path = table_path(words.language, manifest.dataflow.id)
    others = tuple(
        Link(name, address(path, {"vintage": name if name != shelf.current else ""}))
        for name in reversed(shelf.kept)
        if name != manifest.vintage
    )
    return Vintages(
        shown=manifest.vintage,
        published_at=words.moment(manifest.published_at),
        reason=manifest.reason,
        current=path if shelf.old else "",
        frozen=shelf.named and not shelf.old,
        others=others,
    )


def quality_address(shelf: Shelf, words: Words) -> str:
    """The address of the quality report, "" if the vintage keeps none."""
    if shelf.manifest.quality is None:
        return ""
    path = quality_path(words.language, shelf.manifest.dataflow.id)
    return address(path, {"vintage": shelf.vintage_asked})
