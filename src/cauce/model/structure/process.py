"""How data come about, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from cauce.model.structure.annotation import Annotation
from cauce.model.structure.urn import Ref
from cauce.model.text import Words


@dataclass(frozen=True)
class Transition:
    """From a step to another, by its id, and when."""

    id: str
    target: str
    conditions: Words


@dataclass(frozen=True)
class Step:
    """A step: what goes in and comes out as pairs of a local id, which may be "", and an object."""

    id: str
    names: Words = ()
    descriptions: Words = ()
    annotations: tuple[Annotation, ...] = ()
    inputs: tuple[tuple[str, Ref], ...] = ()
    outputs: tuple[tuple[str, Ref], ...] = ()
    computation: Words = ()
    software: tuple[str, str, str] = ("", "", "")
    """Package, language and version of the software."""
    transitions: tuple[Transition, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Process:
    """The body of a process."""

    steps: tuple[Step, ...]
