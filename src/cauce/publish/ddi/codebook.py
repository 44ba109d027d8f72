"""A codebook as an XML document of DDI-Codebook 2.5.

Source: DDI Alliance, DDI-Codebook 2.5 (17 January 2012), codebook.xsd. The elements are those that
NADA reads (ihsn/nada, Metadata_parser), too.
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from cauce import __version__
from cauce.model.codebook import Codebook, SurveyFile
from cauce.model.text import LANGUAGES, Text
from cauce.publish.ddi.columns import column_elements
from cauce.publish.ddi.words import Element, Speaking, element
from cauce.publish.periods import span

INVENTED = Text(
    "Invented data: no place, no person and no figure is real.",
    "Datos inventados: ningún lugar, ninguna persona y ninguna cifra son reales.",
)
CONFIDENTIAL = Text(
    "The file is confidential: this document describes its columns and holds none of its rows.",
    "El archivo es confidencial: este documento describe sus columnas y no contiene registros.",
)
NO_COUNTS = Text(
    "Frequencies and numbers of cases are left out: they could tell of a few people.",
    "No se dan frecuencias ni números de casos: podrían decir algo de unas pocas personas.",
)
PARTIAL = Text(
    "Only the columns that are used are described; the file may have others.",
    "Solo se describen las columnas que se usan; el archivo puede tener otras.",
)


def ddi_codebook(codebook: Codebook, languages: Sequence[str] = LANGUAGES) -> bytes:
    """The document, the same bytes for the same codebook: it bears no day of its own.

    Args:
        languages: those it is written in, the first where one alone may stand. NADA takes one
            label a variable, and so one language.
    """
    speaking = Speaking(languages)
    root = element(
        "codeBook",
        _document(codebook, speaking),
        _study(codebook, speaking),
        *(_file(f"F{at}", one) for at, one in enumerate(codebook.files, start=1)),
        element(
            "dataDscr",
            *(
                made
                for at, one in enumerate(codebook.files, start=1)
                for made in column_elements(f"F{at}", one, speaking)
            ),
        ),
        version="2.5",
    )
    etree.indent(root, " ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _document(codebook: Codebook, speaking: Speaking) -> Element:
    """What the document itself is."""
    title = speaking.first(codebook.title)
    return element(
        "docDscr",
        element(
            "citation",
            element("titlStmt", element("titl", title), element("IDNo", f"DDI_{codebook.id}")),
            element("prodStmt", element("software", "Cauce", version=__version__)),
        ),
    )


def _study(codebook: Codebook, speaking: Speaking) -> Element:
    return element(
        "stdyDscr",
        _citation(codebook, speaking),
        element("stdyInfo", element("sumDscr", *_summary(codebook, speaking))),
        element(
            "method",
            element("dataColl", *_collection(codebook, speaking)),
            *(
                element("dataProcessing", f"{name} = {how}", type="derivation")
                for name, how in codebook.derived
            ),
        ),
        *_access(codebook, speaking),
        *_notes(codebook, speaking),
    )


def _citation(codebook: Codebook, speaking: Speaking) -> Element:
    parts = [
        element(
            "titlStmt",
            *[*speaking.said("titl", codebook.title)][:1],
            *speaking.said("parTitl", speaking.others(codebook.title)),
            element("IDNo", codebook.id),
        )
    ]
    if codebook.producer:
        parts.append(element("rspStmt", element("AuthEnty", codebook.producer)))
    if codebook.version:
        parts.append(element("verStmt", element("version", codebook.version)))
    return element("citation", *parts)


def _summary(codebook: Codebook, speaking: Speaking) -> Iterator[Element]:
    for period in sorted({one.period for one in codebook.files if one.period}):
        first, last = span(period)
        for event, day in (("start", first), ("end", last)):
            yield element("timePrd", day.isoformat(), date=day.isoformat(), event=event)
    if codebook.area:
        names = codebook.area_name if any(codebook.area_name.values()) else {"": codebook.area}
        yield from speaking.said("nation", names, abbr=codebook.area)
    yield from speaking.said("universe", codebook.population)


def _collection(codebook: Codebook, speaking: Speaking) -> Iterator[Element]:
    if codebook.frequency:
        yield element("frequenc", codebook.frequency, freq=codebook.frequency)
    yield from speaking.said("sampProc", codebook.sampling)
    yield from speaking.said("weight", codebook.weighting)


def _access(codebook: Codebook, speaking: Speaking) -> Iterator[Element]:
    """On which terms the files are used, in a statement for each language."""
    statements = [[licence] for licence in speaking.said("conditions", codebook.licence)]
    first = statements[0] if statements else []
    if codebook.producer:
        first.insert(0, element("citReq", codebook.producer))
    if codebook.confidential:
        first[:0] = [*speaking.said("confDec", _both(CONFIDENTIAL))][:1]
    found = [element("useStmt", *parts) for parts in (statements or [first]) if parts]
    if found:
        yield element("dataAccs", *found)


def _notes(codebook: Codebook, speaking: Speaking) -> Iterator[Element]:
    if codebook.invented:
        yield from speaking.said("notes", _both(INVENTED), type="invented")
    if codebook.partial:
        yield from speaking.said("notes", _both(PARTIAL), type="partial")
    yield from speaking.said("notes", _both(NO_COUNTS), type="counts")


def _file(id_: str, one: SurveyFile) -> Element:
    dimensions = element("dimensns", element("varQnty", str(len(one.columns))))
    parts = [element("fileName", one.name), dimensions]
    if one.format:
        parts.append(element("fileType", one.format))
    file = element("fileDscr", element("fileTxt", *parts), ID=id_)
    for kind, word in (("member", one.member), ("period", one.period)):
        if word:
            file.append(element("notes", word, type=kind))
    return file


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "es": text.es}
