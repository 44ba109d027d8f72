"""What a release says of itself, in the reader's language."""

from cauce.model.dataflow import ADMITTED
from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.words import Words

NOT_AUDITED = "linked tables not audited"


def notes(manifest: Manifest, words: Words) -> tuple[str, ...]:
    """The notes of a manifest; that our linked tables were not audited is said in our words."""
    own = [note for note in manifest.notes if note.casefold() != NOT_AUDITED]
    said = [rule_in(note, words.language) for note in own]
    ours = manifest.dataflow.method.var_method != ADMITTED
    return (*said, *((words("not_audited"),) if ours and not manifest.audited else ()))
