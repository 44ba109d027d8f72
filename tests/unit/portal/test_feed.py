"""The feed of the bulletin says what RFC 4287 asks of it, in the reader's language."""

from datetime import UTC, date, datetime

from lxml import etree

from cauce.model.text import Text
from cauce.portal.bulletin import Axis, Bulletin, Item
from cauce.portal.feed import ATOM, atom, bulletin_channel, rss
from cauce.portal.words import words

NEW = Item(
    slug="new", published_on=date(2024, 2, 1), event=None, title=Text("New & <b>", "Nueva"),
    translated=(), summary=Text("", ""), countries=(), bodies=(), axes=("LABM", "GONE"),
    answer=Text("", ""), link="", waits_for=None, changed=datetime(2024, 3, 4, 5, tzinfo=UTC),
)  # fmt: skip
BULLETIN = Bulletin((NEW,), (), (Axis("LABM", Text("Labour", "Trabajo"), False),))


def of(root: str, language="en", items=(NEW,)) -> etree._Element:
    channel = bulletin_channel(items, BULLETIN, words(language))
    return etree.fromstring(atom(channel, language, root))


def told(whole: etree._Element, path: str) -> str:
    found = whole.find(path.replace("/", f"/{{{ATOM}}}").replace("^", f"{{{ATOM}}}"))
    assert found is not None
    return found.text or ""


def test_an_entry_tells_when_it_was_published_and_when_it_changed() -> None:
    whole = of("https://x.example")
    assert told(whole, "^entry/title") == "New & <b>"
    assert told(whole, "^entry/published") == "2024-02-01T00:00:00+00:00"
    assert told(whole, "^entry/updated") == told(whole, "^updated") == "2024-03-04T05:00:00+00:00"
    assert told(whole, "^entry/summary") == "New & <b>"
    links = [link.get("href") for link in whole.iter(f"{{{ATOM}}}link")]
    assert links == [
        "https://x.example/en/bulletin.atom",
        "https://x.example/en/bulletin",
        "https://x.example/en/bulletin/new",
    ]
    assert [c.get("label") for c in whole.iter(f"{{{ATOM}}}category")] == ["Labour"]


def test_an_item_is_the_same_wherever_the_site_is_and_another_in_another_language() -> None:
    ids = {told(of(root), "^entry/id") for root in ("https://a.example", "https://b.example")}
    assert len(ids) == 1
    assert told(of("https://a.example", "es"), "^entry/id") not in ids
    assert told(of("https://a.example", "es"), "^entry/title") == "Nueva"


def test_a_bulletin_without_items_is_a_feed_without_entries() -> None:
    whole = of("https://x.example", items=())
    assert whole.find(f"{{{ATOM}}}entry") is None
    assert told(whole, "^updated")


def test_the_same_channel_is_had_as_rss() -> None:
    channel = bulletin_channel((NEW,), BULLETIN, words("es"))
    item = etree.fromstring(rss(channel, "es", "https://x.example")).find("channel/item")
    assert item is not None
    assert item.findtext("title") == "Nueva"
    assert item.findtext("link") == "https://x.example/es/bulletin/new"
    assert item.findtext("pubDate") == "Thu, 01 Feb 2024 00:00:00 +0000"
    assert item.findtext("guid") == told(of("https://x.example", "es"), "^entry/id")
