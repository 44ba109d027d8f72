"""Samples drawn in several stages: what each adds to the error."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.unit.estimate.multistage import variance

from cauce.estimate import Estimates, cube, design_of
from cauce.estimate.grouping import group
from cauce.estimate.sweep import Sweep
from cauce.model.design import Design, SinglePsu
from cauce.model.drawn import Drawn, DrawnStage
from cauce.model.errors import BadInput, LonelyPsu, MethodFailed
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Score

pytestmark = pytest.mark.usefixtures("uncompiled")

# Two strata with two PSUs each, of two dwellings with one or two people.
STRATUM = np.array(["a"] * 7 + ["b"] * 6)
PSU = np.array([1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
SSU = np.array(["x", "x", "y", "y", "x", "y", "y", "x", "x", "y", "u", "v", "v"])
Y = np.array([1.0, 4, 2, 6, 3, 1, 7, 8, 2, 2, 5, 9, 3])
N1 = np.where(STRATUM == "a", 4.0, 6.0)
M = np.full(13, 5.0)
TEN = np.full(13, 10.0)


def drawn(stage: DrawnStage | None = None, **more: Any) -> Design:
    own = {"stratum": STRATUM, "psu": PSU, "weight": TEN, "fpc": N1} | more
    stages = (DrawnStage(SSU, None, M) if stage is None else stage,)
    return design_of(Drawn(**({"stages": stages} | own)))  # type: ignore[arg-type]


def total(design: Design, y: np.ndarray = Y) -> Estimates:
    score = Score("y", np.ones(len(y), dtype=np.bool_), y, None, 0, True, "total")
    return cube(design, [], [], [()], [score])[0]


def error(design: Design) -> float:
    return float(total(design).se[0, 0])


def dwelling() -> np.ndarray:
    return np.unique(np.char.add(PSU.astype(str), SSU), return_inverse=True)[1]


def test_two_stages_by_hand() -> None:
    """PSUs of 13 and 11 of 4, dwellings of 5 and 8, 3 and 8 of 5: weights 10, stratum a alone.

    (1 - 2/4) 2 x 2 x 10² + 2/4 (1 - 2/5) 2 x (4.5 + 12.5) x 10² = 200 + 1,020.
    """
    a = STRATUM == "a"
    design = drawn(
        DrawnStage(SSU[a], None, M[a]), stratum=STRATUM[a], psu=PSU[a], weight=TEN[a], fpc=N1[a]
    )

    assert total(design, Y[a]).se[0, 0] ** 2 == pytest.approx(1220)


def test_three_stages_are_those_of_the_books() -> None:
    people = np.arange(13)
    k = np.full(13, 3.0)
    stages = DrawnStage(SSU, None, M), DrawnStage(people, None, k)
    levels = [(STRATUM, PSU, N1), (PSU, dwelling(), M), (dwelling(), people, k)]

    assert error(drawn(stages=stages, single_psu="certainty")) ** 2 == pytest.approx(
        variance(TEN * Y, levels)
    )


def test_labels_of_a_stage_say_something_within_their_unit_only() -> None:
    numbered = DrawnStage(dwelling(), None, M)
    assert error(drawn(numbered)) == pytest.approx(error(drawn()))


def test_the_counts_are_those_of_the_first_stage() -> None:
    found = total(drawn())
    assert (found.psus[0, 0], found.strata[0, 0], found.df[0, 0]) == (4, 2, 2)


def test_without_an_fpc_units_of_the_first_stage_are_ultimate_clusters() -> None:
    assert error(drawn(fpc=None)) == error(drawn(fpc=None, stages=()))


def test_without_an_fpc_of_its_own_a_stage_is_the_last_that_counts() -> None:
    last = DrawnStage(np.arange(13), None, np.full(13, 3.0))
    levels = [(STRATUM, PSU, N1), (PSU, dwelling(), np.full(13, np.inf))]

    found = error(drawn(stages=(DrawnStage(SSU), last)))

    assert found**2 == pytest.approx(variance(TEN * Y, levels))


def test_sampling_rates_say_what_counts_say() -> None:
    rates = drawn(DrawnStage(SSU, None, np.full(13, 2 / 5)), fpc=2 / N1)
    assert error(rates) == pytest.approx(error(drawn()), rel=1e-14)


def test_strata_of_the_second_stage_lie_within_psus() -> None:
    half = np.where(np.arange(13) % 2 == 0, "L", "R")
    people = np.arange(13)
    size = np.full(13, 4.0)
    part = np.unique(np.char.add(PSU.astype(str), half), return_inverse=True)[1]
    levels = [(STRATUM, PSU, N1), (part, people, size)]

    found = error(drawn(DrawnStage(people, half, size), single_psu="certainty"))

    assert found**2 == pytest.approx(variance(TEN * Y, levels))


def test_a_stratum_drawn_whole_leaves_the_error_to_its_second_stage() -> None:
    whole = np.full(13, 2.0)
    levels = [(STRATUM, PSU, whole), (PSU, dwelling(), M)]

    assert error(drawn(fpc=whole)) ** 2 == pytest.approx(variance(TEN * Y, levels))


def test_replicates_are_not_made_where_they_would_lose_what_further_stages_add() -> None:
    made = Replication(Replicates(made="jkn"))

    with pytest.raises(MethodFailed, match="stages within PSUs"):
        error(drawn(replicates=made))
    assert error(drawn(replicates=made, stages=())) > 0


def test_a_psu_that_was_sure_is_not_lonely_and_its_dwellings_count() -> None:
    alone = np.where(STRATUM == "a", "a", np.char.add("b", PSU.astype(str)))
    size = np.where(STRATUM == "a", 4.0, 1.0)
    levels = [(alone, PSU, size), (PSU, dwelling(), M)]

    assert error(drawn(stratum=alone, fpc=size)) ** 2 == pytest.approx(variance(TEN * Y, levels))


def test_dwellings_of_a_psu_marked_as_sure_stand_in_the_place_of_psus() -> None:
    sure = STRATUM == "b"
    found = total(drawn(certainty=sure, fpc=None))
    unit = np.where(sure, dwelling(), 100 + PSU)
    stratum = np.where(sure, PSU, 0)
    size = np.where(sure, M, np.inf)

    assert found.se[0, 0] ** 2 == pytest.approx(variance(TEN * Y, [(stratum, unit, size)]))
    assert (found.psus[0, 0], found.strata[0, 0], found.df[0, 0]) == (6, 3, 3)


def test_where_psus_were_sure_the_next_stage_moves_up_with_its_fpc() -> None:
    sure = STRATUM == "b"
    people = np.arange(13)
    stages = DrawnStage(SSU, None, M), DrawnStage(people, None, np.full(13, 3.0))
    first = np.where(sure, PSU, 0), np.where(sure, dwelling(), 100 + PSU), np.where(sure, M, N1)
    second = np.where(sure, 100 + dwelling(), PSU), np.where(sure, people, 100 + dwelling())
    levels = [
        first,
        (*second, np.where(sure, 3.0, M)),
        (np.where(sure, 100 + people, dwelling()), people, np.where(sure, 1.0, 3.0)),
    ]

    found = error(drawn(stages=stages, certainty=sure, single_psu="certainty"))

    assert found**2 == pytest.approx(variance(TEN * Y, levels))


def test_a_sure_psu_is_called_by_its_stratum_in_the_design() -> None:
    half = np.where(np.arange(13) % 2 == 0, "L", "R")
    plain = drawn(DrawnStage(SSU), certainty=STRATUM == "b", fpc=None)
    parted = drawn(DrawnStage(np.arange(13), half), certainty=STRATUM == "b")

    assert plain.stratum_labels == ("a", "b / 3", "b / 4")
    assert plain.psu_labels[-2:] == ("u", "v")
    assert parted.stratum_labels[1:] == ("b / 3 / L", "b / 3 / R", "b / 4 / L", "b / 4 / R")


def test_who_knows_of_no_units_in_a_sure_psu_cannot_say_that_it_was_sure() -> None:
    with pytest.raises(BadInput, match="nothing says which units were drawn in them"):
        drawn(stages=(), certainty=STRATUM == "b")


def test_a_psu_is_sure_in_all_of_its_rows_or_in_none() -> None:
    with pytest.raises(BadInput, match="2 of 4 PSUs are drawn with certainty in some rows"):
        drawn(certainty=np.isin(np.arange(13), (0, 8)))


def test_rates_of_one_stage_do_not_stand_beside_counts_of_another() -> None:
    for fpc, own in ((2 / N1, M), (N1, np.full(13, 2 / 5))):
        with pytest.raises(BadInput, match="give one kind"):
            drawn(DrawnStage(SSU, None, own), fpc=fpc, certainty=STRATUM == "b")


def test_the_fpc_of_a_stage_is_one_number_per_unit_and_no_less_than_the_sample() -> None:
    with pytest.raises(BadInput, match="The fpc of stage 2 differs within 1 of 4 units"):
        drawn(DrawnStage(SSU, None, np.where(np.arange(13) == 0, 6.0, 5.0)))
    with pytest.raises(BadInput, match=r"4 of 4 .* more units of stage 2 in the sample"):
        drawn(DrawnStage(np.arange(13), None, np.full(13, 2.0)))


def test_a_missing_label_of_a_stage_is_counted() -> None:
    lost = np.array([None, *SSU[1:]], dtype=object)
    with pytest.raises(BadInput, match=r"1 of 13 unit \(stage 2\) labels are missing"):
        drawn(DrawnStage(lost, None, M))


def single(policy: SinglePsu, **more: Any) -> Design:
    """The first PSU has one dwelling in the sample."""
    ssu = np.where(PSU == 1, "x", SSU)
    return drawn(DrawnStage(ssu, None, M), single_psu=policy, **more)


def test_a_single_dwelling_is_refused_by_its_stage() -> None:
    with pytest.raises(LonelyPsu, match="1 of 4 strata of stage 2"):
        total(single("refuse"))
    with pytest.raises(LonelyPsu, match="average is for PSUs only"):
        total(single("average"))


def test_a_single_dwelling_adds_nothing_or_its_distance_from_nothing() -> None:
    """Sum 130: adjust adds 2/4 (1 - 1/5) 130² to what certainty has."""
    by_certainty, adjusted = (error(single(policy)) for policy in ("certainty", "adjust"))
    assert adjusted**2 - by_certainty**2 == pytest.approx(0.5 * 0.8 * 130**2)


def test_a_single_dwelling_joins_those_of_the_next_psu_in_its_stratum() -> None:
    ssu = np.where(PSU == 1, 0, dwelling())
    joined = np.where(STRATUM == "a", 1, PSU)
    size = np.where(STRATUM == "a", 10.0, 5.0)
    z = TEN * Y
    first = variance(z, [(STRATUM, PSU, N1)])
    second = sum(
        2 / N1[own][0] * variance(z[own], [(joined[own], ssu[own], size[own])])
        for own in (STRATUM == "a", STRATUM == "b")
    )

    assert error(single("collapse")) ** 2 == pytest.approx(first + second)


def test_a_single_dwelling_with_no_other_psu_beside_has_nothing_to_join() -> None:
    own = np.where(PSU == 1, "alone", STRATUM)
    own = np.where(PSU == 2, "other", own)
    with pytest.raises(LonelyPsu, match="some have no other to join"):
        total(single("collapse", stratum=own, fpc=np.where(STRATUM == "a", 4.0, 6.0)))


def test_where_the_stage_above_has_no_rate_nobody_asks_for_a_second_dwelling() -> None:
    assert error(single("refuse", fpc=None)) > 0


def test_averaging_lonely_strata_leaves_the_second_stage_alone() -> None:
    """Strata of one PSU count as others do; what lies within PSUs is known of all."""
    own = np.where(PSU == 4, "c", np.where(PSU == 3, "b", STRATUM))
    design = drawn(stratum=own, single_psu="average", fpc=np.full(13, 4.0))
    first = variance(TEN * Y, [(own, PSU, np.full(13, 4.0))])
    both = variance(TEN * Y, [(own, PSU, np.full(13, 4.0)), (PSU, dwelling(), M)])

    assert error(design) ** 2 == pytest.approx(3 * first + (both - first))


def test_covariances_know_all_stages() -> None:
    """The sum of z times its own deviation is the variance of the total of z."""
    sweep = Sweep(drawn())
    z = TEN * Y
    assert (z * sweep.deviations(z)).sum() == pytest.approx(error(drawn()) ** 2)


def test_covariances_within_cells_know_all_stages() -> None:
    sweep, codes = Sweep(drawn()), (np.arange(13) % 2).astype(np.int32)
    grouping = group([codes], [2], (0,), 13)
    (found,) = sweep.run(
        [grouping], [Score("y", np.ones(13, dtype=np.bool_), Y, None, 0, True, "total")]
    )[0]
    z = TEN * Y

    by_cell = np.bincount(codes, z * sweep.deviations(z, grouping))

    assert by_cell == pytest.approx(found.se**2)


def test_a_stage_that_was_drawn_whole_is_not_walked() -> None:
    people = DrawnStage(np.arange(13), None, np.array([2, 2, 2, 2, 1, 2, 2, 2, 2, 1, 1, 2, 2.0]))
    stages = replace(DrawnStage(SSU), fpc=M), people
    assert len(Sweep(drawn(stages=stages)).rows.stages) == 1


def test_replicate_weights_of_the_office_know_of_every_stage() -> None:
    """Nobody asks for a second dwelling where no stage is walked."""
    weights = np.random.default_rng(1).uniform(5, 15, (13, 6))
    own = Replication(Replicates("bootstrap"), weights)
    design = replace(single("refuse"), replication=own)

    assert Sweep(design).rows.stages == ()
    assert error(design) > 0


def test_replicates_made_of_psus_do_not_know_of_further_stages() -> None:
    made = replace(drawn(), replication=Replication(Replicates(made="jkn")))
    with pytest.raises(MethodFailed, match="stages within PSUs add to the error would be lost"):
        Sweep(made)
