"""Write the registers' lists of countries and currencies, in English and Spanish, from CLDR.

`countries.py` writes CL_COUNTRY.csv, CL_NEWS_COUNTRY.csv and CL_CURRENCY.csv in
packs/registers/codelists with the names of the installed Babel. Run it again after an update of
Babel and read the difference: a code that records use is never removed.
"""

import csv
import io
import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

LISTS = Path(__file__).parent.parent / "packs" / "registers" / "codelists"
NOT_ISO = re.compile(r"AA|AC|CP|DG|EU|TA|ZZ|Q[M-Z]|X[A-Z]")
"""Reserved, withdrawn and user-assigned codes, which CLDR knows and ISO 3166-1 does not list."""
WITHDRAWN = {"FXX", "TMP", "ZAR"}
"""Former alpha-3 codes of countries that have another now."""
OTHER = ("OTHER", "Other", "Otro")
"""What the region's news listing calls a country it does not name."""


def alpha3() -> dict[str, str]:
    """The alpha-3 code of every alpha-2 code of ISO 3166-1, from CLDR's aliases of territories."""
    return {
        now[0]: code
        for code, now in get_global("territory_aliases").items()
        if re.fullmatch("[A-Z]{3}", code) and code not in WITHDRAWN
        if len(now) == 1 and not NOT_ISO.fullmatch(now[0])
    }


def countries() -> list[tuple[str, str, str]]:
    """Code and names of every country, by code."""
    english, spanish = Locale("en").territories, Locale("es").territories
    rows = [(code, english[short], spanish[short]) for short, code in alpha3().items()]
    return sorted(rows)


def news_countries() -> list[tuple[str, str, str]]:
    return [*countries(), OTHER]


def currencies() -> list[tuple[str, str, str]]:
    """Code and names of every currency that is legal tender somewhere today, by code."""
    today = date.today()  # noqa: DTZ011 - the day the list is made, wherever
    codes = {c for short in alpha3() for c in get_territory_currencies(short, today, today)}
    english, spanish = Locale("en").currencies, Locale("es").currencies
    return [(code, english[code], spanish[code]) for code in sorted(codes)]


def write(name: str, words: str, source: str, rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("code", "en", "es"), *rows])
    head = f"# {name}|{words}|{source}\n"
    (LISTS / f"{name}.csv").write_text(head + text.getvalue(), encoding="utf-8")
    print(f"{name}: {len(rows)} codes")


def main() -> None:
    cldr = f"names of CLDR through Babel {version('babel')} [V]"
    write("CL_COUNTRY", "Country|País", f"ISO 3166-1 alpha-3; {cldr}", countries())
    listing = f"ISO 3166-1 alpha-3 and the listing's Other [V] ER2019; {cldr}"
    write("CL_NEWS_COUNTRY", "Country of the news|País de la noticia", listing, news_countries())
    write("CL_CURRENCY", "Currency|Moneda", f"ISO 4217; {cldr}", currencies())


if __name__ == "__main__":
    main()
