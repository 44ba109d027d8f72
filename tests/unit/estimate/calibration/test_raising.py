"""A wave raised as its pack says: for the silent, then to the totals of its period."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from cauce.estimate import raised
from cauce.model.auxiliary import Auxiliary
from cauce.model.calibration import Calibration, CalibrationMargin, Distance, Nonresponse
from cauce.model.codelist import Code, Codelist
from cauce.model.design import Design
from cauce.model.errors import BadInput
from cauce.model.pack import Dictionary
from cauce.model.place import Place
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Sample
from cauce.model.text import Text
from cauce.model.validation import Margin
from cauce.model.variable import Variable

HERE, WORD = Place("pack.toml", 1), Text("x", "x")


@dataclass(frozen=True)
class Said:
    """What of a pack is looked at."""

    calibration: Calibration | None = None
    nonresponse: Nonresponse | None = None
    margins: tuple[Margin, ...] = ()
    dictionary: Dictionary = None  # type: ignore[assignment]


def coded(name: str, *codes: str) -> tuple[Variable, Codelist]:
    listed = tuple(Code(code, WORD) for code in codes)
    return (
        Variable(name, WORD, "code", f"CL_{name}"),
        Codelist(f"CL_{name}", WORD, listed, ""),
    )


def dictionary() -> Dictionary:
    made = [coded("SEX", "F", "M"), coded("AGE", "Y", "O")]
    return Dictionary(
        {variable.id: variable for variable, _ in made}, {one.id: one for _, one in made}, {}
    )


def margin(variables: tuple[str, ...], totals: dict[Any, float], **more: Any) -> CalibrationMargin:
    own = CalibrationMargin("x", "2025", variables, "", totals, "us", date(2025, 1, 1), HERE)
    return replace(own, **more)


def sample(weight: list[float], known: Auxiliary) -> Sample:
    count = len(weight)
    design = Design(np.zeros(count, dtype=np.int64), np.arange(count), np.array(weight, float))
    return Sample("2025", design, {}, (), auxiliary=known)


def codes(*own: int) -> np.ndarray:
    return np.array(own, dtype=np.int32)


SILENT = Nonresponse("END", ("1",), ("2",), (), ("SEX",), HERE)


def test_weights_that_are_final_stay() -> None:
    wave = sample([1, 2], Auxiliary())

    assert raised(wave, Said(dictionary=dictionary())) is wave  # type: ignore[arg-type]


def test_those_who_answered_stand_for_the_silent_of_their_cell() -> None:
    """Women: 3 of 4 of the weight answered. An empty dwelling is nobody's silence."""
    known = Auxiliary({"SEX": codes(0, 0, 1, 1, -1)}, ended=codes(1, 0, 1, 1, -1))
    count = Margin("x", "2025", "SEX", {}, 0, "", "", HERE)
    everyone = replace(count, variable="")
    said = Said(nonresponse=SILENT, margins=(count, everyone), dictionary=dictionary())
    found = raised(sample([3, 1, 2, 2, 9], known), said)  # type: ignore[arg-type]

    assert found.design.weight == pytest.approx([4, 0, 2, 2, 0])
    assert found.raised is not None
    assert (found.raised.asked, found.raised.answered) == (4, 3)
    assert found.raised.silence == (1.0, 1.33)
    assert [(w.code, w.weighted, w.respondents) for w in found.findings.weighed] == [
        ("F", 4, 1),
        ("M", 4, 2),
        ("", 8, 3),
    ]


def test_then_they_are_raised_to_the_totals_of_their_period() -> None:
    known = Auxiliary({"SEX": codes(0, 0, 1), "AGE": codes(0, 1, 0)}, ended=codes(1, 1, 1))
    both = margin(("SEX", "AGE"), {("F", "Y"): 4, ("F", "O"): 6, ("M", "Y"): 5})
    other = margin((), {(): 99}, period="2024")
    how = Calibration(Distance(), "", (both, other), HERE)
    found = raised(
        sample([1, 2, 5], known),
        Said(how, replace(SILENT, cells=()), (), dictionary()),  # type: ignore[arg-type]
    )

    assert found.design.weight == pytest.approx([4, 6, 5])
    assert found.raised is not None
    assert found.raised.margins == (("SEX × AGE", "us"),)
    assert (found.raised.method, found.raised.totals, found.raised.factors) == ("raking", 3, (1, 4))


def test_an_amount_of_everyone_has_a_total() -> None:
    known = Auxiliary({}, {"PAY": np.array([1.0, 2.0])})
    how = Calibration(Distance("linear"), "", (margin((), {(): 10}, amount="PAY"),), HERE)
    found = raised(sample([1, 1], known), Said(how, None, (), dictionary()))  # type: ignore[arg-type]

    assert found.design.weight @ known.amounts["PAY"] == pytest.approx(10)
    assert found.raised is not None
    assert found.raised.margins == (("PAY", "us"),)


def refused(ended: np.ndarray, sex: np.ndarray) -> str:
    known = Auxiliary({"SEX": sex}, ended=ended)
    with pytest.raises(BadInput) as error:
        raised(
            sample([1] * len(sex), known),
            Said(nonresponse=SILENT, dictionary=dictionary()),  # type: ignore[arg-type]
        )
    return str(error.value)


def test_a_cell_in_which_nobody_answered_is_refused() -> None:
    assert "in 1 of 2 cells nobody answered, and 2 were to" in refused(
        codes(1, 0, 0), codes(0, 1, 1)
    )


def test_a_cell_must_be_known_of_everybody() -> None:
    assert "1 of 3 who were to answer have no SEX" in refused(codes(1, 0, 1), codes(0, -1, 1))


def test_somebody_must_have_answered() -> None:
    assert "nobody answered" in refused(codes(0, 0), codes(0, 1))


def test_a_margin_of_a_code_that_is_not_known_is_refused() -> None:
    known = Auxiliary({"SEX": codes(0, -1), "AGE": codes(0, 1)})
    how = Calibration(Distance(), "", (margin(("SEX", "AGE"), {("F", "Y"): 4}),), HERE)

    with pytest.raises(BadInput, match=r"x \(SEX × AGE\): 1 of 2 respondents have no code"):
        raised(sample([1, 1], known), Said(how, None, (), dictionary()))  # type: ignore[arg-type]


def test_the_silent_are_not_raised_beside_replicate_weights() -> None:
    wave = sample([1, 1], Auxiliary({"SEX": codes(0, 1)}, ended=codes(1, 1)))
    wave = replace(wave, design=replace(wave.design, replication=Replication(Replicates())))

    with pytest.raises(BadInput, match="do not go together"):
        raised(wave, Said(nonresponse=SILENT, dictionary=dictionary()))  # type: ignore[arg-type]
