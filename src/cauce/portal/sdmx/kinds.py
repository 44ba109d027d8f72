"""The words both versions of REST have for kinds of artefacts."""

from collections.abc import Mapping

from cauce.model.structure import KINDS, ORGANISATIONS, Kind

OLD = ("hierarchicalcodelist", "structureset", "attachmentconstraint")
"""Kinds that only SDMX 2.1 has."""
OTHER_WORDS: Mapping[str, tuple[Kind, ...]] = {
    "organisationscheme": ORGANISATIONS,
    "contentconstraint": ("dataconstraint",),
    "actualconstraint": ("dataconstraint",),
    "allowedconstraint": ("dataconstraint",),
}
ROLES = {"actualconstraint": "Actual", "allowedconstraint": "Allowed"}
EVERY = ("", "*", "all", "structure")
UNHELD = (
    "geographiccodelist", "geogridcodelist", "transformationscheme", "rulesetscheme",
    "userdefinedoperatorscheme", "customtypescheme", "namepersonalisationscheme",
    "vtlmappingscheme",
)  # fmt: skip
"""Kinds the specification has and Cauce does not: there is never one of them."""


def kinds_of(word: str) -> tuple[Kind, ...] | None:
    """The kinds a word means, () for all of them, None if it is no word of either version."""
    if word in EVERY:
        return ()
    if word in OTHER_WORDS:
        return OTHER_WORDS[word]
    return (word,) if word in KINDS or word in UNHELD else None


def words_of(version: int) -> tuple[str, ...]:
    """The words of a version for what Cauce holds."""
    if version == 2:
        return tuple(kind for kind in KINDS if kind not in OLD)
    new = [kind for kind in KINDS if kind.startswith("metadatap") or kind.endswith("map")]
    left_out = {
        *new, "valuelist", "hierarchy", "hierarchyassociation", "dataconstraint",
        "metadataconstraint",
    }  # fmt: skip
    return (*(kind for kind in KINDS if kind not in left_out), *OTHER_WORDS)
