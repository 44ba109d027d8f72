"""Codes a reader may choose stand under the codes the lists declare above them."""

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from starlette.testclient import TestClient

from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.model.observation import Observations
from cauce.model.text import Text
from cauce.portal.explorer.facets import branching

AMERICA, CENTRAL, SOUTH = "UN904", "UN916", "UN931"
GROUPS = {AMERICA: "", CENTRAL: AMERICA, SOUTH: AMERICA}


def coded(pairs: dict[str, str]) -> tuple[Code, ...]:
    return tuple(Code(one, Text(one, one), above) for one, above in pairs.items())


def origins(codes: dict[str, str]) -> Dimension:
    return Dimension("ORIGIN", Text("O", "O"), coded(codes), "CL_AREA", groups=coded(GROUPS))


def with_codes(found: Observations, codes: dict[str, str]) -> Observations:
    """The same numbers again for each code of the third dimension, which stand under groups."""
    old = found.dataflow.dimensions[3]
    wide = replace(old, codes=coded(codes), groups=coded(GROUPS))
    flow = replace(
        found.dataflow,
        dimensions=(*found.dataflow.dimensions[:3], wide, *found.dataflow.dimensions[4:]),
    )
    from cauce.publish import picked

    rows = np.flatnonzero(found.key[:, 3] == 0)
    many = picked(found, np.tile(rows, len(codes)))
    key = many.key.copy()
    key[:, 3] = np.repeat(np.arange(len(codes)), len(rows))
    return replace(many, dataflow=flow, key=key)


def names(html: str) -> list[str]:
    return re.findall(r'type="checkbox" name="SEX" value="(\w+)"', html)


def labels(codes: Iterable[Code]) -> list[str]:
    return [code.id for code in codes]


def test_codes_stand_under_what_the_lists_declare() -> None:
    found = branching(origins({"_T": "", "GTM": CENTRAL, "PER": SOUTH, "NIC": CENTRAL}), [0, 1, 2])
    assert labels(found[""]) == ["_T", AMERICA]
    assert labels(found[AMERICA]) == [CENTRAL, SOUTH]
    assert labels(found[CENTRAL]) == ["GTM"]


def test_figures_that_begin_alike_make_no_hierarchy() -> None:
    assert labels(branching(origins({"2": "", "21": "", "_T": ""}), [0, 1, 2])[""]) == [
        "2",
        "21",
        "_T",
    ]


def test_a_group_tells_how_many_codes_exist_in_it_and_leads_to_all(portal, observations) -> None:
    some = with_codes(observations, {"_T": "", "GTM": CENTRAL, "NIC": CENTRAL, "PER": SOUTH})
    html = portal(some).get("/en/tables/XAA_LFS_LABOUR").text
    assert re.search(r"<summary>UN916 <span class=\"quiet\">2</span>", html)
    assert re.search(r"<summary>UN904 <span class=\"quiet\">3</span>", html)
    assert "SEX=GTM&amp;SEX=NIC" in html
    assert names(html) == ["_T", "GTM", "NIC", "PER"]


def test_of_many_codes_a_group_is_opened_without_a_script(portal, observations) -> None:
    """Others wait to be asked for, and what is ticked is never hidden."""
    central = {f"C{number:02}": CENTRAL for number in range(20)}
    south = {f"S{number:02}": SOUTH for number in range(20)}
    site: TestClient = portal(with_codes(observations, {"_T": "", **central, **south}))
    closed = site.get("/en/tables/XAA_LFS_LABOUR?SEX=S03").text
    assert names(closed) == ["_T", "S03"]
    assert f'<button name="open.SEX" value="{CENTRAL}">' in closed
    opened = site.get(f"/en/tables/XAA_LFS_LABOUR?SEX=S03&open.SEX={CENTRAL}").text
    assert names(opened) == ["_T", *central, "S03"]
    sought = site.get("/en/tables/XAA_LFS_LABOUR?SEX=S03&find.SEX=c1").text
    assert names(sought) == [*(f"C1{digit}" for digit in range(10)), "S03"]
