"""Scores of a country by item, cell and pillar, or why there is none."""

from collections.abc import Mapping, Sequence

from cauce.assess.needs.disagreement import disagreement
from cauce.assess.needs.groups import group_scores, means_by_group
from cauce.assess.needs.voices import Voice, voices
from cauce.model.answer import Answer, Respondent
from cauce.model.frame import Item, Part, ScoredFrame
from cauce.model.score import CountryScores, Disagreement, Score
from cauce.model.text import Text


def score_countries(
    frame: ScoredFrame, respondents: Sequence[Respondent], answers: Sequence[Answer]
) -> tuple[CountryScores, ...]:
    """The scores of every country somebody was asked in, by code.

    There is no score of the region: institutions judge their own country by their own measure, and
    a mean of such judgements is of nothing.

    Raises:
        BadInput: the answers do not fit the frame.

    Source: World Bank (2023), Towards Better Labor Migration Systems in Northern Central America:
    country by country, then side by side.
    """
    countries = sorted({respondent.country for respondent in respondents})
    of = {respondent.token: respondent.country for respondent in respondents}
    return tuple(
        _country(
            country,
            frame,
            voices(
                frame,
                [r for r in respondents if r.country == country],
                [a for a in answers if of.get(a.respondent, country) == country],
            ),
        )
        for country in countries
    )


def _country(country: str, frame: ScoredFrame, said: Sequence[Voice]) -> CountryScores:
    parts = {
        (pillar, element): [
            i for i in frame.items if (i.pillar, i.element) == (pillar.id, element.id)
        ]
        for pillar in frame.pillars
        for element in frame.elements
    }
    return CountryScores(
        country,
        items=tuple(score(frame, i.id, i.question, [i], said) for i in frame.items),
        cells=tuple(
            score(frame, f"{pillar.id}.{element.id}", _joined(pillar, element), items, said)
            for (pillar, element), items in parts.items()
            if items
        ),
        pillars=tuple(
            score(frame, p.id, p.name, [i for i in frame.items if i.pillar == p.id], said)
            for p in frame.pillars
        ),
        overall=score(frame, "ALL", frame.name, frame.items, said),
    )


def _joined(pillar: Part, element: Part) -> Text:
    return Text(f"{pillar.name.en}: {element.name.en}", f"{pillar.name.es}: {element.name.es}")


def score(
    frame: ScoredFrame, name: str, words: Text, items: Sequence[Item], said: Sequence[Voice]
) -> Score:
    """One score over some items, with coverage, groups, spread and disagreement.

    Institutions are averaged within their group, groups by their declared weights, items by
    theirs (`item_weights`). It rests on items that may be shown by themselves, so that a reader can
    work it out again and nobody can work out another; the rest are named in `without` and lower
    the coverage. They are never 0.

    Source: docs/explanation/judging.md, "Needs"; OECD (2008), Handbook on Constructing Composite
    Indicators, step 6, weighting and aggregation.
    """
    mine = {item.id: [voice for voice in said if voice.item == item.id] for item in items}
    used = [item for item in items if len(items) == 1 or not _reason(frame, mine[item.id])]
    weights = item_weights(frame, used)
    asked = [voice for voices in mine.values() for voice in voices]
    heard = [voice for voice in asked if voice.item in weights and voice.value is not None]
    because = _reason(frame, asked, heard)
    groups = group_scores(frame, weights, heard, withheld=because)
    shown = [group.value for group in groups if group.value is not None]
    return Score(
        id=name,
        name=words,
        value=None if because else overall(frame, weights, heard),
        coverage=_coverage(asked, heard),
        institutions=_institutions(heard),
        without=tuple(item.id for item in items if _reason(frame, mine[item.id])),
        groups=groups,
        disagreement=None if because else apart(frame, weights, heard),
        spread=max(shown) - min(shown) if len(shown) > 1 else None,
        because=because,
    )


def item_weights(frame: ScoredFrame, items: Sequence[Item]) -> dict[str, float]:
    """The weight of each item: its pillar's × its element's × its share of its cell.

    So a cell with five questions weighs no more than a cell with one.

    Source: OECD (2008), Handbook on Constructing Composite Indicators, step 6, nested weights.
    """
    pillars = {part.id: part.weight for part in frame.pillars}
    elements = {part.id: part.weight for part in frame.elements}
    return {
        item.id: pillars[item.pillar]
        * elements[item.element]
        * item.weight
        / sum(
            other.weight
            for other in frame.items
            if (other.pillar, other.element) == (item.pillar, item.element)
        )
        for item in items
    }


def overall(frame: ScoredFrame, weights: Mapping[str, float], heard: Sequence[Voice]) -> float:
    """The mean of the items that were answered, each the weighted mean of the groups.

    Source: as `score`.
    """
    of_group = {group.id: group.weight for group in frame.groups}
    total = below = 0.0
    for item, weight in weights.items():
        means = means_by_group([voice for voice in heard if voice.item == item])
        shares = sum(of_group[group] for group in means)
        value = sum(of_group[group] * mean for group, mean in means.items()) / shares
        total, below = total + weight * value, below + weight
    return total / below


def apart(
    frame: ScoredFrame, weights: Mapping[str, float], heard: Sequence[Voice]
) -> Disagreement | None:
    """The disagreement on an item, averaged over the items; None if no two answered the same one.

    Source: as `disagreement`.
    """
    levels = [level.value for level in frame.scale]
    found = []
    for item, weight in weights.items():
        values = [voice.value for voice in heard if voice.item == item]
        numbers = [value for value in values if value is not None]
        one = disagreement(numbers, min(levels), max(levels), frame.disputed_from)
        if one is not None:
            found.append((weight, one))
    if not found:
        return None
    below = sum(weight for weight, _ in found)
    share = sum(weight * one.share for weight, one in found) / below
    steps = sum(weight * one.levels for weight, one in found) / below
    return Disagreement(steps, share, share >= frame.disputed_from)


def _coverage(asked: Sequence[Voice], heard: Sequence[Voice]) -> float | None:
    """The share answered of what was asked, None if nothing was."""
    put = sum(voice.asked for voice in asked)
    return sum(voice.answered for voice in heard) / put if put else None


def _institutions(heard: Sequence[Voice]) -> int:
    return len({(voice.group, voice.institution) for voice in heard})


def _reason(
    frame: ScoredFrame, asked: Sequence[Voice], used: Sequence[Voice] | None = None
) -> Text | None:
    """Why there is no score, or None if there is one; `used` are all who answered if not given."""
    heard = [voice for voice in asked if voice.value is not None] if used is None else used
    coverage, institutions = _coverage(asked, heard), _institutions(heard)
    if coverage is None:
        return Text("nobody was asked, or it does not apply", "no se preguntó, o no aplica")
    if institutions == 0:
        return Text("no information", "sin información")
    if coverage < frame.min_coverage:
        return Text(
            f"withheld: {coverage:.0%} answered, and at least {frame.min_coverage:.0%} is asked",
            f"no se muestra: respondió el {coverage:.0%} y se pide al menos "
            f"{frame.min_coverage:.0%}",
        )
    if institutions < frame.min_institutions:
        return Text(
            f"withheld: institutions that answered: {institutions}; at least "
            f"{frame.min_institutions} are asked",
            f"no se muestra: instituciones que respondieron: {institutions}; se piden al menos "
            f"{frame.min_institutions}",
        )
    return None
