"""One question put to one fact, with the answer in words."""

from collections.abc import Iterator, Mapping
from datetime import date

from cauce.assess.dates import day_words, full_years
from cauce.assess.frames.trees import VERDICTS
from cauce.assess.logic import settled
from cauce.model.criterion import Condition, ConditionKind, Finding
from cauce.model.errors import BadInput
from cauce.model.fact import Between, Fact, Facts
from cauce.model.record import ABSENT, Absent
from cauce.model.text import Text
from cauce.model.truth import Truth

DAYS: frozenset[ConditionKind] = frozenset(("before", "by", "after", "from", "years"))
NUMBERS: frozenset[ConditionKind] = frozenset(("at_least", "at_most"))


def ask(condition: Condition, facts: Facts, on: date) -> Finding:
    """What one fact says on the day of application.

    A fact that is missing, unknown or not stated cannot tell. One that is not applicable does not
    meet the condition: who never married has not been married for a year. A day known only to lie
    between two is judged at both.

    Raises:
        BadInput: the fact is of another kind than the condition asks.

    Source: Kleene (1952), section 64, for what is unknown; cut-off dates and periods as in the
    Belize amnesty of 2022 (tests/spec/assess/belize).
    """
    fact = facts.get(condition.fact, Absent.UNKNOWN)
    truth = _truth(condition, fact, on)
    said, asked, verdict = _said(fact), _asked(condition, on), VERDICTS[truth]
    because = Text(
        f"{condition.name.en}: {said.en}. Asked: {asked.en}. {verdict.en}",
        f"{condition.name.es}: {said.es}. Se pide: {asked.es}. {verdict.es}",
    )
    return Finding(condition.id, condition.name, truth, because, condition.fact)


def _truth(condition: Condition, fact: Fact, on: date) -> Truth:
    if fact is Absent.NOT_APPLICABLE:
        return Truth.NO
    if isinstance(fact, Absent):
        return Truth.CANNOT_TELL
    return settled(_cases(condition, fact, on))


def _cases(condition: Condition, fact: Fact, on: date) -> Iterator[bool]:
    """Whether the condition holds, in each case the fact leaves possible."""
    kind = condition.kind
    if kind in DAYS and isinstance(fact, date | Between):
        ends = (fact,) if isinstance(fact, date) else (fact.first, fact.last)
        yield from (_day_holds(condition, day, on) for day in ends)
    elif kind in NUMBERS and isinstance(fact, int | float) and not isinstance(fact, bool):
        yield fact >= condition.number if kind == "at_least" else fact <= condition.number
    elif kind == "is" and isinstance(fact, bool):
        yield fact is condition.wanted
    elif kind == "one_of" and isinstance(fact, str):
        yield fact in condition.codes
    else:
        wanted = "a date" if kind in DAYS else "a number" if kind in NUMBERS else WANTED[kind]
        raise BadInput(f"{condition.id}: the fact {condition.fact} must be {wanted}.")


WANTED: Mapping[ConditionKind, str] = {"is": "true or false", "one_of": "a code"}


def _day_holds(condition: Condition, day: date, on: date) -> bool:
    if condition.kind == "years":
        return full_years(day, condition.day or on) >= condition.number
    limit = condition.day or on
    return {
        "before": day < limit,
        "by": day <= limit,
        "after": day > limit,
        "from": day >= limit,
    }[condition.kind]


def _said(fact: Fact) -> Text:
    if isinstance(fact, Absent):
        return ABSENT[fact]
    if isinstance(fact, bool):
        return Text("yes", "sí") if fact else Text("no", "no")
    if isinstance(fact, date | Between):
        return day_words(fact)
    words = fact if isinstance(fact, str) else f"{fact:g}"
    return Text(words, words)


def _asked(condition: Condition, on: date) -> Text:
    if condition.kind == "one_of":
        return Text(f"one of {', '.join(condition.codes)}", f"uno de {', '.join(condition.codes)}")
    if condition.kind == "is":
        return Text("yes", "sí") if condition.wanted else Text("no", "no")
    number, one = f"{condition.number:g}", condition.number == 1
    day = day_words(condition.day or on)
    return {
        "before": Text(f"before {day.en}", f"antes del {day.es}"),
        "by": Text(f"on or before {day.en}", f"a más tardar el {day.es}"),
        "after": Text(f"after {day.en}", f"después del {day.es}"),
        "from": Text(f"on or after {day.en}", f"el {day.es} o después"),
        "years": Text(
            f"at least {number} full year{'' if one else 's'} on {day.en}",
            f"al menos {number} año{'' if one else 's'} al {day.es}",
        ),
        "at_least": Text(f"at least {number}", f"al menos {number}"),
        "at_most": Text(f"at most {number}", f"a lo más {number}"),
    }[condition.kind]
