"""A region of outlooks as TOML: its countries, channels between them, whom nobody may take."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean, listed
from cauce.model.errors import BadInput
from cauce.outlook.gaps import Protected
from cauce.pipeline.outlook.declared import channel_of
from cauce.pipeline.outlook.pack import OutlookPack, RegionPack, Way

FEWEST = 2


def parse_region(folder: str, text: str, packs: Mapping[str, OutlookPack]) -> RegionPack:
    """The region in a text.

    Args:
        packs: the outlook packs there are, by folder.

    Raises:
        BadInput: everything that is wrong, each with file and line.
    """
    problems, file = Problems(), f"{folder}/region.toml"
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error(f"The region {folder}")
    found = RegionPack(
        folder=folder,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        id=top.text("id"),
        name=top.words("name"),
        about=top.words("about"),
        licence=top.said("licence"),
        invented=top.truth("invented", False),
        members=_members(top, packs),
        channels=tuple(channel_of(one, destination=True) for one in top.tables("channel")),
        protected=tuple(_protected(one) for one in top.tables("protected")),
    )
    _check_channels(top, found, [packs[one].area for one in found.members if one in packs])
    top.finish()
    problems.stop_if_any(f"The region {folder}")
    return found


def in_regions(
    packs: Mapping[str, OutlookPack], regions: Sequence[RegionPack]
) -> tuple[OutlookPack, ...]:
    """The packs, each with its region and the other countries of it; their texts mark it, too.

    Raises:
        BadInput: a country is in two regions, or countries of one ask different things.
    """
    found = dict(packs)
    for region in regions:
        members = [packs[one] for one in region.members]
        _check_alike(region, members)
        text = "".join((region.sha256, *(one.sha256 for one in members)))
        mark = hashlib.sha256(text.encode()).hexdigest()
        for own in members:
            if found[own.folder].region is not None:
                raise BadInput(f"{region.folder}/region.toml: {own.folder} is in another region.")
            peers = tuple(one for one in members if one is not own)
            found[own.folder] = replace(
                own, region=region, peers=peers,
                sha256=hashlib.sha256(f"{own.sha256} {mark}".encode()).hexdigest(),
            )  # fmt: skip
    return tuple(found.values())


def _members(top: Section, packs: Mapping[str, OutlookPack]) -> tuple[str, ...]:
    names = top.texts("members")
    for name in names:
        if name not in packs:
            top.note("members", f"members: there is no outlook {name}.{did_you_mean(name, packs)} "
                     f"There are: {listed(packs)}.")  # fmt: skip
    if len(set(names)) < FEWEST:
        top.note("members", "members: a region needs two outlooks at least.")
    return names


def _protected(section: Section) -> Protected:
    found = Protected(
        section.text("origin") if section.has("origin") else "",
        section.text("occupation"),
        section.words("source"),
    )
    section.finish()
    return found


def _check_channels(top: Section, region: RegionPack, areas: Sequence[str]) -> None:
    ids = [one.id for one in region.channels]
    for one in region.channels:
        ends = one.origin, one.destination
        if ids.count(one.id) > 1:
            top.note("channel", f"channel {one.id} is declared twice.")
        if one.origin == one.destination or not set(ends) <= set(areas):
            top.note(
                "channel",
                f"channel {one.id} leads from {one.origin} to {one.destination}: a region's lead "
                f"from one of its countries to another: {listed(areas)}.",
            )


def _check_alike(region: RegionPack, members: Sequence[OutlookPack]) -> None:
    """Draws of one country meet those of another one by one, and their channels have one name."""
    asked = {(one.horizon, one.draws) for one in members}
    if len(asked) > 1:
        raise BadInput(
            f"{region.folder}/region.toml: its countries ask for different horizons or draws. Give "
            "all the same."
        )
    for one, other in combinations((region.channels, *(each.channels for each in members)), 2):
        if both := sorted({way.id for way in one} & {way.id for way in other}):
            raise BadInput(
                f"{region.folder}/region.toml: two texts have a channel {listed(both)}. Give each "
                "a name of its own."
            )
    _one_word(region, members)


def _one_word(region: RegionPack, members: Sequence[OutlookPack]) -> None:
    """Whom an origin without an outlook could spare is one number, whoever states it."""
    for one, other in combinations(members, 2):
        known = {origin.id: origin for origin in one.origins}
        for origin in other.origins:
            before = known.get(origin.id)
            if before and (before.spare, before.short) != (origin.spare, origin.short):
                raise BadInput(
                    f"{region.folder}/region.toml: {one.folder} and {other.folder} state different "
                    f"numbers of {origin.id}. Whom it could spare is one number."
                )


def ways_of(pack: OutlookPack) -> tuple[Way, ...]:
    """The channels of a country, each with where it leads."""
    return tuple(replace(one, destination=pack.area) for one in pack.channels)
