"""Whether somebody paid is yes, no or unknown, and unknown is not no."""

from cauce.assess.columns import Sheet
from cauce.assess.recruitment.complaints import Payments, payments_in, told_payments
from cauce.declare.problems import Problems
from cauce.pipeline.screening import count_payments


def test_of_330_complaints_the_shares_are_40_of_all_and_46_of_those_known(tmp_path):
    """330 = 155 who paid nothing + 133 who paid + 42 unknown."""
    said = ["NO"] * 155 + ["YES"] * 133 + ["UNK"] * 42
    file = tmp_path / "complaints.csv"
    file.write_text("complaint,payment\n" + "".join(f"{i},{x}\n" for i, x in enumerate(said)))
    told = count_payments(file)
    assert [row[1].said.en for row in told.tables[0].rows] == ["133", "155", "42"]
    assert [row[1].said.en for row in told.tables[1].rows] == ["40.3%", "46.2%"]


def test_of_none_there_is_no_share():
    assert told_payments(Payments(0, 0, 0)).tables[1].rows[0][1].said.en == "–"


def test_a_lacking_column_is_told():
    problems = Problems()
    payments_in(Sheet("complaints", ("paid",), ()), problems)
    assert "no column payment" in str(problems.error("It"))
