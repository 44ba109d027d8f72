"""Lists of different detail that classify the same."""

from dataclasses import replace

import pytest

from cauce.model.catalogue import OTHERS, Nesting
from cauce.model.codelist import Code
from cauce.model.text import Text
from cauce.protect.system.axes import meet
from cauce.protect.system.lists import lists
from cauce.protect.table import table

T = Text("x", "x")


@pytest.fixture
def broken_down(cells_of, one):
    """A table by one dimension, with these numbers of people in its codes."""

    def make(flow, name, people, parents=(), period=0):
        cells = cells_of((one("POP"),), [list(people.values())], period=period)
        above = dict(parents)
        codes = tuple(Code(code, T, above.get(code, "")) for code in ("_T", *people))
        own = cells.dataflow.dimensions
        dimension = replace(own[3], id=name, codes=codes)
        return table([replace(cells, dataflow=replace(cells.dataflow, id=flow, dimensions=(
            *own[:3], dimension, own[-1])))])  # fmt: skip

    return make


def cut(found, one, other):
    """What two tables have in common."""
    axes = [found.axis(each.cells.dataflow.dimensions[3]) for each in (one, other)]
    assert axes[0].concept == axes[1].concept
    return len(meet(*axes)[1])


def test_ages_say_themselves_what_they_cut(broken_down):
    bands = broken_down("B", "AGE_BAND", {"Y_LT15": 10, "Y15T24": 20, "Y25T34": 30, "Y_GE35": 5})
    wide = broken_down("W", "AGE_WIDE", {"Y_LT15": 10, "Y15T34": 50, "Y35": 2, "Y_GE36": 3})

    assert cut(lists([bands, wide]), bands, wide) == 3


def test_a_dimension_of_other_codes_is_none_of_ages(broken_down):
    found = lists([broken_down("B", "AGE_GROUP", {"young": 10, "old": 20})])
    assert found.concepts == {}


def test_codes_above_others_are_what_these_add_up_to(broken_down):
    fine = broken_down("F", "OC2", {"11": 10, "12": 20, "21": 30, "31": 5},
                       {"11": "1", "12": "1", "21": "2"})  # fmt: skip
    coarse = broken_down("C", "OCU", {"1": 30, "2": 30, "3": 5})

    assert cut(lists([fine, coarse]), fine, coarse) == 4


def test_a_nesting_of_the_catalogue_links_two_lists(broken_down):
    fine = broken_down("F", "COUNTRY", {"XCA": 50, "XNA": 20, "XSA": 30})
    coarse = broken_down("C", "BIRTH", {"NAT": 50, "FRG": 50})
    nesting = Nesting(T, "BIRTH", "COUNTRY", {"NAT": ("XCA",), "FRG": (OTHERS,)})

    assert cut(lists([fine, coarse], [nesting]), fine, coarse) == 2


def test_lists_above_lists_are_made_of_the_finest(broken_down):
    fine = broken_down("F", "C", {"a": 1, "b": 2, "c": 3})
    middle = broken_down("M", "B", {"ab": 3, "c": 3})
    coarse = broken_down("G", "A", {"abc": 6, "none": 0})
    nestings = [
        Nesting(T, "A", "B", {"abc": ("ab", "c")}),
        Nesting(T, "B", "C", {"ab": ("a", "b")}),
        Nesting(T, "C", "A", {"a": ("abc",)}),
    ]
    found = lists([fine, middle, coarse], nestings)

    assert found.concepts == {"A": "C", "B": "C"}
    assert found.atoms["A", "abc"] == {"a", "b", "c"}


def test_what_the_counts_contradict_links_nothing(broken_down):
    fine = broken_down("F", "COUNTRY", {"XCA": 50, "XNA": 20, "XSA": 30})
    coarse = broken_down("C", "BIRTH", {"NAT": 51, "FRG": 49})
    nesting = Nesting(T, "BIRTH", "COUNTRY", {"NAT": ("XCA",), "FRG": ("XNA", "XSA")})

    assert lists([fine, coarse], [nesting]).concepts == {}


def test_lists_of_which_nobody_tells_the_same_are_taken_at_their_word(broken_down):
    fine = broken_down("F", "COUNTRY", {"XCA": 50, "XNA": 20})
    coarse = broken_down("C", "BIRTH", {"NAT": 51, "FRG": 49}, period=1)
    nesting = Nesting(T, "BIRTH", "COUNTRY", {"NAT": ("XCA",), "FRG": ("XNA",)})

    assert lists([fine, coarse], [nesting]).concepts == {"BIRTH": "COUNTRY"}
