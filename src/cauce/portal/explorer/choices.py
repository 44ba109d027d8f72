"""The fields by which a reader shapes a view: periods, layout, words, errors, picture, tests."""

from collections.abc import Iterable

import numpy as np

from cauce.model.dataflow import NOT_SAMPLED
from cauce.portal.explorer.drawn import offered
from cauce.portal.explorer.found import Found
from cauce.portal.explorer.view import ERRORS, LABELS
from cauce.portal.figures import leveled
from cauce.portal.forms import Choice, Field
from cauce.portal.words import Words
from cauce.publish import days_of


def period_fields(found: Found, words: Words) -> tuple[Field, ...]:
    """From which period to which, of those that exist beside the other choices."""
    codes = found.dimensions[-1].codes
    there = found.offered()[-1].tolist()
    if len(codes) < 2:
        return ()
    first, last = _bounds(found)
    since, _ = days_of(found.observations.dataflow)
    ids = [codes[at].id for at in sorted(there, key=lambda at: since[at])]
    return tuple(
        Field(
            name, words(f"period_{name}"), _choices(((i, i) for i in (*ids, *_else(ids, at))), at)
        )
        for name, at in (("from", first), ("to", last))
    )


def _else(ids: list[str], at: str) -> tuple[str, ...]:
    return (at,) if at and at not in ids else ()


def _bounds(found: Found) -> tuple[str, str]:
    """The periods the fields begin with: those asked for, or the outermost that are shown."""
    view, codes = found.view, found.dimensions[-1].codes
    shown = np.unique(found.periods)
    since, until = days_of(found.observations.dataflow)
    if not len(shown):
        return view.start, view.end
    first = codes[int(shown[np.argmin(since[shown])])].id
    last = codes[int(shown[np.argmax(until[shown])])].id
    # With "the last N" alone the range stays open, or the next release would not be in it.
    if view.last and not view.start:
        first = codes[int(np.argmin(since))].id
    return view.start or first, view.end or last


def layout_fields(found: Found, words: Words) -> tuple[Field, ...]:
    """What goes into columns, what leads the lines, and how it is told."""
    view, dimensions = found.view, found.dimensions
    differing = [j for j in found.differing() if len(dimensions[j].codes) > 1]
    spread = view.columns
    kept = sorted({*differing, *(() if spread is None else (spread,))})
    columns = [
        ("", words("columns_none")),
        *((dimensions[j].id, words.of(dimensions[j].name)) for j in kept),
    ]
    lead = [(dimensions[j].id, words.of(dimensions[j].name)) for j in kept if j != spread]
    lead[:1] = [("", name) for _, name in lead[:1]]
    fields = []
    if kept:
        at = "" if spread is None else dimensions[spread].id
        fields.append(Field("columns", words("in_columns"), _choices(columns, at)))
    if len(lead) > 1:
        at = "" if view.rows is None else dimensions[view.rows].id
        fields.append(Field("rows", words("rows_begin"), _choices(lead, at)))
    return (*fields, *told_fields(found, words))


def told_fields(found: Found, words: Words) -> tuple[Field, ...]:
    view, flow = found.view, found.observations.dataflow
    labels = ((_plain(name, "name"), words(f"labels_{name}")) for name in LABELS)
    told = ((e, leveled(words(f"errors_{e}"), flow)) for e in ERRORS)
    errors = (("" if e == "interval" else e, name) for e, name in told)
    kinds = (("" if k == "auto" else k, words(f"chart_{k}")) for k in offered(found, words))
    tests = [("", words("compare_none"))]
    sampled = flow.method.var_method not in NOT_SAMPLED
    if sampled and len(flow.dimensions[-1].codes) > 1:
        tests.append(("wave", words("compare_wave")))
    tests += [(pair.id, words.of(pair.name)) for pair in flow.pairs if sampled]
    return (
        Field("labels", words("labels"), _choices(labels, _plain(view.labels or "name", "name"))),
        Field("errors", words("errors"), _choices(errors, _plain(view.errors, "interval"))),
        Field("chart", words("chart"), _choices(kinds, _plain(view.chart, "auto"))),
        *(
            (Field("compare", words("compare"), _choices(tests, view.compare)),)
            if len(tests) > 1
            else ()
        ),
    )


def _plain(word: str, default: str) -> str:
    return "" if word == default else word


def _choices(pairs: Iterable[tuple[str, str]], at: str) -> tuple[Choice, ...]:
    return tuple(Choice(id_, name, id_ == at) for id_, name in pairs)
