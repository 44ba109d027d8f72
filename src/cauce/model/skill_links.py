"""Which occupations ask for which skills, as loaded from somebody's file."""

from dataclasses import dataclass

from cauce.model.arrays import Floats, Ints


@dataclass(frozen=True)
class SkillLinks:
    """Links between occupations and skills, columnar; l links.

    `occupation` and `skill` are positions in `occupations` and `skills`, shape (l,), each pair
    once; `weight` is how much of the occupation asks for the skill, above 0 and at most 1.
    `names` are the skills in the words of the file, "" where it has none. `source` is the file.
    """

    occupations: tuple[str, ...]
    skills: tuple[str, ...]
    names: tuple[str, ...]
    occupation: Ints
    skill: Ints
    weight: Floats
    source: str
