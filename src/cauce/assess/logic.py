"""Three-valued logic: what cannot be told stays so until something settles it."""

from collections.abc import Iterable

from cauce.model.truth import Truth


def all_of(truths: Iterable[Truth]) -> Truth:
    """NO if one is; otherwise CANNOT_TELL if one is; YES if all are, and of none.

    Source: Kleene (1952), Introduction to Metamathematics, section 64, strong connectives.
    """
    found = set(truths)
    if Truth.NO in found:
        return Truth.NO
    return Truth.CANNOT_TELL if Truth.CANNOT_TELL in found else Truth.YES


def any_of(truths: Iterable[Truth]) -> Truth:
    """YES if one is; otherwise CANNOT_TELL if one is; NO if all are, and of none.

    Source: as `all_of`.
    """
    found = set(truths)
    if Truth.YES in found:
        return Truth.YES
    return Truth.CANNOT_TELL if Truth.CANNOT_TELL in found else Truth.NO


def settled(possible: Iterable[bool]) -> Truth:
    """YES or NO if every possible case says so; CANNOT_TELL if they differ.

    Source: supervaluation; van Fraassen (1966), Journal of Philosophy 63(17), 481–495.
    """
    found = set(possible)
    if len(found) != 1:
        return Truth.CANNOT_TELL
    return Truth.YES if found.pop() else Truth.NO
