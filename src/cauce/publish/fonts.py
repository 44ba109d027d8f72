"""The letters of printed pages: Bitstream Vera, which comes with ReportLab and has all accents."""

import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
INSTEAD = str.maketrans({"→": "›", "\u202f": "\u00a0", "\u2009": "\u00a0", "₡": "C"})
"""Signs the letters lack, and what stands for them."""


@cache
def letters() -> frozenset[int]:
    """Every sign that can be printed; the fonts are made known to ReportLab on the way."""
    fonts = [TTFont(name, f"{name}.ttf") for name in (REGULAR, BOLD, ITALIC)]
    for font in fonts:
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD)
    return frozenset(fonts[0].face.charToGlyph)


def printable(text: str) -> str:
    """The text with what stands for signs that cannot be printed: a letter without its accent,
    or a question mark.
    """
    known = letters()
    found = []
    for sign in text.translate(INSTEAD):
        if ord(sign) in known:
            found.append(sign)
            continue
        plain = unicodedata.normalize("NFKD", sign)[0]
        found.append(plain if ord(plain) in known else "?")
    return "".join(found)
