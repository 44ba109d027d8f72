"""What a package says to people, in both languages: what it is, and its licences."""

from collections.abc import Sequence

from cauce.model.rule import rule_in
from cauce.model.text import LANGUAGES, Language, Text
from cauce.model.vintage import Manifest

READ = Text(
    "Each file in `data/` is a table: one row an observation, dimensions and statuses as codes. "
    "`codelists/` has the words of the codes in English and Spanish. `datapackage.json` (Data "
    "Package 2.0) says what every column holds. An empty `OBS_VALUE` is no zero: `OBS_STATUS` and "
    "`CONF_STATUS` say that the number is withheld or cannot exist. `SE`, `CI_LOW` and `CI_HIGH` "
    "are the error of each number.",
    "Cada archivo de `data/` es un cuadro: una fila por observación, con dimensiones y estados en "
    "códigos. `codelists/` tiene las palabras de los códigos en inglés y en español. "
    "`datapackage.json` (Data Package 2.0) dice qué hay en cada columna. Un `OBS_VALUE` vacío no "
    "es un cero: `OBS_STATUS` y `CONF_STATUS` dicen que el número se retiene o no puede existir. "
    "`SE`, `CI_LOW` y `CI_HIGH` son el error de cada número.",
)
INVENTED = Text("invented data", "datos inventados")
NONE = Text("No licence is stated.", "No se indica licencia.")
HEAD: dict[Language, tuple[str, str, str, str]] = {
    "en": ("table", "vintage", "published", "source"),
    "es": ("cuadro", "edición", "publicado", "fuente"),
}


def readme(manifests: Sequence[Manifest], title: Text) -> bytes:
    """What is in it and how to read it."""
    parts = []
    for language in LANGUAGES:
        head = HEAD[language]
        lines = [f"# {title.of(language)}", "", READ.of(language), ""]
        lines += [f"| {' | '.join(head)} |", "|---|---|---|---|"]
        for one in manifests:
            flow = one.dataflow
            name = f"{flow.name.of(language)} (`data/{flow.id}.csv`)"
            if flow.source.invented:
                name += f" – {INVENTED.of(language)}"
            cells = name, one.vintage, one.published_at, flow.source.citation
            lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
        parts.append("\n".join(lines))
    return ("\n\n".join(parts) + "\n").encode()


def licences(manifests: Sequence[Manifest]) -> bytes:
    """The licence of each table, in the words of its producer."""
    parts = []
    for language in LANGUAGES:
        tables: dict[str, list[str]] = {}
        for one in manifests:
            licence = rule_in(one.dataflow.source.licence, language) or NONE.of(language)
            tables.setdefault(licence, []).append(one.dataflow.id)
        head = "# Licences" if language == "en" else "# Licencias"
        parts += [head, *(f"{text}\n\n{', '.join(ids)}" for text, ids in tables.items())]
    return ("\n\n".join(parts) + "\n").encode()
