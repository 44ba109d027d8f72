"""Weights that meet totals: by hand, and what is refused."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cauce.estimate.calibration import solve
from cauce.estimate.calibration.collapse import DENSE, combined
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import calibrate, calibrate_columns
from cauce.model.calibration import Distance
from cauce.model.design import Design
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.replication import Replicates, Replication

pytestmark = pytest.mark.usefixtures("uncompiled")
RAKING, LINEAR = Distance("raking"), Distance("linear")


def design(weight: list[float]) -> Design:
    n = len(weight)
    return Design(np.zeros(n, dtype=np.int64), np.arange(n), np.array(weight, dtype=float))


def target(codes: list[int], totals: list[float], name: str = "SEX", amount: Any = None) -> Target:
    labels = tuple("ABCDEFGHIJKLMNOP"[: len(totals)]) if len(totals) > 1 else ("",)
    value = None if amount is None else np.array(amount, dtype=float)
    return Target(name, np.array(codes), labels, np.array(totals, dtype=float), value)


def weights(targets: list[Target], weight: list[float], distance: Distance, **more: Any) -> Any:
    return calibrate(design(weight), targets, distance, **more).design.weight


def refused(
    targets: list[Target], weight: list[float], distance: Distance = RAKING, **m: Any
) -> str:
    with pytest.raises((BadInput, MethodFailed)) as error:
        weights(targets, weight, distance, **m)
    return str(error.value)


@pytest.mark.parametrize("distance", [RAKING, LINEAR, Distance("logit", 0.2, 5)])
def test_one_margin_multiplies_each_code_by_what_it_lacks(distance: Distance) -> None:
    """Sums 2 and 4 are to be 3 and 8: factors 1.5 and 2, whatever the distance."""
    found = calibrate(design([1, 1, 3, 1]), [target([0, 0, 1, 1], [3, 8])], distance)

    assert found.design.weight == pytest.approx([1.5, 1.5, 6, 2])
    assert found.factor == pytest.approx([1.5, 1.5, 2, 2])
    assert (found.margins, found.combinations) == (2, 2)
    assert found.misfit < 1e-12


def test_two_margins_are_raked_as_by_hand() -> None:
    """With all four combinations once the weights are products: 10 people, halves and 4 to 6."""
    margins = [target([0, 0, 1, 1], [5, 5]), target([0, 1, 0, 1], [4, 6], "AGE")]

    assert weights(margins, [1, 1, 1, 1], RAKING) == pytest.approx([2, 3, 2, 3])


def test_an_amount_is_raised_to_its_total() -> None:
    """Linear: w (1 + λ x) with Σ w x = 5 and Σ w x² = 9 is to give 14: λ = 1."""
    found = weights([target([0, 0, 0], [14], "X", [1, 2, 2])], [1, 1, 1], LINEAR)

    assert found == pytest.approx([2, 3, 3])


def test_amounts_below_0_and_a_total_of_0_are_met() -> None:
    found = weights([target([0] * 3, [0.0], "X", [-2, 1, 0])], [1, 1, 1], Distance("logit", 0.1, 5))

    assert found @ np.array([-2, 1, 0]) == pytest.approx(0, abs=1e-12)
    assert found[2] == pytest.approx(1)


def test_members_of_a_household_have_one_weight() -> None:
    """Two women in one home, a man and a woman in another."""
    home = np.array([0, 0, 1, 1])
    found = weights([target([0, 0, 0, 1], [8, 3])], [2, 2, 1, 1], LINEAR, household=home)

    assert found == pytest.approx([2.5, 2.5, 3, 3])


def test_whoever_has_no_weight_keeps_none_and_is_not_asked() -> None:
    amount = target([0, 0, 0], [30], "X", [1, 2, np.nan])
    found = calibrate(design([1, 1, 0]), [target([1, 1, -1], [0, 20]), amount], LINEAR)

    assert found.design.weight == pytest.approx([10, 10, 0])
    assert found.factor[2] == 1
    codes = target([0, 1, -1, 1], [4, 6])
    assert weights([codes], [1, 1, 0, 1], LINEAR, household=np.arange(4)) == pytest.approx(
        [4, 3, 0, 3]
    )


def test_a_code_nobody_has_needs_no_total() -> None:
    assert weights([target([1, 2], [np.nan, 4, 6, 0])], [1, 1], RAKING) == pytest.approx([4, 6])


def test_linear_weights_stay_between_their_bounds() -> None:
    codes = [target([0, 0, 1, 1], [5, 5]), target([0, 1, 0, 1], [3, 7], "AGE")]
    found = calibrate(design([2, 3, 3, 2]), codes, Distance("linear", 0.5, 1.8))

    assert found.factor.min() >= 0.5 - 1e-12
    assert found.factor.max() <= 1.8 + 1e-12
    assert found.design.weight[[0, 2]].sum() == pytest.approx(3)


def test_margins_that_follow_from_others_are_welcome_if_their_totals_do() -> None:
    whole = target([0, 0, 0], [10], "ALL")

    assert weights([target([0, 1, 1], [4, 6]), whole], [1, 1, 1], RAKING) == pytest.approx(
        [4, 3, 3]
    )


def test_more_combinations_than_a_table_holds_are_numbered() -> None:
    big = DENSE + 1
    codes = [(np.array([big - 1, 0, big - 1]), big), (np.array([1, 0, 1]), 2)]

    number, first = combined(codes)
    assert number.tolist() == [0, 1, 0]
    assert first.tolist() == [0, 1]


def test_each_replicate_meets_the_totals() -> None:
    codes = target([0, 1, 1], [4, 6])
    columns = np.array([[1.0, 2.0], [1.0, 0.0], [1.0, 5.0]])

    made = calibrate_columns([codes], columns, RAKING, np.ones(3))
    assert made == pytest.approx(np.array([[4, 4], [3, 0], [3, 6]]))


def test_a_replicate_without_a_solution_is_named() -> None:
    columns = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 5.0]])

    with pytest.raises(
        BadInput, match=r"Replicate 2 of 2: 1 of 2 margins cannot be met, .* SEX = A"
    ):
        calibrate_columns([target([0, 1, 1], [4, 6])], columns, RAKING, np.ones(3))


def test_codes_nobody_has_and_totals_that_lack_are_told_together() -> None:
    told = refused([target([0, 0, 1], [5, np.nan, 3, 0])], [1, 1, 1])

    assert "SEX: 1 respondents have codes without a total: B." in told
    assert "SEX cannot be met: nobody in the file has C, and the totals are 3." in told


def test_impossible_counts_are_refused() -> None:
    told = refused([target([0, 1, 1], [0, -2]), target([-1, 0, 0], [5], "AGE")], [1, 1, 1])

    assert "SEX: 1 totals are negative: B." in told
    assert "SEX: the total of A is 0, and 1 respondents have it." in told
    assert "AGE: 1 of 3 respondents have no code" in told


def test_impossible_amounts_are_refused() -> None:
    wrong = target([0, 0], [-5], "PAY", [1, 2])
    lacking = target([0, 0], [5], "LAND", [1, np.nan])

    assert "PAY cannot be met: the amounts of PAY all lie on the other side" in refused(
        [wrong, lacking], [1, 1]
    )
    assert "LAND: 1 of 2 respondents have no amount" in refused([lacking], [1, 1])
    assert "PAY cannot be met" in refused([target([0, 0], [0], "PAY", [1, 2])], [1, 1])


def test_many_codes_are_told_shortly() -> None:
    told = refused([target([0], [1.0, *[2.0] * 12])], [1])

    assert "B, C, D, E, F, G, H, I, J, K and 2 more" in told


def test_margins_of_different_sums_contradict_each_other() -> None:
    told = refused([target([0, 1], [4, 6]), target([1, 0], [4, 7], "AGE")], [1, 1])

    assert "SEX adds up to 10 and AGE to 11: no weights can meet both." in told


def test_totals_that_follow_from_others_and_differ_are_found() -> None:
    """Both crossings have 10 people; of women the one says 4 and the other 5."""
    told = refused([target([0, 1, 1], [4, 6]), target([0, 1, 2], [5, 2, 3], "AGE")], [1, 1, 1])

    assert "The totals of 5 margins contradict each other, such as SEX = A, SEX = B" in told
    many = [target(list(range(6)), [2.0] * 6), target(list(range(6)), [1.0, 3.0] * 3, "AGE")]
    assert "and 7 more" in refused(many, [1] * 6)


def test_bounds_that_exclude_every_solution_are_told_with_the_margins() -> None:
    codes = target([0, 1, 1], [4, 6])
    told = refused([codes], [1, 1, 1], Distance("linear", 0.5, 2))

    assert "Factors between 0.5 and 2 cannot meet 2 of 2 margins: SEX = A (from 1 to 4)" in told
    six = target(list(range(6)), [9.0] * 6)
    assert "and 1 more" in refused([six], [1] * 6, Distance("logit", 0.5, 2))


def test_bounds_that_exclude_margins_together_are_told() -> None:
    """Each margin could be met, but not all of them: A and C are the same people but one."""
    one, other = target([0, 0, 1, 1], [3, 1]), target([0, 0, 0, 1], [1.6, 2.4], "AGE")
    told = refused([one, other], [1, 1, 1, 1], Distance("linear", 0.4, 2.5))

    assert "The bounds 0.4 to 2.5 seem to exclude every solution" in told


def test_margins_that_exclude_each_other_are_told() -> None:
    """Nobody is A and not C, so that C cannot have fewer than A."""
    one, other = target([0, 0, 1, 1], [3, 1]), target([0, 0, 0, 1], [2, 2], "AGE")
    told = refused([one, other], [1, 1, 1, 1])

    assert "did not reach its totals" in told
    assert "seem to exclude each other in this sample" in told


def test_a_negative_weight_is_refused_with_the_way_out() -> None:
    codes = [target([0, 0, 1, 1], [9, 1]), target([0, 1, 0, 1], [9, 1], "AGE")]
    told = refused(codes, [1, 3, 3, 3], LINEAR)

    assert "would make 1 of 4 weights negative or 0" in told
    assert "Take raking or logit" in told


def test_members_of_different_weights_cannot_have_one() -> None:
    told = refused([target([0, 1], [4, 6])], [1, 2], household=np.array([0, 0]))

    assert "1 of 1 households have members with different weights" in told


@pytest.mark.parametrize(
    ("distance", "word"),
    [
        (Distance("raking", 0.5, 2), "Raking has no bounds"),
        (Distance("logit"), "Logit needs two bounds"),
        (Distance("linear", 1.2, 2), "exclude a factor of 1"),
        (Distance("linear", -1, 2), "allows negative weights"),
        (Distance("linear", tolerance=0), "The tolerance 0 must be"),
    ],
)
def test_bounds_that_make_no_sense_are_refused(distance: Distance, word: str) -> None:
    assert word in refused([target([0], [2])], [1], distance)


def test_there_must_be_a_margin() -> None:
    assert "There is no margin" in refused([], [1])


def test_weights_are_calibrated_once() -> None:
    codes = target([0, 1], [4, 6])
    first = calibrate(design([1, 1]), [codes], RAKING).design

    with pytest.raises(BadInput, match="calibrated already"):
        calibrate(first, [codes], RAKING)


@pytest.mark.parametrize("limit", ["MOST_STEPS", "MOST_HALVINGS"])
def test_a_search_that_comes_to_no_end_is_no_solution(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve, limit, 0)

    assert "did not reach its totals in 0 steps: 2 of 2 margins" in refused(
        [target([0, 1, 1], [4, 6])], [1, 1, 1]
    )


@pytest.mark.parametrize("combined", [True, False])
def test_replicates_of_a_design_are_raised_in_place_of_residuals(combined: bool) -> None:
    drawn = design([1, 1, 1])
    columns = np.array([[1.0, 2.0], [1.0, 0.0], [1.0, 5.0]])
    given = Replication(Replicates("brr", combined=combined), columns)
    found = calibrate(replace(drawn, replication=given), [target([0, 1, 1], [4, 6])], RAKING)

    assert found.design.residuals is None
    assert found.design.replication is not None
    assert found.design.replication.declared.combined
    assert found.design.replication.weights == pytest.approx(np.array([[4, 4], [3, 0], [3, 6]]))


def test_replicates_made_here_are_not_calibrated() -> None:
    made = replace(design([1, 1]), replication=Replication(Replicates(made="jkn")))

    with pytest.raises(MethodFailed, match="made here cannot be calibrated"):
        calibrate(made, [target([0, 1], [4, 6])], RAKING)


def test_an_infinite_total_is_refused() -> None:
    assert "SEX: 1 totals are infinite." in refused([target([0, 1], [np.inf, 3])], [1, 1])
