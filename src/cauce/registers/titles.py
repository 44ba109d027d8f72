"""What a record is called, in both languages."""

from collections.abc import Mapping

from cauce.model.codelist import Codelist
from cauce.model.record import Absent, Record, Sealed
from cauce.model.register import Register
from cauce.model.text import Language, Text


def called(
    register: Register, record: Record, lists: Mapping[str, Codelist], otherwise: str
) -> Text:
    """The name of a record: its title, a code by its words, or else what stands for it.

    A language without a title takes that of the other. It is never empty.
    """
    names = (_title(register, record, lists, language) for language in ("en", "es"))
    return Text(*(name or otherwise or "—" for name in names))


def _title(
    register: Register, record: Record, lists: Mapping[str, Codelist], language: Language
) -> str:
    names = (register.title.en, register.title.es)
    fields = {field.id: field for field in register.fields}
    for name in names if language == "en" else names[::-1]:
        value = record.get(name)
        if not isinstance(value, str) or isinstance(value, Absent | Sealed):
            continue
        listed = lists.get(fields[name].codelist)
        codes = () if listed is None else listed.codes
        return next((code.name.of(language) for code in codes if code.id == value), value)
    return ""
