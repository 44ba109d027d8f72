"""Every indicator in every grouping it is wanted in, with as few passes as can be."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeAlias

from cauce.estimate import amounts, low
from cauce.estimate.compared import base_of, domain_score, gap, smaller_domain, unvaried
from cauce.estimate.composed import comparable, dissimilarity, factor_gap
from cauce.estimate.cube import Estimates
from cauce.estimate.exact_answers import Exactly
from cauce.estimate.grouping import Grouping, group
from cauce.estimate.influence import Influence, score_of_z, with_error
from cauce.estimate.questions import Dims as Dims
from cauce.estimate.questions import Question as Question
from cauce.estimate.replicated_bent import variances_of, with_replicates
from cauce.estimate.share import share_score, shares
from cauce.estimate.sweep import Sweep
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.indicator import COMPARED, LINEAR, Estimator
from cauce.model.sample import Score

SHARES: tuple[Estimator, ...] = ("share",)
LOW: tuple[Estimator, ...] = ("low",)
AMOUNTS: tuple[Estimator, ...] = ("quantile", "quantile_ratio", "gini")
KINDS = (LINEAR, SHARES, LOW, AMOUNTS, COMPARED)
Key: TypeAlias = tuple[str, Dims]


def again(q: Question) -> bool:
    """Whether replicates make an estimate again; a quantile has the interval of its rank."""
    return q.indicator.estimator != "quantile"


class Answered(Protocol):
    """What cells are made of: estimates by indicator and grouping, and the cells of a grouping."""

    found: dict[Key, Estimates]
    weight: Floats

    def grouping(self, dims: Dims) -> Grouping: ...


class Answers:
    """Estimates by indicator and grouping, worked out by `ask`."""

    def __init__(
        self,
        sweep: Sweep,
        classifiers: Sequence[Codes],
        sizes: Sequence[int],
        exactly: Exactly | None = None,
    ) -> None:
        self.sweep = sweep
        self.weight = sweep.rows.weight
        self._exactly = exactly
        self.found: dict[Key, Estimates] = {}
        self.classifiers, self._sizes = classifiers, sizes
        self._groupings: dict[Dims, Grouping] = {}
        self._orders: dict[str, Ints] = {}
        self.found_quantiles: dict[str, list[amounts.Quantiles]] = {}

    def grouping(self, dims: Dims) -> Grouping:
        if dims not in self._groupings:
            own = self.classifiers, self._sizes, dims
            self._groupings[dims] = group(*own, len(self.weight))
        return self._groupings[dims]

    def ask(self, questions: Sequence[Question]) -> None:
        """Answer all questions, those of one kind together."""
        of = {kind: [q for q in questions if q.indicator.estimator in kind] for kind in KINDS}
        self._linear({q.indicator.id: (q.score, q.dims) for q in of[LINEAR]}, self._exactly)
        self._shares(of[SHARES])
        self._low(of[LOW])
        bent = [*of[AMOUNTS], *of[COMPARED]]
        for dims in sorted({dims for question in bent for dims in question.dims}):
            here = [question for question in bent if dims in question.dims]
            self.quantiles([q for q in here if q.indicator.p], dims)
            self._bent([q for q in here if q.indicator.estimator != "quantile"], dims)
        self._again([q for kind in KINDS if kind is not LINEAR for q in of[kind] if again(q)])

    def _linear(
        self, wanted: Mapping[str, tuple[Score, frozenset[Dims]]], exactly: Exactly | None = None
    ) -> None:
        """One pass for all scores that are wanted in the same groupings."""
        together: dict[frozenset[Dims], list[tuple[str, Score]]] = {}
        for name, (score, dims) in wanted.items():
            together.setdefault(dims, []).append((name, score))
        for dims, named in together.items():
            order = sorted(dims)
            asked = [self.grouping(d) for d in order], [s for _, s in named]
            if exactly is None:
                found = self.sweep.run(*asked)
            else:
                found = exactly.run(self.sweep.rows, self.sweep.policy, *asked)
            for d, columns in zip(order, found, strict=True):
                for (name, _), column in zip(named, columns, strict=True):
                    self.found[name, d] = column

    def _shares(self, questions: Sequence[Question]) -> None:
        scores = {
            q.indicator.id: share_score(q.score, self.classifiers[q.within], q.known)
            for q in questions
        }
        parts = {}
        for q in questions:
            wholes = {tuple(d for d in dims if d != q.within) for dims in q.dims}
            parts[f"{q.indicator.id}/total"] = scores[q.indicator.id], q.dims | wholes
        self._linear(parts)
        for q in questions:
            name = q.indicator.id
            for dims in q.dims:
                rest = tuple(d for d in dims if d != q.within)
                self.found[name, dims] = shares(
                    self.sweep,
                    scores[name],
                    self.weight,
                    self.grouping(dims),
                    self.grouping(rest),
                    self.found[f"{name}/total", dims],
                    self.found[f"{name}/total", rest],
                )

    def _low(self, questions: Sequence[Question]) -> None:
        """The threshold from everyone, the rate below it in each cell, then the error of both."""
        thresholds = {}
        self.quantiles(questions, ())
        for q in questions:
            ordered = self.in_order(q, ())
            (quantile,) = self.found_quantiles[q.indicator.id]
            thresholds[q.indicator.id] = low.threshold(
                self.sweep, ordered, quantile, q.indicator.p[0], q.indicator.fraction
            )
        rates = {
            q.indicator.id: (low.low_score(q.score, thresholds[q.indicator.id]), q.dims)
            for q in questions
        }
        self._linear(rates)
        for q in questions:
            name = q.indicator.id
            for dims in q.dims:
                self.found[name, dims] = low.with_threshold(
                    self.found[name, dims],
                    self.in_order(q, dims),
                    self.grouping(dims),
                    thresholds[name],
                )

    def quantiles(self, questions: Sequence[Question], dims: Dims) -> None:
        """The quantiles of all questions in one grouping, kept for what is made of them."""
        grouping, ranks, asked = self.grouping(dims), [], []
        for q in questions:
            ordered = self.in_order(q, dims)
            for p in q.indicator.p:
                value = ordered.quantiles(p)
                asked.append((q.indicator, ordered, value, p))
                ranks.append(amounts.rank_score(q.score, grouping, value))
        self.found_quantiles = {}
        found = self.sweep.run([grouping], ranks)[0]
        for (indicator, ordered, value, p), rank in zip(asked, found, strict=True):
            quantile = amounts.woodruff(ordered, value, p, rank)
            self.found_quantiles.setdefault(indicator.id, []).append(quantile)
            if indicator.estimator == "quantile":
                counted = replace(rank, cases=amounts.cases(ordered, grouping))
                self.found[indicator.id, dims] = amounts.quantile_estimates(quantile, counted)

    def _bent(self, questions: Sequence[Question], dims: Dims) -> None:
        """Everything whose error is that of the total of an influence, in one grouping."""
        scores: list[Score] = []
        influences = []
        for q in questions:
            score = q.score
            if q.indicator.estimator == "factor_gap":
                score = comparable(score, self.grouping(dims), self.weight)
            influence = self.influence(q, score, dims)
            influences.append(influence)
            scores.append(score_of_z(score, influence))
            if q.indicator.estimator in COMPARED:
                base = base_of(score)
                scores += [domain_score(score, "first", base), domain_score(score, "second", base)]
        found = iter(self.sweep.run([self.grouping(dims)], scores)[0])
        for q, influence in zip(questions, influences, strict=True):
            estimator = q.indicator.estimator
            total = replace(next(found), cases=influence.cases)
            if estimator in COMPARED:
                first, second = next(found), next(found)
                total = smaller_domain(total, first, second)
                if estimator != "dissimilarity":  # its domains are all people, who never vary
                    influence = replace(influence, still=unvaried(first, second))
            self.found[q.indicator.id, dims] = with_error(estimator, influence, total)

    def influence(self, q: Question, score: Score, dims: Dims) -> Influence:
        """What moves an estimate whose error is that of a total; of D9/D1 after `quantiles`."""
        grouping, indicator = self.grouping(dims), q.indicator
        match indicator.estimator:
            case "gini":
                return amounts.gini(self.in_order(q, dims), grouping)
            case "quantile_ratio":
                found = self.found_quantiles[indicator.id]
                return amounts.quantile_ratio(self.in_order(q, dims), grouping, indicator.p, found)
            case "factor_gap":
                return factor_gap(score, grouping, self.weight)
            case "dissimilarity":
                variances = variances_of(self, score, grouping)
                return dissimilarity(self.sweep, score, grouping, self.weight, variances)
        return gap(indicator.estimator, score, grouping, self.weight)

    def in_order(self, q: Question, dims: Dims) -> amounts.InOrder:
        return amounts.in_order(q.score, self.grouping(dims), self.weight, self.order_of(q))

    def order_of(self, q: Question) -> Ints:
        """Everybody's rows by the amount of a score."""
        name = q.indicator.id
        if name not in self._orders:
            self._orders[name] = amounts.by_amount(q.score)
        return self._orders[name]

    def _again(self, questions: Sequence[Question]) -> None:
        """Put the errors of replicates, where there are any, in place of linearised ones."""
        replicas = self.sweep.rows.replication
        if replicas is None:
            return
        for q in questions:
            for dims in q.dims:
                own = self.found[q.indicator.id, dims]
                self.found[q.indicator.id, dims] = with_replicates(self, replicas, q, dims, own)
