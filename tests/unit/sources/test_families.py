"""Columns that look like replicate weights are proposed, and said to be unsure."""

import tomllib

from cauce.sources import ColumnSeen
from cauce.sources.families import Family, families, replicates


def seen(*names: str, kind: str = "float") -> list[ColumnSeen]:
    return [ColumnSeen(name, kind, "", 9, 9, (), {}) for name in names]


def numbered(prefix: str, count: int, digits: int = 1, first: int = 1) -> list[ColumnSeen]:
    return seen(*(f"{prefix}{n:0{digits}d}" for n in range(first, first + count)))


def test_families_are_found_by_name_and_number() -> None:
    assert families(numbered("bsrw", 120, 3)) == (Family("bsrw", 1, 120, 3),)
    assert families(numbered("REP", 80)) == (Family("REP", 1, 80, 1),)
    both = [*numbered("PWGTP", 12, first=0), *numbered("fexp_", 20)]
    assert [found.prefix for found in families(both)] == ["fexp_", "PWGTP"]


def test_what_is_few_or_broken_or_no_number_is_no_family() -> None:
    assert families(numbered("REP", 9)) == ()
    assert families([*numbered("REP", 20), *seen("REP30")]) == ()
    assert families(seen(*(f"REP{n}" for n in range(20)), kind="text")) == ()
    assert families(numbered("question", 40)) == ()


def test_a_new_pack_proposes_the_family_and_says_it_is_unsure() -> None:
    lines = list(replicates(numbered("bsrw", 120, 3)))
    assert tomllib.loads("\n".join(lines)) == {"replicates": {"none": "?"}}
    assert "bsrw001 … bsrw120 look like replicate weights" in lines[1]
    assert "Unsure" in lines[2]
    (proposal,) = (line[2:] for line in lines if line.startswith("# replicates"))
    assert tomllib.loads(proposal)["replicates"] == {
        "kind": "?",
        "prefix": "bsrw",
        "count": 120,
        "digits": 3,
        "first": 1,
        "mse": False,
    }
    assert list(replicates([])) == ['replicates = { none = "?" }']
