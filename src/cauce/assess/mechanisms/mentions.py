"""The share of texts that mention each protection."""

from collections.abc import Sequence

from cauce.model.errors import BadInput
from cauce.model.provision import Coding, Mention, Provision


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
    count = {coding: codings.count(coding) for coding in Coding}
    said = count[Coding.ENFORCEABLE] + count[Coding.MENTIONED]
    unseen = count[Coding.NOT_SEEN]
    seen, every = len(codings) - unseen, len(codings)
    return Mention(
        theme=theme,
        enforceable=count[Coding.ENFORCEABLE],
        mentioned=count[Coding.MENTIONED],
        absent=count[Coding.ABSENT],
        not_seen=unseen,
        share=said / seen if seen else None,
        low=said / every if every else None,
        high=(said + unseen) / every if every else None,
    )
