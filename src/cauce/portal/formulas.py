"""How estimators are written in letters, and what only some of them have."""

from collections.abc import Iterator

from cauce.model.indicator import Indicator
from cauce.portal.words import Words

LETTERS = {
    "total": "Σ w·y",
    "mean": "Σ w·y ÷ Σ w",
    "rate": "Σ w·y ÷ Σ w",
    "ratio": "Σ w·y ÷ Σ w·x",
    "share": "Σₖ w·y ÷ Σ w·y",
    "quantile": "min { y : Σ w·1[yᵢ ≤ y] ≥ p · Σ w }",
    "quantile_ratio": "Q(p₁) ÷ Q(p₂)",
    "gini": "Σᵢ Σⱼ wᵢ·wⱼ·|yᵢ − yⱼ| ÷ (2 · Σ w · Σ w·y)",
    "low": "Σ w·1[y < f · Q(p)] ÷ Σ w",
    "difference": "(R₁ − R₂)",
    "relative_gap": "(R₁ − R₂) ÷ R₁",
    "quotient": "R₁ ÷ R₂",
    "factor_gap": "Σg W₂g · (1 − m₂g ÷ m₁g) ÷ Σg W₂g",
    "dissimilarity": "½ Σₖ |p₁ₖ − p₂ₖ|",
}


COMPARING = ("difference", "relative_gap", "quotient")
AMOUNTS = ("quantile", "quantile_ratio", "gini", "low", "factor_gap")


def letters_told(indicator: Indicator, words: Words) -> str:
    """What the letters of a formula stand for."""
    if indicator.estimator in COMPARING:
        return words("letters_compared")
    if indicator.estimator in AMOUNTS:
        return words("letters_amount")
    if indicator.estimator == "dissimilarity":
        return words("letters_dissimilarity")
    return words("letters_mean")


def own_keys(indicator: Indicator, words: Words) -> Iterator[tuple[str, str]]:
    """Two domains, factors, orders of quantiles and the like, by the name of the words for it."""
    said = {
        "first": indicator.first,
        "second": indicator.second,
        "across": indicator.across,
        "within": indicator.within,
        "factors": ", ".join(indicator.factors),
        "orders": ", ".join(words.plain(p) for p in indicator.p),
        "fraction": words.plain(indicator.fraction) if indicator.fraction else "",
    }
    yield from ((name, text) for name, text in said.items() if text)
