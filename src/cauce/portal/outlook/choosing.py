"""Which scenario of an area is looked at, and which others there are."""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.model.scenario import BASELINE
from cauce.portal.links import Link, address
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words

Runs = Mapping[str, Run]
LEVELS = ("GROUP", "OCCUPATION")
"""The tables of occupations, the wider ones first: they say the most."""


@dataclass(frozen=True)
class Choice:
    """A scenario that may be looked at; `here` says it is the one that is."""

    link: Link
    about: str
    here: bool


def asked(scenario: str) -> str:
    return "" if scenario == BASELINE else scenario


def base(run: Run) -> str:
    return str(int(run.years[0]) - 1)


def invented(run: Run) -> bool:
    return run.one.dataflow.source.invented


def choices(runs: Runs, run: Run, path: str, words: Words) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            Link(words.of(one.scenario.name), address(path, {"scenario": asked(name)})),
            "",
            name == run.scenario.id,
        )
        for name, one in runs.items()
    )
