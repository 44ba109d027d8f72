"""`cauce brief`: a corridor on two printed pages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES
from cauce.portal.corridor.ends import Ends, countries, ends_of
from cauce.portal.corridor.telling import told_corridor
from cauce.portal.visit import spoken
from cauce.portal.words import words
from cauce.publish.brief import PAPERS, brief_pdf
from cauce.store import Reader, Snapshot


def run(
    origin: Annotated[str, typer.Argument(help="Where from: a country of three letters, as GTM.")],
    destination: Annotated[str, typer.Argument(help="Where to, as USA.")],
    store: StoreOption = DEFAULT_STORE,
    lang: Annotated[str, typer.Option(help=f"The language: {', '.join(LANGUAGES)}.")] = "en",
    out: Annotated[
        Path | None, typer.Option(help="The PDF to write; cauce_GTM-USA_en.pdf if not given.")
    ] = None,
    paper: Annotated[str, typer.Option(help=f"The sheet: {', '.join(PAPERS)}.")] = PAPERS[0],
    site: Annotated[
        str,
        typer.Option(
            help="Where the portal is, https://…: for links and the square to scan, which are left "
            "out without it."
        ),
    ] = "",
) -> None:
    """Print what is known of a corridor on two pages, with the source under each figure."""
    with plain_errors():
        content, ends = printed(store, (origin, destination), lang, paper, site)
        place = out or Path(f"cauce_{ends.code}_{lang}.pdf")
        try:
            place.write_bytes(content)
        except OSError as error:
            raise BadInput(f"--out: {place} cannot be written ({error.strerror}).") from error
    console.print(f"{ends.arrow}: {place}", markup=False)


def printed(
    store: Path, pair: tuple[str, str], lang: str, paper: str, site: str
) -> tuple[bytes, Ends]:
    """The brief as PDF, and whose it is.

    Raises:
        BadInput: the store, a country, the language, the sheet or the site is none.
    """
    language = spoken(lang)
    if language is None:
        raise BadInput(f"--lang: {lang} is not spoken here. Say {' or '.join(LANGUAGES)}.")
    if paper not in PAPERS:
        raise BadInput(f"--paper: there is no sheet {paper}. Say {' or '.join(PAPERS)}.")
    if site and not site.startswith(("http://", "https://")):
        raise BadInput(f"--site: {site} is no address. Write it with https:// before it.")
    snapshot = Reader(store).snapshot()
    ends = _ends(snapshot, pair, countries(snapshot, words(language)))
    brief = told_corridor(snapshot, ends, words(language), datetime.now(UTC).date())
    return brief_pdf(brief, paper, site.rstrip("/")), ends


def _ends(snapshot: Snapshot, pair: tuple[str, str], known: dict[str, str]) -> Ends:
    codes = tuple(code.strip().upper() for code in pair)
    found = ends_of("-".join(codes), known)
    if found is not None:
        return found
    if codes[0] == codes[1]:
        raise BadInput(f"A corridor goes from one country to another; both are {codes[0]}.")
    strange = [code for code in codes if code not in known]
    some = ", ".join(sorted(known)[:12])
    has = f"It knows: {some}{' …' if len(known) > 12 else ''}." if known else "It knows none."
    raise BadInput(
        f"The store of generation {snapshot.generation} knows no country {' or '.join(strange)}. "
        f"{has} Codes are those of ISO 3166 with three letters."
    )
