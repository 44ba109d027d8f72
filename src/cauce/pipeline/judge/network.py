"""Where nobody looks: what a network of civil society observed, against the corridors there are.

Whoever asks must have been found to be a member of the network: nothing here asks who they are.
"""

from collections.abc import Iterator

from cauce.assess.watch.corridors import FIELDS, OBSERVATIONS, Pair, Watch, watch
from cauce.assess.watch.told import told_watch
from cauce.model.judgement import Judgement
from cauce.model.register import Register
from cauce.pipeline.judge.sight import Sight, speaker
from cauce.registers.public import shelf_of
from cauce.registers.shown import corridors

CHANNELS = frozenset({"MECHANISMS", "RECRUITMENT"})
"""The topics whose registers are about ways to work abroad, and so name corridors of labour."""


def watched(sight: Sight) -> Watch:
    """The corridors no member monitors, and those some do.

    `sight` sees the whole log. Of observations five fields are read, of the other registers what
    is public.
    """
    known = {register.id: list(_pairs(sight, register)) for register in _channels(sight)}
    seen = [
        {name: value for name, value in record.items() if name in FIELDS}
        for record in sight.records(OBSERVATIONS).values()
    ]
    return watch(seen, known, sight.day)


def told_corridors(sight: Sight, found: Watch, country: str = "") -> Judgement:
    """The corridors as members are shown them, of one country if it is named."""
    names = {register.id: register.name for register in _channels(sight)}
    return told_watch(found, country, names, speaker(sight))


def _channels(sight: Sight) -> list[Register]:
    return [one for one in sight.registers.values() if one.public and one.topic in CHANNELS]


def _pairs(sight: Sight, register: Register) -> Iterator[Pair]:
    shelf = shelf_of(register, sight.lists)
    for record in sight.records(register.id).values():
        for corridor in corridors(shelf, record):
            origin, _, destination = corridor.partition("-")
            yield origin, destination
