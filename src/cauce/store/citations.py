"""Citations as people write them: found in any text."""

import re
from collections.abc import Iterator

from cauce.model.citation import Citation, NumberCited, RecordCited
from cauce.store.moments import moment_of

CITED = re.compile(r"(?<![\w/:.-])(?:number|record):[\w$.-]+/[\w$@./:+-]*[\w$]", re.ASCII)
NUMBER = re.compile(r"number:([^/@]+)/([^/@]+)/([^/@]+)@(.+)")
RECORD = re.compile(r"record:([^/@]+)/([^/@]+)@(.+)")
SHAPES = "number:DATAFLOW/KEY/PERIOD@VINTAGE or record:REGISTER/KEY@DAY"


def pieces_of(text: str) -> Iterator[str | Citation]:
    """A text with the citations in it, in order."""
    end = 0
    for found in CITED.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield Citation(found[0], _cited(found[0]))
        end = found.end()
    if end < len(text):
        yield text[end:]


def _cited(text: str) -> NumberCited | RecordCited | None:
    if number := NUMBER.fullmatch(text):
        return NumberCited(*number.groups())
    record = RECORD.fullmatch(text)
    moment = moment_of(record[3]) if record else None
    return RecordCited(record[1], record[2], moment) if record and moment else None
