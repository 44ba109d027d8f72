"""What crisis figures may be used for: a purpose is stated, and enforcement is none of them."""

from dataclasses import dataclass
from pathlib import Path

from cauce.declare.problems import Problems
from cauce.declare.section import open_toml
from cauce.model.errors import BadInput
from cauce.model.text import Text


@dataclass(frozen=True)
class Use:
    """A purpose that is allowed, and what every use of these figures is bound to."""

    id: str
    name: Text
    restriction: Text


def read_uses(path: Path) -> tuple[Use, ...]:
    """The purposes of packs/outlook/crisis/uses.toml. Raises BadInput with what is wrong."""
    problems = Problems()
    if not path.is_file():
        raise BadInput(f"There is no file {path}: no purpose is allowed.")
    top = open_toml(path.name, path.read_text("utf-8"), problems)
    if top is None:
        raise problems.error(path.name)
    restriction = top.words("restriction")
    named = top.named("use")
    found = tuple(Use(name, section.words("name"), restriction) for name, section in named)
    problems.stop_if_any(path.name)
    return found


def use_of(uses: tuple[Use, ...], purpose: str) -> Use:
    """The use of a purpose. Raises BadInput if none is stated, or it is not allowed."""
    for use in uses:
        if use.id == purpose.strip().lower():
            return use
    known = ", ".join(use.id for use in uses)
    asked = purpose.strip()[:30]
    said = f"{asked!r} is no purpose these figures may be used for. " if asked else ""
    raise BadInput(
        f"{said}Say what they are for with --purpose: {known}. It is kept with the release."
    )
