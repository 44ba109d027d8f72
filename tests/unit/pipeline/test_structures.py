"""A release whose structures would break a client goes no further."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.portal.conftest import figures_of, flow_of, release_of

from cauce.model.codelist import Code
from cauce.model.errors import BadInput
from cauce.model.release import Release
from cauce.model.structure import Artefact, Item, Items, Ref
from cauce.model.text import Text
from cauce.pipeline.structures import refuse_inconsistent
from cauce.store import Store


def release(*codes: Code) -> Release:
    """A release of one dataflow, whose first dimension of its own has these codes, too."""
    found = figures_of(flow_of(["2024"]))
    flow = found.dataflow
    own = replace(flow.dimensions[3], codes=(*flow.dimensions[3].codes, *codes))
    dimensions = (*flow.dimensions[:3], own, *flow.dimensions[4:])
    return release_of(replace(found, dataflow=replace(flow, dimensions=dimensions)), "2025")


def foreign(*items: Item) -> Release:
    """A release that brings a code list of another agency and no dataflow of ours."""
    codelist = Artefact(Ref("codelist", "XX", "CL", "1.0"), (("en", "A"),), body=Items(items))
    return replace(release(), flows=(), structures=(codelist,))


def test_a_release_in_order_passes(tmp_path: Path) -> None:
    assert refuse_inconsistent(release(), tmp_path / "none") == ()


def test_a_code_worded_unlike_another_dataflow_is_told_and_stops_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    Store(store).publish(release(Code("Z", Text("Z", "Z"))), "2026-01-01T10:00:00+00:00")
    found = release(Code("Z", Text("Other", "Otro")))
    (flow,) = found.flows
    other = replace(flow, dataflow=replace(flow.dataflow, id="XAA_OTHER"))

    (told,) = refuse_inconsistent(replace(found, flows=(other,)), store)
    assert told.startswith("XAA_OTHER words a code of CL_SEX unlike another dataflow.")
    assert refuse_inconsistent(release(Code("Z", Text("Z", "Z"))), store) == ()


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    wrong = (Code("A B", Text("A", "A")), Code("C", Text("C", "")), Code("D", Text("D", "D"), "Z"))

    with pytest.raises(BadInput) as refused:
        refuse_inconsistent(release(*wrong), tmp_path / "none")
    told = str(refused.value)
    assert told.startswith("3 things stop this release.")
    assert "'A B'" in told
    assert "item C has no name in es" in told
    assert "whose parent is not in it: D. Add Z" in told


def test_what_is_published_already_is_looked_at_beside_it(tmp_path: Path) -> None:
    """A parent that another dataflow brings is there."""
    store = tmp_path / "store"
    Store(store).publish(release(Code("Z", Text("Z", "Z"))), "2026-01-01T10:00:00+00:00")
    found = release(Code("D", Text("D", "D"), "Z"))
    (flow,) = found.flows
    other = replace(flow, dataflow=replace(flow.dataflow, id="XAA_OTHER"))

    refuse_inconsistent(replace(found, flows=(other,)), store)
    with pytest.raises(BadInput, match="Add Z"):
        refuse_inconsistent(found, store)


def test_the_structures_of_others_are_looked_at_as_well(tmp_path: Path) -> None:
    name = (("fr", "A"),)
    refuse_inconsistent(foreign(Item("A", name)), tmp_path / "none")
    with pytest.raises(BadInput, match=r"codelist XX:CL\(1.0\) has items twice: A"):
        refuse_inconsistent(foreign(Item("A", name), Item("A", name)), tmp_path / "none")
