"""SDMX-JSON 2.0.0 data messages."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.arrays import Flags
from cauce.publish.components import TIME
from cauce.publish.joining import Text, blocks, joined, lines
from cauce.publish.json_head import Used, json_head, listed_words, used
from cauce.publish.message import Message
from cauce.publish.numbers import Number, Numbers
from cauce.publish.rows import Rows, codes_of, one_of
from cauce.publish.verdicts import WORDED, Verdicts, Words

FLAT = "AllDimensions"
CLOSED = "}},"


def sdmx_json(rows: Rows, message: Message, dimension: str = TIME) -> Iterator[bytes]:
    """Observations in series, or flat; takes them in the order of messages.

    A withheld value is the string `NaN` (missing on purpose), a withheld attribute null.
    `dimension` is what stands at the observation: TIME_PERIOD or AllDimensions.

    Source: SDMX-JSON 2.0.0 data message, field guide, sections dataSet and component.
    """
    codes, verdicts = used(rows), rows.verdicts_used()
    listed = listed_words(verdicts, message)
    yield json_head(rows, message, codes, listed, dimension == FLAT).encode()
    texts = _verdicts(verdicts, listed, after_numbers=bool(_numbers(message).each))
    if dimension == FLAT:
        yield from _flat(rows, message, codes, texts, verdicts)
    else:
        yield from _series(rows, message, codes, texts, verdicts)
    yield b"}]}}"


def _flat(
    rows: Rows, message: Message, codes: Used, texts: Text, verdicts: Verdicts
) -> Iterator[bytes]:
    yield b',"observations":{'
    positions, written = codes.positions, _numbers(message)
    keys = _keys(codes, positions.shape[1])
    for (first, last), part in zip(blocks(len(rows)), rows.blocks(), strict=True):
        key = codes_of(positions[first:last], keys)
        said = one_of(texts, verdicts.codes[first:last])
        parts = (',"', *key, '":[', *part.numbers(written), said, "]")
        yield lines(parts, last - first, skip=0 if first else 1)
    yield b"}"


def _series(
    rows: Rows, message: Message, codes: Used, texts: Text, verdicts: Verdicts
) -> Iterator[bytes]:
    yield b',"series":{'
    positions, new, written = codes.positions, rows.new, _numbers(message)
    keys, count = _keys(codes, positions.shape[1] - 1), len(codes.codes[-1])
    # The first observation of a series has no comma before it.
    places = [f'"{at}":[' for at in range(count)]
    at = pa.array([*places, *(f",{place}" for place in places)], pa.string())
    for (first, last), part in zip(blocks(len(rows)), rows.blocks(), strict=True):
        begins, own = new[first:last], positions[first:last]
        said = one_of(texts, verdicts.codes[first:last])
        parts = (
            *_heads(own[begins][:, :-1], keys, begins),
            one_of(at, own[:, -1] + np.where(begins, 0, count)),
            *part.numbers(written),
            said,
            "]",
        )
        yield lines(parts, last - first, skip=0 if first else len(CLOSED))
    yield b"}}}" if len(new) else b"}"


def _heads(positions: np.ndarray, keys: Sequence[Text], begins: Flags) -> list[Text]:
    """Where a series begins: the end of the one before and its own key; null elsewhere."""
    if not len(positions):
        return []
    key = codes_of(positions, keys)
    heads = joined((CLOSED, '"', *key, '":{"observations":{'), len(positions))
    return [pc.take(heads, pa.array(np.cumsum(begins) - 1, mask=~begins))]


def _keys(codes: Used, count: int) -> list[Text]:
    """The texts of the positions of the first so many dimensions, with colons between them."""
    ends = [":"] * (count - 1) + [""]
    return [
        pa.array([f"{at}{end}" for at in range(len(own))], pa.string())
        for own, end in zip(codes.codes, ends, strict=False)
    ]


def _numbers(message: Message) -> Numbers:
    columns = [("value", '"NaN"')] if message.value else []
    asked = message.at("observation")
    columns += [(a.field, "null") for a in asked if a not in WORDED]
    each = [
        Number(column, "," if place else "", "", f"{',' if place else ''}{absent}")
        for place, (column, absent) in enumerate(columns)
    ]
    return Numbers(("sdmx json", message.value, *(n.column for n in each)), tuple(each))


def _verdicts(verdicts: Verdicts, listed: dict[str, list[str]], after_numbers: bool) -> Text:
    """Each verdict as positions among the words that are listed; null where a word is absent."""
    places = {id_: {word: at for at, word in enumerate(words)} for id_, words in listed.items()}

    def write(words: Words) -> str:
        said = zip(WORDED, words, strict=True)
        cells = [str(places[a.id].get(word, "null")) for a, word in said if a.id in places]
        return ("," if after_numbers and cells else "") + ",".join(cells)

    return verdicts.texts(write)
