"""How far employers' earlier expectations came true, from what was released then and since."""

from collections.abc import Iterator

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.employers import realised
from cauce.pipeline.outlook.blending import EMPLOYERS, OUTPUT, summed
from cauce.pipeline.outlook.expectations import Bias, Expectations
from cauce.pipeline.outlook.histories import Read, read_history
from cauce.pipeline.outlook.pack import OutlookPack, Wanted
from cauce.store import Snapshot

STAFF = "staff"
NOT_ASKED = Text(
    "The pack names no survey of employers: [from.employers] and [employers].",
    "El paquete no nombra una encuesta a empleadores: [from.employers] y [employers].",
)
NO_STAFF = Text(
    "Nothing says what came. Name the staff that the same employers had later: [from.staff].",
    "Nada dice qué ocurrió. Nombre el personal que los mismos empleadores tuvieron después: "
    "[from.staff].",
)


def past_bias(snapshot: Snapshot, pack: OutlookPack) -> Bias | NotProducible:
    """How far expectations were off, over every earlier wave whose year is released by now.

    What was expected is read in the earliest vintage that has it. What came is the staff that the
    pack names, or, where the survey is about everybody, employment as released now.

    Raises:
        BadInput: a table lacks an indicator, a dimension or a code that the pack names.
    """
    asked, wanted = pack.employers, pack.wanted.get(EMPLOYERS)
    if asked is None or wanted is None:
        return NotProducible(rule(OUTPUT), NOT_ASKED)
    named = pack.wanted.get(STAFF) or (pack.wanted.get(asked.level) if asked.everyone else None)
    came = None if named is None else read_history(snapshot, named)
    if came is None:
        return NotProducible(rule(OUTPUT), NO_STAFF)
    pairs = list(_pairs(snapshot, wanted, asked, came))
    numbers = np.concatenate(pairs, axis=1) if pairs else np.empty((4, 0))
    known = realised(*numbers)
    if isinstance(known, NotProducible):
        return known
    return Bias(known, _source(wanted, came))


def _pairs(snapshot: Snapshot, wanted: Wanted, asked: Expectations, came: Read) -> Iterator[Floats]:
    """Expected, its error, what came and its error, (4, c), for each year that was asked about."""
    codes = [cell[0] for cell in came.history.cells]
    years = came.history.years.astype(int).tolist()
    seen = set[int]()
    for vintage in snapshot.vintages(wanted.flow):
        survey = read_history(snapshot, wanted, vintage)
        waves = [] if survey is None else survey.history.years.astype(int).tolist()
        for wave, year in enumerate(waves):
            if survey is None or year in seen or year + asked.ahead not in years:
                continue
            seen.add(year)
            at = years.index(year + asked.ahead)
            expected = summed(survey, codes, wave)
            yield np.stack([*expected, came.history.value[at], came.history.se[at]])


def _source(wanted: Wanted, came: Read) -> Text:
    of = came.wanted
    return Text(
        f"released numbers: {wanted.flow} {wanted.indicator} beside {of.flow} {of.indicator}",
        f"números publicados: {wanted.flow} {wanted.indicator} junto a {of.flow} {of.indicator}",
    )
