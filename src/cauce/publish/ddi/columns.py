"""The columns of a survey's file as variables of DDI-Codebook 2.5."""

from collections.abc import Iterator

from cauce.model.codebook import Category, FileColumn, SurveyFile
from cauce.publish.ddi.words import Element, Speaking, element

DICTIONARY = "Cauce, variables"
DESIGN = "Cauce, design"
"""The vocabularies of `concept`: what a pack makes of a column, and what it is in the design."""
CHARACTER = ("text", "boolean", "date")


def column_elements(id_: str, file: SurveyFile, speaking: Speaking) -> Iterator[Element]:
    """The variables of the file called `id_`, in its order."""
    ids = {one.name: f"{id_}_V{at}" for at, one in enumerate(file.columns, start=1)}
    weights = " ".join(ids[one.name] for one in file.columns if "weight" in one.roles)
    for one in file.columns:
        yield _column(one, ids[one.name], id_, "" if one.roles else weights, speaking)


def _column(column: FileColumn, id_: str, file: str, weights: str, speaking: Speaking) -> Element:
    made = element(
        "var",
        ID=id_,
        name=column.name,
        files=file,
        wgt="wgt" if "weight" in column.roles else "",
        wgt_var=weights,
        intrvl="contin" if _continuous(column) else "discrete",
    )
    labels = column.label if any(column.label.values()) else {"": column.name}
    parts = [*speaking.said("labl", labels)]
    if questions := [*speaking.said("qstnLit", column.question)]:
        parts.append(element("qstn", *questions))
    parts += [_category(one, speaking) for one in column.categories]
    parts += [element("concept", name, vocab=DICTIONARY) for name in column.makes]
    parts += [element("concept", role, vocab=DESIGN) for role in column.roles]
    if column.kind:
        parts.append(_format(column.kind))
    made.extend(parts)
    return made


def _continuous(column: FileColumn) -> bool:
    """A number that names nothing: no code with a label, no stratum, no respondent."""
    if any(not one.missing for one in column.categories) or set(column.roles) - {"weight"}:
        return False
    return column.kind in ("integer", "float")


def _format(kind: str) -> Element:
    return element(
        "varFormat",
        type="character" if kind in CHARACTER else "numeric",
        schema="other",
        formatname=kind,
        category="date" if kind == "date" else "",
    )


def _category(category: Category, speaking: Speaking) -> Element:
    """An empty cell has no value, and so no `catValu`."""
    missing = "Y" if category.missing else ""
    made = element("catgry", missing=missing, missType=category.reason)
    if category.code:
        made.append(element("catValu", category.code))
    made.extend(speaking.said("labl", category.label))
    made.extend(element("txt", code, level=name) for name, code in category.means.items())
    return made
