"""One table of a TOML file, read key by key with its types checked."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from cauce.declare.lines import KeyPath, key_lines
from cauce.declare.problems import Problems
from cauce.declare.words import did_you_mean, listed
from cauce.model.pack import Place
from cauce.model.rule import rule
from cauce.model.text import Text

NOTHING = Text("—", "—")
"""Stands where words should be, after the problem was noted."""

ASK = "?"
"""What `cauce pack new` writes where only a person knows the answer: it must not be published."""

T = TypeVar("T")


@dataclass(frozen=True)
class Origin:
    """The file a table stands in, the lines of its keys, and where problems are noted."""

    file: str
    lines: Mapping[KeyPath, int]
    problems: Problems


class Section:
    """A TOML table. What is not read by the time of `finish` is an unknown key."""

    def __init__(self, data: Mapping[str, object], path: KeyPath, origin: Origin) -> None:
        self.data = data
        self.path = path
        self.origin = origin
        self._known: set[str] = set()

    def place(self, key: str = "") -> Place:
        """Where a key is written, or the table if the key has no line of its own."""
        path = (*self.path, key) if key else self.path
        while path and path not in self.origin.lines:
            path = path[:-1]
        return Place(self.origin.file, self.origin.lines.get(path, 1))

    def note(self, key: str, message: str) -> None:
        self.origin.problems.add(self.place(key), message)

    def has(self, key: str) -> bool:
        self._known.add(key)
        return key in self.data

    def text(self, key: str, default: str | None = None) -> str:
        """Text that is not empty, unless an empty default allows it."""
        value = self._value(key, str, "text in quotes", default, "")
        if key in self.data and default != "" and isinstance(self.data[key], str) and not value:
            self.note(key, f"{self.name(key)} is empty.")
        if value == ASK:
            self.note(key, f"{self.name(key)} is still {ASK!r}: write it.")
        return value

    def words(self, key: str) -> Text:
        """Words in both languages: { en = "…", es = "…" }."""
        inner = self.table(key)
        if inner is None:
            return NOTHING
        words = Text(inner.text("en"), inner.text("es"))
        inner.finish()
        return words

    def said(self, key: str, default: str | None = None) -> str:
        """Text, or words in both languages: then one string as `model.rule` keeps them."""
        if isinstance(self.data.get(key), dict):
            return rule(self.words(key))
        return self.text(key, default)

    def whole(self, key: str, default: int | None = None) -> int:
        return self._value(key, int, "a whole number", default, 0)

    def number(self, key: str, default: float | None = None) -> float:
        value = self._value(key, (int, float), "a number", default, 0.0)
        return float(value)

    def truth(self, key: str, default: bool | None = None) -> bool:
        return self._value(key, bool, "true or false", default, False)

    def day(self, key: str) -> date:
        return self._value(key, date, "a date such as 2024-01-01", None, date.min)

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of some words; the first of them stands in after a problem."""
        value = self.text(key, default)
        if value not in allowed and value != default:
            if value:
                self.note(
                    key,
                    f"{self.name(key)} = {value!r} is not one of {listed(allowed)}."
                    f"{did_you_mean(value, allowed)}",
                )
            return allowed[0]
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts without repetition; not empty unless the default is."""
        values = self._value(
            key,
            list,
            'a list such as ["A", "B"]',
            list(default or ()) if default is not None else None,
            [],
        )
        good = tuple(value for value in values if isinstance(value, str))
        if len(good) != len(values):
            self.note(key, f"{self.name(key)} must hold texts in quotes only.")
        if key in self.data and not good and default is None:
            self.note(key, f"{self.name(key)} is empty.")
        for value in sorted({value for value in good if good.count(value) > 1}):
            self.note(key, f"{self.name(key)} names {value} twice.")
        return tuple(dict.fromkeys(good))

    def numbers(self, key: str, default: tuple[float, ...]) -> tuple[float, ...]:
        """Numbers: one, or a list of them."""
        written = self.data.get(key, list(default))
        self._known.add(key)
        values = written if isinstance(written, list) else [written]
        good = tuple(
            float(value)
            for value in values
            if isinstance(value, int | float) and not isinstance(value, bool)
        )
        if len(good) != len(values):
            self.note(key, f"{self.name(key)} must hold numbers only, and is {_shown(written)}.")
        return good

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts, none if it is not there."""
        words = 'a list such as [["A", "B"], ["C"]]'
        values = self._value(key, list, words, [], [])
        good = tuple(
            tuple(value)
            for value in values
            if isinstance(value, list) and all(isinstance(one, str) for one in value)
        )
        if len(good) != len(values):
            self.note(key, f"{self.name(key)} must be {words}.")
        return good

    def table(self, key: str, required: bool = True) -> "Section | None":
        """A table inside this one, or None if there is none."""
        if not required and not self.has(key):
            return None
        value = self._value(key, dict, "a table { … }", None, None)
        return None if value is None else Section(value, (*self.path, key), self.origin)

    def tables(self, key: str) -> list["Section"]:
        """The tables of a list [[key]], none if it is not there."""
        values = self._value(key, list, f"a list of tables [[{key}]]", [], [])
        sections = [
            Section(value, (*self.path, key, number), self.origin)
            for number, value in enumerate(values)
            if isinstance(value, dict)
        ]
        if len(sections) != len(values):
            self.note(key, f"{self.name(key)} must be written as [[{key}]].")
        return sections

    def named(self, key: str) -> list[tuple[str, "Section"]]:
        """The tables of [key.NAME], by name, none if there are none."""
        outer = self.table(key, required=False)
        if outer is None:
            return []
        inner = ((name, outer.table(name)) for name in outer.data)
        return [(name, section) for name, section in inner if section is not None]

    def rest(self) -> list[str]:
        """The keys that were not read yet; they now are."""
        keys = [key for key in self.data if key not in self._known]
        self._known.update(keys)
        return keys

    def finish(self) -> None:
        """Note every key nobody asked for."""
        known = sorted(self._known)
        for key in self.rest():
            self.note(
                key,
                f"{self.name(key)} is not a key we know."
                f"{did_you_mean(key, known)} Known here: {listed(known)}.",
            )

    def name(self, key: str) -> str:
        """The key with its table, as a person would say it."""
        words = [str(part) for part in self.path if isinstance(part, str)]
        return ".".join((*words, key))

    def _value(
        self, key: str, kind: type[T] | tuple[type, ...], words: str, default: T | None, blank: T
    ) -> T:
        """The value of a key, or `blank` after a problem."""
        self._known.add(key)
        if key not in self.data:
            if default is None:
                self.note(key, f"{self.name(key)} is missing.")
                return blank
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.note(key, f"{self.name(key)} must be {words}, and is {_shown(value)}.")
            return blank
        return value  # type: ignore[return-value]


def open_toml(file: str, text: str, problems: Problems) -> Section | None:
    """The top table of a TOML file, or None if it cannot be read, with its line in the problem."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add_told(_not_toml(file, text, str(error)))
        return None
    return Section(data, (), Origin(file, key_lines(text), problems))


def _not_toml(file: str, text: str, error: str) -> str:
    """What is wrong in words, if it is the usual thing: a code that is mapped twice."""
    twice = re.search(r"Cannot overwrite a value \(at line (\d+)", error)
    lines = text.splitlines()[: int(twice[1])] if twice else []
    if not lines or "=" not in lines[-1]:
        return f"{file}: not written as TOML has it: {error}."
    key = lines[-1].partition("=")[0].strip()
    tables = [line.partition("#")[0].strip() for line in lines if line.startswith("[")]
    table = f" of {tables[-1]}" if tables else ""
    return f"{file}, line {len(lines)}: {key}{table} stands twice. Keep one of them."


def _shown(value: object) -> str:
    """A value of a TOML file as a message shows it, not too long."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
