"""A round of displacement tracking, admitted as another producer's numbers by first-level area."""

import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from cauce.model.codelist import Code
from cauce.model.dataflow import ADMITTED, Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.imported import Imported, Origin
from cauce.model.observation import ConfStatus, ObsStatus
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.pipeline.crisis.flows import figure
from cauce.pipeline.crisis.uses import Use
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.protect import admit
from cauce.sources.crisis import Component, areas_of, read_round

COMPONENTS: dict[Component, Text] = {
    "MOB": Text("Mobility tracking", "Seguimiento de la movilidad"),
    "FLM": Text("Flow monitoring", "Monitoreo de flujos"),
    "REG": Text("Registration, counts only", "Registro, solo conteos"),
    "SUR": Text("Survey", "Encuesta"),
}
SAID = Text(
    "counted or estimated with key informants: no probability sample stands behind it, so there is "
    "no error and nothing can be projected from it",
    "contado o estimado con informantes clave: no hay detrás una muestra probabilística, por lo "
    "que "
    "no tiene error y nada puede proyectarse de ello",
)
FEW = Text(
    "withheld: so few people that a number would point at somebody",
    "reservado: tan pocas personas que un número señalaría a alguien",
)


@dataclass(frozen=True)
class RoundAsked:
    """A round and whose it is."""

    path: Path
    component: Component
    country: str
    country_name: Text
    number: int
    period: str
    producer: str
    licence: str
    fewest: int = 5


def admit_round(asked: RoundAsked, use: Use, reason: str = "") -> Release:
    """The release of a round, its sites added up to first-level areas.

    Raises:
        BadInput: the file is not what `read_round` takes; no producer or licence is named.
    """
    if not asked.producer.strip() or not asked.licence.strip():
        raise BadInput("Say whose round it is and under which licence: --producer and --licence.")
    found = read_round(asked.path, asked.component)
    flow = _dataflow(asked, areas_of(found.lines))
    codes = {code.id: at for at, code in enumerate(flow.dimensions[4].codes)}
    key: list[tuple[int, ...]] = []
    value: list[float] = []
    status: list[ObsStatus] = []
    conf: list[ConfStatus] = []
    note: list[str] = []
    for at, what in enumerate(("individuals", "households")):
        sums: dict[str, float] = defaultdict(float)
        for line in found.lines:
            told = line.individuals if what == "individuals" else line.households
            if told >= 0:
                sums[line.area_code] += told
        for area, number in sums.items():
            few = 0 < number < asked.fewest
            key.append((0, 0, at, 0, codes[area], 0))
            value.append(math.nan if few else number)
            status.append(ObsStatus.SUPPRESSED if few else ObsStatus.NORMAL)
            conf.append(ConfStatus.CONFIDENTIAL if few else ConfStatus.FREE)
            note.append(rule(FEW if few else SAID))
    columns = tuple(key), tuple(value), tuple(status), tuple(conf), tuple(note)
    imported = Imported(flow, *columns, _notes(use))
    inputs = (
        InputFile(asked.path.name, found.sha256, asked.path.stat().st_size, asked.period, len(key)),
    )
    provenance = Provenance(
        pack=f"crisis/round_{asked.component}",
        pack_sha256=found.sha256,
        inputs=inputs,
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=("crisis-1",),
    )
    origin = Origin(flow.id, f"{asked.period}.{found.sha256[:8]}", reason or f"For {use.id}")
    return admit([imported], origin, provenance)


def _notes(use: Use) -> tuple[str, ...]:
    added = Text(
        "The producer's sites were added up to first-level areas; the file is not kept.",
        "Los sitios del productor se sumaron por áreas de primer nivel; el archivo no se conserva.",
    )
    return rule(SAID), rule(added), rule(use.restriction)


def _dataflow(asked: RoundAsked, areas: dict[str, str]) -> Dataflow:
    told = COMPONENTS[asked.component]
    people = figure("DTM_IND", "PERSONS", "People", "Personas", SAID)
    homes = figure("DTM_HH", "HOUSEHOLDS", "Households", "Hogares", SAID)
    title = Text(
        f"{told.en}, {asked.country_name.en}, round {asked.number}",
        f"{told.es}, {asked.country_name.es}, ronda {asked.number}",
    )

    when = Text(asked.period, asked.period)

    def one(id_: str, name: Text, *codes: Code) -> Dimension:
        return Dimension(id_, name, codes, f"CL_{id_}")

    return Dataflow(
        id=f"{asked.country}_DTM_{asked.component}_{asked.number}",
        version="1.0",
        name=title,
        dimensions=(
            one("FREQ", Text("Frequency", "Frecuencia"), Code("M", Text("Monthly", "Mensual"))),
            one("REF_AREA", Text("Area", "Área"), Code(asked.country, asked.country_name)),
            one(
                "INDICATOR",
                Text("Indicator", "Indicador"),
                *(Code(i.id, i.name) for i in (people, homes)),
            ),
            one("DTM", Text("Component", "Componente"), Code(asked.component, told)),
            one("AREA", Text("Area", "Área"), *(Code(c, Text(n, n)) for c, n in areas.items())),
            one("TIME_PERIOD", Text("Period", "Periodo"), Code(asked.period, when)),
        ),
        indicators=(people, homes),
        source=Source(
            survey="DTM",
            area=asked.country,
            name=Text(asked.producer, asked.producer),
            population=Text(
                "People found at the sites visited", "Personas halladas en los sitios visitados"
            ),
            licence=asked.licence,
            citation=asked.producer,
            invented=False,
            open_licence=False,
        ),
        method=Method(ADMITTED, "", "", "", "none", "crisis-1"),
    )
