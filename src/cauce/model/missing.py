"""Why a value is not there. A missing value is never a number and never zero."""

from enum import IntEnum


class Missing(IntEnum):
    """The typed reasons a respondent has no value; negative, so that no code can equal one."""

    NOT_STATED = -1
    REFUSED = -2
    DONT_KNOW = -3
    NOT_APPLICABLE = -4


REASONS: dict[str, Missing] = {reason.name.lower(): reason for reason in Missing}
"""The words a pack uses: not_stated, refused, dont_know, not_applicable."""
