"""Estimates, as the register `studies` holds them, turned into what is compared."""

from collections.abc import Mapping

from cauce.assess.filled import codes, number, text, whole, words
from cauce.model.record import Record, Records
from cauce.model.study import BOUNDS, Study
from cauce.model.text import Text

OTHER = "OTHR"
"""Two estimates of "something else" are of the same thing only if they say so in the same words."""


def studies_of(
    records: Records, measures: Mapping[str, Text], industries: Mapping[str, Text]
) -> tuple[Study, ...]:
    """Every estimate of the register, with the names of what may be estimated and of sectors.

    Source: none, it computes nothing.
    """
    return tuple(
        Study(
            id=key,
            title=words(record, "title", key),
            year=whole(record, "year"),
            area=text(record, "country") or " + ".join(sorted(codes(record, "countries"))),
            measure=_measure(record, measures),
            sectors=_sectors(record, industries),
            horizon=(whole(record, "horizon_from"), whole(record, "horizon_to")),
            method=_words(record, "method"),
            value=number(record, "value"),
            unit=_words(record, "unit"),
            bound=BOUNDS.get(text(record, "bound"), "ABOUT"),
            low=number(record, "low"),
            high=number(record, "high"),
            source=text(record, "source"),
            retells=text(record, "retells"),
            warning=_words(record, "not_comparable"),
        )
        for key, record in records.items()
    )


def _measure(record: Record, measures: Mapping[str, Text]) -> Text | None:
    code = text(record, "estimate_of")
    return _words(record, "what") if code == OTHER else measures.get(code)


def _sectors(record: Record, industries: Mapping[str, Text]) -> frozenset[Text]:
    """The sectors as coded, or as the study names them; occupations narrow them."""
    named = [industries.get(code, Text(code, code)) for code in codes(record, "sectors")]
    note = _words(record, "sectors_note")
    if not named and note is not None:
        named = [note]
    narrowed = [Text(f"ISCO {code}", f"CIUO {code}") for code in codes(record, "occupations")]
    return frozenset((*named, *narrowed))


def _words(record: Record, stem: str) -> Text | None:
    found = words(record, stem)
    return found if found.en else None
