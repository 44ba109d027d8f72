"""What holds for all numbers of a table, in both languages: source, standard, coverage …"""

from collections.abc import Iterator

from cauce.model.reply import Fact, Shape, TableShape
from cauce.model.rule import rule_in
from cauce.model.text import Text
from cauce.model.vintage import Manifest

EMPTY = Text("", "")
CONTACTS = tuple(
    Fact(name, EMPTY) for name in ("CONTACT_OFFICE", "CONTACT_PERSON", "CONTACT_EMAIL")
)
"""Slots for the office to fill; nobody's name is known here."""
NAMES = {
    "CONTACT_OFFICE": Text("Office that reports", "Oficina que informa"),
    "CONTACT_PERSON": Text("Contact person", "Persona de contacto"),
    "CONTACT_EMAIL": Text("Contact e-mail", "Correo de contacto"),
    "INDICATOR": Text("Indicator", "Indicador"),
    "REFERENCE": Text("Reference period", "Período de referencia"),
    "SOURCE": Text("Source", "Fuente"),
    "STANDARD": Text("Statistical standard", "Norma estadística"),
    "CRITERION": Text("Migrants by", "Migrantes según"),
    "AGE": Text("Age bounds", "Límites de edad"),
    "COVERAGE": Text("Coverage", "Cobertura"),
    "WEIGHTS": Text("Weights", "Ponderadores"),
    "RESPONDENTS": Text("Respondents, unweighted", "Personas entrevistadas, sin ponderar"),
    "CLASSIFICATION": Text("Classification", "Clasificación"),
    "VINTAGE": Text("Vintage", "Edición"),
    "REVISION": Text("Revision", "Revisión"),
    "INVENTED": Text("Invented data", "Datos inventados"),
    "NOTE": Text("Note", "Nota"),
}
CRITERIA = {
    "birth": Text("country of birth", "país de nacimiento"),
    "citizenship": Text("citizenship", "nacionalidad"),
}
ICLS = {
    "13": Text("13th ICLS (1982)", "13.ª CIET (1982)"),
    "19": Text("19th ICLS (2013)", "19.ª CIET (2013)"),
}
CLASSIFIED = {"OCU": ("isco", "ISCO", "CIUO"), "ECO": ("isic", "ISIC Rev.", "CIIU Rev.")}


def facts_of(
    shape: Shape, table: TableShape, manifest: Manifest, period: str, respondents: int
) -> tuple[Fact, ...]:
    """The notes of a table; what is not known is left out, never guessed."""
    found = _facts(shape, table, manifest, period, respondents)
    return tuple(Fact(name, text) for name, text in found if text.en)


def _facts(
    shape: Shape, table: TableShape, manifest: Manifest, period: str, respondents: int
) -> Iterator[tuple[str, Text]]:
    flow = manifest.dataflow
    indicator = next(i for i in flow.indicators if i.id == table.indicator)
    said = indicator.definition
    yield (
        "INDICATOR",
        Text(f"{indicator.name.en} ({indicator.id}). {said.en}",
             f"{indicator.name.es} ({indicator.id}). {said.es}"),
    )  # fmt: skip
    yield "REFERENCE", Text(period, period)
    source = flow.source
    yield "SOURCE", _both(f"{source.name.en}. ", f"{source.name.es}. ", source.citation)
    if table.source == "survey":
        standard = ICLS.get(indicator.icls or flow.method.icls)
        yield "STANDARD", standard or _both("", "", indicator.standard)
    yield "CRITERION", _criterion(shape, table, indicator.criterion)
    age = indicator.age.removeprefix("Y_GE")
    if age.isdecimal():
        yield "AGE", Text(f"{age} years and over", f"{age} años y más")
    elif age:
        bounds = age.removeprefix("Y").replace("T", "–")
        yield "AGE", Text(f"{bounds} years", f"{bounds} años")
    yield "COVERAGE", source.population
    weight = flow.method.columns.get("weight", "")
    if weight:
        yield (
            "WEIGHTS",
            Text(f"Survey weights, column {weight}", f"Factores de expansión, columna {weight}"),
        )
    if respondents >= 0:
        yield "RESPONDENTS", Text(str(respondents), str(respondents))
    yield "CLASSIFICATION", _classification(table, flow.method.isco, flow.method.isic)
    moment = manifest.published_at[:10]
    yield (
        "VINTAGE",
        Text(f"{flow.id}, {manifest.vintage}, published {moment}",
             f"{flow.id}, {manifest.vintage}, publicada {moment}"),
    )  # fmt: skip
    if manifest.supersedes:
        yield (
            "REVISION",
            _both(f"Replaces {manifest.supersedes}. ", f"Reemplaza {manifest.supersedes}. ",
                  manifest.reason),
        )  # fmt: skip
    if source.invented:
        yield "INVENTED", Text("Yes: nothing here is real.", "Sí: nada de esto es real.")
    if table.note is not None:
        yield "NOTE", table.note


def _both(en: str, es: str, said: str) -> Text:
    """Words before a text that a pack may say in both languages."""
    return Text(f"{en}{rule_in(said, 'en')}".strip(), f"{es}{rule_in(said, 'es')}".strip())


def _criterion(shape: Shape, table: TableShape, own: str) -> Text:
    """By birth or by citizenship; a table of one says nothing of the other."""
    axes = (shape.axes[name] for name in (*table.rows, *table.columns))
    found = next((axis.criterion for axis in axes if axis.criterion), own)
    return CRITERIA.get(found, EMPTY)


def _classification(table: TableShape, isco: str, isic: str) -> Text:
    versions = {"isco": isco, "isic": isic}
    for axis in (*table.rows, *table.columns):
        if axis in CLASSIFIED:
            which, en, es = CLASSIFIED[axis]
            version = versions[which]
            return Text(f"{en} {version}", f"{es} {version}") if version else EMPTY
    return EMPTY
