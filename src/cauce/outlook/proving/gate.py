"""The champion gate: the model is published where it earned it, and a plain rule where it did not.

Source: domain page outlook, section 4.9.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.text import Text
from cauce.outlook.proving.measures import FEWEST_ORIGINS, claim, scored
from cauce.outlook.proving.trials import Trials

TWICE = 2.0
NAMES: Mapping[str, Text] = {
    "filter": Text("the filter of shares", "el filtro de participaciones"),
    "no_change": Text("no change", "sin cambio"),
    "mean_share": Text(
        "the mean share of three waves, times the total's drift",
        "la participación media de tres rondas, por la deriva del total",
    ),
    "constant_share": Text(
        "constant shares, times the total's drift",
        "participaciones constantes, por la deriva del total",
    ),
    "drift": Text("the drift so far", "la deriva observada"),
    "damped_drift": Text("a drift that fades", "una deriva que se atenúa"),
    "level_trend": Text("a straight line through ten years", "una recta por diez años"),
    "log_trend": Text(
        "a trend of the same growth every year", "una tendencia de igual crecimiento cada año"
    ),
    "shrunk_slope": Text(
        "slopes of shares drawn together and fading",
        "pendientes de participaciones acercadas entre sí, que se atenúan",
    ),
    "constant_staffing": Text("constant staffing of industries", "dotación constante de las ramas"),
}
"""What methods are called in words; another one is called by its own name."""


@dataclass(frozen=True)
class Champion:
    """Which method is published at a horizon, and why.

    `judged_at` is the position of the horizon that decided, -1 if the past decides nothing.
    """

    method: str
    judged_at: int
    verdict: Text


def champion(
    one: Trials, at: int, model: str, fallback: str, names: Mapping[str, Text] = NAMES
) -> Champion:
    """The model if its WAPE is no worse than that of the best rule, else a rule.

    In the model's place stands the fallback, or the best of the rules that were better than the
    fallback by twice the error of the difference: the best of many over a few origins is so by
    luck, too. A horizon with fewer than three origins is judged by the longest shorter one that has
    them. Without any, the fallback: nobody has seen the model do better.

    Args:
        model: the structural method; all others are rules.
        fallback: the rule that is never left behind, the three-year mean share.
    """
    for judged in range(at, -1, -1):
        wape = _means(one, judged, (model, fallback))
        if wape is not None:
            break
    else:
        return Champion(fallback, -1, _unproven(fallback, names))
    rules = {name: score for name, score in wape.items() if name != model}
    best = min(rules, key=lambda name: (rules[name], name != fallback))
    if wape[model] <= rules[best]:
        return Champion(model, judged, _said(_won(model, best, wape, names), one, judged, at))
    proven = _proven(one, judged, rules, fallback)
    lost = _lost(model, best, proven, wape, names)
    return Champion(proven, judged, _said(lost, one, judged, at))


def _proven(one: Trials, at: int, rules: Mapping[str, float], fallback: str) -> str:
    """The best of the rules whose gain on the fallback is twice its error, or the fallback."""
    by_origin, horizon = scored(one, at), float(one.horizons[at])
    gains = {name: claim(by_origin, name, fallback, horizon) for name in rules}
    better = [name for name, each in gains.items() if each.gain > TWICE * each.se]
    return min(better, key=lambda name: rules[name], default=fallback)


def _means(one: Trials, at: int, needed: tuple[str, str]) -> dict[str, float] | None:
    """Mean WAPE of each method over the origins that all have; None if those are too few.

    A rule that answered at fewer than three origins takes no part and holds up nobody, but for
    those that are needed: after a change of classification the fallback may be new, too.
    """
    wape = scored(one, at).wape
    enough = {name: np.isfinite(each).sum() >= FEWEST_ORIGINS for name, each in wape.items()}
    answered = {name: each for name, each in wape.items() if enough[name]}
    if not set(needed) <= set(answered):
        return None
    both = np.isfinite(np.stack(list(answered.values()))).all(axis=0)
    if both.sum() < FEWEST_ORIGINS:
        return None
    return {name: float(each[both].mean()) for name, each in answered.items()}


def _unproven(fallback: str, names: Mapping[str, Text]) -> Text:
    rule = _named(fallback, names)
    return Text(
        f"Fewer than {FEWEST_ORIGINS} origins are known, so nothing is claimed for the model: "
        f"published is {rule.en}.",
        f"Se conocen menos de {FEWEST_ORIGINS} orígenes, de modo que nada se afirma del modelo: "
        f"se publica {rule.es}.",
    )


def _won(model: str, best: str, wape: Mapping[str, float], names: Mapping[str, Text]) -> Text:
    own, rule = _named(model, names), _named(best, names)
    return Text(
        f"Published is {own.en}: its past error, {_pct(wape[model])}, is no larger than that of "
        f"the best plain rule, {rule.en}, {_pct(wape[best])}.",
        f"Se publica {own.es}: su error pasado, {_pct(wape[model])}, no es mayor que el de la "
        f"mejor regla simple, {rule.es}, {_pct(wape[best])}.",
    )


def _lost(
    model: str, best: str, proven: str, wape: Mapping[str, float], names: Mapping[str, Text]
) -> Text:
    own, rule, instead = (_named(name, names) for name in (model, best, proven))
    said = Text(
        f"Published is a plain rule, {instead.en}, with a past error of {_pct(wape[proven])}: that "
        f"of the model, {own.en}, is {_pct(wape[model])}, larger than that of the best rule.",
        f"Se publica una regla simple, {instead.es}, con un error pasado de {_pct(wape[proven])}: "
        f"el del modelo, {own.es}, es {_pct(wape[model])}, mayor que el de la mejor regla.",
    )
    if proven == best:
        return said
    return Text(
        f"{said.en} The best rule, {rule.en}, {_pct(wape[best])}, is not taken: it may be so by "
        "chance.",
        f"{said.es} La mejor regla, {rule.es}, {_pct(wape[best])}, no se toma: puede serlo por "
        "azar.",
    )


def _pct(fraction: float) -> str:
    return f"{100 * fraction:.1f} %"


def _said(verdict: Text, one: Trials, judged: int, at: int) -> Text:
    return verdict if judged == at else _borrowed(verdict, one.horizons, judged, at)


def _borrowed(said: Text, horizons: Floats, judged: int, at: int) -> Text:
    known, asked = f"{horizons[judged]:g}", f"{horizons[at]:g}"
    return Text(
        f"{said.en} Judged at a horizon of {known} years, as the past is too short for {asked}.",
        f"{said.es} Juzgado a un horizonte de {known} años, pues el pasado no alcanza para "
        f"{asked}.",
    )


def _named(method: str, names: Mapping[str, Text]) -> Text:
    return names.get(method, Text(method, method))
