"""What a scenario brings, cause by cause, as a table beside the whole difference."""

from dataclasses import replace

import numpy as np

from cauce.model.codelist import TOTAL, Code
from cauce.model.dataflow import Dimension
from cauce.model.text import Text
from cauce.outlook.proving import base_cv
from cauce.pipeline.outlook.adding import Added
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.flows import Table

ALL = Code(TOTAL, Text("All together", "En conjunto"))


def brought(found: Added, groups: Level) -> Table:
    """People more than in the baseline by cause and occupation, and of all of either.

    What causes add is added draw by draw, so that the interval of a sum is that of the sum.
    """
    own = groups.read.dimensions[0]
    whole = any(code.id == TOTAL for code in own.codes)
    codes = (*groups.cells, *((TOTAL,) if whole else ()))
    draws = len(groups.employed)
    each = [np.broadcast_to(one.groups, (draws, *one.groups.shape[1:])) for one in found.causes]
    each = [*each, np.sum(each, axis=0)] if len(each) > 1 else each
    causes = [*(one.code for one in found.causes), *((ALL,) if len(each) > 1 else ())]
    wide = [np.concatenate([one, *([one.sum(axis=-1, keepdims=True)] if whole else ())], axis=-1)
            for one in each]  # fmt: skip
    total = base_cv(groups.read.total.value[-1], groups.read.total.se[-1])
    cv = np.concatenate([groups.cv, *([total] if whole else ())])
    return Table(
        id="BRINGS",
        name=Text("What the scenario brings", "Lo que aporta el escenario"),
        dimensions=(
            Dimension("CAUSE", Text("Cause", "Causa"), tuple(causes), "CL_OUTLOOK_CAUSE"),
            replace(own, additive=False),
        ),
        cells=tuple((cause.id, code) for cause in causes for code in codes),
        draws={"PRJ_DIF_NB": np.concatenate(wide, axis=-1)},
        cv=np.tile(cv, len(causes)),
        spans={},
    )
