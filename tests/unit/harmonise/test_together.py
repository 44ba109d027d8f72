"""What a region declares, and what its countries must have in common."""

from dataclasses import replace

import pytest
from tests.federated import flow_of, made, survey_of

from cauce.harmonise import parse_together, tables_together
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.moments import Sent
from cauce.model.text import Text
from cauce.model.together import Together

TEXT = """
id = "XRR"
survey = "FED"
vintage = "2020"
name = { en = "Region", es = "Región" }
survey_name = { en = "Surveys", es = "Encuestas" }
population = { en = "Everyone", es = "Todos" }
licence = "free"
source = "us"
members = ["XAA", "XBB"]
reliability = "ilo"
min_respondents = 3
ground = "Rule 1"
"""


def region(more: str = "") -> Together:
    return parse_together("region.toml", TEXT + more)


@pytest.fixture(scope="module")
def sent() -> tuple[Sent, Sent]:
    one, two = (made(survey_of(seed), flow_of(area)).sent
                for seed, area in ((1, "XAA"), (2, "XBB")))  # fmt: skip
    return one, two


def with_flow(sent: Sent, flow: Dataflow) -> Sent:
    own = sent.flows[0]
    return replace(
        sent, flows=(replace(own, observations=replace(own.observations, dataflow=flow)),)
    )


def other(sent: Sent, **parts: object) -> Sent:
    return with_flow(sent, replace(sent.flows[0].dataflow, **parts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "XRR"', 'id = "the region"', "2 to 16 capital letters"),
        ('["XAA", "XBB"]', '["XAA"]', "needs two countries"),
        ('["XAA", "XBB"]', '["XAA", "XRR"]', "XRR is the region itself"),
        ("min_respondents = 3", "min_respondents = 0", "1 if none applies"),
        ('ground = "Rule 1"', "", "ground"),
        ('ground = "Rule 1"', 'ground = "Rule 1"\ncolour = "red"', "colour"),
        ('id = "XRR"', "id = ", "region.toml"),
    ],
)
def test_what_is_wrong_with_a_region_is_told_with_its_line(old: str, new: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        parse_together("region.toml", TEXT.replace(old, new))


def test_the_region_is_an_area_beside_its_countries(sent) -> None:
    [flow] = tables_together(region(), sent)
    assert flow.id == "XRR_FED_WORK"
    assert [code.id for code in flow.dimensions[1].codes] == ["XRR", "XAA", "XBB"]
    assert flow.source.licence == "free"
    assert flow.source.invented
    assert flow.method.reliability_profile == "ilo"
    assert flow.method.single_psu == "refuse"


def test_countries_that_break_down_by_other_codes_are_refused_by_name(sent) -> None:
    dims = list(sent[1].flows[0].dataflow.dimensions)
    dims[4] = replace(dims[4], codes=(*dims[4].codes, Code("D", Text("d", "d"))))
    with pytest.raises(BadInput, match=r"other codes of ZONE \(CL_ZONE\), of which only one has D"):
        tables_together(region(), (sent[0], other(sent[1], dimensions=tuple(dims))))


def test_the_same_codes_of_another_list_are_other_codes(sent) -> None:
    dims = list(sent[1].flows[0].dataflow.dimensions)
    dims[4] = replace(dims[4], codelist="CL_OTHER")
    with pytest.raises(BadInput, match=r"other codes of ZONE \(CL_ZONE\)\."):
        tables_together(region(), (sent[0], other(sent[1], dimensions=tuple(dims))))


def test_countries_that_break_down_otherwise_are_refused_by_name(sent) -> None:
    dims = sent[1].flows[0].dataflow.dimensions
    fewer = other(sent[1], dimensions=(*dims[:4], dims[5]))
    with pytest.raises(BadInput, match="XAA and XBB break it down by SEX, ZONE and SEX"):
        tables_together(region(), (sent[0], fewer))


def test_another_definition_is_refused_by_name(sent) -> None:
    flow = sent[1].flows[0].dataflow
    ours = list(flow.indicators)
    ours[1] = replace(ours[1], universe="AGE > 14", unit="PT")
    with pytest.raises(BadInput, match="XAA and XBB define RATE otherwise: universe, unit"):
        tables_together(region(), (sent[0], other(sent[1], indicators=tuple(ours))))


def test_an_indicator_only_one_has_is_told_as_a_code(sent) -> None:
    flow = sent[1].flows[0].dataflow
    dims = list(flow.dimensions)
    dims[2] = replace(dims[2], codes=dims[2].codes[1:])
    fewer = other(sent[1], dimensions=tuple(dims), indicators=flow.indicators[1:])
    with pytest.raises(BadInput, match=r"other codes of INDICATOR .* only one has POP"):
        tables_together(region(), (sent[0], fewer))


def test_another_standard_is_refused_by_name(sent) -> None:
    method = replace(sent[1].flows[0].dataflow.method, icls="19")
    with pytest.raises(BadInput, match="follow another ICLS: – and 19"):
        tables_together(region(), (sent[0], other(sent[1], method=method)))


def later(sent: Sent) -> Sent:
    dims = sent.flows[0].dataflow.dimensions
    time = replace(dims[-1], codes=(*dims[-1].codes, Code("2021", Text("2021", "2021"))))
    return other(sent, dimensions=(*dims[:-1], time))


def test_other_periods_are_refused_until_they_are_named(sent) -> None:
    pair = (sent[0], later(sent[1]))
    with pytest.raises(BadInput, match=r"periods = \['2020'\]"):
        tables_together(region(), pair)
    [flow] = tables_together(region('periods = ["2020"]'), pair)
    assert [code.id for code in flow.dimensions[-1].codes] == ["2020"]
    with pytest.raises(BadInput, match="XAA has no 2021"):
        tables_together(region('periods = ["2021"]'), pair)


def test_tables_that_not_every_country_sent_are_named(sent) -> None:
    extra = with_flow(sent[1], replace(sent[1].flows[0].dataflow, id="XBB_LFS_MORE")).flows
    more = replace(sent[1], flows=(*sent[1].flows, *extra))
    with pytest.raises(BadInput, match=r"not every country sent MORE\. .* tables = \['WORK'\]"):
        tables_together(region(), (sent[0], more))
    [flow] = tables_together(region('tables = ["WORK"]'), (sent[0], more))
    assert flow.id.endswith("_WORK")
    with pytest.raises(BadInput, match="XAA sent no table MORE"):
        tables_together(region('tables = ["MORE"]'), (sent[0], more))


def test_of_many_tables_that_differ_ten_are_named(sent) -> None:
    flow = sent[1].flows[0].dataflow
    extra = [with_flow(sent[1], replace(flow, id=f"XBB_LFS_M{n:02}")).flows[0] for n in range(12)]
    with pytest.raises(BadInput, match="M09 and 2 more"):
        tables_together(region(), (sent[0], replace(sent[1], flows=(*sent[1].flows, *extra))))
