"""What a form is laid out of: inputs, choices, rows, and what is wrong with each."""

from dataclasses import dataclass
from typing import Literal

Widget = Literal["text", "note", "select", "pick", "boxes", "date", "number", "link", "web"]


@dataclass(frozen=True)
class Choice:
    """Something that may be chosen."""

    id: str
    name: str
    chosen: bool = False


@dataclass(frozen=True)
class Trouble:
    """What is wrong, in the reader's language; a warning has the value that insists on it."""

    text: str
    insist: str = ""
    insisted: bool = False


@dataclass(frozen=True)
class Input:
    """A field of the form.

    `name` is that of the form, `id` that of the page. `reasons` say why there is no value; a select
    has them among its choices. `pick` names the list of words a text is picked from.
    `proposed` are codes for the words beside it, with what each was proposed as.
    """

    name: str
    id: str
    label: str
    help: str
    unit: str
    widget: Widget
    value: str
    required: bool
    choices: tuple[Choice, ...] = ()
    reasons: tuple[Choice, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    pick: str = ""
    proposed: tuple[Choice, ...] = ()
    folded: bool = False
    wide: bool = False

    @property
    def chosen(self) -> str:
        return ", ".join(choice.name for choice in self.choices if choice.chosen)


@dataclass(frozen=True)
class RowInput:
    """A row of the form; `title` says what it holds when it is folded away."""

    number: int
    id: str
    title: str
    inputs: tuple[Input, ...]
    open: bool


@dataclass(frozen=True)
class RowsInput:
    """A field of rows: its rows, and what is wrong with it as a whole."""

    name: str
    id: str
    label: str
    help: str
    required: bool
    rows: tuple[RowInput, ...]
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True)
class Said:
    """A line of the summary on top: what is wrong, where."""

    label: str
    text: str
    href: str
    warning: bool
