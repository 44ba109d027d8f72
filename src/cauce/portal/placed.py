"""The countries that tables are about."""

from collections.abc import Iterable, Iterator

import pycountry
from babel import Locale

from cauce.model.codelist import Code
from cauce.model.text import LANGUAGES, Text
from cauce.model.vintage import Manifest

LANDS = {language: Locale(language).territories for language in LANGUAGES}
PLACED = ("REF_AREA", "ORIGIN")
"""The dimensions whose codes are countries."""


def placed(manifests: Iterable[Manifest]) -> dict[str, Text]:
    """The countries that tables have figures of, or of people from there.

    An aggregate has a code of its own and is no country; one that is invented is.
    """
    return {code: name for m in manifests for code, name in _of(m)}


def _of(manifest: Manifest) -> Iterator[tuple[str, Text]]:
    flow = manifest.dataflow
    for dimension in flow.dimensions:
        if dimension.id not in PLACED:
            continue
        for code in dimension.codes:
            if flow.source.invented or pycountry.countries.get(alpha_3=code.id):
                yield code.id, place(code)


def place(code: Code) -> Text:
    """The name of a place; where a table has but its code, the one that is usual for it."""
    found = pycountry.countries.get(alpha_3=code.id) if code.name.en == code.id else None
    if found is None:
        return code.name
    return Text(*(LANDS[language].get(found.alpha_2, code.id) for language in LANGUAGES))
