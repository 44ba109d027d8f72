"""Whether a participant completed a course."""

from collections.abc import Iterator

from cauce.assess.logic import all_of, settled
from cauce.model.errors import BadInput
from cauce.model.record import Absent
from cauce.model.text import Text
from cauce.model.training import Completion, CompletionRule, Participant
from cauce.model.truth import TRUTHS, Truth

TINY = 1e-9
"""Hours are added as fractions; a share that is met must not miss by rounding."""


def completion(rule: CompletionRule, participant: Participant) -> Completion:
    """Whether the rule is met. Hours nobody wrote down are counted both ways.

    Raises:
        BadInput: the rule asks for nothing.

    Source: the rule is the course's own; Kirkpatrick (1959), Journal of the American
    Society of Training Directors 13, level 2, for scores afterwards.
    """
    parts = list(_parts(rule, participant))
    if not parts:
        raise BadInput("The completion rule asks for nothing: set min_attendance or min_post.")
    truth = all_of(part for part, _ in parts)
    said = TRUTHS[truth]
    return Completion(
        participant.token,
        truth,
        Text(
            f"{'; '.join(words.en for _, words in parts)}. Completed: {said.en}.",
            f"{'; '.join(words.es for _, words in parts)}. Completó: {said.es}.",
        ),
    )


def _parts(rule: CompletionRule, participant: Participant) -> Iterator[tuple[Truth, Text]]:
    if rule.min_attendance is not None:
        low, high = attended(participant)
        share = f"{low:.0%}" if low == high else f"{low:.0%}–{high:.0%}"
        least = f"{rule.min_attendance:.0%}"
        yield (
            settled(share >= rule.min_attendance - TINY for share in (low, high)),
            Text(
                f"attended {share} of at least {least}", f"asistió al {share} de al menos {least}"
            ),
        )
    if rule.min_post is not None:
        yield _post(rule.min_post, participant.post)


def _post(least: float, post: float | Absent) -> tuple[Truth, Text]:
    if isinstance(post, Absent):
        return Truth.CANNOT_TELL, Text("no score afterwards", "sin nota final")
    truth = Truth.YES if post >= least else Truth.NO
    return truth, Text(
        f"score {post:g} of at least {least:g}", f"nota {post:g} de al menos {least:g}"
    )


def attended(participant: Participant) -> tuple[float, float]:
    """The share of the hours attended, at the least and at the most; 0 to 1 without sessions.

    Source: bounds as in Manski (2003), Partial Identification of
    Probability Distributions, chapter 1.
    """
    total = sum(session.hours for session in participant.sessions)
    if total == 0:
        return 0.0, 1.0
    there = sum(s.hours for s in participant.sessions if s.present is True)
    away = sum(s.hours for s in participant.sessions if s.present is False)
    return there / total, (total - away) / total
