"""Citations within a text: found whole, and told from words that only look like them."""

from datetime import UTC, datetime

import pytest

from cauce.model.citation import Citation, NumberCited, RecordCited
from cauce.store.citations import pieces_of
from cauce.store.moments import moment_of

NUMBER = "number:XAA_LFS_T0/A.XAA.UNE._T/2020-Q3@v1.2"
RECORD = "record:studies/4f2a@2026-11-26"


def test_a_text_is_told_apart_from_what_it_cites() -> None:
    one, first, two, second, three = pieces_of(f"From {NUMBER}, after ({RECORD}).")
    assert (one, two, three) == ("From ", ", after (", ").")
    assert first == Citation(NUMBER, NumberCited("XAA_LFS_T0", "A.XAA.UNE._T", "2020-Q3", "v1.2"))
    end = datetime(2026, 11, 26, 23, 59, 59, 999999, tzinfo=UTC)
    assert second == Citation(RECORD, RecordCited("studies", "4f2a", end))


def test_a_citation_may_be_all_there_is() -> None:
    [found] = pieces_of(RECORD)
    assert isinstance(found, Citation)
    assert list(pieces_of("")) == []


@pytest.mark.parametrize(
    "text",
    [
        "A number: 3/4 of them.",
        "On the record:yes",
        "https://example.org/record:studies/4f2a@2026-11-26",
        "unnumber:a/b/c@d",
    ],
)
def test_words_that_look_like_citations_are_words(text: str) -> None:
    assert list(pieces_of(text)) == [text]


@pytest.mark.parametrize(
    "text",
    ["record:studies/4f2a", "record:studies/4f2a@soon", "number:DF/A.B@v1", "number:DF/A.B/2020"],
)
def test_half_a_citation_cites_nothing(text: str) -> None:
    assert list(pieces_of(text)) == [Citation(text, None)]


def test_a_moment_without_an_offset_is_in_utc() -> None:
    assert moment_of("2026-11-26T10:00") == datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert moment_of("2026-11-26T10:00-06:00") == datetime(2026, 11, 26, 16, tzinfo=UTC)
    for text in ("yesterday", "2026-13-01", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00+14:00"):
        assert moment_of(text) is None
