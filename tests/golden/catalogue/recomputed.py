"""The catalogue computed a second time, by a few pages that share nothing with Cauce.

The declarations are read with tomllib, the file with Polars, expressions are run by Polars' SQL and
estimates are NumPy, written from the definitions in `docs/explanation/distributions.md`. No module
of Cauce is imported. What is common to both is the text of the rules, which is what they mean.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

NAME = re.compile(r"'(?:[^']|'')*'|\b[A-Za-z_][A-Za-z0-9_]*\b(?!\s*\()")
TOKEN = re.compile(r"\b(NOT_STATED|REFUSED|DONT_KNOW|NOT_APPLICABLE)\b")
NOT_ASKED = re.compile(r"not_applicable\((\w+)\)")
# The demo's own rules that pad numbers with zeros, which Polars' SQL does not.
PADDED = {"OC2": ("p20_ciuo", 4, 9999, 2), "EC2": ("p21_ciiu", 2, 999, 2)}
PADDED["PREV_OCU"] = ("p16_ocupa", 4, 9999, 1)
PADDED["AGO_OCU"] = ("p18_ocupa1", 4, 9999, 1)


class Survey:
    """A wave with every variable the catalogue needs, as Polars columns."""

    def __init__(self, pack: Path, region: Path, file: Path) -> None:
        self.pack = tomllib.loads((pack / "pack.toml").read_text())
        self.folder, self.indicators, self.stands = pack, {}, {}
        rules: dict[str, list[str]] = {}
        for path in (region / "variables.toml", *sorted((region / "variables").glob("*.toml"))):
            for name, one in tomllib.loads(path.read_text()).get("variable", {}).items():
                own = one.get("derive", [])
                rules[name] = own if isinstance(own, list) else [own]
        for path in sorted((region / "indicators").glob("*.toml")):
            for name, one in tomllib.loads(path.read_text()).get("indicator", {}).items():
                if "universe" in one:
                    self.indicators[name] = one
        self.frame = pl.read_parquet(file)
        for name, one in self.pack["variable"].items():
            self.stands[one.get("stands_for", name)] = name
        self.weight = self.frame[self.pack["design"]["weight"]].cast(pl.Float64).to_numpy()
        for name, one in self.pack.get("indicator", {}).items():
            self.indicators[name] = one
        self._recode()
        self._derive(rules)

    def _recode(self) -> None:
        for name, one in self.pack["recode"].items():
            codes = {k: v for k, v in one.items() if k not in ("from", "table")}
            if "table" in one:
                lines = (self.folder / one["table"]).read_text().splitlines()[1:]
                rows = [line.split(",") for line in lines]
                codes |= {r[0]: r[1] or {"missing": r[2]} for r in rows}
            text = self._text(one["from"])
            found = {k: v for k, v in codes.items() if isinstance(v, str)}
            values = text.replace_strict(found, default=None, return_dtype=pl.String)
            if set(found.values()) <= {"true", "false"}:
                values = values == "true"
            self._keep(name, values, text, codes)
        for name, one in self.pack["number"].items():
            lost = {k: v for k, v in one.items() if isinstance(v, dict)}
            text = self._text(one["from"])
            number = self.frame[one["from"]].cast(pl.Float64)
            self._keep(name, number.set(text.is_in(list(lost)), None), text, lost)

    def _text(self, column: str) -> pl.Series:
        held = self.frame[column]
        return (held if held.dtype == pl.String else held.cast(pl.Int64).cast(pl.String)).fill_null(
            ""
        )

    def _keep(self, name: str, values: pl.Series, text: pl.Series, codes: dict[str, Any]) -> None:
        none = [k for k, v in codes.items() if v == {"missing": "not_applicable"}]
        self.frame = self.frame.with_columns(
            values.alias(name), text.is_in(none).alias(f"{name}__na")
        )

    def _derive(self, rules: dict[str, list[str]]) -> None:
        own = {name: [one["expr"]] for name, one in self.pack["derive"].items()}
        waiting = {k: v for k, v in rules.items() if v and k not in self.frame.columns} | own
        while ready := {n: r for n, rs in waiting.items() if (r := self._usable(rs, waiting))}:
            for name, rule in ready.items():
                values = self._padded(name) if name in PADDED else self._run_rule(rule)
                self.frame = self.frame.with_columns(
                    values.alias(name),
                    ((self.frame["AGE"] < 15).fill_null(False)).alias(f"{name}__na"),
                )
                del waiting[name]

    def _run_rule(self, rule: str) -> pl.Series:
        if not (usual := re.fullmatch(r"usual\((\w+), (\w+)\)", rule)):
            return self.run(rule)
        of, group = usual.groups()
        known = self.frame.select(of, group, w=self.weight).drop_nulls()
        heavy = known.group_by(group, of).agg(pl.col("w").sum()).sort("w")
        modes = heavy.group_by(group, maintain_order=True).agg(pl.col(of).last())
        many = known[group].value_counts().filter(pl.col("count") >= 30)[group].to_list()
        table = {g: m for g, m in modes.rows() if g in many}
        return self.frame[group].replace_strict(table, default=None, return_dtype=pl.String)

    def _usable(self, ways: list[str], waiting: dict[str, list[str]]) -> str:
        """The first rule that can be run, once no rule before it may become so."""
        for rule in ways:
            names = self.names(rule)
            if names <= set(self.frame.columns):
                return rule
            if names & set(waiting):
                return ""
        return ""

    @staticmethod
    def names(text: str) -> set[str]:
        words = {w for w in NAME.findall(TOKEN.sub("NULL", text)) if not w.startswith("'")}
        return {w for w in words if w.lower() not in SQL}

    def _padded(self, name: str) -> pl.Series:
        column, width, lost, kept = PADDED[name]
        held = self.frame[column].cast(pl.Int64)
        text = held.cast(pl.String).str.zfill(width).str.slice(0, kept)
        return text.set((held == lost).fill_null(False), None)

    def run(self, text: str) -> pl.Series:
        """An expression over the variables; a missing reason is no value, nor is x / 0."""
        sql = NOT_ASKED.sub(r"\1__na", TOKEN.sub("NULL", text))
        found = self.frame.select(pl.sql_expr(sql).alias("x"))["x"]
        if len(found) != len(self.frame):
            found = pl.Series("x", [found[0]] * len(self.frame))
        if found.dtype.is_float():
            found = found.set(~found.is_finite().fill_null(True), None)
        return found

    def flags(self, text: str) -> np.ndarray:
        return self.run(text).cast(pl.Boolean).fill_null(False).to_numpy()

    def numbers(self, text: str) -> np.ndarray:
        return self.run(text).cast(pl.Float64).fill_null(float("nan")).to_numpy().astype(float)


SQL = {
    "case",
    "when",
    "then",
    "else",
    "end",
    "and",
    "or",
    "not",
    "in",
    "is",
    "null",
    "between",
    "true",
    "false",
    "as",
    "left",
    "least",
    "cast",
    "varchar",
}


def value(survey: Survey, name: str, here: np.ndarray, code: str = "") -> float:
    """An indicator among those `here`, in its own unit; of a share, that of a code."""
    one = survey.indicators[name]
    kind, scale = one["estimator"], one.get("scale", 1)
    w = survey.weight
    y, inside = survey.numbers(one["numerator"]), survey.flags(one["universe"]) & here
    x = survey.numbers(one["denominator"]) if one.get("denominator") else np.ones(len(y))
    inside = inside & ~np.isnan(y) & ~np.isnan(x)
    y, x = np.nan_to_num(y), np.nan_to_num(x)
    if kind == "total":
        return scale * float((w * y)[inside].sum())
    if kind in ("mean", "rate", "ratio"):
        return scale * float((w * y)[inside].sum() / (w * x)[inside].sum())
    if kind == "share":
        codes = survey.frame[survey.stands.get(one["within"], one["within"])]
        known = inside & codes.is_not_null().to_numpy()
        mine = known & (codes == code).fill_null(False).to_numpy()
        whole = inside if one.get("of_all") else known
        return scale * float((w * y)[mine].sum() / (w * y)[whole].sum())
    if kind in ("quantile", "quantile_ratio", "low", "gini"):
        return scale * of_amounts(survey, one, y, inside, here, w)
    first, second = (survey.flags(one[d]) for d in ("first", "second"))
    return scale * compared(survey, one, y, x, w, inside & first, inside & second)


def of_amounts(survey, one, y, inside, here, w) -> float:
    def quantile(who: np.ndarray, p: float) -> float:
        order = np.argsort(y[who], kind="stable")
        total = np.cumsum(w[who][order])
        return float(y[who][order][np.searchsorted(total, p * total[-1] * (1 - 1e-12))])

    p = one.get("p", 0.5)
    if one["estimator"] == "quantile":
        return quantile(inside, p)
    if one["estimator"] == "quantile_ratio":
        return quantile(inside, p[0]) / quantile(inside, p[1])
    if one["estimator"] == "low":
        every = survey.flags(one["universe"]) & ~np.isnan(survey.numbers(one["numerator"]))
        line = one.get("fraction", 2 / 3) * quantile(every, p)
        return float(w[inside & (y < line)].sum() / w[inside].sum())
    # Gini as the mean absolute difference of two people over twice the mean.
    order = np.argsort(y[inside], kind="stable")
    weight, amount = w[inside][order], y[inside][order]
    above = np.cumsum(weight) - weight
    paid = np.cumsum(weight * amount) - weight * amount
    apart = 2 * (weight * (amount * above - paid)).sum()
    return float(apart / (2 * weight.sum() * (weight * amount).sum()))


def compared(survey, one, y, x, w, first, second) -> float:
    def mean(who: np.ndarray) -> float:
        return float((w * y)[who].sum() / (w * x)[who].sum())

    kind = one["estimator"]
    if kind == "difference":
        return mean(first) - mean(second)
    if kind == "relative_gap":
        return 1 - mean(second) / mean(first)
    if kind == "quotient":
        return mean(first) / mean(second)
    if kind == "factor_gap":
        held = survey.frame.select(one["factors"])
        known = held.select(pl.all_horizontal(pl.all().is_not_null())).to_series().to_numpy()
        group = held.select(
            pl.concat_str(pl.all().cast(pl.String), separator="|", ignore_nulls=True)
        )
        above = below = 0.0
        for name in set(group.to_series().to_list()):
            own = known & (group.to_series() == name).to_numpy()
            men, women = first & own, second & own
            if men.any() and women.any():
                above += w[women].sum() * (1 - mean(women) / mean(men))
                below += w[women].sum()
        return above / below
    raise NotImplementedError(kind)


def error_of_a_total_or_ratio(survey: Survey, name: str) -> float:
    """The error at the total, PSU by PSU and stratum by stratum, of what is linear."""
    one = survey.indicators[name]
    w = survey.weight
    y, inside = survey.numbers(one["numerator"]), survey.flags(one["universe"])
    x = survey.numbers(one["denominator"]) if one.get("denominator") else np.ones(len(y))
    inside = inside & ~np.isnan(y) & ~np.isnan(x)
    y, x = np.where(inside, y, 0.0), np.where(inside, x, 0.0)
    z = w * y
    if one["estimator"] != "total":
        below = (w * x).sum()
        z = w * (y - (w * y).sum() / below * x) / below
    h, c = survey.pack["design"]["stratum"], survey.pack["design"]["psu"]
    sums = survey.frame.select(h, c, z=pl.Series(z)).group_by(h, c).sum()
    each = sums.group_by(h).agg(n=pl.len(), v=pl.col("z").var())
    return one.get("scale", 1) * float((each["n"] * each["v"]).sum() ** 0.5)
