"""Structures of other agencies, kept beside the vintage they came with: one object a message."""

import json
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.errors import BadInput
from cauce.model.structure import Artefact, Items, Ref
from cauce.model.structure.plain import artefact_of, plain
from cauce.store.errors import Damaged
from cauce.store.parquet import read_whole

AGENCIES = "agencyscheme"
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("kind", "agency", "id", "version", "artefact")]
)


def to_parquet(artefacts: Iterable[Artefact]) -> bytes:
    """Artefacts in their order; the same ones give the same bytes."""
    rows = [
        {
            "kind": each.ref.kind,
            "agency": each.ref.agency,
            "id": each.ref.id,
            "version": each.ref.version,
            "artefact": json.dumps(plain(each), ensure_ascii=False, separators=(",", ":")),
        }
        for each in artefacts
    ]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), sink, compression="zstd", store_schema=False)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def from_parquet(content: bytes, name: str) -> tuple[Artefact, ...]:
    """The artefacts that `to_parquet` wrote. Raises Damaged if they cannot be understood."""
    try:
        texts = read_whole(content)["artefact"].to_pylist()
        return tuple(artefact_of(json.loads(text)) for text in texts)
    except (KeyError, ValueError, BadInput, pa.ArrowInvalid) as error:
        raise Damaged(f"{name} of the store cannot be understood: {error}.") from error


def together(messages: Iterable[Iterable[Artefact]]) -> dict[Ref, Artefact]:
    """All artefacts, each once; of the schemes of agencies, which many bring, the items of all."""
    found: dict[Ref, Artefact] = {}
    for each in (artefact for message in messages for artefact in message):
        known = found.get(each.ref)
        if known is None:
            found[each.ref] = each
        elif each.ref.kind == AGENCIES:
            found[each.ref] = with_agencies(known, each)
    return found


def with_agencies(known: Artefact, other: Artefact) -> Artefact:
    """The first scheme with the items that only the second one has."""
    if not (isinstance(known.body, Items) and isinstance(other.body, Items)):
        return known
    there = {item.id for item in known.body.items}
    new = tuple(item for item in other.body.items if item.id not in there)
    body = Items(known.body.items + new, known.body.partial)
    return Artefact(known.ref, known.names, known.descriptions, body, known.annotations)


def refuse_other(known: Mapping[Ref, Artefact], new: Iterable[Artefact]) -> None:
    """Raises BadInput if an artefact is published already and says something else there."""
    other = [
        each.ref for each in new if each.ref.kind != AGENCIES and known.get(each.ref, each) != each
    ]
    if other:
        listed = ", ".join(f"{x.kind} {x.agency}:{x.id}({x.version})" for x in other[:10])
        more = f" and {len(other) - 10:,} more" if len(other) > 10 else ""
        raise BadInput(
            f"Published with another dataflow, and not the same there: {listed}{more}. One name "
            "cannot mean two things: load that dataflow's message anew, too, or ask the agency for "
            "a new version."
        )
