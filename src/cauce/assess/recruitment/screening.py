"""No signal, more information, refer urgently, with the reasons: never a verdict."""

from cauce.assess.frames.trees import judge, leaves
from cauce.model.criterion import Finding, Group
from cauce.model.errors import BadInput
from cauce.model.screening import (
    CONCEPTS,
    Clue,
    Concept,
    Screened,
    ScreeningAnswers,
    ScreeningFrame,
    ScreeningSettings,
    Seen,
    Signal,
)
from cauce.model.text import Text
from cauce.model.truth import Truth

CHILD = Text("a child is always referred", "un niño, niña o adolescente siempre se refiere")
AGE_OPEN = Text("whether this is a child is not known", "no se sabe si es un niño o una niña")
NOTHING = Text("all was asked and nothing was seen", "se preguntó todo y no se vio nada")
NOT_ASKED = Text("not all that is asked was answered", "no se respondió todo lo que se pregunta")
ONE_MAY = Text(
    "one indicator may suffice, or several together: a trained person decides",
    "un indicador puede bastar, o varios juntos: decide una persona formada",
)
THRESHOLDS_OFF = Text(
    "thresholds are not used: no authority has confirmed them",
    "no se usan umbrales: ninguna autoridad los ha confirmado",
)
NO_OFFENCE = Text(
    "being smuggled is no offence of the person: protection, apart from trafficking",
    "haber sido objeto de tráfico no es delito de la persona: protección, aparte de la trata",
)


def screen(
    frame: ScreeningFrame, settings: ScreeningSettings, answers: ScreeningAnswers
) -> tuple[Screened, ...]:
    """What follows for each concept, each by itself: one never changes another.

    Raises:
        BadInput: the referral directory lacks a service for one of the concepts.

    Source: ILO (2012), ILO indicators of forced labour; ILO and European Commission (2009),
    Operational indicators of trafficking in human beings.
    """
    refuse_without_services(settings)
    found = (
        ("FORCED_LABOUR", *_forced_labour(frame, answers)),
        ("TRAFFICKING", *_trafficking(frame, settings, answers)),
        ("SMUGGLING", *_smuggling(answers)),
        ("CHILD", *_child(answers)),
    )
    child = (CHILD,) if answers.child is Truth.YES else ()
    return tuple(
        _screened(settings, name, signal, (*why, *child) if signal == "REFER_URGENT" else why)
        for name, signal, why in found
    )


def refuse_without_services(settings: ScreeningSettings) -> None:
    """Raises BadInput: whoever asks must be able to help.

    Source: none, it computes nothing.
    """
    there = {one.concept for one in settings.services}
    if lacking := [name for name in CONCEPTS if name not in there]:
        raise BadInput(
            f"The referral directory has no service for {', '.join(lacking)}: nobody is screened "
            "who could not be helped. Write [[service]] in the settings. / El directorio de "
            "referencia no tiene servicio para ello: no se tamiza a quien no se podría ayudar."
        )


def _screened(
    settings: ScreeningSettings, concept: str, signal: Signal, because: tuple[Text, ...]
) -> Screened:
    name: Concept = next(one for one in CONCEPTS if one == concept)
    sent = signal != "NO_SIGNAL"
    services = tuple(one for one in settings.services if sent and one.concept == name)
    return Screened(name, signal, because, services)


def _more(answers: ScreeningAnswers) -> Signal:
    """More information is needed; what is open in a child's case is referred."""
    return "REFER_URGENT" if answers.child is Truth.YES else "MORE_INFO"


def _forced_labour(
    frame: ScreeningFrame, answers: ScreeningAnswers
) -> tuple[Signal, tuple[Text, ...]]:
    def ask(one: Clue) -> Finding:
        return Finding(one.id, one.name, answers.clues[one.id], one.name)

    found = judge(Group("FORCED_LABOUR", ONE_MAY, "any", frame.clues), ask)
    if found.truth is not Truth.YES:
        return _open(found.truth is Truth.CANNOT_TELL, answers)
    seen = tuple(one.name for one in leaves(found) if one.truth is Truth.YES)
    return _more(answers), (*seen, ONE_MAY)


def _open(unanswered: bool, answers: ScreeningAnswers) -> tuple[Signal, tuple[Text, ...]]:
    """Nothing was seen: no signal only if all was answered."""
    if not unanswered:
        return "NO_SIGNAL", (NOTHING,)
    return _more(answers), (NOT_ASKED,)


def _trafficking(
    frame: ScreeningFrame, settings: ScreeningSettings, answers: ScreeningAnswers
) -> tuple[Signal, tuple[Text, ...]]:
    seen = [(one, answers.seen[one.id]) for one in frame.dimensions]
    some = tuple(one.name for one, n in seen if n and n.strong + n.medium + n.weak)
    if not some:
        return _open(any(n is None for _, n in seen), answers)
    if not settings.confirmed_by:
        return _more(answers), (*some, THRESHOLDS_OFF)
    by = Text(f"by {settings.confirmed_by}", f"según {settings.confirmed_by}")
    positive = tuple(one.name for one, n in seen if n and positive_by(n, frame))
    if positive:
        return "REFER_URGENT", (*positive, by)
    return _more(answers), (*some, by)


def positive_by(seen: Seen, frame: ScreeningFrame) -> bool:
    """Whether a dimension is positive; a stronger indicator also counts as a weaker one.

    Source: ILO and European Commission (2009), as `screen`; the thresholds are of the frame [K].
    """
    return any(_reaches(seen, need) for need in frame.positive)


def _reaches(seen: Seen, need: Seen) -> bool:
    sums = ((seen.strong, need.strong), (seen.strong + seen.medium, need.strong + need.medium))
    every = sum((seen.strong, seen.medium, seen.weak)), sum((need.strong, need.medium, need.weak))
    return all(has >= wants for has, wants in (*sums, every))


def _smuggling(answers: ScreeningAnswers) -> tuple[Signal, tuple[Text, ...]]:
    if answers.smuggled is Truth.NO:
        return "NO_SIGNAL", (NOTHING,)
    if answers.smuggled is Truth.CANNOT_TELL:
        return _open(True, answers)
    return _more(answers), (NO_OFFENCE,)


def _child(answers: ScreeningAnswers) -> tuple[Signal, tuple[Text, ...]]:
    if answers.child is Truth.YES:
        return "REFER_URGENT", ()
    if answers.child is Truth.NO:
        return "NO_SIGNAL", (NOTHING,)
    return "MORE_INFO", (AGE_OPEN,)
