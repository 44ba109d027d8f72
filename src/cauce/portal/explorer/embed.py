"""A view to stand in a page of somebody else: its picture, its numbers, where they are from."""

from dataclasses import dataclass

from cauce.portal.explorer.page import Looked, TableBody, table_body, title_of
from cauce.portal.explorer.takeaway import frozen_pairs
from cauce.portal.links import address, table_path
from cauce.portal.pages import Invented
from cauce.portal.said_by import said_by
from cauce.portal.words import Words


@dataclass(frozen=True)
class EmbedPage:
    """What templates/embed.html is given, and nothing else."""

    title: str
    invented: Invented
    table_name: str
    body: TableBody
    source: str
    vintage: str
    published_at: str
    address: str


def embed_page(looked: Looked, root: str, words: Words) -> EmbedPage:
    """The view without anything around it; its link opens the portal at this vintage."""
    shelf, flow = looked.shelf, looked.shelf.flow
    manifest = shelf.manifest
    pairs = looked.view.pairs(flow)
    path = table_path(words.language, flow.id)
    return EmbedPage(
        title=title_of(looked.found, words),
        invented="all" if flow.source.invented else "",
        table_name=words.of(flow.name),
        body=table_body(looked, words, framed=True),
        source=said_by(flow.source, words),
        vintage=manifest.vintage,
        published_at=words.moment(manifest.published_at),
        address=root + address(path, frozen_pairs(pairs, manifest.vintage)),
    )
