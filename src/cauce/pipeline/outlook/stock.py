"""The people a scenario has to count on: population, labour force, what it allows, schooling."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.people import STEP
from cauce.outlook.proving import base_cv
from cauce.pipeline.outlook.balance import SIZED, Balance, balance_of, on_last_total, sized
from cauce.pipeline.outlook.demand import Level, Margin
from cauce.pipeline.outlook.flows import Table
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import OutlookPack
from cauce.pipeline.outlook.people_tables import balance_table, people_table, schooling_table
from cauce.pipeline.outlook.population import NotCovered, Peopled, not_covered, people_of
from cauce.pipeline.outlook.schooling import Learned, learned
from cauce.pipeline.outlook.workforce import FORCE, Workforce, workforce_of

NOT_SIZED = Text(
    "as many workers as there will be people for (their number follows its own past instead)",
    "tantas personas ocupadas como habrá personas (su número sigue en cambio su propio pasado)",
)


@dataclass(frozen=True)
class Behind:
    """What is known of the people, and the tables, words and lacks that come of it.

    `able` are people in work at the usual unemployment, (d, h), where as many work as there will
    be people for; None where the number of workers follows its own past.
    """

    people: Peopled | None
    force: Workforce | None
    able: Floats | None = None
    tables: list[Table] = field(default_factory=list)
    said: list[Text] = field(default_factory=list)
    lacking: list[NotProducible] = field(default_factory=list)

    def shares(self, read: Read | None) -> Read | None:
        """The table without its total where people tell the total; else the very same."""
        return read if read is None or self.able is None else on_last_total(read)

    def sized(self, level: Level) -> Level:
        """The level with as many workers as there will be; the very same where nobody can tell."""
        return level if self.able is None else sized(level, self.able)

    def resized(self, level: Level, plain: "Behind") -> Level:
        """The level with as many more or fewer workers as this has people for than another."""
        if self.able is None or plain.able is None or self is plain:
            return level
        return replace(level, employed=level.employed * (self.able / plain.able)[:, :, None])

    def divided(self, found: Margin | NotProducible) -> Margin | NotProducible:
        """The same of industries, so that they are divided among as many workers."""
        if self.able is None or isinstance(found, NotProducible):
            return found
        times = self.able / np.nansum(found.employed, axis=2)
        return replace(found, employed=found.employed * times[:, :, None])


def people_behind(
    pack: OutlookPack,
    read: dict[str, Read],
    times: Floats,
) -> Behind:
    """The people behind a scenario, each number only where its inputs are there.

    Args:
        times: what the scenario multiplies participation by in each year, shape (h,).
    """
    people = _population(pack, int(read["occupation"].history.years[-1]))
    there = people if isinstance(people, Peopled) else None
    size = pack.draws, pack.seed
    whole = read.get("groups", read["occupation"])
    force = workforce_of(people, read.get("participation"), times, *size)
    balance = balance_of(force, read.get("unemployment"), whole, *size)
    grown = learned(there, read.get("education"), pack.assumptions, pack.horizon, *size)
    able = balance.able if pack.sized and isinstance(balance, Balance) else None
    found = Behind(there, None if isinstance(force, NotProducible) else force, able)
    if there is not None:
        found.said.extend(there.assumptions)
        found.lacking.extend(there.lacking)
    for made in (force, balance, grown):
        if isinstance(made, NotProducible):
            found.lacking.append(made)
        else:
            found.said.extend(made.said)
    found.tables.extend(_tables(found.force, balance, grown, whole))
    if able is not None:
        found.said.append(SIZED)
    elif pack.sized and isinstance(balance, NotProducible):
        found.lacking.append(NotProducible(rule(NOT_SIZED), balance.because))
    return found


def _population(pack: OutlookPack, base: int) -> Peopled | NotProducible | None:
    """The population from the base year to the horizon, in whole steps of its bands."""
    if pack.un is None and pack.population is None:
        return None
    steps = -(-pack.horizon // STEP)
    years = np.arange(float(base), base + STEP * steps + 1)
    try:
        found = people_of(pack.area, pack.un, pack.population, years, pack.draws, pack.seed)
    except NotCovered as error:
        return NotProducible(rule(FORCE), error.told)
    there = found.population.years
    if there[0] == base and there[-1] >= base + pack.horizon:
        return found
    return NotProducible(rule(FORCE), not_covered(there, years[: pack.horizon + 1]))


def _tables(
    force: Workforce | None,
    balance: Balance | NotProducible,
    grown: Learned | NotProducible,
    whole: Read,
) -> Iterator[Table]:
    if force is not None:
        yield people_table(force)
    if isinstance(balance, Balance):
        cv = base_cv(whole.total.value[-1], whole.total.se[-1])
        yield balance_table(balance, float(cv[0]))
    if isinstance(grown, Learned):
        yield schooling_table(grown)
