"""The frame of screening, the settings of an office, and answers, from the texts that hold them."""

from collections.abc import Mapping

from cauce.assess.columns import TRUE
from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.model.errors import BadInput
from cauce.model.screening import (
    CONCEPTS,
    Clue,
    Concept,
    Dimension,
    ScreeningAnswers,
    ScreeningFrame,
    ScreeningSettings,
    Seen,
    Service,
)
from cauce.model.truth import Truth

NAMES: Mapping[str, Concept] = {name: name for name in CONCEPTS}
STRENGTHS = ("S", "M", "W")


def parse_screening(file: str, text: str) -> ScreeningFrame:
    """The frame. Raises BadInput with everything wrong.

    Source: the frame names its own: ILO (2012), ILO indicators of forced labour; ILO and European
    Commission (2009), Operational indicators of trafficking in human beings.
    """
    problems = Problems()
    top = _open(file, text, problems)
    top.text("id")
    frame = ScreeningFrame(
        top.text("version"),
        tuple(_clue(section) for section in top.tables("indicator")),
        tuple(_dimension(section) for section in top.tables("dimension")),
        tuple(_positive(section) for section in top.tables("positive")),
    )
    top.finish()
    problems.stop_if_any("The frame of screening")
    return frame


def _open(file: str, text: str, problems: Problems) -> Section:
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error(file)
    return top


def _clue(section: Section) -> Clue:
    section.choice("mark", ("V",))
    return Clue(section.text("id"), section.words("name"))


def _dimension(section: Section) -> Dimension:
    section.choice("mark", ("V",))
    return Dimension(section.text("id"), section.words("name"), section.whole("indicators"))


def _positive(section: Section) -> Seen:
    section.choice("mark", ("V", "K"))
    return Seen(section.whole("strong"), section.whole("medium"), section.whole("weak"))


def parse_settings(file: str, text: str) -> ScreeningSettings:
    """An office's referral directory, and who confirmed the thresholds. Raises BadInput.

    Source: none, it computes nothing.
    """
    problems = Problems()
    top = _open(file, text, problems)
    confirmed = top.table("confirmed") if top.has("confirmed") else None
    by = ""
    if confirmed is not None:
        by = f"{confirmed.text('authority')}, {confirmed.day('on')}: {confirmed.text('ground')}"
    found = ScreeningSettings(tuple(_service(one) for one in top.tables("service")), by)
    top.finish()
    problems.stop_if_any("The settings of screening")
    return found


def _service(section: Section) -> Service:
    concept = NAMES[section.choice("concept", CONCEPTS)]
    return Service(concept, section.words("name"), section.text("contact"))


def answers_of(said: Mapping[str, object], frame: ScreeningFrame) -> ScreeningAnswers:
    """What was answered; what was not is not known. No answer is repeated in a message.

    Raises:
        BadInput: a name the frame does not ask for, or a value that is no answer.

    Source: none, it computes nothing.
    """
    asked = {one.id: one for one in frame.dimensions}
    known = {"child", "smuggled", *asked, *(one.id for one in frame.clues)}
    if strange := set(said) - known:
        raise BadInput(f"{len(strange)} answers are to nothing that is asked: {len(known)} are.")
    return ScreeningAnswers(
        _truth(said, "child"),
        _truth(said, "smuggled"),
        {one.id: _truth(said, one.id) for one in frame.clues},
        {name: _seen(said, one) for name, one in asked.items()},
    )


def _truth(said: Mapping[str, object], name: str) -> Truth:
    value = str(said.get(name, ""))
    if value not in TRUE:
        raise BadInput(f"{name}: the answer must be YES, NO or UNK.")
    return TRUE[value]


def _seen(said: Mapping[str, object], one: Dimension) -> Seen | None:
    value = said.get(one.id, "UNK")
    if value == "UNK":
        return None
    numbers = [value.get(key, 0) for key in STRENGTHS] if isinstance(value, Mapping) else []
    good = [n for n in numbers if isinstance(n, int) and n >= 0]
    if len(good) != len(STRENGTHS) or sum(good) > one.indicators:
        raise BadInput(
            f"{one.id}: give the numbers of strong, medium and weak indicators seen, such as "
            f"{{ S = 0, M = 1, W = 0 }}, at most {one.indicators} in all; or UNK."
        )
    return Seen(*good)
