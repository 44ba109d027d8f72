"""The map tells what is withheld from what does not exist, and has the whole region."""

from cauce.publish.charts import Flow, Point, Rest, Terms, choropleth, flows, on_map
from cauce.publish.charts.drawing import Label, Line
from cauce.publish.charts.flows import largest
from cauce.publish.charts.map import hatched
from cauce.publish.charts.outlines import outlines

TERMS = Terms("persons", "withheld", "no figure", "weak")
REST = Rest(lambda n: f"{n} others", lambda x: f"{x:.0f}")


def test_withheld_is_hatched_and_absent_is_only_outlined() -> None:
    points = {
        "BRA": Point("Brazil", 5.0, weak=True),
        "COL": Point("Colombia", None, withheld=True, why="withheld: few"),
        "PER": Point("Peru", None, why="nobody"),
    }
    drawn = choropleth("t", "", points, str, TERMS)
    assert drawn is not None
    kinds = {vars(mark)["told"]: mark.kind for mark in drawn.marks if vars(mark).get("told")}
    assert kinds["Colombia: withheld: few"] == "place withheld"
    assert kinds["Peru: nobody"] == "place absent"
    assert any(isinstance(mark, Line) and mark.kind == "hatch" for mark in drawn.marks)
    words = {mark.text for mark in drawn.marks if isinstance(mark, Label)}
    assert {"persons", "withheld", "no figure", "weak", "5.0"} <= words


def test_no_map_without_a_number_in_the_region() -> None:
    assert choropleth("t", "", {"ESP": Point("Spain", 4.0)}, str, TERMS) is None


def test_the_map_knows_all_countries_and_territories_of_the_americas() -> None:
    assert len(outlines().whole) == 55
    assert on_map(["CRI", "BRB", "ESP"]) == ["CRI", "BRB"]


def test_a_square_is_hatched_inside() -> None:
    square = ((0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0))
    lines = list(hatched([square]))
    assert [(a.x1, a.y1, a.x2, a.y2) for a in lines][2] == (0, 8, 8, 0)
    assert all(0 <= v <= 8 for a in lines for v in (a.x1, a.x2, a.y1, a.y2))


def test_the_largest_flows_stand_alone_and_the_rest_together() -> None:
    found = [Flow(f"O{i}", "CRI", float(i), shown=str(i)) for i in range(13)]
    shown = largest(found, REST, most=10)
    assert [each.value for each in shown] == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 3]
    assert (shown[-1].origin, shown[-1].destination, shown[-1].rest) == ("2 others", "CRI", True)


def test_a_single_flow_left_over_keeps_its_name() -> None:
    found = [Flow(f"O{i}", "CRI", float(i + 1)) for i in range(11)]
    assert not any(each.rest for each in largest(found, REST, most=10))


def test_withheld_flows_have_no_band() -> None:
    assert flows("t", "", [Flow("NIC", "CRI", None)], REST) is None
