"""A judgement as it is shown, on a screen, a page or paper, in both languages."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text

Tone = Literal["", "done", "good", "warn", "bad", "none"]
"""The colour beside the words, which say the same: done, well, with care, badly, not known."""


@dataclass(frozen=True)
class Cell:
    """One thing said; `register` and `key` name the record it is of, "" for none."""

    said: Text
    tone: Tone = ""
    register: str = ""
    key: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under a head; the first cell of a row names it. `none` is said if there are no rows."""

    name: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    none: Text


@dataclass(frozen=True)
class Judgement:
    """What was found: warnings first, then notes and tables."""

    title: Text
    notes: tuple[Text, ...]
    tables: tuple[Table, ...]
    warnings: tuple[Text, ...] = ()
