"""How well free text is coded, beside two simple peers: first answers, unseen occupations, margins.

    python bench/coding.py DATA [--languages es en] [--folds 3] [--hard-only] [--target 0.7 0.8 0.9]

DATA is a folder with `coding/` (ESCO's occupations, the 85 hard cases) and `classifications/`
(titles of groups), which are not part of Cauce. Prints JSON. Nothing is ever trained on the 85
cases. Unseen occupations: ESCO parted by occupation, each part coded by a model of the others, and
by margins set on the others' parts; the index does not help there, for it would hold the answers.
"""

import argparse
import csv
import json
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import ComplementNB

from cauce.model.arrays import Floats
from cauce.outlook.coding import (
    LEVELS,
    Coder,
    HeldOut,
    Index,
    Lesson,
    Margins,
    Material,
    Said,
    Scheme,
    hold_out,
    learn,
    make_index,
    margins_of,
    material,
    normalise,
    set_margins,
)
from cauce.outlook.coding.linear import Linear
from cauce.outlook.coding.margins import levels, taken
from cauce.outlook.coding.typos import with_slips
from cauce.sources.coding.model_file import ModelFile, write_model
from cauce.sources.coding.titles import read_source
from cauce.sources.coding.words import read_words

REGION = Path(__file__).parent.parent / "packs" / "region"
ISCO = Scheme("ISCO-08")
NEIGHBOURS = 10


class Peers:
    """k nearest neighbours by TF-IDF, and complement naive Bayes, on the same texts."""

    def __init__(self, texts: tuple[str, ...], codes: tuple[str, ...]) -> None:
        self.how = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        self.known = self.how.fit_transform(texts)
        self.codes, self.place = np.unique(codes, return_inverse=True)
        self.bayes = ComplementNB(alpha=0.1).fit(self.known, self.place)

    def nearest(self, texts: list[str]) -> Floats:
        """The likeness of the ten nearest texts, cubed and summed by code."""
        found = np.zeros((len(texts), len(self.codes)))
        for start in range(0, len(texts), 500):
            like = (self.how.transform(texts[start : start + 500]) @ self.known.T).toarray()
            near = np.argpartition(-like, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
            for row, places in enumerate(near):
                np.add.at(found[start + row], self.place[places], like[row, places] ** 3)
        return found

    def naive(self, texts: list[str]) -> Floats:
        return self.bayes.predict_log_proba(self.how.transform(texts))


def share(flags: object) -> float:
    return round(float(np.mean(np.asarray(flags, dtype=float))), 4)


def accuracy(scores: Floats, codes: list[str], truth: list[str]) -> dict[str, float]:
    """First answers right at 1 to 4 digits, and how often the code is among five."""
    first = np.argsort(-scores, axis=1)[:, :5]
    said = [[codes[place] for place in row] for row in first]
    pairs = list(zip(said, truth, strict=True))
    found = {
        f"{digits} digits": share(
            [s[0][:digits] == t[:digits] for s, t in zip(said, truth, strict=True)]
        )
        for digits in (1, 2, 3, 4)
    }
    return {**found, "among five": share([t in s for s, t in pairs])}


def abstention(held: HeldOut, target: float) -> dict[str, object]:
    """What is coded and rightly, each part by margins set on the others."""
    right, coded = defaultdict(list), np.full(len(held.truth), -1)
    clusters = defaultdict(list)
    for part in np.unique(held.fold):
        others, here = held.fold != part, np.flatnonzero(held.fold == part)
        truth = [t for t, other in zip(held.truth, others, strict=True) if other]
        margins = set_margins(held.scores[others], held.codes, truth, ISCO, target)
        found = levels(held.scores[here], margins.sharpness, held.codes, ISCO)
        coded[here] = taken(found, margins)
        for row, at in enumerate(here):
            if coded[at] >= 0:
                digits = LEVELS[coded[at]]
                hit = found[coded[at]].said()[row] == held.truth[at][:digits]
                right[digits].append(hit)
                clusters[digits, held.groups[at]].append(hit)
    each = {
        f"{digits} digits": level(
            right[digits], len(held.truth), target,
            [hits for (of, _), hits in clusters.items() if of == digits],
        )
        for digits in LEVELS
    }  # fmt: skip
    together = defaultdict(list)
    for (_, group), hits in clusters.items():
        together[group] += hits
    every = [hit for hits in together.values() for hit in hits]
    return {**each, "all levels": level(every, len(held.truth), target, list(together.values()))}


def level(hits: list[bool], of: int, target: float, by: list[list[bool]]) -> dict[str, object]:
    """The share coded, and of these the share right, with its error between occupations."""
    if not hits:
        return {"coded": 0.0}
    precision = float(np.mean(hits))
    error = float(np.sqrt(sum((np.sum(v) - precision * len(v)) ** 2 for v in by)) / len(hits))
    return {
        "coded": round(len(hits) / of, 4),
        "right": round(precision, 4),
        "standard error, by occupation": round(error, 4),
        "off target, points": round(100 * (precision - target), 2),
        "within 2 points": abs(precision - target) <= 0.02,
    }


def peers_held_out(known: Material, held: HeldOut) -> dict[str, object]:
    """The peers on the same parts."""
    codes = list(held.codes)
    scores = {name: np.full(held.scores.shape, -1e9) for name in ("nearest", "naive")}
    part = dict(zip(held.groups, held.fold, strict=True))
    for fold in np.unique(held.fold):
        of = known.of(np.array([part.get(g, -1) != fold for g in known.groups]))
        peers, here = Peers(of.texts, of.codes), np.flatnonzero(held.fold == fold)
        columns = np.array([codes.index(c) for c in peers.codes])
        for name, table in scores.items():
            table[np.ix_(here, columns)] = getattr(peers, name)([held.texts[i] for i in here])
    return {name: accuracy(table, codes, list(held.truth)) for name, table in scores.items()}


def hard_cases(data: Path, coder: Coder, known: Material) -> dict[str, object]:
    """The 85 cases: a first answer is right if it begins with the code given, of 2 to 4 digits."""
    with (data / "coding/isco_benchmark_data.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    truth = [row["MANUAL_ISCO1"] for row in rows]

    def fared(listed: list[list[str]]) -> dict[str, float]:
        pairs = list(zip(listed, truth, strict=True))
        hits = [[code.startswith(t) for code in each] for each, t in pairs]
        return {
            "first": share([any(h[:1]) for h in hits]),
            "right": sum(any(h[:1]) for h in hits),
            "among three": share([any(h[:3]) for h in hits]),
            "among five": share([any(h) for h in hits]),
            "first, 1 digit": share([bool(each) and each[0][0] == t[0] for each, t in pairs]),
        }

    def ours(of: Coder, tasks: bool) -> list[list[str]]:
        said = [Said(row["TITLE"], row["TASKS"] if tasks else "") for row in rows]
        return [[p.code for p in coded.proposals] for coded in of.code(said)]

    peers = Peers(known.texts, known.codes)
    blank = Coder(coder.words, ISCO, Index(), coder.linear, coder.margins)
    title = [normalise(row["TITLE"], coder.words) for row in rows]
    whole = [normalise(f"{row['TITLE']} {row['TASKS']}", coder.words) for row in rows]
    return {
        "cases": len(rows),
        "title and tasks": fared(ours(coder, True)),
        "title alone": fared(ours(coder, False)),
        "title and tasks, no index": fared(ours(blank, True)),
        "nearest, title": fared(five(peers, peers.nearest(title))),
        "nearest, title and tasks": fared(five(peers, peers.nearest(whole))),
        "naive Bayes, title": fared(five(peers, peers.naive(title))),
        "naive Bayes, title and tasks": fared(five(peers, peers.naive(whole))),
    }


def five(peers: Peers, scores: Floats) -> list[list[str]]:
    return [[str(peers.codes[i]) for i in row] for row in np.argsort(-scores, axis=1)[:, :5]]


def measure(data: Path, language: str, asked: argparse.Namespace) -> dict[str, object]:
    words = read_words(REGION, language)
    files = [
        data / f"coding/ESCO108_occupations_{language}.csv",
        data / f"classifications/ESCO108_ISCOGroups_{language}.csv",
    ]
    sources = [read_source(path, language).titles for path in files]
    known = material([title for source in sources for title in source], words)
    lesson = Lesson(folds=asked.folds)
    if asked.hard_only:
        nothing = Margins(0.8, (4.0,) * 4, (2.0,) * 4)
        linear = learn(known, lesson)
        coder = Coder(words, ISCO, make_index(sources, words), linear, nothing)
        return {"hard cases": hard_cases(data, coder, known), **weighed(coder, linear, known)}
    begun = time.process_time()
    held = esco_only(hold_out(known, lesson))
    spent = time.process_time() - begun
    codes, truth = list(held.codes), list(held.truth)
    told: dict[str, object] = {
        "texts learnt": len(known.texts),
        "titles of unseen occupations": len(truth),
        "occupations": len(set(held.groups)),
        "unseen": accuracy(held.scores, codes, truth),
        "peers, unseen": peers_held_out(known, held),
        "margins": {str(target): abstention(held, target) for target in asked.target},
        "held out, CPU seconds": round(spent, 1),
    }
    begun = time.process_time()
    linear = learn(known, lesson)
    told["trained on all, CPU seconds"] = round(time.process_time() - begun, 1)
    coder = Coder(words, ISCO, make_index(sources, words), linear, margins_of(held, ISCO, 0.9))
    told |= weighed(coder, linear, known)
    if language == "en":
        told["hard cases"] = hard_cases(data, coder, known)
    return told


def esco_only(held: HeldOut) -> HeldOut:
    """The titles of occupations; those of groups and their examples are learnt, not tested."""
    return held.of(np.array([not group.startswith("group ") for group in held.groups]))


def weighed(coder: Coder, linear: Linear, known: Material) -> dict[str, object]:
    """The size of the file, titles a second of one processor, and titles with two slips."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        write_model(path, ModelFile(coder, (), "", "", 1))
        size = path.stat().st_size
    some = [known.texts[i] for i in np.flatnonzero(known.whole)[::7]][:2000]
    truth = [known.codes[i] for i in np.flatnonzero(known.whole)[::7]][:2000]
    begun = time.process_time()
    coder.code([Said(text) for text in some])
    spent = time.process_time() - begun
    slipped = linear.scores(linear.measure(with_slips(some, 2, 99)))
    return {
        "file, bytes": size,
        "features": len(linear.features),
        "weights kept": int(linear.weights.nnz),
        "titles a second": round(len(some) / spent),
        "known titles with two slips": accuracy(slipped, list(linear.codes), truth),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--languages", nargs="+", default=["es", "en"])
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--hard-only", action="store_true", help="Only the 85 cases, in English.")
    parser.add_argument("--target", type=float, nargs="+", default=[0.7, 0.8, 0.9])
    asked = parser.parse_args()
    found = {language: measure(asked.data, language, asked) for language in asked.languages}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
