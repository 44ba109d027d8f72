"""The share of texts that mention each protection."""

from collections.abc import Sequence

from cauce.assess.frames.tally import tally
from cauce.model.errors import BadInput
from cauce.model.provision import Coding, Mention, Provision
from cauce.model.truth import Truth

MENTIONED = {
    Coding.ENFORCEABLE: Truth.YES,
    Coding.MENTIONED: Truth.YES,
    Coding.ABSENT: Truth.NO,
    Coding.NOT_SEEN: Truth.CANNOT_TELL,
}


def mentions(provisions: Sequence[Provision], themes: Sequence[str]) -> tuple[Mention, ...]:
    """For each theme, how many of the texts that were read mention it.

    A text nobody has seen, or that was not coded on the theme, is in no denominator: its silence is
    ours. Mentioned is "1" or "2"; a mention is no protection, which only practice shows. All texts
    of the list are counted, so there is no sampling error; `low` and `high` bound what the unread
    ones could change.

    Raises:
        BadInput: a text is coded twice on one theme.

    Source: Chilton and Woda (2022), The expanding universe of bilateral labor agreements,
    Theoretical Inquiries in Law 23(2), for the coding; Manski (2003), Partial
    Identification of Probability Distributions, chapter 1, for the bounds.
    """
    texts = {provision.text for provision in provisions}
    codings = {(provision.text, provision.theme): provision.coding for provision in provisions}
    if len(codings) != len(provisions):
        twice = len(provisions) - len(codings)
        raise BadInput(f"{twice} provisions are coded twice for the same text and theme.")
    return tuple(
        _mention(theme, [codings.get((text, theme), Coding.NOT_SEEN) for text in sorted(texts)])
        for theme in themes
    )


def _mention(theme: str, codings: Sequence[Coding]) -> Mention:
    of = tally(MENTIONED[coding] for coding in codings)
    return Mention(
        theme=theme,
        enforceable=codings.count(Coding.ENFORCEABLE),
        mentioned=codings.count(Coding.MENTIONED),
        absent=of.no,
        not_seen=of.unknown,
        share=of.share,
        low=of.low,
        high=of.high,
    )
