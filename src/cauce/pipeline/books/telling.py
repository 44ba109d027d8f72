"""What is said at the cells of a workbook, in both languages."""

from collections.abc import Sequence

from cauce.model.record import Fault
from cauce.model.register import Register
from cauce.model.text import Text


def told(fault: Fault) -> Text:
    """A fault as a cell's comment has it; a warning says how to insist."""
    if not fault.warning:
        return fault.message
    return Text(
        f"{fault.message.en} If it is right, write OK.",
        f"{fault.message.es} Si está bien, escriba OK.",
    )


def stale(current: int, actor: str, base: int) -> Text:
    return Text(
        f"{actor} changed this record meanwhile: entry {current} came after entry {base}, which "
        "this workbook was made from. Export it again and make your changes there",
        f"{actor} modificó este registro mientras tanto: el asiento {current} siguió al {base}, "
        "del que salió este libro. Expórtelo otra vez y haga ahí sus cambios",
    )


def say_how(register: Register, fields: Sequence[str]) -> Text:
    names = {f.id: f.name for f in register.fields}
    en = ", ".join(names[f].en if f in names else f for f in fields)
    es = ", ".join(names[f].es if f in names else f for f in fields)
    return Text(
        f"this differs from the register: {en}. Say whether it is a change or a correction",
        f"esto difiere de lo registrado: {es}. Diga si es un cambio o una corrección",
    )


def also(message: Text, number: str) -> Text:
    return Text(
        f"{message.en} See record {number} of this workbook.",
        f"{message.es} Vea el registro {number} de este libro.",
    )


TWICE = Text("this record stands here twice", "este registro está aquí dos veces")
NEW = Text(
    "a new record can only be opened: leave this empty",
    "un registro nuevo solo puede abrirse: deje esto vacío",
)
NO_SUCH = Text(
    "there is no such record: was its key altered?", "no existe ese registro: ¿se alteró su clave?"
)
SENT_BEFORE = Text(
    "this line was entered before and is another now: export the register and change it there",
    "esta línea ya se registró y ahora es otra: exporte el registro y modifíquela ahí",
)
CAME_BACK = Text(
    "this line was entered before and came back from review: take it up on the record's page",
    "esta línea ya se ingresó y volvió de la revisión: retómela en la página del registro",
)
NOT_SEALED = Text(
    "a sealed value can only stay where it was", "un dato sellado solo puede quedarse donde estaba"
)
NOTHING_NEW = Text(
    "nothing was changed in this line: leave this empty",
    "en esta línea no se cambió nada: deje esto vacío",
)
SINCE = Text("since which day?", "¿desde qué día?")
ONLY_CORRECTION = Text(
    "only a correction says until when; otherwise leave this empty",
    "solo una corrección dice hasta cuándo; si no, deje esto vacío",
)
COUNTRY = Text(
    "a record cannot go to another country: end this one and enter a new one",
    "un registro no puede pasar a otro país: dé por terminado este y abra otro",
)
NOT_YOUR_FIELD = Text(
    "you may not write this: leave it as it was",
    "usted no puede escribir esto: déjelo como estaba",
)
NOT_YOURS = Text(
    "this is not a country whose records you may write",
    "este no es un país cuyos registros usted pueda escribir",
)
EMPTY = Text("this is not after “true from”", "esto no es posterior a «cierto desde»")
WHY = Text("say why: it is kept with the entry", "diga por qué: queda guardado con el asiento")
SAME = Text(
    "The register has a record that says exactly the same. If there are two, write OK.",
    "Ya hay un registro que dice exactamente lo mismo. Si son dos, escriba OK.",
)
