"""Who was trained and is still where the training was for."""

from collections.abc import Mapping, Sequence
from datetime import date

from cauce.assess.dates import add_months, day_words, earliest, latest
from cauce.assess.logic import settled
from cauce.model.fact import Between
from cauce.model.text import Text
from cauce.model.training import InPost, Posting, Roster
from cauce.model.truth import TRUTHS, Truth

NEVER: Mapping[str, date] = {}


def roster(
    completed: Mapping[str, date],
    postings: Sequence[Posting],
    on: date,
    refresher_months: int | None = None,
    confirmed_months: int = 12,
    refreshed: Mapping[str, date] = NEVER,
) -> Roster:
    """Those who completed, by token and day, with where they work on a day.

    Somebody is in post at the institution they worked for when they completed. A post nobody
    confirmed for `confirmed_months` cannot tell: people leave and lists stay. A refresher falls due
    `refresher_months` after completion, or after the last refresher taken; never if None.

    Source: docs/explanation/judging.md, "Trainings"; the months are the course's own.
    """
    people = []
    for token, day in sorted(completed.items()):
        posting = _posting(token, day, postings)
        due = _due(max(day, refreshed.get(token, day)), refresher_months, on)
        there = Truth.CANNOT_TELL if posting is None else _in_post(posting, on, confirmed_months)
        people.append(_person(token, posting, there, due))
    counts = {
        name: {
            truth: sum(1 for p in people if (p.institution, p.in_post) == (name, truth))
            for truth in Truth
        }
        for name in dict.fromkeys(person.institution for person in people)
    }
    return Roster(tuple(people), counts)


def _posting(token: str, day: date, postings: Sequence[Posting]) -> Posting | None:
    """The post somebody had when they completed; the latest begun if there were several."""
    had = [p for p in postings if p.token == token and p.since <= day and _until(p) >= day]
    return max(had, key=lambda posting: posting.since, default=None)


def _until(posting: Posting) -> date:
    """The last day somebody may have been there."""
    return latest(posting.until) if isinstance(posting.until, date | Between) else date.max


def _in_post(posting: Posting, on: date, months: int) -> Truth:
    if isinstance(posting.until, date | Between):
        return settled(day >= on for day in (earliest(posting.until), latest(posting.until)))
    if posting.until is None and add_months(posting.confirmed, months) >= on:
        return Truth.YES
    return Truth.CANNOT_TELL


def _due(day: date, months: int | None, on: date) -> Truth:
    if months is None:
        return Truth.NO
    return Truth.YES if add_months(day, months) <= on else Truth.NO


def _person(token: str, posting: Posting | None, there: Truth, due: Truth) -> InPost:
    said = TRUTHS[there]
    if posting is None:
        because = Text("no post is known", "no se conoce su puesto")
        return InPost(token, "", there, due, because)
    day = day_words(posting.confirmed)
    return InPost(
        token,
        posting.institution,
        there,
        due,
        Text(
            f"in post: {said.en}; last confirmed on {day.en}",
            f"en el puesto: {said.es}; última confirmación: {day.es}",
        ),
    )
