"""Numbers and dates as readers write them, and the words of both languages."""

import re
import tomllib
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from cauce.model.text import Language
from cauce.portal.words import words

PORTAL = Path("src/cauce/portal")
LOCALES = {
    name: tomllib.loads((PORTAL / "locale" / f"{name}.toml").read_text("utf-8"))
    for name in ("en", "es")
}


def sources() -> str:
    """Everything that may name a key: the portal's modules and templates, and `cauce explain`."""
    pages = [*PORTAL.rglob("*.py"), *PORTAL.rglob("*.html")]
    files = [*pages, Path("src/cauce/cli/explain.py")]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_spanish_writes_a_decimal_comma() -> None:
    assert words("es").number(12345.67, 1) == "12\xa0345,7"
    assert words("en").number(12345.67, 1) == "12,345.7"


@given(st.floats(-1e15, 1e15), st.integers(0, 3), st.sampled_from(["en", "es"]))
@example(2.675, 2, "es")
@example(0.25, 1, "en")
def test_numbers_are_as_babel_tells_them(value: float, decimals: int, language: Language) -> None:
    told = words(language)
    digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    theirs = format_decimal(value, format=digits, locale=told.locale)
    assert told.number(value, decimals) in (theirs, theirs.removeprefix("-"))


def test_nothing_is_never_negative() -> None:
    assert words("en").number(-0.04, 1) == "0.0"
    assert words("en").number(-0.06, 1) == "-0.1"


def test_days_that_are_one_are_told_once() -> None:
    day = date(2022, 5, 23)
    assert words("es").days(day, day) == "23 de mayo de 2022"
    assert words("en").days(day, date(2022, 5, 24)) == "23 May 2022 – 24 May 2022"


def test_months_begin_with_a_capital() -> None:
    assert (words("en").month(8), words("es").month(8)) == ("August", "Agosto")


def test_a_unit_of_a_pack_is_shown_by_its_code() -> None:
    assert words("en").unit("TONNES") == "TONNES"
    assert words("es").unit("PT") == "por ciento"


def test_both_languages_have_the_same_keys() -> None:
    assert list(LOCALES["en"]) == list(LOCALES["es"])


@pytest.mark.parametrize("key", LOCALES["en"])
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert LOCALES["en"][key].strip()
    assert fields(LOCALES["en"][key]) == fields(LOCALES["es"][key])


def test_every_key_a_template_or_module_names_exists() -> None:
    named = set(
        re.findall(r"""(?<![.\w])(?:t|words|said)\(\s*["']([a-z0-9_A-Z]+)["']""", sources())
    )
    assert len(named) > 80
    assert named - set(LOCALES["en"]) == set()


def test_no_key_is_left_over() -> None:
    text = sources()
    quoted = set(re.findall(r"""["']([A-Za-z0-9_]+)["']""", text))
    starts = tuple(re.findall(r"""f["']([a-z]+_)\{""", text))
    texts = {key for key in LOCALES["en"] if key.removesuffix("_text") in quoted}
    unused = [k for k in LOCALES["en"] if k not in quoted | texts and not k.startswith(starts)]
    assert unused == []
