"""What participants gained, as far as scores can say."""

from collections.abc import Sequence

from cauce.model.record import Absent
from cauce.model.text import Text
from cauce.model.training import Gain, Participant


def gain(participants: Sequence[Participant], least: int = 5) -> Gain:
    """The mean and spread of score after less score before, of those who have both.

    Comparing the mean of all who wrote the first test with that of all who wrote the last would
    compare different people. Nothing is said of fewer than `least`: it would show a person. The
    participants are all there are, not a sample, so there is no sampling error; whether the course
    was the cause, no such figure can tell.

    Source: paired differences, Student (1908), Biometrika 6; Campbell and Stanley (1963),
    Experimental and Quasi-Experimental Designs, design 2, for what it cannot tell.
    """
    pairs = [
        (one.pre, one.post)
        for one in participants
        if not isinstance(one.pre, Absent) and not isinstance(one.post, Absent)
    ]
    n = len(pairs)
    if n < max(least, 2):
        because = Text(
            f"{n} have both scores, and at least {max(least, 2)} are asked",
            f"{n} tienen ambas notas, y se piden al menos {max(least, 2)}",
        )
        return Gain(len(participants), n, None, None, None, None, None, because)
    gains = [post - pre for pre, post in pairs]
    mean = sum(gains) / n
    return Gain(
        participants=len(participants),
        both=n,
        mean_pre=sum(pre for pre, _ in pairs) / n,
        mean_post=sum(post for _, post in pairs) / n,
        mean=mean,
        sd=(sum((each - mean) ** 2 for each in gains) / (n - 1)) ** 0.5,
        improved=sum(1 for each in gains if each > 0) / n,
    )
