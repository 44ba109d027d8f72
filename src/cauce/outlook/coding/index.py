"""Titles that are known: what stands in an index is not left to a model.

Sources come in an order: what the user gave (a national index, decisions of clerks), then ESCO and
other indexes, then the titles of the classification. The first source that has the words speaks.

Names are told from other names. ESCO lists "cleaner" as another name of a building caretaker alone:
such a name is a hint, which holds if the model has come to the same code.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cauce.outlook.coding.normal import Words, key, normalise


@dataclass(frozen=True)
class Title:
    """A text whose code is known, with the tasks and tokens known beside it when it was coded.

    `whole` says that it names an occupation, and is no description of one; `first` that it is the
    name of it, and no other one; `group` holds the texts of one occupation together.
    """

    text: str
    code: str
    tasks: str = ""
    beside: tuple[str, ...] = ()
    whole: bool = True
    first: bool = False
    group: str = ""


@dataclass(frozen=True)
class Index:
    """Codes by the key of the words, each with how many titles say so.

    `known` are names and what an office decided, `others` the other names of occupations.
    """

    known: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.known) + len(self.others)

    def find(self, title: str, tasks: str = "", beside: Sequence[str] = ()) -> Mapping[str, int]:
        """The codes that normalised words are the name of; empty if they are none.

        What was decided for the same words with the same tasks goes before the words alone.
        """
        exact = self.known.get(_name(title, tasks, beside), {}) if tasks or beside else {}
        return exact or self.known.get(key(title), {})

    def hint(self, title: str) -> Mapping[str, int]:
        """The codes that normalised words are another name of; empty if they are none."""
        return self.others.get(key(title), {})

    def before(self, other: "Index") -> "Index":
        """Both, of which this one is asked first."""
        # What this one knows as a name is no other name of something else.
        return Index({**other.known, **self.known}, {**other.others, **self.others})


def make_index(sources: Iterable[Sequence[Title]], words: Words) -> Index:
    """The index of several sources, the one that speaks first first."""
    known: dict[str, dict[str, int]] = {}
    others: dict[str, dict[str, int]] = {}
    for source in sources:
        _enter(known, (title for title in source if title.first), words)
        _enter(others, (title for title in source if title.whole and not title.first), words)
    return Index(known, others)


def _enter(known: dict[str, dict[str, int]], titles: Iterable[Title], words: Words) -> None:
    """Enter titles of one source whose words no earlier source has."""
    found: dict[str, Counter[str]] = {}
    for title in titles:
        text = normalise(title.text, words)
        name = _name(text, normalise(title.tasks, words), title.beside)
        if text and name not in known:
            found.setdefault(name, Counter())[title.code] += 1
    known |= {name: dict(counted) for name, counted in found.items()}


def _name(title: str, tasks: str, beside: Sequence[str]) -> str:
    """What an entry is kept by: the words, and what was known beside them if anything was."""
    parts = [key(title), key(tasks), " ".join(sorted(beside))]
    return "|".join(parts) if tasks or beside else parts[0]
