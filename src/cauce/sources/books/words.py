"""What a workbook tells whoever fills it in, in both languages."""

from collections.abc import Iterator

from cauce.model.codelist import Codelist
from cauce.model.record import ABSENT
from cauce.model.register import Field, FieldKind, Register
from cauce.model.text import Language, Text

INSTRUCTIONS = Text("Read me", "Léame")
LISTS = Text("Lists", "Listas")
REQUIRED = Text("REQUIRED", "OBLIGATORIO")
KINDS: dict[FieldKind, Text] = {
    "text": Text("One line of text, at most 500 letters.", "Una línea, a lo más 500 letras."),
    "note": Text(
        "Text of any lines; Alt+Enter begins one.", "Texto de varias líneas; Alt+Entrar abre una."
    ),
    "code": Text("Choose from the list.", "Elija de la lista."),
    "codes": Text(
        "Choose from the list; several go side by side with ; between them: CRI; PAN.",
        "Elija de la lista; varios se escriben con ; entre ellos: CRI; PAN.",
    ),
    "number": Text("A number.", "Un número."),
    "money": Text(
        "A sum of money, as a number; its currency has a column of its own.",
        "Una suma de dinero, como número; la moneda tiene su columna.",
    ),
    "date": Text("A date, such as 2023-08-25.", "Una fecha, como 2023-08-25."),
    "flag": Text("Yes or no.", "Sí o no."),
    "link": Text(
        "A record of another register: choose it, or write its key. #3 is record 3 of this book.",
        "Un registro de otra lista: elíjalo o escriba su clave. #3 es el registro 3 de este libro.",
    ),
    "web": Text("An address: https://…", "Una dirección: https://…"),
    "rows": Text("Has a sheet of its own.", "Tiene su propia hoja."),
}
OWN_NOTES = {
    "_no": Text(
        "A short number of yours for the record, 1, 2, 3 …; the other sheets name it.",
        "Un número corto que usted da al registro: 1, 2, 3 …; las otras hojas lo nombran.",
    ),
    "_ok": Text(
        "If a warning was looked at and the record is right, write OK here.",
        "Si revisó una advertencia y el registro está bien, escriba OK aquí.",
    ),
    "_action": Text(
        "Only for records that are in the register already and that you changed here. Change: the "
        "world is different since the day you give. Correction: it was written wrongly. End: there "
        "is no such thing any more.",
        "Solo para registros que ya están en el sistema y que usted modificó aquí. Cambio: la "
        "realidad es otra desde el día que indique. Corrección: estaba mal escrito. Fin: ya no "
        "existe.",
    ),
    "_valid_from": Text(
        "The first day on which this is true. Empty for a new record: since ever.",
        "El primer día en que esto es cierto. Vacío en un registro nuevo: desde siempre.",
    ),
    "_valid_to": Text(
        "Of a correction: the first day on which it no longer holds. Empty: until further notice.",
        "De una corrección: el primer día en que ya no vale. Vacío: hasta nuevo aviso.",
    ),
    "_reason": Text(
        "Why it is changed; it is kept with the entry.",
        "Por qué se modifica; queda guardado con el asiento.",
    ),
    "_key": Text("The key of the record. Leave it.", "La clave del registro. No la toque."),
    "_base": Text("The entry you had before you. Leave it.", "El asiento que usted vio. No tocar."),
}
HOW = (
    Text(
        "Fill in one line per record on the sheet “{records}”. The sheets after it hold what a "
        "record has several of; the first column there names the record by its number.",
        "Llene una línea por registro en la hoja «{records}». Las hojas que siguen tienen aquello "
        "de lo que un registro tiene varios; su primera columna nombra el registro por su número.",
    ),
    Text(
        "Columns marked * are required. The note at each header says what goes there.",
        "Las columnas con * son obligatorias. La nota de cada encabezado dice qué va ahí.",
    ),
    Text(
        "If something is not there, say why: UNK, nobody knows; NST, it was not stated; NAP, it "
        "does not apply. None of them is zero, and none is the same as an empty cell, which means "
        "that nobody filled it in.",
        "Si falta un dato, diga por qué: UNK, se desconoce; NST, no declarado; NAP, no aplica. "
        "Ninguno es cero y ninguno es lo mismo que una celda vacía, que quiere decir que nadie la "
        "llenó.",
    ),
    Text(
        "You may rename, move and hide sheets and columns, add columns of your own to the right "
        "and sort the lines. Leave the hidden first row of each sheet as it is.",
        "Puede cambiar el nombre de hojas y columnas, moverlas, ocultarlas, agregar columnas suyas "
        "a la derecha y ordenar las líneas. No toque la primera fila oculta de cada hoja.",
    ),
    Text(
        "Send the workbook back. Nothing is taken in until all of it is right: if something is "
        "wrong you get this same workbook with the cells coloured, a comment at each and a list of "
        "all. Correct it and send it again.",
        "Envíe el libro. Nada se guarda hasta que todo esté bien: si algo está mal, recibe este "
        "mismo libro con las celdas coloreadas, un comentario en cada una y la lista de todas. "
        "Corríjalo y envíelo otra vez.",
    ),
    Text(
        "Red cells are faults. Yellow cells are warnings: if the value is right all the same, "
        "write OK in the column “{ok}”.",
        "Las celdas rojas son errores. Las amarillas son advertencias: si el dato está bien de "
        "todos modos, escriba OK en la columna «{ok}».",
    ),
)


def described(field: Field, codelist: Codelist | None) -> Text:
    """The note at the header of a field."""
    return Text(_said(field, codelist, "en"), _said(field, codelist, "es"))


def _said(field: Field, codelist: Codelist | None, lang: Language) -> str:
    name = field.name.of(lang)
    head = f"{name} – {REQUIRED.of(lang)}" if field.required else name
    lines = [head, KINDS[field.kind].of(lang)]
    if field.unit:
        lines.append(f"{'Unit' if lang == 'en' else 'Unidad'}: {field.unit}.")
    lines += _limits(field, lang)
    if codelist is not None:
        words = codelist.name.of(lang)
        source = "Source" if lang == "en" else "Fuente"
        lines.append(f"{words} ({codelist.id}). {source}: {codelist.source}.")
    if field.help is not None:
        lines.append(field.help.of(lang))
    return "\n".join(lines)


def _limits(field: Field, language: Language) -> Iterator[str]:
    low, high = field.minimum, field.maximum
    if low is not None:
        yield f"{'At least' if language == 'en' else 'Mínimo'}: {low:g}."
    if high is not None:
        yield f"{'At most' if language == 'en' else 'Máximo'}: {high:g}."
    if field.decimals:
        yield f"{'Decimals' if language == 'en' else 'Decimales'}: {field.decimals}."


def instructions(register: Register, records: str, insist: Text) -> Iterator[Text]:
    """The lines of the first sheet, in both languages."""
    yield register.name
    yield register.about
    for text in HOW:
        yield Text(
            text.en.format(records=records, ok=insist.en),
            text.es.format(records=records, ok=insist.es),
        )
    for reason, words in ABSENT.items():
        yield Text(f"{reason} = {words.en}", f"{reason} = {words.es}")
    version = f"{register.id} {register.version}, {register.sha256[:12]}"
    yield Text(f"Declaration: {version}", f"Declaración: {version}")
    if register.source:
        yield Text(f"Source: {register.source}", f"Fuente: {register.source}")
