"""Arrows between places: as thick as the people on them, where the places lie or around a ring."""

import pytest

from cauce.publish.charts import Move, embed, passages, svg
from cauce.publish.charts.drawing import Dot, Drawing, Label, Shape
from cauce.publish.charts.passages import HEIGHT, WIDTH, cropped

NAMES = {"XCA": "Caudaria", "XSA": "Vadelia", "XNA": "The north"}
MOVES = (Move("XSA", "XCA", 4_500, "4,500", "4,500 people"), Move("XNA", "XCA", 1_500, "1,500"),
         Move("XNA", "XSA", None, said="an agreement would help"))  # fmt: skip


def drawn(names: dict[str, str], *moves: Move) -> Drawing:
    found = passages("Title", "What it shows", names, moves)
    assert found is not None
    return found


def arrows(found: Drawing) -> list[Shape]:
    return [one for one in found.marks if isinstance(one, Shape) and one.kind.startswith("flow")]


def test_each_move_is_an_arrow_with_its_number_and_a_new_way_is_dashed_without_one() -> None:
    found = drawn(NAMES, *MOVES)

    assert [one.kind for one in arrows(found)] == ["flow weak", "flow", "flow"]
    assert arrows(found)[0].told == "an agreement would help"
    assert {m.text for m in found.marks if isinstance(m, Label) and m.kind == "value"} == {
        "4,500",
        "1,500",
    }
    assert sum(isinstance(one, Dot) for one in found.marks) == 3


def test_nobody_who_could_pass_is_no_picture() -> None:
    assert passages("T", "D", NAMES, MOVES[2:]) is None
    assert passages("T", "D", NAMES, ()) is None


@pytest.mark.parametrize(
    "codes", [("HND", "GTM"), ("MEX", "CRI", "GTM"), ("ARG", "MEX"), ("XAA", "XAB", "XAC", "XAD")]
)
def test_every_place_lies_within_the_picture_and_its_words_are_read(codes) -> None:
    names = {code: f"Place {code}" for code in codes}
    found = drawn(names, Move(codes[0], codes[1], 10, "10", "ten <people>"))

    shown = [one for one in found.marks if isinstance(one, Dot)]
    assert len(shown) == 2
    assert all(0 < one.x < WIDTH and 0 < one.y < HEIGHT for one in shown)
    land = [one for one in found.marks if isinstance(one, Shape) and one.kind == "place absent"]
    assert bool(land) == (not codes[0].startswith("X"))
    assert all(
        -0.1 <= x <= WIDTH + 0.1 and -0.1 <= y <= HEIGHT + 0.1
        for one in land
        for ring in one.rings
        for x, y in ring
    )
    assert svg(found).count("<path") == len(land) + 1
    assert "ten &lt;people&gt;" in embed(found)


def test_two_ways_between_two_places_lie_apart() -> None:
    there, back = Move("HND", "GTM", 5, "5"), Move("GTM", "HND", 5, "5")
    found = drawn({"HND": "Honduras", "GTM": "Guatemala"}, there, back)

    first, second = (one.rings[0] for one in arrows(found))
    assert not set(first) & set(second)


def test_what_lies_outside_the_frame_is_cut_off_at_it() -> None:
    square = ((-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0))

    assert set(cropped(square, 10, 10)) == {(0, 0), (5, 0), (5, 5), (0, 5)}
    assert cropped(tuple((x + 50, y) for x, y in square), 10, 10) == ()
