"""What the tables of gaps need: the region's lists and indicators, and two posts of an area."""

from pathlib import Path

import numpy as np
import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import Source
from cauce.model.text import Text
from cauce.outlook.gaps import Frame, Gaps, classify, gap, post
from cauce.pipeline.packs import read_dictionary

T = Text("invented", "inventado")
REGION = Path(__file__).parents[4] / "packs" / "region"


@pytest.fixture(scope="session")
def frame():
    dictionary = read_dictionary(REGION)[0]
    own = {
        "CL_OUTLOOK_CHANNEL": Codelist("CL_OUTLOOK_CHANNEL", T, (Code("SEASONAL", T),)),
    }
    areas = (Code("HND", T), Code("MEX", T))
    source = Source("XAA_OUTLOOK", "XAA", T, T, "Open", "An office (2026)", True)
    return Frame("XAA_OUTLOOK", areas, Code("base", T), source,
                 {**dictionary.codelists, **own}, dictionary.indicators)  # fmt: skip


@pytest.fixture
def gaps():
    """Makes the gaps of engineers and drivers, 1,000 of each employed in the base year 2025."""

    def made(people, cv=(0.1, 0.1), area="MEX"):
        missing = np.array(people, dtype=float)
        found = gap(np.maximum(missing, 0), np.maximum(-missing, 0), np.full(2, 1000.0))
        posts = (post("21"), post("83"))
        return Gaps(area, posts, 2025, found, classify(found.relative), np.array(cv))

    return made
