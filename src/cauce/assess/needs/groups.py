"""What each stakeholder group says, unless that would tell what one institution says."""

from collections.abc import Mapping, Sequence

from cauce.assess.needs.voices import Voice
from cauce.model.frame import ScoredFrame
from cauce.model.score import GroupScore
from cauce.model.text import Text

TOO_FEW = Text("withheld: too few institutions", "no se muestra: muy pocas instituciones")
BESIDE = Text(
    "withheld: another group could be worked out from it",
    "no se muestra: permitiría calcular la de otro grupo",
)
SILENT = Text("no information", "sin información")


def means_by_group(heard: Sequence[Voice]) -> dict[str, float]:
    """The mean of the institutions of each group that answered.

    Source: as `score`.
    """
    found = {}
    for group in dict.fromkeys(voice.group for voice in heard):
        values = [v.value for v in heard if v.group == group and v.value is not None]
        found[group] = sum(values) / len(values)
    return found


def group_scores(
    frame: ScoredFrame, weights: Mapping[str, float], heard: Sequence[Voice], withheld: Text | None
) -> tuple[GroupScore, ...]:
    """The score of every group of the frame; all are withheld if the score itself is.

    A group with too few institutions is withheld, and if it is the only one, so is the smallest
    other: from the score and the rest it could be worked out.

    Source: secondary suppression; Hundepool et al. (2012), Statistical Disclosure Control,
    chapter 4.
    """
    sizes = {
        group.id: len({voice.institution for voice in heard if voice.group == group.id})
        for group in frame.groups
    }
    small = {group for group, size in sizes.items() if 0 < size < frame.min_group}
    rest = {group: size for group, size in sizes.items() if size >= frame.min_group}
    beside = min(rest, key=lambda group: rest[group]) if len(small) == 1 and rest else ""
    found = []
    for group in frame.groups:
        because = withheld
        if sizes[group.id] == 0:
            because = SILENT
        elif group.id in small:
            because = TOO_FEW
        elif group.id == beside:
            because = BESIDE
        value = None if because else _mean(weights, [v for v in heard if v.group == group.id])
        found.append(GroupScore(group.id, group.name, value, sizes[group.id], because))
    return tuple(found)


def _mean(weights: Mapping[str, float], heard: Sequence[Voice]) -> float:
    """One group's mean over the items it answered, by the weights of the items."""
    means = {
        item: means_by_group([voice for voice in heard if voice.item == item])
        for item in {voice.item for voice in heard}
    }
    below = sum(weights[item] for item in means)
    return sum(weights[item] * value for item, by in means.items() for value in by.values()) / below
