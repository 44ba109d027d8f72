"""What an application costs, as the rule says it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from cauce.model.criterion import Criterion
from cauce.model.text import Text

CostPart = Literal["OFFICIAL", "FINE", "INDIRECT"]
MonthRule = Literal["begun", "completed"]


@dataclass(frozen=True)
class Tier:
    """The price of a month: the next `months` months, or all that follow if None."""

    months: int | None
    amount: Decimal | None


@dataclass(frozen=True)
class Waiver:
    """What is let off, to those for whom `given_if` holds, or to all if it is None.

    With `months_from` or `months_to` only the months between are, both days counted in; without
    either it is the whole fee.
    """

    name: Text
    given_if: Criterion | None = None
    months_from: date | None = None
    months_to: date | None = None


@dataclass(frozen=True)
class Fee:
    """One item of a schedule. An amount of None is unknown, which is not free.

    With `tiers` it is charged by month, in their order, from the day the fact `since` names to the
    day of application, within `months_from` and `months_to`; a month is counted once `months_are`
    begun or completed. Without tiers it is charged once. It is asked of applications made from
    `asked_from` to `asked_to` by those for whom `due_if` holds.
    """

    id: str
    name: Text
    part: CostPart
    currency: str
    amount: Decimal | None = None
    tiers: tuple[Tier, ...] = ()
    since: str = ""
    months_from: date | None = None
    months_to: date | None = None
    months_are: MonthRule = "begun"
    asked_from: date | None = None
    asked_to: date | None = None
    due_if: Criterion | None = None
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True)
class Outlay:
    """What the applicant pays to others or loses, so many times an amount; None is unknown.

    With `up_to` it is between the two.
    """

    id: str
    name: Text
    part: CostPart
    currency: str
    amount: Decimal | None
    times: Decimal = Decimal(1)
    up_to: Decimal | None = None
