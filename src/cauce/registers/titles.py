"""What a record is called, in both languages: in words, never in codes."""

from collections.abc import Mapping

from cauce.model.codelist import Codelist
from cauce.model.record import Absent, Record, Sealed
from cauce.model.register import Register
from cauce.model.text import Language, Text

Lists = Mapping[str, Codelist]


def called(register: Register, record: Record, lists: Lists, otherwise: str) -> Text:
    """The name of a record: its title, a code by its words, or else what stands for it.

    A language without a title takes that of the other. It is never empty.
    """
    names = (_title(register, record, lists, language) for language in ("en", "es"))
    return Text(*(name or otherwise or "—" for name in names))


def word(register: Register, field: str, value: str, lists: Lists) -> Text:
    """What a field says: the words of a code, or a text as it is."""
    named = next((one.codelist for one in register.fields if one.id == field), "")
    codes = lists[named].codes if named in lists else ()
    return next((code.name for code in codes if code.id == value), Text(value, value))


def _title(register: Register, record: Record, lists: Lists, language: Language) -> str:
    names = (register.title.en, register.title.es)
    for name in names if language == "en" else names[::-1]:
        value = record.get(name)
        if isinstance(value, int | float):
            one = register.one.of(language)
            return f"{one[:1].upper()}{one[1:]} {value:.15g}"
        if isinstance(value, str) and not isinstance(value, Absent | Sealed):
            return word(register, name, value, lists).of(language)
    return ""
