"""Releases and revisions as feeds."""

from collections.abc import Sequence
from datetime import datetime

from cauce.model.rule import rule_in
from cauce.portal.feed import Channel, Entry
from cauce.portal.releases.notices import Notice
from cauce.portal.releases.page import title
from cauce.portal.releases.revised import Revised
from cauce.portal.releases.revisions import revised_line
from cauce.portal.words import Words


def releases_channel(notices: Sequence[Notice], words: Words) -> Channel:
    return Channel(
        name="releases",
        title=f"Cauce – {words('releases')}",
        subtitle=words("releases_lead"),
        path=f"/{words.language}/releases",
        entries=tuple(_release(notice, words) for notice in notices),
    )


def _release(notice: Notice, words: Words) -> Entry:
    moment = datetime.fromisoformat(notice.at)
    kind = words(f"notice_{notice.kind}")
    told = [f"{words('vintage')} {', '.join(notice.vintages)}"]
    told += [rule_in(notice.reason, words.language)] if notice.reason else []
    invented = any(one.invented for one in notice.issued)
    mark = f" ({words('invented_mark')})" if invented else ""
    return Entry(
        id=notice.id,
        title=f"{kind}: {title(notice, words)}{mark}",
        path=f"/{words.language}/releases#r{notice.id}",
        published=moment,
        changed=moment,
        summary=". ".join(told),
        categories=((notice.kind, kind),),
    )


def revisions_channel(revised: Sequence[Revised], words: Words) -> Channel:
    return Channel(
        name="revisions",
        title=f"Cauce – {words('revisions')}",
        subtitle=words("revisions_lead"),
        path=f"/{words.language}/revisions",
        entries=tuple(_revision(one, words) for one in revised),
    )


def _revision(one: Revised, words: Words) -> Entry:
    told = revised_line(one, words)
    moment = datetime.fromisoformat(told.iso)
    said = (f"{told.old} → {told.new}", told.changed, told.nature, told.reason)
    mark = f" ({words('invented_mark')})" if told.invented else ""
    return Entry(
        id=f"{one.manifest.dataflow.id}/{told.new}",
        title=f"{told.name}{mark}",
        path=told.href,
        published=moment,
        changed=moment,
        summary=". ".join(x for x in said if x),
        categories=((one.nature, told.nature),) if told.nature else (),
    )
