"""SDMX-CSV data messages: 1.0, 2.0 and 2.1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import pyarrow as pa

from cauce.model.dataflow import Dimension
from cauce.publish.columns import indicator_values
from cauce.publish.components import TIME, VALUE, VALUE_NAME, Attribute
from cauce.publish.form import (
    Coded,
    Line,
    Nested,
    Part,
    Worded,
    heads_alone,
    indicator_place,
    written,
)
from cauce.publish.json_head import value_name
from cauce.publish.layout import Layout, layout_of
from cauce.publish.message import Message
from cauce.publish.numbers import Number, Numbers
from cauce.publish.options import Action, DataSet, Options
from cauce.publish.periods import first_day
from cauce.publish.urns import dataflow_ref
from cauce.publish.verdicts import Words

Version: TypeAlias = Literal["1.0", "2.0", "2.1"]
LETTERS: dict[Action, str] = {
    "Information": "I",
    "Append": "A",
    "Replace": "R",
    "Merge": "M",
    "Delete": "D",
}
"""What the column ACTION says. 2.0 knows no merging: there it is appending."""


def csv_10(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return _csv(sets, message, options, "1.0")


def csv_20(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return _csv(sets, message, options, "2.0")


def csv_21(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return _csv(sets, message, options, "2.1")


def quoted(text: str) -> str:
    """A cell of RFC 4180."""
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _csv(
    sets: Sequence[DataSet], message: Message, options: Options, version: Version
) -> Iterator[bytes]:
    """One row an observation: structure, action, keys, dimensions, value, attributes.

    A withheld value is `NaN` (missing on purpose), a withheld attribute an empty cell. Of what is
    to be deleted the dimensions are told alone. Where a set says when it was in force, two columns
    of our own say so at the end.

    Source: SDMX-CSV 1.0 and 2.0 field guides, columns, column content and optional parameters.
    """
    dated = any(one.valid_from or one.valid_to for one in sets)
    for place, one in enumerate(sets):
        layout = layout_of(one.rows.observations.dataflow, message, options)
        file = _File(layout, version, one, dated)
        if place == 0:
            yield (",".join(file.heads()) + "\n").encode()
        name = ("sdmx csv", version, options, one.action, one.valid_from, one.valid_to, dated)
        line = one.rows.beside.one((*name, message.shape), file.line)
        if layout.observed:
            yield from written(one.rows, line)
        else:
            place = len(layout.dimensions) - 1
            yield from heads_alone(one.rows, Nested(place, line, Line(()), ""))


@dataclass(frozen=True)
class _File:
    """The columns of a data set."""

    layout: Layout
    version: Version
    told: DataSet
    dated: bool

    @property
    def _labels(self) -> str:
        labels = self.layout.options.labels
        return "both" if labels == "name" and self.version == "1.0" else labels

    @property
    def _dimensions(self) -> list[Dimension]:
        """Those that have a column: of series alone all but time."""
        dimensions = self.layout.dimensions
        return [d for d in dimensions if self.layout.observed or d.id != TIME]

    @cached_property
    def _placed(self) -> tuple[tuple[int, Attribute], ...]:
        layout = self.layout
        return layout.placed((*layout.words, *layout.message.at("series")))

    @property
    def _keys(self) -> tuple[str, ...]:
        keys = self.layout.options.keys
        if self.version == "1.0" or keys == "none":
            return ()
        return ("series", "obs") if keys == "both" else (keys,)

    @property
    def _attributes(self) -> tuple[Attribute, ...]:
        message = self.layout.message
        at_last = (*message.at("series"), *message.at("indicator"), *message.at("dataset"))
        return (*self.layout.numbers, *self.layout.words, *at_last)

    def heads(self) -> list[str]:
        language = self.layout.message.language
        start = ["DATAFLOW"] if self.version == "1.0" else ["STRUCTURE", "STRUCTURE_ID"]
        start += ["STRUCTURE_NAME"] if self._labels == "name" else []
        start += [] if self.version == "1.0" else ["ACTION"]
        start += [{"series": "SERIES_KEY", "obs": "OBS_KEY"}[key] for key in self._keys]
        named = [(d.id, d.name) for d in self._dimensions]
        named += [(VALUE, VALUE_NAME)] if self.layout.message.value else []
        named += [(a.id, a.name) for a in self._attributes]
        told = [self._cells(id_, name.of(language)) for id_, name in named]
        return [*start, *told, *(["VALID_FROM", "VALID_TO"] if self.dated else [])]

    def line(self) -> Line:
        """A row, its cells each behind a comma but the first."""
        place = indicator_place(self.layout.flow)
        parts: list[Part] = [
            self._start(),
            *(part for key in self._keys for part in self._key(key)),
        ]
        parts += [
            Coded(at, pa.array([f",{cells}" for cells in self._codes(dimension)], pa.string()))
            for at, dimension in enumerate(self._dimensions)
        ]
        if self.told.action == "Delete":
            columns = len(self._attributes) + self.layout.message.value
            parts.append("," * columns * (2 if self._labels == "name" else 1))
        else:
            parts += [
                self._numbers(),
                Worded(("sdmx csv", self._labels, self.layout.message.shape), self._verdict),
            ]
            if place is not None:
                parts.append(Coded(place, pa.array(self._units(place), pa.string())))
            parts.append(self._whole())
        dates = f",{self.told.valid_from},{self.told.valid_to}" if self.dated else ""
        return Line((*parts, f"{dates}\n"))

    def _start(self) -> str:
        flow, language = self.layout.flow, self.layout.message.language
        agreement = self.layout.options.agreement
        kind = "dataprovision" if agreement else "dataflow"
        id_ = self._cells(agreement or dataflow_ref(flow), flow.name.of(language))
        if self.version == "1.0":
            return id_
        letter = LETTERS[self.told.action]
        return f"{kind},{id_},{'A' if letter == 'M' and self.version == '2.0' else letter}"

    def _key(self, kind: str) -> list[Part]:
        """The cell of a key: codes with points between them, in quotes if one needs them."""
        dimensions = [d for d in self.layout.dimensions if kind == "obs" or d.id != TIME]
        marked = any(quoted(code.id) != code.id for d in dimensions for code in d.codes)
        mark = '"' if marked else ""
        texts = [[code.id.replace('"', '""') for code in d.codes] for d in dimensions]
        coded = [
            Coded(at, pa.array([("." if at else "") + text for text in own], pa.string()))
            for at, own in enumerate(texts)
        ]
        if kind == "obs" and not self.layout.observed:
            return [","]
        return [f",{mark}", *coded, mark]

    def _codes(self, dimension: Dimension) -> list[str]:
        language = self.layout.message.language
        if dimension.id != TIME:
            return [self._cells(code.id, code.name.of(language)) for code in dimension.codes]
        if self.layout.options.time_format == "normalized":
            return [self._cells(first_day(code.id), "") for code in dimension.codes]
        return [self._cells(code.id, "") for code in dimension.codes]

    def _numbers(self) -> Numbers:
        """Numbers have no names: with names in columns of their own, those cells stay empty."""
        after = "," if self._labels == "name" else ""
        each = [Number(a.field, ",", after, f",{after}") for a in self.layout.numbers]
        if self.layout.message.value:
            each.insert(0, Number("value", ",", after, f",NaN{after}"))
        columns = (number.column for number in each)
        return Numbers(("sdmx csv", after, *columns), tuple(each))

    def _verdict(self, words: Words) -> str:
        return "".join(f",{self._valued(a, words[at])}" for at, a in self._placed)

    def _units(self, place: int) -> list[str]:
        told = [
            [f",{self._valued(a, word)}" for word in indicator_values(self.layout.flow, a)]
            for a in self.layout.message.at("indicator")
        ]
        count = len(self.layout.dimensions[place].codes)
        return ["".join(words[at] for words in told) for at in range(count)]

    def _whole(self) -> str:
        values = self.layout.of_dataset()
        asked = self.layout.message.at("dataset")
        return "".join(f",{self._valued(a, values.get(a.id, ''))}" for a in asked)

    def _valued(self, attribute: Attribute, word: str) -> str:
        return self._cells(word, value_name(attribute, word, self.layout.message.language))

    def _cells(self, id_: str, name: str) -> str:
        """An id and its name as `labels` asks for them; what has no name is its value alone."""
        if self._labels == "name":
            return f"{quoted(id_)},{quoted(name)}"
        if self._labels == "both" and name:
            return quoted(f"{id_}: {name}")
        return quoted(id_)
