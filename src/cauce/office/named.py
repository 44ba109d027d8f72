"""What records are called: by their title, in words and never in codes."""

from cauce.model.record import Absent, Record
from cauce.model.register import Register
from cauce.model.text import Language, Text
from cauce.registers.values import Lists


def called(register: Register, record: Record, lists: Lists, otherwise: str) -> Text:
    """The name of a record in each language, or what stands for it; never empty."""
    en, es = (_name(register, record, lists, language) for language in ("en", "es"))
    return Text(en or otherwise or "—", es or otherwise or "—")


def _name(register: Register, record: Record, lists: Lists, language: Language) -> str:
    """The name in one language, or in the other where it has none in this one."""
    title = register.title
    for field in (title.of(language), title.en, title.es):
        value = record.get(field)
        if isinstance(value, int | float):
            one = register.one.of(language)
            return f"{one[:1].upper()}{one[1:]} {value:.15g}"
        if isinstance(value, str) and not isinstance(value, Absent):
            return word(register, field, value, lists).of(language)
    return ""


def word(register: Register, field: str, value: str, lists: Lists) -> Text:
    """The words of a code; a text as it is."""
    codelist = next((one.codelist for one in register.fields if one.id == field), "")
    codes = lists[codelist].codes if codelist in lists else ()
    return next((code.name for code in codes if code.id == value), Text(value, value))
