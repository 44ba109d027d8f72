"""Why a cell is withheld, in words for the office: in public all reasons look alike."""

from collections.abc import Mapping

from cauce.model.audit import REPAIRED, SECONDARY
from cauce.model.text import Text

REASONS: Mapping[str, Text] = {
    "few": Text("too few respondents", "muy pocas personas informantes"),
    "held": Text(
        "too few employers or recruiters behind it, or one or two of them hold too much",
        "muy pocos empleadores o reclutadores detrás, o uno o dos reúnen demasiado",
    ),
    "attribute": Text("too few have what it counts", "muy pocas tienen lo que cuenta"),
    "rest": Text("too few lack what it counts", "muy pocas carecen de lo que cuenta"),
    "silent": Text(
        "nobody answered, and too few did not", "nadie respondió, y muy pocas no lo hicieron"
    ),
    "dominated": Text(
        "one or two contributors hold too much of it", "uno o dos contribuyentes reúnen demasiado"
    ),
    "estimable": Text(
        "the second largest contributor could estimate the largest",
        "el segundo contribuyente podría estimar al mayor",
    ),
    "empty": Text(
        "nobody is in it, and that is sensitive here", "no hay nadie, y aquí eso es sensible"
    ),
    "zero": Text(
        "nobody in it has what it counts, and that is sensitive here",
        "nadie tiene lo que cuenta, y aquí eso es sensible",
    ),
    "uniform": Text(
        "none or all of a group have what it counts", "nadie o todo un grupo tiene lo que cuenta"
    ),
    "whole": Text("all of a total are in this one code", "todo un total está en este único código"),
    "remainder": Text(
        "what is left of its whole is too few", "lo que queda de su total es muy poco"
    ),
    SECONDARY: Text(
        "another withheld number could be worked out with it",
        "con él podría calcularse otro número retenido",
    ),
    REPAIRED: Text(
        "the attacker could bound another withheld number too narrowly with it",
        "con él, el atacante podría acotar demasiado otro número retenido",
    ),
}
"""By the flags of `Primary`, and the two reasons that are another cell's."""
OTHERS_SAKE = frozenset({SECONDARY, REPAIRED})


def reason(name: str) -> Text:
    """The words of a reason; one that is not known is its own name."""
    return REASONS.get(name, Text(name, name))
