"""What is made once for each generation."""

from types import SimpleNamespace

from cauce.portal.once import Once


def test_a_thing_is_made_once_a_generation_and_an_older_reader_gets_its_own() -> None:
    made: list[int] = []

    def make(snapshot, _) -> int:
        made.append(snapshot.generation)
        return snapshot.generation

    once = Once()
    asked = [once.of(SimpleNamespace(generation=g), None, make) for g in (1, 1, 2, 1, 2)]
    assert asked == [1, 1, 2, 1, 2]
    assert made == [1, 2, 1]
