"""Who could close a gap, what channels could let through, and what would change it, as rows."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import NOT_APPLICABLE, TOTAL
from cauce.model.observation import ObsStatus
from cauce.model.projected import NotProducible, Projected
from cauce.model.text import Text
from cauce.outlook.gaps.agreements import Gain
from cauce.outlook.gaps.allocation import UNKNOWN, Allocation, Passage
from cauce.outlook.gaps.capability import PayFlag
from cauce.outlook.gaps.published import judged, means
from cauce.outlook.gaps.said import SKILL, Gaps
from cauce.outlook.gaps.tables import Axis, Frame, Row, Table, occupation_axis, projected
from cauce.outlook.gaps.waterfall import Taken, Waterfall

STEP = Axis("CAPABILITY", Text("Who could close it", "Quién podría cerrarla"), "CL_CAPABILITY")
ORIGIN = Axis("ORIGIN", Text("Origin", "Origen"), "CL_COUNTRY")
CHANNEL = Axis("CHANNEL", Text("Channel", "Cauce"), "CL_OUTLOOK_CHANNEL")
PASSAGE = Axis("PASSAGE", Text("Whether people can pass", "Si pueden pasar personas"), "CL_PASSAGE")
CAP_KIND = Axis("CAP_KIND", Text("What bounds it", "Qué lo limita"), "CL_CAP_KIND")
AT_MOST = Text(
    "At most so many: a step before is not known, so fewer may be left.",
    "A lo sumo estas: un paso anterior no se conoce, y pueden quedar menos.",
)
STEP_UNKNOWN = Text(
    "Not known: what this step could do is not known, which is not 0.",
    "No se sabe: no se conoce lo que este paso podría hacer, que no es 0.",
)
NO_REQUIREMENT = Text(
    "What could be done, not what has to be.", "Lo que podría hacerse, no lo que debe hacerse."
)
PAY: dict[PayFlag, Text] = {
    "PAY_BELOW": Text(
        "The occupation pays less than the median: the shortage may be one of pay.",
        "La ocupación paga menos que la mediana: la escasez puede ser de remuneración.",
    ),
    "PAY_NOT_BELOW": Text(
        "The occupation does not pay less than the median.",
        "La ocupación no paga menos que la mediana.",
    ),
    "PAY_NOT_KNOWN": Text(
        "How its pay compares with the median is not known.",
        "No se sabe cómo se compara su remuneración con la mediana.",
    ),
}
UPPER_BOUND = Text(
    "An upper bound on what existing channels could let through, not a forecast.",
    "Cota superior de lo que los cauces existentes podrían dejar pasar, no un pronóstico.",
)
SOLVED = Text(
    "Found by solving again with the cap raised; a single number without an interval.",
    "Hallado al resolver de nuevo con el tope elevado; un solo número sin intervalo.",
)

NOWHERE = Text(
    "No cap keeps anybody back: nobody more could be spared and would be missing.",
    "Ningún tope retiene a nadie: no hay más personas de las que se pueda prescindir y que falten.",
)


def waterfall_table(
    found: Sequence[tuple[Gaps, Waterfall, Sequence[PayFlag]]], frame: Frame
) -> Projected:
    """The people missing, each step that could bring some, and who is left, with lead times.

    Raises:
        BadInput: a code is not in the lists of the frame.

    Source: domain page outlook, section 4.8.
    """
    axis = occupation_axis(post for gaps, _, _ in found for post in gaps.posts)
    name = Text("Who could close the gaps", "Quién podría cerrar las brechas")
    rows = [row for gaps, falls, pay in found for row in _steps(gaps, falls, pay)]
    return projected(Table("CAPABILITY", name, (axis, SKILL, STEP)), rows, frame)


def _steps(gaps: Gaps, falls: Waterfall, pay: Sequence[PayFlag]) -> list[Row]:
    never = np.zeros(falls.at_most.shape, dtype=bool)
    rows = []
    for step, draws, at_most in (
        ("MISSING", falls.missing, never),
        *((one.step, one.people, one.at_most) for one in falls.steps),
        ("REMAINDER", falls.remainder, falls.at_most),
    ):
        span = means(draws)
        for year, at in np.ndindex(at_most.shape):
            notes = [NO_REQUIREMENT] if step not in ("MISSING", "REMAINDER") else []
            notes += [AT_MOST] if at_most[year, at] else []
            notes += [PAY[pay[at]]] if step == "CONDITIONS" else []
            rows.append(_step(gaps, step, year, at, (span.middle, span.low, span.high), notes))
    return rows + [row for one in falls.steps for row in _leads(gaps, one)]


def _step(
    gaps: Gaps, step: str, year: int, at: int, ends: tuple[Floats, Floats, Floats],
    notes: list[Text],
) -> Row:  # fmt: skip
    post, (value, low, high) = gaps.posts[at], (float(one[year, at]) for one in ends)
    if np.isnan(value):
        pay = [note for note in notes if note in PAY.values()]
        notes = [STEP_UNKNOWN, *pay] if np.isfinite(gaps.gap.people[:, year, at]).all() else []
    codes = (post.occupation, post.skill, step)
    row = Row(gaps.area, "PRJ_CPB_NB", codes, gaps.base_year + 1 + year, value, low, high,
              because=tuple(notes))  # fmt: skip
    return judged(row, float(gaps.cv[at]))


def _leads(gaps: Gaps, one: Taken) -> list[Row]:
    """Lead times, in the last year's rows: they hold for all of them."""
    year = gaps.base_year + len(one.known)
    return [
        Row(gaps.area, "PRJ_CPB_YR", (post.occupation, post.skill, one.step), year,
            float(lead), float(lead), float(lead))
        for post, lead in zip(gaps.posts, one.lead, strict=True)
        if np.isfinite(lead)
    ]  # fmt: skip


def channels_table(
    found: Allocation, year: int, frame: Frame, to: str = ""
) -> Projected | NotProducible:
    """What could pass to each area by origin, channel and post, with both sides beside it.

    Pairs where nobody can be spared or nobody is missing are left out: they have nothing to pass.

    Args:
        to: the only area told of, without a total: what passes to all is the region's to say.

    Raises:
        BadInput: a code is not in the lists of the frame, such as a channel without a name.

    Source: domain page outlook, section 4.8.
    """
    told = [one for one in found.passages if one.mark not in ("NO_SURPLUS", "NO_NEED")]
    told = [one for one in told if not one.lane.need <= 0 and to in ("", one.lane.destination)]
    axis = occupation_axis(one.lane.post for one in found.passages)
    name = Text("What existing channels could let through", "Lo que los cauces podrían dejar pasar")
    rows = [row for one in told for row in _passage(one, year)]
    if not to:
        rows.append(Row(TOTAL, "PRJ_PAS_NB", (TOTAL,) * 5, year, found.total, found.low, found.high,
                        because=(UPPER_BOUND, *_left_out(found.unknown))))  # fmt: skip
    if not rows:
        return NotProducible("CHANNELS", NOBODY)
    axes = (ORIGIN, CHANNEL, axis, SKILL, PASSAGE)
    return projected(Table("CHANNELS", name, axes), rows, frame)


NOBODY = Text(
    "Nobody is missing whom another country is known to have to spare.",
    "No falta nadie de quien se sepa que otro país pueda prescindir.",
)


def _left_out(unknown: int) -> tuple[Text, ...]:
    if not unknown:
        return ()
    return (
        Text(
            f"{unknown} passages are not in it: a cap, a surplus or a gap is not known.",
            f"No incluye {unknown} pasos: no se conoce un tope, un excedente o una brecha.",
        ),
    )


def _passage(one: Passage, year: int) -> list[Row]:
    lane = one.lane
    codes = (lane.origin, lane.channel or NOT_APPLICABLE, lane.post.occupation, lane.post.skill,
             one.mark)  # fmt: skip
    numbers = {
        "PRJ_PAS_NB": (one.people, one.least, one.most),
        "PRJ_SPR_NB": (lane.surplus,) * 3,
        "PRJ_REM_NB": (lane.need,) * 3,
    }
    return [
        Row(lane.destination, indicator, codes, year, *values,
            status=ObsStatus.MISSING if np.isnan(values[0]) else ObsStatus.FORECAST,
            because=(UPPER_BOUND,) if indicator == "PRJ_PAS_NB" and one.mark not in UNKNOWN else ())
        for indicator, values in numbers.items()
    ]  # fmt: skip


def agreements_table(gains: Sequence[Gain], year: int, frame: Frame) -> Projected | NotProducible:
    """Where a new or larger agreement would let most people through, if anywhere.

    Raises:
        BadInput: a code is not in the lists of the frame.

    Source: domain page outlook, section 4.8, shadow prices.
    """
    name = Text("Where an agreement would help most", "Dónde más ayudaría un acuerdo")
    if not gains:
        return NotProducible("AGREEMENTS", NOWHERE)
    rows = [
        Row(one.destination, indicator, (one.origin, one.channel or NOT_APPLICABLE, one.kind), year,
            value, value, value, because=(SOLVED,))
        for one in gains
        for indicator, value in (("PRJ_AGR_NB", one.lifted), ("PRJ_AGR_RT", one.one))
    ]  # fmt: skip
    return projected(Table("AGREEMENTS", name, (ORIGIN, CHANNEL, CAP_KIND)), rows, frame)
