"""From gaps to a road map, and where its actions stand."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cauce.model.errors import BadInput
from cauce.model.frame import ScoredFrame
from cauce.model.roadmap import Gap, Step, StepReview
from cauce.model.score import CountryScores, Score
from cauce.model.text import Text


def gaps(frame: ScoredFrame, scores: CountryScores) -> tuple[Gap, ...]:
    """The items that score below what the frame asks, lowest first, then what is not known.

    An item people differ on is a gap of its own kind, whatever its mean: first they must find out
    why. An item that was not asked or does not apply is none.

    Source: docs/explanation/judging.md, "Needs"; the line is the frame's.
    """
    found = [gap for item in scores.items if (gap := _gap(frame, scores.country, item))]
    return tuple(sorted(found, key=lambda gap: (gap.score is None, gap.score or 0, gap.item)))


def _gap(frame: ScoredFrame, country: str, item: Score) -> Gap | None:
    if item.coverage is None:
        return None
    if item.value is None:
        because = item.because or Text("no information", "sin información")
        return Gap(country, item.id, "NO_INFORMATION", None, because)
    if item.disagreement is not None and item.disagreement.disputed:
        levels = f"{item.disagreement.levels:.1f}"
        return Gap(
            country,
            item.id,
            "DISPUTED",
            item.value,
            Text(
                f"two institutions are {levels} levels apart on average",
                f"dos instituciones distan en promedio {levels} niveles",
            ),
        )
    if item.value < frame.gap_below:
        score, line = f"{item.value:.1f}", f"{frame.gap_below:g}"
        because = Text(f"{score}, below {line}", f"{score}, por debajo de {line}")
        return Gap(country, item.id, "LACKING", item.value, because)
    return None


def draft_steps(frame: ScoredFrame, found: Sequence[Gap]) -> tuple[Step, ...]:
    """One action for each gap, with lead and date left empty for the country to fill.

    Source: as `gaps`; who does what by when is agreed in the validation meeting, never proposed.
    """
    questions = {item.id: item.question for item in frame.items}
    return tuple(
        Step(
            id=f"{gap.country}-{gap.item}",
            country=gap.country,
            gap=gap.item,
            what=_what(gap, questions[gap.item]),
        )
        for gap in found
    )


def _what(gap: Gap, question: Text) -> Text:
    begin = {
        "LACKING": Text("Build what is lacking", "Construir lo que falta"),
        "NO_INFORMATION": Text("Find out", "Averiguar"),
        "DISPUTED": Text("Find out why institutions differ", "Aclarar por qué se difiere"),
    }[gap.kind]
    return Text(f"{begin.en}: {question.en}", f"{begin.es}: {question.es}")


def review(steps: Sequence[Step], on: date, grace_days: int = 0) -> tuple[StepReview, ...]:
    """Where each action stands on a day: done, blocked by another, late, or on its way.

    Raises:
        BadInput: an action depends on one that is not there, or on itself in the end.

    Source: docs/explanation/judging.md, "Plans"; what is late within the grace is at risk.
    """
    known = {step.id: step for step in steps}
    _check(steps, known)
    return tuple(_review(step, known, on, grace_days) for step in steps)


def _review(step: Step, known: Mapping[str, Step], on: date, grace_days: int) -> StepReview:
    if step.status == "CMP":
        return StepReview(step.id, "DONE", Text("completed", "completada"))
    if step.status == "CAN":
        return StepReview(step.id, "CANCELLED", Text("cancelled", "cancelada"))
    late = (on - step.due).days if step.due else 0
    if late > grace_days:
        return StepReview(step.id, "OVERDUE", Text(f"days late: {late}", f"días de atraso: {late}"))
    waits = [name for name in step.depends_on if known[name].status != "CMP"]
    if waits:
        names = ", ".join(waits)
        return StepReview(step.id, "BLOCKED", Text(f"waits for {names}", f"espera a {names}"))
    if step.due is None:
        return StepReview(step.id, "NO_DATE", Text("no date agreed", "sin fecha acordada"))
    if step.status == "DEL" and late <= 0:
        return StepReview(step.id, "AT_RISK", Text("reported delayed", "se informó atraso"))
    if late > 0:
        return StepReview(
            step.id,
            "AT_RISK",
            Text(
                f"days late: {late}, within the grace", f"días de atraso: {late}, dentro del plazo"
            ),
        )
    return StepReview(
        step.id, "ON_TRACK", Text(f"days to go: {-late}", f"días que faltan: {-late}")
    )


def _check(steps: Sequence[Step], known: Mapping[str, Step]) -> None:
    for step in steps:
        unknown = [name for name in step.depends_on if name not in known]
        if unknown:
            raise BadInput(f"Action {step.id} depends on {', '.join(unknown)}, which is not there.")
        if step.id in set(_above(step, known)):
            raise BadInput(f"Action {step.id} depends on itself in the end.")


def _above(step: Step, known: Mapping[str, Step]) -> Iterator[str]:
    """Everything an action depends on, directly or not."""
    seen: set[str] = set()
    ahead = list(step.depends_on)
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            yield name
            ahead += [other for other in known[name].depends_on if other in known]
