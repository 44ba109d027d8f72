"""What the other countries of a region teach: how shares drift, and who works in which industry."""

from collections.abc import Mapping, Sequence

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.proving import as_known
from cauce.outlook.shares import forecast_shares, slopes
from cauce.pipeline.outlook.demand import Drift, stated, totals_of
from cauce.pipeline.outlook.histories import Read

Pooled = Mapping[str, Sequence[Read]]
"""Released tables of other countries of a region, by what an outlook reads them as."""
ALONE: Pooled = {}
NEXT = np.ones(1)
"""A slope is asked for and no horizon: any will do."""


def drift_in(others: Sequence[Read]) -> Drift:
    """How shares drift in other countries that had three waves of the same classification by then.

    A forecast that is tried on its past knows of others what was known then, and no more.
    """
    told = [stated(one)[0] for one in others]

    def drift(history: History) -> Floats | None:
        found = []
        for one in told:
            known = [past for past in as_known(one.history) if past.years[-1] <= history.years[-1]]
            if not known or known[-1].standards[-1] != history.standards[-1]:
                continue
            said = forecast_shares(known[-1], NEXT, totals=totals_of(one, known[-1]))
            if not isinstance(said, NotProducible):
                found.append((known[-1].cells, said))
        return slopes(history.cells, found)

    return drift


def learnt_from(names: Sequence[Text]) -> Text:
    """That slopes and staffing are drawn towards other countries, in words."""
    en, es = ", ".join(one.en for one in names), ", ".join(one.es for one in names)
    return Text(
        f"Trends of shares may lie around those of other countries of the region, and who works in "
        f"an industry is drawn towards theirs, both as far as what was seen makes that likely: "
        f"{en}.",
        f"Las tendencias de las participaciones pueden rondar las de otros países de la región, y "
        f"quién trabaja en una rama se acerca a lo de ellos, ambas en la medida en que lo "
        f"observado lo hace verosímil: {es}.",
    )
