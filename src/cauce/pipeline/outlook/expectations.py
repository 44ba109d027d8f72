"""What an outlook pack declares of a survey of employers that stands beside its projection."""

from dataclasses import dataclass

from cauce.declare.section import Section
from cauce.model.pack import Place
from cauce.model.text import Text
from cauce.outlook.employers import FEWEST_MATCHED, Realised

LEVELS = ("occupation", "groups")


@dataclass(frozen=True)
class Bias:
    """How earlier expectations came true, by whoever asked the same firms twice."""

    known: Realised
    source: Text


@dataclass(frozen=True)
class Expectations:
    """Employers' expectations: for how many years ahead, of whom, and how far they come true.

    `everyone` says that the survey is about all who work in its occupations, as the projection is;
    `covers` says in words whom it is about. Without `bias` nobody knows how far employers are off.
    """

    level: str
    ahead: int
    everyone: bool
    covers: Text
    bias: Bias | None
    place: Place


def expectations_of(top: Section) -> Expectations | None:
    """The section [employers] of a pack, None if it has none. Faults are noted in the section."""
    section = top.table("employers", required=False)
    if section is None:
        return None
    found = Expectations(
        level=section.choice("level", LEVELS),
        ahead=section.whole("ahead"),
        everyone=section.truth("everyone"),
        covers=section.words("covers"),
        bias=_bias(section),
        place=section.place(),
    )
    if section.has("ahead") and found.ahead < 1:
        section.note("ahead", f"{section.name('ahead')} = {found.ahead}: nobody expects the past.")
    section.finish()
    return found


def _bias(section: Section) -> Bias | None:
    inner = section.table("bias", required=False)
    if inner is None:
        return None
    square, matched = inner.number("square"), inner.whole("occupations")
    if inner.has("square") and square < 0:
        inner.note("square", f"{inner.name('square')} = {square:g}: a square is not below 0.")
    if inner.has("occupations") and matched < FEWEST_MATCHED:
        inner.note(
            "occupations",
            f"{inner.name('occupations')} = {matched}: from fewer than {FEWEST_MATCHED} "
            "occupations nothing is said of a bias. Leave [employers.bias] out: it is not known.",
        )
    found = Bias(Realised(inner.number("mean"), square, matched), inner.words("source"))
    inner.finish()
    return found
