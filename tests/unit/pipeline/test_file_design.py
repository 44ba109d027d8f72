"""Columns of a draw by stage, as `cauce estimate` is given them."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.pipeline.file_design import StageColumns, split, sure


def test_columns_are_those_of_the_stages_in_order() -> None:
    drawn = split("S,S2", "U, V", "N1,N2,N3")
    assert (drawn.stratum, drawn.fpc) == ("S", "N1")
    assert drawn.further == (StageColumns("U", "S2", "N2"), StageColumns("V", "", "N3"))


def test_a_stage_may_have_no_fpc_if_it_is_said() -> None:
    assert split("S", "U", "none,N2") == split("S", "U", " none , N2")
    assert split("S", "U", "N1,none").further == (StageColumns("U"),)
    assert split("S", "U", "").further == (StageColumns("U"),)


def test_an_fpc_of_some_stages_only_is_refused() -> None:
    with pytest.raises(BadInput, match="--fpc names 1 columns and there are 2 stages"):
        split("S", "U", "N1")
    with pytest.raises(BadInput, match="--fpc names 2 columns and there are 1 stages"):
        split("S", "", "N1,N2")


def test_strata_of_stages_there_are_not_are_refused() -> None:
    with pytest.raises(BadInput, match="--stratum names 2 columns and there are 1 stages"):
        split("S,S2", "", "")


def test_whether_a_psu_was_sure_is_said_of_everybody() -> None:
    assert sure(np.array([1.0, 0.0])).tolist() == [True, False]
    with pytest.raises(BadInput, match=r"neither true nor false .* in 2 of 3 rows"):
        sure(np.array([1.0, np.nan, 2.0]))
