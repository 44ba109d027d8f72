"""Structure queries: what an address asks for, and the answer in the format that is wanted.

Source: SDMX REST 1.5.0, section 4.3; 2.2.2, structure queries.
"""

import re

from starlette.requests import Request
from starlette.responses import Response

from cauce.model.errors import BadInput
from cauce.model.structure import SCHEMES, Artefact, Items, Kind
from cauce.portal.sdmx import formats
from cauce.portal.sdmx.held import held, with_data
from cauce.portal.sdmx.kinds import ROLES, kinds_of, words_of
from cauce.portal.sdmx.query import WILD
from cauce.portal.sdmx.refusal import Refusal
from cauce.publish import Message
from cauce.publish.structure.collection import REFERENCES, Artefacts
from cauce.publish.structure.forms import STRUCTURE_FORMATS
from cauce.publish.structure.query import DETAILS, StructureQuery, answered, matches_of
from cauce.store import Snapshot

MOST = 30
WITH_ITEMS = (*SCHEMES, "hierarchicalcodelist")
"""Kinds that may be asked for item by item."""


def structure_answer(
    request: Request, snapshot: Snapshot, parts: list[str], version: int
) -> Response:
    """The structures a query asks for.

    Raises:
        Refusal: nothing matches, or something asked for is not served.
    """
    word = next(iter(parts), "").lower()
    query = structure_query(request, parts, version)
    form = formats.structure_choice(request, version)
    everything = held(snapshot)
    try:
        matches = matches_of(everything, query) if kinds_of(word) is not None else []
    except BadInput as error:
        raise Refusal(400, str(error)) from error
    if not matches:
        raise Refusal(404, _absent(everything, word, query, version))
    told = with_data(answered(everything, query, matches), snapshot)
    content = STRUCTURE_FORMATS[form.name].write(told, _message(request, snapshot))
    return Response(content, headers={"Content-Type": form.media_type})


def structure_query(request: Request, parts: list[str], version: int) -> StructureQuery:
    """What the parts of an address after `structure` and its parameters ask for.

    Raises:
        Refusal: 400, a parameter cannot be understood, or items are asked of what has none.
    """
    word, agency, id_, wanted, item = (*parts, "", "", "", "", "")[:5]
    kinds = kinds_of(word.lower())
    items = _alternatives(item)
    if items and (not kinds or not set(kinds) <= set(WITH_ITEMS)):
        raise Refusal(400, f"Items can be asked of a scheme only: {', '.join(WITH_ITEMS)}.")
    words = request.query_params
    detail = words.get("detail", "").strip().lower() or "full"
    if detail not in DETAILS:
        raise Refusal(400, f"detail can be {', '.join(DETAILS)}.")
    return StructureQuery(
        kinds or (),
        _alternatives(agency),
        _alternatives(id_),
        _version(wanted),
        items,
        _references(words.get("references", ""), version),
        detail,
        ROLES.get(word.lower(), ""),
        maintainers=version == 2,
    )


def _alternatives(text: str) -> tuple[str, ...]:
    """What is named, with `,` or `+` between; () where everything is."""
    found = tuple(part for part in re.split(r"[,+ ]", text) if part)
    return () if any(part.lower() in WILD for part in found) else found


def _version(text: str) -> str:
    """A version with `,` for or; `+` between two versions means that, too, as in REST 1.5."""
    return re.sub(r"(?<=\d)[+ ](?=\d+(\.\d+)*([+, ]|$))", ",", text.strip()) or "latest"


def _references(text: str, version: int) -> tuple[str, ...]:
    """The kinds or directions that are named.

    Raises:
        Refusal: one is none.
    """
    found: list[Kind] = []
    for word in (part.lower() for part in text.split(",") if part.strip()):
        kinds = kinds_of(word.strip())
        if word.strip() in REFERENCES:
            found.append(word.strip())
        elif kinds:
            found.extend(kinds)
        else:
            raise Refusal(400, f"references can be {', '.join((*REFERENCES, *words_of(version)))}.")
    return tuple(found) or ("none",)


def _message(request: Request, snapshot: Snapshot) -> Message:
    published = max((m.published_at for m in snapshot.flows()), default="1970-01-01T00:00:00+00:00")
    language = formats.language_of(request)
    return Message(f"STRUCTURES_{snapshot.generation}", published, False, language)


def _absent(everything: Artefacts, word: str, query: StructureQuery, version: int) -> str:
    """That something is not there, and what is."""
    kinds = kinds_of(word)
    if kinds is None:
        return f"There is no {word[:30]}. There are: {', '.join(words_of(version))}."
    asked = ":".join("+".join(part) or "*" for part in (query.agencies, query.ids))
    if query.items:
        whole = [everything.get(ref) for ref in everything.find(kinds, query.agencies, query.ids)]
        items = [_item_ids(one) for one in whole if one is not None]
        if items:
            return (
                f"{asked[:110]} has no item {'+'.join(query.items)[:80]}. It has: "
                f"{_listed(items[0])}."
            )
    names = [f"{ref.agency}:{ref.id}({ref.version})" for ref in everything.find(kinds)]
    there = sorted(names) or sorted({one.ref.kind for one in everything})
    return (
        f"There is no {word or 'structure'} {asked[:110]}({query.version[:20]}). There are: "
        f"{_listed(there)}."
    )


def _item_ids(artefact: Artefact) -> list[str]:
    body = artefact.body
    held = body.items if isinstance(body, Items) else getattr(body, "hierarchies", ())
    return [item.id for item in held]


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST:,} more" if len(names) > MOST else ""
    return f"{', '.join(names[:MOST])}{more}"
