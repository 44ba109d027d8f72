"""What an outlook pack assumes, and how far off it may be, as TOML."""

from cauce.declare.section import Section
from cauce.declare.words import did_you_mean, listed
from cauce.pipeline.outlook.pack import Assumption, Range

RANGED = ("deaths", "exits", "emigration", "graduates", "returns")
"""Parts of openings and supply that a range may be told of: those `changes` scales."""


def ranges_of(top: Section) -> dict[str, Range]:
    found = {}
    for name, one in top.named("range"):
        if name not in RANGED:
            one.note("", f"[range.{name}]: nothing is computed under that name."
                     f"{did_you_mean(name, RANGED)} Known here: {listed(RANGED)}.")  # fmt: skip
        found[name] = _range(one)
    return found


def _range(section: Section) -> Range:
    low, high = section.number("low"), section.number("high")
    _check_range(section, low, high)
    found = Range(low, high, section.words("source"))
    section.finish()
    return found


def _check_range(section: Section, low: float, high: float) -> None:
    if not 0 <= low <= 1 <= high:
        section.note(
            "low",
            f"{section.name('low')}: said to lie from {low:g} to {high:g} times its value: write "
            "factors that hold 1, as low = 0.8 and high = 1.2.",
        )


def assumption_of(name: str, section: Section) -> Assumption:
    values = {"": section.number("value")} if section.has("value") else {}
    by = section.table("by", required=False)
    if by is not None:
        values |= {key: by.number(key) for key in by.data}
    if not values:
        section.note("", f"[assumption.{name}] has no number: say value = … or by = {{ … }}.")
    low, high = (section.number(end) if section.has(end) else 1.0 for end in ("low", "high"))
    _check_range(section, low, high)
    found = Assumption(
        name, section.words("said"), section.words("source"), values, section.place(), low, high
    )
    section.finish()
    return found
