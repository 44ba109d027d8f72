"""A card's code as a picture to print."""

import io

import segno


def picture(code: str) -> str:
    """The code as an SVG, with room around it, black on white in every theme.

    Level M at least, which mends 15 % of its words: a card lives in a pocket on a farm.
    """
    out = io.BytesIO()
    segno.make_qr(code, error="m", boost_error=True).save(
        out, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return out.getvalue().decode()
