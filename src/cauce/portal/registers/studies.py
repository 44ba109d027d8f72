"""Studies side by side: what each estimated, of what, by when and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cauce.model.record import Absent, Record
from cauce.model.shelf import PublicRecord
from cauce.portal.forms import Field
from cauce.portal.links import Link
from cauce.portal.pages import Invented
from cauce.portal.registers.library import Library, code_name, shown
from cauce.portal.registers.lists import PAGE, Pager, choices, ordered, page_asked, pager
from cauce.portal.registers.search import Wanted, codes_in, fits, held
from cauce.portal.registers.told import Teller, Told, clipped

STUDIES, KIND = "studies", "estimate_of"
SCOPE = ("country", "countries", "sectors", "sectors_note_en", "sectors_note_es", "occupations")


@dataclass(frozen=True)
class Study:
    """One estimate as it was published."""

    href: str
    title: str
    by: str
    what: str
    figure: str
    bound: str
    scope: tuple[Told, ...]
    horizon: str
    method: str
    why_not: str


@dataclass(frozen=True)
class Kind:
    """Estimates of one thing, with what is to be said before they are compared."""

    name: str
    said: tuple[str, ...]
    studies: tuple[Study, ...]


@dataclass(frozen=True)
class StudiesPage:
    """What templates/registers/studies.html is given, and nothing else."""

    title: str
    invented: Invented
    register: Link
    fields: tuple[Field, ...]
    kinds: tuple[Kind, ...]
    pager: Pager | None


def studies_page(library: Library, query: Mapping[str, str]) -> StudiesPage:
    """All estimates, those of one thing together. Raises NotPublished if there is no register."""
    words = library.words
    edition = library.shelves.edition(STUDIES)
    records = held(library.records(STUDIES))
    wanted = Wanted(country=query.get("country", "").strip().upper())
    found = [record for record in ordered(records, library) if fits(record, wanted)]
    found.sort(key=lambda record: codes_in(record, KIND))
    page = page_asked(query.get("page", ""), len(found))
    path = library.path("studies")
    shown_now = found[(page - 1) * PAGE // 2 : page * PAGE // 2]
    kinds = dict.fromkeys(codes_in(record, KIND) for record in shown_now)
    fields = choices(edition.shelf, records, wanted, library)
    return StudiesPage(
        title=words("studies_page"),
        invented="",
        register=Link(words.of(edition.shelf.name), library.path("registers", STUDIES)),
        fields=tuple(each for each in fields if each.id == "country"),
        kinds=tuple(_kind(codes, shown_now, library) for codes in kinds),
        pager=pager(path, {"country": wanted.country}, page, len(found), library),
    )


def _kind(codes: tuple[str, ...], found: list[PublicRecord], library: Library) -> Kind:
    edition = library.shelves.edition(STUDIES)
    mine = [record for record in found if codes_in(record, KIND) == codes]
    keys = {record.key for record in mine}
    codelist = next(each.codelist for each in edition.shelf.fields if each.id == KIND)
    names = [code_name(edition.shelf, codelist, code, library.words) for code in codes]
    return Kind(
        name=", ".join(names) or library.words("other"),
        said=tuple(
            library.words.of(x.text)
            for x in edition.said
            if len(x.about) > 1 and keys & set(x.about)
        ),
        studies=tuple(one_study(record, Teller(edition.shelf, library)) for record in mine),
    )


def one_study(record: PublicRecord, teller: Teller) -> Study:
    """One estimate in the words of the reader."""
    library, said = teller.library, shown(record).record
    fields = {each.id: each for each in teller.shelf.fields}

    def value(name: str) -> str:
        """A field in words, "" where it is not filled."""
        one = said.get(name)
        parts = () if one is None else teller.value(fields[name], one, 3 * library.measure.cell)
        return ", ".join(part.text for part in parts)

    mine = library.words.language
    return Study(
        href=library.path("registers", STUDIES, record.key),
        title=clipped(library.words.of(record.title), library.measure.title),
        by=" · ".join(part for part in (value("producer"), value("year")) if part),
        what=value(f"what_{mine}"),
        figure=_figure(said, value, f"unit_{mine}"),
        bound=value("bound"),
        scope=tuple(
            part
            for each in teller.chosen([fields[name] for name in SCOPE if name in fields], said)
            for part in teller.value(each, said[each.id], library.measure.cell)
        ),
        horizon="–".join(
            dict.fromkeys(x for x in (value("horizon_from"), value("horizon_to")) if x)
        ),
        method=value(f"method_{mine}"),
        why_not=value(f"not_comparable_{mine}"),
    )


def _figure(said: Record, value: Callable[[str], str], unit: str) -> str:
    """The figure or its range, with its unit."""
    span = "–".join(part for part in (value("low"), value("high")) if part)
    number = value("value") if "value" in said else span
    if isinstance(said.get("value"), Absent):
        return number
    return f"{number} {value(unit)}".strip()
