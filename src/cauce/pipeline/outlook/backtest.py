"""How every method would have done from earlier waves of the tables an outlook starts from."""

from pathlib import Path

import numpy as np

from cauce.model.projected import NotProducible
from cauce.model.scorecard import Scorecard
from cauce.outlook.shares import forecast_shares
from cauce.pipeline.outlook.balance import on_last_total
from cauce.pipeline.outlook.breaks import read_wanted
from cauce.pipeline.outlook.countries import countries_of, pooled_of
from cauce.pipeline.outlook.demand import NO_MORE, Rules, proved, stated, totals_of
from cauce.pipeline.outlook.pack import OutlookPack
from cauce.pipeline.outlook.pooling import drift_in
from cauce.pipeline.outlook.staffing import steady
from cauce.store import Reader, Snapshot

LEVELS = ("occupation", "groups")


def backtest(
    pack: OutlookPack, store: Path
) -> tuple[tuple[Scorecard, ...], tuple[NotProducible, ...]]:
    """The scorecards of both levels at every horizon, and what has none and why.

    Raises:
        BadInput: there is no store, or the pack names what a table does not have.
    """
    snapshot, cards, lacking = Reader(store).snapshot(), list[Scorecard](), list[NotProducible]()
    years, pooled = (
        np.arange(1.0, pack.horizon + 1.0),
        pooled_of(countries_of(snapshot, pack.peers)),
    )
    for name in LEVELS:
        if name not in pack.wanted:
            continue
        read = read_wanted(snapshot, pack, pack.wanted[name])
        if isinstance(read, NotProducible):
            lacking.append(read)
            continue
        read, _ = stated(on_last_total(read) if pack.sized else read)
        possible = forecast_shares(read.history, years, totals=totals_of(read, read.history))
        if isinstance(possible, NotProducible):
            lacking.append(possible)
        else:
            more = _steady(snapshot, pack) if name == "groups" else NO_MORE
            cards += proved(read, years, drift_in(pooled[name]), more).scorecards
    return tuple(cards), tuple(lacking)


def _steady(snapshot: Snapshot, pack: OutlookPack) -> Rules:
    """The rule of constant staffing, if the tables it needs are there."""
    named = (pack.wanted.get(name) for name in ("matrix", "industry", "groups"))
    tables = [None if one is None else read_wanted(snapshot, pack, one) for one in named]
    return steady(*(None if isinstance(one, NotProducible) else one for one in tables))
