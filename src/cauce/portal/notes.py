"""What a release says of itself, in the reader's language."""

from cauce.model.dataflow import ADMITTED, PROJECTED
from cauce.model.rule import rule_in
from cauce.model.scenario import BASELINE
from cauce.model.vintage import Manifest
from cauce.portal.links import Link, address
from cauce.portal.words import Words

NOT_AUDITED = "linked tables not audited"


def notes(manifest: Manifest, words: Words) -> tuple[str, ...]:
    """The notes of a manifest; that our linked tables were not audited is said in our words."""
    own = [note for note in manifest.notes if note.casefold() != NOT_AUDITED]
    said = [rule_in(note, words.language) for note in own]
    ours = manifest.dataflow.method.var_method != ADMITTED
    return (*said, *((words("not_audited"),) if ours and not manifest.audited else ()))


def told_at(manifest: Manifest, words: Words) -> Link | None:
    """The page that tells a projection with all it assumes; its many tables need not, each again.

    None of any other table.
    """
    flow = manifest.dataflow
    if flow.method.var_method != PROJECTED:
        return None
    name = words("o_assumed_count", count=words.number(len(manifest.notes), 0))
    if manifest.crisis is not None:
        return Link(name, address(f"/{words.language}/crises/{manifest.crisis.id}") + "#assumed")
    own = {one.id: one.codes[0].id for one in flow.dimensions}
    asked = {"scenario": own["SCENARIO"]} if own.get("SCENARIO", BASELINE) != BASELINE else {}
    # A region's tables are about its countries, and its page is its own.
    path = f"/{words.language}/outlook/{flow.source.area}"
    return Link(name, address(path, asked) + "#assumed")
