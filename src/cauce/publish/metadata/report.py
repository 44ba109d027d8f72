"""What is known of a dataflow, concept by concept; a concept nothing is known of stays empty."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from cauce.model.dataflow import ADMITTED, CENSUS, Dataflow
from cauce.model.release import Headline
from cauce.model.rule import rule_in
from cauce.model.structure import Annotation, Ref
from cauce.model.text import LANGUAGES, Text
from cauce.model.vintage import Manifest
from cauce.publish.codelists import unit_name
from cauce.publish.components import TIME
from cauce.publish.message import UNSAFE
from cauce.publish.periods import span
from cauce.publish.quality import Edition, said_of_dataflow, said_of_wave, timely
from cauce.publish.sims import CONCEPTS
from cauce.publish.structure.own import METADATAFLOW, attribute_id
from cauce.publish.urns import flow_of

MOST_PERIODS = 12
SET_VERSION = "1.0.0"
"""Of every set: SDMX-JSON wants three numbers. Its vintage is a note, since a set is of now."""


@dataclass(frozen=True)
class MetadataSet:
    """The reference metadata of one vintage of a dataflow.

    `attributes` has every concept in its order, by its id in SDMX; None where nothing is known.
    `notes` are its vintage and the pages where people read the same with its tables.
    """

    id: str
    name: Text
    flow: Dataflow
    attributes: tuple[tuple[str, Text | None], ...]
    notes: tuple[Annotation, ...]
    published_at: str
    first: str
    last: str
    version: str = SET_VERSION
    metadataflow: Ref = METADATAFLOW

    @property
    def target(self) -> Ref:
        return flow_of(self.flow)


def metadata_set(manifest: Manifest, root: str = "") -> MetadataSet:
    """The metadata of a vintage: of its latest wave where it has a quality report.

    `root` is where the pages are, "" if nowhere.
    """
    flow = manifest.dataflow
    said = _said(manifest)
    spans = [span(period) for period in periods_of(flow)]
    return MetadataSet(
        id=set_id(flow),
        name=flow.name,
        flow=flow,
        attributes=tuple((attribute_id(code), _whole(said.get(code, ()))) for code, _ in CONCEPTS),
        notes=tuple(_notes(manifest, root)),
        published_at=manifest.published_at,
        first=min(one[0] for one in spans).isoformat(),
        last=max(one[1] for one in spans).isoformat(),
    )


def set_id(flow: Dataflow) -> str:
    """What the metadata set of a dataflow is called; an id of SDMX has no point."""
    return f"MDS_{UNSAFE.sub('_', flow.id)}"


def periods_of(flow: Dataflow) -> list[str]:
    """Its periods; another agency's time need not stand last."""
    return [code.id for one in flow.dimensions if one.id == TIME for code in one.codes]


def _whole(texts: Sequence[Text]) -> Text | None:
    """Sentences as one text, each with its full stop."""
    if not texts:
        return None
    return Text(" ".join(_ended(text.en) for text in texts), " ".join(_ended(t.es) for t in texts))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _said(manifest: Manifest) -> Mapping[str, Sequence[Text]]:
    """Sentences by concept, by the code of SIMS."""
    flow, quality = manifest.dataflow, manifest.quality
    waves = sorted(quality.waves, key=lambda wave: wave.period) if quality else []
    latest = waves[-1].period if waves else periods_of(flow)[-1]
    found = dict(said_of_dataflow(flow, manifest.published_at, manifest.reason, manifest.audited))
    found |= {
        "S.4": [_units(flow)],
        "S.5": [_periods(flow)],
        "S.13": [*_method(flow)],
        "S.14": [*timely(manifest.published_at, latest)],
        "S.15": [*_headlines(manifest.headlines)],
    }
    if quality and waves:
        edition = Edition(flow, quality, manifest.headlines, manifest.vintage)
        of = f"{latest}: " if len(waves) > 1 else ""
        for code, texts in said_of_wave(edition, waves[-1]).items():
            told = (Text(f"{of}{text.en}", f"{of}{text.es}") for text in texts)
            found[code] = [*found.get(code, ()), *told]
    return found


def _units(flow: Dataflow) -> Text:
    told = [
        Text(f"{one.name.en}: {unit.en}", f"{one.name.es}: {unit.es}")
        for one in flow.indicators
        for unit in (unit_name(one.unit),)
    ]
    return Text("; ".join(one.en for one in told), "; ".join(one.es for one in told))


def _periods(flow: Dataflow) -> Text:
    """The periods there are: the first, the last and how many if they are many."""
    periods = periods_of(flow)
    if len(periods) <= MOST_PERIODS:
        told = ", ".join(periods)
        return Text(told, told)
    first, last, count = periods[0], periods[-1], len(periods)
    return Text(f"{first} to {last}, {count} periods", f"{first} a {last}, {count} períodos")


def _method(flow: Dataflow) -> Iterator[Text]:
    """How errors were estimated; of who counts everybody or came from elsewhere, nothing."""
    how = flow.method.var_method
    if how not in (CENSUS, ADMITTED):
        yield Text(f"Variance: {rule_in(how, 'en')}", f"Varianza: {rule_in(how, 'es')}")


def _headlines(headlines: Sequence[Headline]) -> Iterator[Text]:
    if headlines:
        count, same = len(headlines), sum(one.matches for one in headlines)
        yield Text(
            f"Figures the office published: {count}; reproduced: {same}.",
            f"Cifras que publicó la oficina: {count}; reproducidas: {same}.",
        )


def _notes(manifest: Manifest, root: str) -> Iterator[Annotation]:
    yield Annotation("VINTAGE", manifest.vintage, "VINTAGE")
    if not root:
        return
    for language in LANGUAGES:
        page = "quality" if manifest.quality else "metadata"
        name, vintage = quote(manifest.dataflow.id), quote(manifest.vintage)
        url = f"{root}/{language}/{page}/{name}?vintage={vintage}"
        yield Annotation(f"PAGE_{language.upper()}", "", "HTML", url)
