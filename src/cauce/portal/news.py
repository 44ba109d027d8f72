"""The bulletin and its items, each page as one object."""

from collections.abc import Sequence
from dataclasses import dataclass

from cauce.portal.bulletin import Bulletin, Item, Wish
from cauce.portal.forms import Choice, Field, Group
from cauce.portal.links import Link
from cauce.portal.pages import Invented
from cauce.portal.words import Words

MEMBERS = "RCM"


@dataclass(frozen=True)
class NewsLine:
    """A news item in a list; `link` is "" while its screen is not built, `also` are others."""

    href: str
    date: str
    iso: str
    title: str
    summary: str
    answer: str
    link: str
    waits_for: str
    also: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Year:
    """The items of one year, newest first."""

    year: str
    news: tuple[NewsLine, ...]


@dataclass(frozen=True)
class BulletinPage:
    """What templates/bulletin.html is given, and nothing else."""

    title: str
    invented: Invented
    words_asked: str
    fields: tuple[Field, ...]
    not_understood: str
    found: str
    years: tuple[Year, ...]


@dataclass(frozen=True)
class ItemPage:
    """What templates/item.html is given, and nothing else."""

    title: str
    invented: Invented
    line: NewsLine
    event: str
    countries: tuple[str, ...]
    axes: tuple[str, ...]
    our_title: bool


def news_line(item: Item, words: Words) -> NewsLine:
    return NewsLine(
        href=f"/{words.language}/bulletin/{item.slug}",
        date=words.day(item.published_on),
        iso=item.published_on.isoformat(),
        title=words.of(item.title),
        summary=words.of(item.summary),
        answer=words.of(item.answer),
        link=f"/{words.language}/{item.link}" if item.link else "",
        waits_for=_waits(item, words),
        also=tuple(Link(words.of(x.name), f"/{words.language}/{x.link}") for x in item.also),
    )


def _waits(item: Item, words: Words) -> str:
    """What is still missing, in words."""
    if item.waits_for is None:
        return ""
    return words("not_all_built" if item.link else "not_built", part=words.of(item.waits_for))


def years(items: Sequence[Item], words: Words) -> tuple[Year, ...]:
    """The items by year, in the order given."""
    found = dict.fromkeys(item.published_on.year for item in items)
    return tuple(
        Year(
            str(year),
            tuple(news_line(item, words) for item in items if item.published_on.year == year),
        )
        for year in found
    )


def item_page(item: Item, bulletin: Bulletin, words: Words) -> ItemPage:
    countries = {c.id: words.of(c.name) for c in bulletin.countries}
    axes = {a.id: words.of(a.name) for a in bulletin.axes}
    return ItemPage(
        title=words.of(item.title),
        invented="",
        line=news_line(item, words),
        event=words("held", days=words.days(*item.event)) if item.event else "",
        countries=(
            *(words("members_of", body=words.known(f"body_{b}", b)) for b in item.bodies),
            *(countries[c] for c in item.countries),
        ),
        axes=tuple(axes[a] for a in item.axes),
        our_title=words.language in item.translated,
    )


def bulletin_page(
    items: Sequence[Item], bulletin: Bulletin, wish: Wish, words: Words
) -> BulletinPage:
    return BulletinPage(
        title=words("bulletin"),
        invented="",
        words_asked=wish.title,
        fields=_fields(bulletin, wish, words),
        not_understood=", ".join(wish.unknown),
        found=words("found_one") if len(items) == 1 else words("found", count=len(items)),
        years=years(items, words),
    )


def _fields(bulletin: Bulletin, wish: Wish, words: Words) -> tuple[Field, ...]:
    newest_first = sorted({item.published_on.year for item in bulletin.items}, reverse=True)
    months = tuple(Choice(str(m), words.month(m), wish.month == m) for m in range(1, 13))
    years = tuple(Choice(str(y), str(y), wish.year == y) for y in newest_first)
    members = _countries(bulletin, wish, words, members=True)
    others = _countries(bulletin, wish, words, members=False)
    theirs = _axes(bulletin, wish, words, ours=False)
    ours = _axes(bulletin, wish, words, ours=True)
    return (
        _field("month", months, wish.month is None, words),
        _field("year", years, wish.year is None, words),
        _field(
            "country",
            (),
            not wish.country,
            words,
            Group(words("country_members"), members),
            Group(words("country_others"), others),
        ),
        _field(
            "axis",
            (),
            not wish.axis,
            words,
            Group(words("axis_source"), theirs),
            Group(words("axis_ours"), ours),
        ),
    )


def _countries(bulletin: Bulletin, wish: Wish, words: Words, members: bool) -> tuple[Choice, ...]:
    return tuple(
        Choice(country.id, words.of(country.name), wish.country == country.id)
        for country in bulletin.countries
        if (MEMBERS in country.bodies) == members
    )


def _axes(bulletin: Bulletin, wish: Wish, words: Words, ours: bool) -> tuple[Choice, ...]:
    return tuple(
        Choice(axis.id, words.of(axis.name), wish.axis == axis.id)
        for axis in bulletin.axes
        if axis.ours == ours
    )


def _field(
    name: str, choices: tuple[Choice, ...], nothing_asked: bool, words: Words, *groups: Group
) -> Field:
    anything = Choice("", words("any"), nothing_asked)
    return Field(name, words(name), (anything, *choices), groups)
