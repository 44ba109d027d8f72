"""Reading a pack with the region's dictionary."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cauce.harmonise import parse_dictionary, parse_pack
from cauce.model.catalogue import HOME, Nesting
from cauce.model.pack import Dictionary, Pack
from cauce.model.terms import Terms
from cauce.sources import read_pack_folder, read_region_folder


def read_dictionary(region: Path) -> tuple[Dictionary, str]:
    """The region's dictionary and the hash of its files."""
    files = read_region_folder(region)
    digest = hashlib.sha256()
    for name, text in sorted(files.items()):
        digest.update(f"{name}\0{text}\0".encode())
    return _parsed(tuple(sorted(files.items()))), digest.hexdigest()


@lru_cache(maxsize=2)
def _parsed(files: tuple[tuple[str, str], ...]) -> Dictionary:
    """The dictionary in some texts, read once: a catalogue takes a second, and packs share it."""
    return parse_dictionary(dict(files))


def read_pack(folder: Path, region: Path) -> Pack:
    """The pack in a folder, checked for shape. Raises BadInput with everything that is wrong."""
    dictionary, shared = read_dictionary(region)
    return parse_pack(read_pack_folder(folder), dictionary, shared)


def terms_of(pack: Pack) -> Terms:
    """On which terms the numbers of a pack are released."""
    survey = pack.survey
    return Terms(
        f"{survey.area}_{survey.id}",
        survey.vintage,
        pack.rules,
        confidential=survey.confidential,
        nestings=tuple(nestings_of(pack)),
    )


def nestings_of(pack: Pack) -> Iterator[Nesting]:
    """The nestings of the catalogue by the pack's own dimensions, its country by its code."""
    variables = pack.dictionary.variables.values()
    names = {one.stands_for: one.id for one in variables if one.stands_for}
    for one in pack.dictionary.nestings:
        codes = {
            code: tuple(pack.survey.area if part == HOME else part for part in parts)
            for code, parts in one.codes.items()
        }
        coarse, fine = (names.get(name, name) for name in (one.coarse, one.fine))
        yield replace(one, coarse=coarse, fine=fine, codes=codes)
