"""Forms from declarations: one input for each field, with what is typed and what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from cauce.model.codelist import Codelist
from cauce.model.record import ABSENT, Fault
from cauce.model.register import Field
from cauce.model.text import Text
from cauce.office.checking import named
from cauce.office.desk.coding import proposed
from cauce.office.desk.parts import Choice, Input, RowInput, RowsInput, Trouble, Widget
from cauce.office.desk.shown import Reader
from cauce.registers.values import REASONS, Wrong, read_value

FEW, MANY = 30, 12
"""Codes that fit a list to choose from; boxes that fit without folding them away."""
LINKED = 60
"""Records that fit a list; more are searched for."""

WIDGETS: Mapping[str, Widget] = {
    "text": "text",
    "note": "note",
    "codes": "boxes",
    "number": "number",
    "money": "number",
    "date": "date",
    "flag": "select",
    "web": "web",
}


@dataclass
class Maker:
    """Makes the inputs of one form."""

    reader: Reader
    faults: Iterable[Fault]
    insisted: tuple[str, ...] = ()
    found: tuple[str, tuple[Choice, ...]] = ("", ())
    opened: str = ""
    lists: dict[str, Codelist] = field(default_factory=dict)
    linked: dict[str, tuple[Choice, ...] | None] = field(default_factory=dict)

    def inputs(
        self, fields: Iterable[Field], values: Mapping[str, object]
    ) -> tuple[Input | RowsInput, ...]:
        return tuple(
            self.rows(one, values.get(one.id)) if one.kind == "rows" else self._beside(one, values)
            for one in fields
        )

    def _beside(self, one: Field, values: Mapping[str, object]) -> Input:
        """The input of a field, with codes proposed from the words beside it."""
        made = self.input(one, one.id, one.id, values.get(one.id))
        words = values.get(one.words)
        if not isinstance(words, str) or words in REASONS:
            return made
        visit = self.reader.visit
        codes = tuple(code.id for code in self._codelist(one).codes)
        found = proposed(visit.room.office.proposes, visit.language, words, codes)
        names = {code.id: self._of(code.name) for code in self._codelist(one).codes}
        return replace(
            made,
            proposed=tuple(
                Choice(code, f"{code} – {names[code]}", code == made.value) for code in found
            ),
        )

    def rows(self, one: Field, given: object) -> RowsInput:
        rows = given if isinstance(given, list) else []
        return RowsInput(
            name=one.id,
            id=one.id,
            label=self._of(one.name),
            help=self._of(one.help) if one.help else "",
            required=one.required,
            rows=tuple(self._row(one, number, row) for number, row in enumerate(rows, start=1)),
            troubles=self.troubles(one.id),
        )

    def _row(self, one: Field, number: int, row: Mapping[str, object]) -> RowInput:
        inputs = tuple(
            self.input(
                column,
                f"{one.id}.{number}.{column.id}",
                f"{one.id}[{number}].{column.id}",
                row.get(column.id),
            )
            for column in one.rows
        )
        id_ = f"{one.id}-{number}"
        trouble = any(part.troubles for part in inputs)
        return RowInput(
            number, id_, self._row_title(one, row), inputs, trouble or not row or self.opened == id_
        )

    def _row_title(self, one: Field, row: Mapping[str, object]) -> str:
        """The first few things a row says."""
        told = []
        for column in one.rows:
            value = row.get(column.id)
            if isinstance(value, str) and value not in REASONS and column.kind != "flag":
                told.append(self._told(column, value))
        return " · ".join(told[:4])

    def _told(self, column: Field, value: str) -> str:
        try:
            read = read_value(column, value, self.reader.visit.room.office.lists)
        except Wrong:
            return value
        return value if read is None else self.reader.cell(column, read).text[:60]

    def input(self, one: Field, name: str, place: str, given: object) -> Input:
        """The input of a field or column; `place` is how faults name it."""
        widget = self._widget(one)
        value = given if isinstance(given, str) else ""
        reason = value if value in REASONS else ""
        choices = self._choices(one, widget, given, name)
        beside = widget not in ("select", "note") and (widget != "text" or one.required)
        if widget == "date" and value and not reason and not _is_day(value):
            widget = "text"
        pick = ""
        if widget == "pick":
            pick, value = self._pick(one, value)
        return Input(
            name=name,
            id=name.replace(".", "-"),
            label=self._of(one.name),
            help=self._of(one.help) if one.help else "",
            unit=one.unit,
            widget=widget,
            value="" if reason and beside else value,
            required=one.required,
            choices=choices,
            reasons=self._reasons(reason) if beside else (),
            troubles=self.troubles(place),
            pick=pick,
            folded=widget == "boxes" and len(choices) > MANY,
            wide=widget in ("note", "boxes", "link"),
        )

    def troubles(self, place: str) -> tuple[Trouble, ...]:
        return tuple(
            Trouble(
                self._of(fault.message),
                named(fault) if fault.warning else "",
                named(fault) in self.insisted,
            )
            for fault in self.faults
            if fault.field == place
        )

    def _widget(self, one: Field) -> Widget:
        if one.kind == "code":
            return "select" if len(self._codelist(one).codes) <= FEW else "pick"
        if one.kind == "link":
            return "select" if self._linkable(one.register) is not None else "link"
        return WIDGETS[one.kind]

    def _choices(self, one: Field, widget: Widget, given: object, name: str) -> tuple[Choice, ...]:
        value = given if isinstance(given, str) else ""
        if widget == "link":
            return self._candidates(one, value, name)
        if one.kind == "link":
            offered = self._linkable(one.register) or ()
            lost = value and value not in REASONS and value not in {c.id for c in offered}
            extra = (Choice(value, self._record(one, value)),) if lost else ()
            return self._one_of((*offered, *extra), value, True)
        if one.kind == "flag":
            said = self.reader.visit.words
            both = (Choice("true", said("desk.yes")), Choice("false", said("desk.no")))
            return self._one_of(both, value, True)
        if one.kind == "code" and widget == "select":
            return self._one_of(self._codes(one), self._code(one, value), True)
        if one.kind == "codes":
            chosen = self._chosen(one, given)
            return tuple(Choice(c.id, c.name, c.id in chosen) for c in self._codes(one))
        return ()

    def _one_of(self, offered: Iterable[Choice], value: str, reasons: bool) -> tuple[Choice, ...]:
        """Choices with the one that was made; what was typed and is none of them stays too."""
        offered = tuple(offered)
        why = self._reasons("")[1:] if reasons else ()
        known = {choice.id for choice in (*offered, *why)}
        strange = (Choice(value, value),) if value and value not in known else ()
        every = (*offered, *strange, *why)
        return tuple(Choice(c.id, c.name, c.id == value) for c in every)

    def _candidates(self, one: Field, value: str, name: str) -> tuple[Choice, ...]:
        """What a link leads to now, and what a search for another found."""
        now = (
            (Choice(value, self._record(one, value), True),)
            if value and value not in REASONS
            else ()
        )
        where, found = self.found
        return (*now, *(c for c in found if c.id != value)) if where == name else now

    def _record(self, one: Field, key: str) -> str:
        return self.reader.name(one.register, key) or key

    def _linkable(self, register: str) -> tuple[Choice, ...] | None:
        """The records of a register, if they are few enough to choose from."""
        if register not in self.linked:
            self.linked[register] = self._offer(register)
        return self.linked[register]

    def _offer(self, register: str) -> tuple[Choice, ...] | None:
        seat = self.reader.visit.seat
        if not any(mine.id == register for mine in seat.registers()):
            return ()
        page = seat.page(seat.register(register), size=LINKED)
        if page.after:
            return None
        lines = seat.lines((register, found) for found in page.found if not found.ended)
        return tuple(Choice(line.key, self._of(line.names)) for line in lines)

    def _pick(self, one: Field, value: str) -> tuple[str, str]:
        """The list a code is picked from, and the code with its words."""
        codelist = self._codelist(one)
        self.lists[codelist.id] = codelist
        code = self._code(one, value)
        name = next((self._of(c.name) for c in codelist.codes if c.id == code), "")
        return codelist.id, f"{code} – {name}" if name else value

    def _code(self, one: Field, value: str) -> str:
        """The code in what was typed, or what was typed."""
        try:
            read = read_value(one, value, self.reader.visit.room.office.lists)
        except Wrong:
            return value
        return "" if read is None else str(read)

    def _chosen(self, one: Field, given: object) -> frozenset[str]:
        try:
            read = read_value(one, given, self.reader.visit.room.office.lists)
        except Wrong:
            return frozenset(map(str, given)) if isinstance(given, list) else frozenset()
        return frozenset(read) if isinstance(read, tuple) else frozenset()

    def _codelist(self, one: Field) -> Codelist:
        return self.reader.visit.room.office.lists[one.codelist]

    def _codes(self, one: Field) -> tuple[Choice, ...]:
        return tuple(Choice(c.id, self._of(c.name)) for c in self._codelist(one).codes)

    def _reasons(self, chosen: str) -> tuple[Choice, ...]:
        """Why there may be no value; first that there is one, or that nobody has filled it in."""
        return (
            Choice("", self.reader.visit.words("form.no_value"), not chosen),
            *(Choice(str(why), self._of(text), why == chosen) for why, text in ABSENT.items()),
        )

    def _of(self, text: Text) -> str:
        return self.reader.visit.of(text)


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()
