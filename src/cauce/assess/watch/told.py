"""The corridors of a network as its members are shown them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cauce.assess.telling import Speaker, cells, counted, listed, on_day, table
from cauce.assess.watch.corridors import Watch
from cauce.model.corridor import Corridor
from cauce.model.judgement import Cell, Judgement, Table
from cauce.model.text import Text

LEVELS = ("REP", "COR", "DOC")
"""How far an observation is verified, the least first."""
MOST = 300
"""Rows of a table; a country narrows it."""
ONLY = Text(
    "For members of the network only: print or send on nothing of this page.",
    "Solo para integrantes de la red: no imprima ni envíe nada de esta página.",
)
COUNTED = Text(
    "An observation counts if it was approved and those concerned agreed to share it within the "
    "network at least. What may be shared with nobody is not counted.",
    "Una observación cuenta si fue aprobada y las personas afectadas aceptaron compartirla al "
    "menos dentro de la red. Lo que no puede compartirse con nadie no se cuenta.",
)
CORRIDOR = Text("Corridor", "Corredor")
KNOWN = Text("Known from", "Se conoce por")


def told_watch(
    found: Watch, country: str, registers: Mapping[str, Text], speaker: Speaker
) -> Judgement:
    """Corridors without observations first, then those with; of one country if it is named.

    Source: docs/explanation/judging.md, "Corridors no one monitors".
    """
    mine = [c for c in found.corridors if country in ("", c.origin, c.destination)]
    blind = [c for c in mine if not c.observed]
    seen = [c for c in mine if c.observed]
    teller = _Teller(registers, speaker)
    title = Text("Corridors no one monitors", "Corredores que nadie vigila")
    if country:
        name = speaker.country(country)
        title = Text(f"{title.en}: {name.en}", f"{title.es}: {name.es}")
    return Judgement(
        title=title,
        notes=tuple(_notes(found, blind, seen)),
        tables=(teller.blind(blind), teller.seen(seen)),
    )


def _notes(found: Watch, blind: Sequence[Corridor], seen: Sequence[Corridor]) -> Iterator[Text]:
    yield ONLY
    yield COUNTED
    if found.unplaced:
        yield Text(
            f"Observations that name no corridor: {found.unplaced}.",
            f"Observaciones que no nombran un corredor: {found.unplaced}.",
        )
    if max(len(blind), len(seen)) > MOST:
        yield Text(
            f"The first {MOST} of each table are shown: choose a country to see the rest.",
            f"Se muestran los primeros {MOST} de cada tabla: elija un país para ver los demás.",
        )


@dataclass(frozen=True)
class _Teller:
    """Puts corridors into rows."""

    registers: Mapping[str, Text]
    speaker: Speaker

    def blind(self, corridors: Sequence[Corridor]) -> Table:
        rows = [cells(Cell(self._name(c), "bad"), self._known(c)) for c in corridors[:MOST]]
        none = Text(
            "Every corridor that is known was observed.",
            "Todos los corredores conocidos fueron observados.",
        )
        return table(Text("No observation", "Sin observaciones"), [CORRIDOR, KNOWN], rows, none)

    def seen(self, corridors: Sequence[Corridor]) -> Table:
        rows = [
            cells(
                self._name(c),
                counted(c.observed),
                on_day(c.last),
                *(counted(c.levels.get(level, 0)) for level in LEVELS),
                self._known(c),
            )
            for c in corridors[:MOST]
        ]
        head = [
            CORRIDOR,
            Text("Observations", "Observaciones"),
            Text("Last observed", "Última vez"),
            *(self.speaker.code("CL_VERIFICATION", level) for level in LEVELS),
            KNOWN,
        ]
        return table(Text("Observed", "Con observaciones"), head, rows)

    def _name(self, corridor: Corridor) -> Text:
        names = [self.speaker.country(c) for c in (corridor.origin, corridor.destination)]
        return listed(names, " → ")

    def _known(self, corridor: Corridor) -> Text:
        """The registers that name it; those it is only known from by having been observed."""
        names = [self.registers[each] for each in corridor.known_from]
        return listed(names or [Text("observations", "observaciones")])
