"""Tables of a release are protected against each other."""

from dataclasses import replace

import numpy as np

from cauce.model.codelist import Code
from cauce.model.text import Text
from cauce.protect import protect

T = Text("x", "x")


def called(cells, flow, *names):
    """The cells as those of another dataflow, with other dimensions."""
    own = cells.dataflow.dimensions
    dimensions = [
        *own[:3],
        *(replace(one, id=name) for one, name in zip(own[3:-1], names, strict=True)),
        own[-1],
    ]
    return replace(cells, dataflow=replace(cells.dataflow, id=flow, dimensions=tuple(dimensions)))


def letters(flow):
    """Confidentiality of innermost cells in the order of keys."""
    inner = (flow.key[:, 3:-1] > 0).all(axis=1)
    return "".join(np.array(flow.conf_status)[inner])


def test_a_cell_withheld_in_one_table_is_withheld_in_another(cells_of, one, pack_of):
    """4 of 125: the coarser table alone would withhold another partner than the finer."""
    fine = cells_of((one("POP"),), [[[1, 3], [12, 18], [14, 16], [30, 31]]])
    coarse = cells_of((one("POP"),), [[4, 30, 30, 61]])

    flows = protect([called(fine, "F", "AGE", "SEX"), called(coarse, "C", "AGE")], pack_of()).flows
    ages = {key[3]: letter for key, letter in zip(flows[0].key.tolist(), flows[0].conf_status,
            strict=True) if key[4] == 0 and key[3]}  # fmt: skip

    assert letters(flows[1]) == "".join(ages[code] for code in (1, 2, 3, 4))


def coded(cells, *codes):
    """The cells with other codes in their one own dimension."""
    own = cells.dataflow.dimensions
    named = tuple(Code(code, T) for code in ("_T", *codes))
    return replace(
        cells,
        dataflow=replace(
            cells.dataflow, dimensions=(*own[:3], replace(own[3], codes=named), own[-1])
        ),
    )


def test_bands_that_overlap_are_protected_against_each_other(cells_of, one, pack_of):
    """4 of 25 to 44: the 40 younger are in both tables, so the 60 older have to go."""
    bands = cells_of((one("POP"),), [[40, 4, 60]])
    youth = cells_of((one("POP"),), [[40, 64]])
    tables = [
        coded(called(bands, "B", "AGE_BAND"), "Y15T24", "Y25T44", "Y_GE45"),
        coded(called(youth, "Y", "AGE_YTH"), "Y15T24", "Y_GE25"),
    ]

    assert [letters(protect([table], pack_of()).flows[0]) for table in tables] == ["CCF", "FF"]
    assert [letters(flow) for flow in protect(tables, pack_of()).flows] == ["FCC", "FF"]


def test_what_one_table_leaves_out_is_not_found_from_another(cells_of, one, pack_of):
    """Of 4 people none is in the labour force: a rate left out would say participation 0 %."""
    people = [[4, 50, 60, 70]]
    force = cells_of((one("EAP", "rate"),), people, [[0, 30, 40, 50]])
    rates = cells_of((one("UNE", "rate", "2"),), [[0, 30, 40, 50]], [[0, 15, 20, 25]])
    there = rates.n > 0
    columns = {name: getattr(rates, name)[there] for name in vars(rates) if name != "dataflow"}
    rates = replace(rates, **columns)

    flows = protect([called(force, "F", "AGE"), called(rates, "U", "AGE")], pack_of()).flows

    assert letters(flows[1])[0] == "C"
    assert len(flows[1].key) == len(flows[0].key)


def of_waves(cells, *periods):
    """The cells as those of waves of other periods."""
    own = cells.dataflow.dimensions
    named = replace(own[-1], codes=tuple(Code(code, T) for code in periods))
    return replace(cells, dataflow=replace(cells.dataflow, dimensions=(*own[:-1], named)))


def test_a_quarter_is_not_found_from_its_year_and_the_other_quarters(cells_of, one, pack_of):
    """4 of the first quarter: the year's 54 less the second quarter's 50."""
    first = [[4, 30, 40, 60]]
    second = [[50, 60, 70, 80]]
    year = [[54, 90, 110, 140]]
    made = [cells_of((one("POP"),), n, period=at) for at, n in enumerate((first, second, year))]
    waves = [of_waves(each, "2020-Q1", "2020-Q2", "2020") for each in made]

    [flow] = protect(waves, pack_of()).flows
    shut = {tuple(key[3:]) for key, conf in zip(flow.key.tolist(), flow.conf_status, strict=True)
            if conf == "C"}  # fmt: skip

    assert {code for code, period in shut if period == 0} >= {1}
    assert (1, 1) in shut or (1, 2) in shut


def test_a_year_of_other_people_is_apart_from_its_quarters(cells_of, one, pack_of):
    made = [cells_of((one("POP"),), n, period=at)
            for at, n in enumerate(([[4, 30, 40]], [[50, 60, 70]], [[54, 90, 111]]))]  # fmt: skip
    waves = [of_waves(each, "2020-Q1", "2020-Q2", "2020") for each in made]

    [flow] = protect(waves, pack_of()).flows

    assert all(conf == "F" for key, conf in zip(flow.key.tolist(), flow.conf_status, strict=True)
               if key[-1] > 0)  # fmt: skip


def test_quarters_without_their_year_are_apart(cells_of, one, pack_of):
    made = [cells_of((one("POP"),), [[4, 30, 40]], period=at) for at in (0, 1)]
    waves = [of_waves(each, "2020-Q1", "2020-Q2", "2020") for each in made]

    [flow] = protect(waves, pack_of()).flows

    assert letters(flow).count("C") == 4


def test_what_is_the_same_is_seen_in_a_table_of_two_domains(cells_of, one, pack_of):
    """4 and 5 are in no plain ratio; that n of one rate is the cases of another is no chance."""
    force, people, jobless = [0, 50, 3], [0, 90, 3], [0, 0, 3]
    names = one("UNE", numerator="UNE"), one("EAP", numerator="EAP")

    [flow] = protect([cells_of(names, [force, people], [jobless, force])], pack_of()).flows
    shown = dict(zip(map(tuple, flow.key[:, 2:4].tolist()), flow.conf_status, strict=True))

    rest = [(0, 1), (0, 2)]
    assert not (shown[1, 0] == "F" and all(shown[one] == "F" for one in rest if one in shown))
