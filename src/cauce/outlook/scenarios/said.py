"""What would change the class of a gap, as rows of a dataflow."""

from collections.abc import Sequence

from cauce.model.projected import NotProducible, Projected
from cauce.model.text import Text
from cauce.outlook.gaps import Axis, Frame, Gaps, Row, Table, judged, occupation_axis, projected
from cauce.outlook.gaps.said import CLASS, SKILL
from cauce.outlook.scenarios.sensitivity import Assumed, Flip

ASSUMPTION = Axis("ASSUMPTION", Text("Assumption", "Supuesto"), "CL_OUTLOOK_ASSUMPTION")
BECOMES = Axis("BECOMES", Text("Class it becomes", "Clase a la que pasa"), "CL_GAP_CLASS")

NOTHING = Text(
    "No assumption, changed alone and within the range its source stands for, changes a class.",
    "Ningún supuesto, cambiado solo y dentro del rango que su fuente sostiene, cambia una clase.",
)


def changes_table(
    flips: Sequence[Flip], assumed: Sequence[Assumed], of: Gaps, year: int, frame: Frame
) -> Projected | NotProducible:
    """For each post the assumptions whose reasonable change makes its class another, if any.

    Of each assumption and each class it would become, the value nearest to the baseline's.

    Args:
        year: years ahead, from 1.

    Raises:
        BadInput: a code is not in the lists of the frame, such as an assumption without a name.

    Source: domain page outlook, section 4.7; one at a time, so joint changes are not seen.
    """
    at = {post: number for number, post in enumerate(of.posts)}
    source = {one.id: one.source for one in assumed}
    nearest: dict[tuple[str, ...], Row] = {}
    for flip in flips:
        codes = (flip.post.occupation, flip.post.skill, flip.assumption, flip.before, flip.after)
        row = Row(of.area, "PRJ_FLP_PT", codes, of.base_year + year, 100 * flip.factor,
                  100 * flip.low, 100 * flip.high, because=(source[flip.assumption],))  # fmt: skip
        cv = float(of.cv[at[flip.post]])
        nearest.setdefault(codes, judged(row, cv, classed=True))
    name = Text("What would change this", "Qué cambiaría esto")
    if not nearest:
        return NotProducible("CHANGES", NOTHING)
    axes = (occupation_axis(of.posts), SKILL, ASSUMPTION, CLASS, BECOMES)
    return projected(Table("CHANGES", name, axes), list(nearest.values()), frame)
