"""Texts with the citations in them told: the number with its error, the record by its name."""

from urllib.parse import quote

from markupsafe import Markup

from cauce.model.citation import Citation
from cauce.model.errors import BadInput
from cauce.portal.figures import aloud, figure
from cauce.portal.links import address, explain_address
from cauce.portal.titles import title_then
from cauce.portal.words import Words
from cauce.store import Found, FoundNumber, FoundRecord, Snapshot, follow
from cauce.store.citations import pieces_of
from cauce.store.keys import key_text

LINK = Markup('<a href="{}">{}</a>')
LOST = Markup('<span class="absent">{} – {}</span>')


def cited(text: str, snapshot: Snapshot, words: Words) -> str:
    """A text for a page: each citation is a link, or says that it leads nowhere."""
    pieces = tuple(pieces_of(text))
    if not any(isinstance(piece, Citation) for piece in pieces):
        return text
    return Markup("").join(
        piece if isinstance(piece, str) else _told(piece, snapshot, words) for piece in pieces
    )


def _told(citation: Citation, snapshot: Snapshot, words: Words) -> Markup:
    try:
        found = None if citation.cited is None else follow(snapshot, citation.cited)
    except BadInput:
        found = None
    if found is None:
        return LOST.format(citation.text, words("cited_lost"))
    return LINK.format(*_linked(found, citation, words))


def _linked(found: Found, citation: Citation, words: Words) -> tuple[str, str]:
    """Where a citation leads, and what is told of it."""
    if isinstance(found, FoundNumber):
        return _number(found, words)
    return _record(found, citation, words)


def _number(found: FoundNumber, words: Words) -> tuple[str, str]:
    """The number with its interval, its error and its flags, as of its vintage."""
    flow, row = found.observations.dataflow, found.row
    position = found.observations.key[row].tolist()
    indicator, period = flow.indicators[position[2]], flow.dimensions[-1].codes[position[-1]].id
    told = figure(found.observations, row, words)
    beside = [aloud(told)]
    if told.error:
        beside.append(words("standard_error_is", error=told.error))
    if told.raw is not None and told.why:
        beside.append(told.why)
    if flow.source.invented:
        beside.append(words("invented_mark"))
    vintage = found.manifest.vintage
    name = words.of(indicator.name)
    said = words(
        "cited_number", figure=", ".join(beside), name=name, period=period, vintage=vintage
    )
    key = key_text(flow, position)
    return explain_address(words.language, flow.id, key, period, vintage), said


def _record(found: FoundRecord, citation: Citation, words: Words) -> tuple[str, str]:
    """The record by the name it had then, and the moment it is cited at."""
    shelf, key = found.edition.shelf, found.record.key
    moment = citation.text.rpartition("@")[2]
    path = f"/{words.language}/registers/{quote(shelf.id)}/{quote(key)}"
    said = words(
        "cited_record",
        title=title_then(shelf, found.record, found.known.periods[-1], words),
        moment=moment,
    )
    return address(path, {"known": moment}), said
