"""A Stata file of numbers with labels, written byte by byte so that no clock gets into it.

Source: StataCorp, Stata 14 Programming Reference, "dta" file format 118.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# The type codes of 32-bit integers and doubles, and what stands for a missing value.
_LONG, _DOUBLE = 65528, 65526
_NO_LONG = 2_147_483_621
_TEXT = "utf-8"


@dataclass(frozen=True)
class Variable:
    """A column of integers (-1 where missing), doubles or text in UTF-8 bytes, with its labels."""

    label: str
    values: NDArray[Any]
    words: Mapping[int, str]

    @property
    def stored(self) -> tuple[int, str, bytes]:
        """Stata's type code, NumPy's type and the display format."""
        if self.values.dtype.kind == "S":
            size = self.values.dtype.itemsize
            return size, f"S{size}", f"%{size}s".encode()
        return (_LONG, "<i4", b"%12.0g") if self.whole else (_DOUBLE, "<f8", b"%14.6f")

    @property
    def whole(self) -> bool:
        return self.values.dtype.kind == "i"


def stata_bytes(title: str, variables: Mapping[str, Variable]) -> bytes:
    """The whole file, format 118, little-endian."""
    names = list(variables)
    rows = len(variables[names[0]].values)
    parts = [_header(title, len(names), rows), b"", *_declarations(variables)]
    parts += [b"<characteristics></characteristics>", b"<data>", _data(variables), b"</data>"]
    parts += [b"<strls></strls>", _value_labels(variables), b"</stata_dta>"]
    parts[1] = _map(parts)
    return b"".join(parts)


def _header(title: str, columns: int, rows: int) -> bytes:
    text = title.encode(_TEXT)
    return b"".join(
        [
            b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>",
            b"<K>" + struct.pack("<H", columns) + b"</K>",
            b"<N>" + struct.pack("<Q", rows) + b"</N>",
            b"<label>" + struct.pack("<H", len(text)) + text + b"</label>",
            b"<timestamp>" + struct.pack("<B", 0) + b"</timestamp></header>",
        ]
    )


def _declarations(variables: Mapping[str, Variable]) -> list[bytes]:
    columns = list(variables.items())
    types = b"".join(struct.pack("<H", one.stored[0]) for _, one in columns)
    formats = [one.stored[2] for _, one in columns]
    lists = [name.encode() if one.words else b"" for name, one in columns]
    return [
        _tag("variable_types", types),
        _tag("varnames", b"".join(_padded(name.encode(), 129) for name, _ in columns)),
        _tag("sortlist", bytes(2 * (len(columns) + 1))),
        _tag("formats", b"".join(_padded(text, 57) for text in formats)),
        _tag("value_label_names", b"".join(_padded(text, 129) for text in lists)),
        _tag("variable_labels", b"".join(_padded(o.label.encode(_TEXT), 321) for _, o in columns)),
    ]


def _map(parts: list[bytes]) -> bytes:
    """Where each section begins; the map itself is of known length."""
    starts = [0, len(parts[0])]
    at = len(parts[0]) + len("<map></map>") + 14 * 8
    sizes = [len(part) for part in parts[2:9]]
    data = len(b"".join(parts[9:12]))
    for size in (*sizes, data, len(parts[12]), len(parts[13]), len(parts[14])):
        starts.append(at)
        at += size
    starts.append(at)
    return _tag("map", struct.pack("<14Q", *starts))


def _data(variables: Mapping[str, Variable]) -> bytes:
    fields = [(name, one.stored[1]) for name, one in variables.items()]
    table = np.empty(len(next(iter(variables.values())).values), dtype=fields)
    for name, one in variables.items():
        table[name] = one.values
        if one.whole:
            table[name][one.values == -1] = _NO_LONG
    return table.tobytes()


def _value_labels(variables: Mapping[str, Variable]) -> bytes:
    lists = [_labels(name, one.words) for name, one in variables.items() if one.words]
    return _tag("value_labels", b"".join(lists))


def _labels(name: str, words: Mapping[int, str]) -> bytes:
    codes = sorted(words)
    texts = [words[code].encode(_TEXT) + b"\0" for code in codes]
    offsets = np.cumsum([0, *[len(text) for text in texts]])
    body = struct.pack("<2i", len(codes), int(offsets[-1]))
    body += struct.pack(f"<{len(codes)}i", *offsets[:-1].tolist())
    body += struct.pack(f"<{len(codes)}i", *codes) + b"".join(texts)
    return _tag("lbl", struct.pack("<I", len(body)) + _padded(name.encode(), 129) + bytes(3) + body)


def _padded(text: bytes, length: int) -> bytes:
    return text[: length - 1].ljust(length, b"\0")


def _tag(name: str, body: bytes) -> bytes:
    return f"<{name}>".encode() + body + f"</{name}>".encode()
