"""Counts are related by what they are of, however small the numbers are."""

from dataclasses import replace

import pytest

from cauce.protect import protect
from cauce.protect.system.formulas import declared, people

NOTHING = ("", "()", "0.0", "", "", "()", "", "", "False")
FORCE = "STATUS IN ('EMP', 'UNE')"


def name(universe, numerator="1", kind="cases", rest=NOTHING):
    return kind, (universe, numerator, *rest)


def test_a_part_of_a_whole_is_that_part_whatever_it_is_called():
    """The unemployed in the labour force are the unemployed; who is asked is the labour force."""
    assert people(name(f"AGE >= 15 AND {FORCE}", "STATUS = 'UNE'")) == people(
        name("AGE >= 15", "STATUS = 'UNE'")
    )
    assert people(name(f"AGE >= 15 AND {FORCE}", "STATUS = 'UNE'", "n")) == people(
        name("AGE >= 15", FORCE)
    )


@pytest.mark.parametrize("other", [
    name("AGE >= 15", "STATUS = 'UNE' OR SEX = 'F'"),
    name("AGE >= 15", "STATUS = 'UNE'", "rest"),
    name("AGE >= 15", "STATUS = 'UNE'", rest=(*NOTHING[:3], "SEX = 'M'", *NOTHING[4:])),
])  # fmt: skip
def test_what_is_not_plainly_a_part_is_related_to_nothing(other):
    assert people(other) is None
    assert declared([other, name("AGE >= 15", "STATUS = 'UNE'")]) == []


def test_a_list_of_codes_is_the_sum_of_its_codes():
    force, employed = name("AGE >= 15", FORCE), name("AGE >= 15", "STATUS = 'EMP'")
    jobless = name("AGE >= 15", "STATUS = 'UNE'")

    assert declared([force, employed, jobless]) == [{force: 1, employed: -1, jobless: -1}]
    assert declared([force, employed]) == []
    assert people(name("AGE >= 15", "STATUS IN ('EMP')")) != people(employed)


def called(cells, flow, *names):
    own = cells.dataflow.dimensions
    dimensions = (replace(each, id=of) for each, of in zip(own[3:-1], names, strict=True))
    flow = replace(cells.dataflow, id=flow, dimensions=(*own[:3], *dimensions, own[-1]))
    return replace(cells, dataflow=flow)


def test_few_unemployed_are_not_found_from_two_tables_of_small_numbers(cells_of, one, pack_of):
    """20 in the labour force and 16 employed in one table, the 4 unemployed in another.

    So small are the numbers that chance could say as much; the formulas leave no doubt.
    """
    force = replace(one("EAP", numerator=FORCE), universe="AGE >= 15")
    employed = replace(one("EMP", numerator="STATUS = 'EMP'"), universe="AGE >= 15")
    jobless = replace(one("UNE", numerator="STATUS = 'UNE'"), universe="AGE >= 15")
    everybody = [[[90, 95], [96, 97]]] * 2
    both = called(cells_of((force, employed), everybody, [[[12, 8], [20, 20]], [[10, 6], [10, 9]]]),
                  "A", "SEX", "GEO")  # fmt: skip
    alone = called(cells_of((jobless,), [[185, 193]], [[4, 21]]), "B", "SEX")

    flows = {flow.dataflow.id: flow for flow in protect([both, alone], pack_of()).flows}
    shown = dict(zip(map(tuple, flows["A"].key[:, 2:5].tolist()), flows["A"].conf_status,
                     strict=True))  # fmt: skip

    assert flows["B"].conf_status[1] == "C"
    assert "C" in (shown[0, 1, 0], shown[1, 1, 0])
