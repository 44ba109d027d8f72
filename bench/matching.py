"""Precision and recall of the matcher of spellings, and of splink, on 300 pairs labelled by hand.

    python bench/matching.py us_h2b_foreign_recruiters_fy2021.csv.gz

`matching_labels.csv` has a hash of each pair and its label, no name. The pairs were drawn by the
likeness of the letters alone (difflib): 120 of the 366 pairs from 0.8 on, 140 of the 1,124 from
0.5 on, 40 of the 39,265 below. Who labelled them had seen what the matcher proposes; the rules
were not changed after they were labelled, only the blocks of pairs, for speed. "Same" means:
differs in capitals, marks, typing, legal form or general words, and nothing else in the file
(town, people named) speaks against it; where words differ more, people named under both decide.
`hard` are those where a colleague might say otherwise. splink is measured where it can be
imported; it is no part of Cauce.
"""

import csv
import gzip
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from cauce.registers.matching import ACCEPT, REVIEW, likeness, propose, spelling

Pair = tuple[str, str]
STRATA = {"near": 366, "mid": 1124, "far": 39265}
COLUMN = "RECRUITER_EMPLOYER_NAME"


def main(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        counted = Counter(row[COLUMN] for row in csv.DictReader(file))
    counted.pop("", None)
    labels = _labels(counted)
    proposals, questions = propose(counted)
    group = {name: n for n, each in enumerate(proposals) for name in each.spellings}
    print(f"{len(counted)} spellings, {len(proposals)} proposals, {len(questions)} questions;")
    print(f"{len(labels)} pairs labelled, {sum(x.same for x in labels.values())} the same\n")
    print(f"{'':34}precision  recall  false+  false-   weighted p  weighted r")
    _tell("cauce: proposed as one", labels, lambda a, b: group[a] == group[b])
    asked = {(q.one, q.other) for q in questions}
    _tell(
        "cauce: proposed or asked",
        labels,
        lambda a, b: group[a] == group[b] or tuple(sorted((group[a], group[b]))) in asked,
    )
    _tell("cauce: pair alone, score ≥ 0.85", labels, lambda a, b: _score(a, b) >= ACCEPT)
    _tell("cauce: pair alone, score ≥ 0.5", labels, lambda a, b: _score(a, b) >= REVIEW)
    _splink(counted, labels)


def _score(one: str, other: str) -> float:
    return likeness(spelling(one), spelling(other)).score


class Label:
    def __init__(self, row: dict[str, str]) -> None:
        self.stratum, self.same, self.hard = row["stratum"], row["label"] == "same", row["hard"]


def _labels(names: Counter[str]) -> dict[Pair, Label]:
    with (Path(__file__).parent / "matching_labels.csv").open(encoding="utf-8") as file:
        known = {row["pair"]: Label(row) for row in csv.DictReader(file)}
    found = {p: known[h] for p in combinations(sorted(names), 2) if (h := _hash(p)) in known}
    if len(found) != len(known):
        sys.exit(f"The file has {len(found)} of the {len(known)} labelled pairs.")
    return found


def _hash(pair: Pair) -> str:
    return hashlib.sha256("\n".join(sorted(pair)).encode()).hexdigest()[:32]


def _tell(what: str, labels: dict[Pair, Label], said: Callable[[str, str], bool]) -> None:
    """Raw, and weighted by how many pairs of the list each labelled one stands for."""
    drawn = Counter(label.stratum for label in labels.values())
    raw: defaultdict[tuple[bool, bool], int] = defaultdict(int)
    weighted: defaultdict[tuple[bool, bool], float] = defaultdict(float)
    for pair, label in labels.items():
        outcome = said(*pair), label.same
        raw[outcome] += 1
        weighted[outcome] += STRATA[label.stratum] / drawn[label.stratum]
    p, r = _rates(raw)
    wp, wr = _rates(weighted)
    false = f"{raw[True, False]:6}  {raw[False, True]:6}"
    print(f"{what:34}{p:9.3f}  {r:6.3f}  {false}   {wp:10.3f}  {wr:10.3f}")


def _rates(n: "defaultdict[tuple[bool, bool], int] | defaultdict[tuple[bool, bool], float]"):
    found, true = n[True, True] + n[True, False], n[True, True] + n[False, True]
    return (n[True, True] / found if found else 0.0), n[True, True] / true


def _splink(counted: Counter[str], labels: dict[Pair, Label]) -> None:
    try:
        import pandas
        import splink.comparison_library as cl
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    except ImportError:
        print("splink is not installed here: not measured")
        return
    names = sorted(counted)
    cleaned = [" ".join(spelling(name).words) for name in names]
    frame = pandas.DataFrame({"unique_id": names, "name": cleaned})
    frame["core"] = frame["name"].str.replace(" ", "")
    frame["first"] = frame["name"].str.split().str[0]
    comparisons = [
        cl.JaroWinklerAtThresholds("core", [0.97, 0.92, 0.85]),
        cl.JaroWinklerAtThresholds("first", [0.92]),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[
            block_on("substr(core, 1, 3)"),
            block_on("first"),
        ],
    )
    linker = Linker(DuckDBAPI().register(frame), settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("core")], recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("first"))
    training.estimate_parameters_using_expectation_maximisation(block_on("substr(core, 1, 3)"))
    rows = linker.inference.predict().as_pandas_dataframe()
    odds = {
        tuple(sorted((a, b))): float(p)
        for a, b, p in zip(
            rows["unique_id_l"], rows["unique_id_r"], rows["match_probability"], strict=True
        )
    }
    for limit in (0.5, 0.9, 0.95, 0.99, 0.999):
        _tell(
            f"splink: probability ≥ {limit}",
            labels,
            lambda a, b, limit=limit: odds.get(tuple(sorted((a, b))), 0.0) >= limit,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
