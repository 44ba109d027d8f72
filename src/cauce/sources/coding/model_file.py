"""A coder as one file of arrays and JSON: no code in it, its own hash inside, checked when read."""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from cauce.model.errors import BadInput
from cauce.outlook.coding import Coder, Features, Index, Linear, Margins, Scheme, Words
from cauce.sources.limits import GIB

FORMAT = "cauce-coder/1"
LARGEST = 2 * GIB
_ARRAYS = ("rarity", "data", "indices", "indptr", "start", "words", "pieces", "index")


@dataclass(frozen=True)
class Learnt:
    """A file that a model was trained from: its name, SHA-256, and what it was used as."""

    name: str
    sha256: str
    used_as: str


@dataclass(frozen=True)
class ModelFile:
    """A coder, what it was trained from, when, with which seed; `sha256` is that of its content."""

    coder: Coder
    learnt: tuple[Learnt, ...]
    made: str
    version: str
    seed: int
    sha256: str = ""


def write_model(path: Path, model: ModelFile) -> str:
    """Write a model, whole or not at all; its SHA-256, the same for the same files and seed."""
    coder, linear = model.coder, model.coder.linear
    weights = linear.weights
    arrays = {
        "rarity": linear.features.rarity,
        "data": weights.data.astype(np.float32),
        "indices": weights.indices.astype(np.int32),
        "indptr": weights.indptr.astype(np.int64),
        "start": linear.start,
        "words": _bytes("\n".join(linear.features.words)),
        "pieces": _bytes("\n".join(linear.features.pieces)),
        "index": _bytes(_json([coder.index.known, coder.index.others])),
    }
    words = coder.words
    head: dict[str, Any] = {
        "format": FORMAT,
        "scheme": {"id": coder.scheme.id, "tops": dict(coder.scheme.tops)},
        "codes": list(linear.codes),
        "margins": asdict(coder.margins),
        "names": dict(coder.names),
        "words": {
            "language": words.language,
            "short": dict(words.short),
            "idle": sorted(words.idle),
            "none": sorted(words.none),
        },
        "learnt": [asdict(each) for each in model.learnt],
        "seed": model.seed,
        "version": model.version,
    }
    sha256 = _hash(head, arrays)
    said = {"head": head, "made": model.made, "sha256": sha256}
    begun = path.with_name(f".{path.name}.part")
    try:
        with begun.open("wb") as file:
            np.savez_compressed(file, head=_bytes(_json(said)), **arrays)
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)
    return sha256


def read_model(path: Path) -> ModelFile:
    """The model in a file.

    Raises:
        BadInput: it is no model of ours, of another format, or not as it was written.
    """
    if not path.is_file():
        raise BadInput(f"There is no model {path}. Make one: cauce coding train.")
    try:
        said, arrays = _opened(path)
        head = said["head"]
        known = head["format"]
        model = _made(said, arrays) if known == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise BadInput(
            f"{path.name} is no model of cauce, or it is damaged. Make it anew: cauce coding train."
        ) from error
    if model is None:
        raise BadInput(f"{path.name} is of format {known!r}; {FORMAT!r} is read. Train it anew.")
    if _hash(head, arrays) != said["sha256"]:
        raise BadInput(f"{path.name} is not as it was written: its hash differs. Train it anew.")
    return model


def _opened(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise ValueError("larger than a model is")
    with np.load(path, allow_pickle=False) as file:
        return json.loads(_text(file["head"])), {name: file[name] for name in _ARRAYS}


def _made(said: Mapping[str, Any], arrays: Mapping[str, Any]) -> ModelFile:
    head = said["head"]
    codes, told = tuple(head["codes"]), head["words"]
    names = [tuple(_text(arrays[part]).split("\n")) for part in ("words", "pieces")]
    features = Features(names[0], names[1], arrays["rarity"])
    parts = (arrays["data"], arrays["indices"], arrays["indptr"])
    weights = sparse.csr_matrix(parts, shape=(len(features), len(codes)))
    if len(features.rarity) != len(features) or len(arrays["start"]) != len(codes):
        raise ValueError("the parts do not fit together")
    weights.check_format()
    words = Words(told["language"], told["short"], frozenset(told["idle"]), frozenset(told["none"]))
    told_margins = head["margins"]
    margins = Margins(
        told_margins["target"], tuple(told_margins["sharpness"]), tuple(told_margins["at"])
    )
    coder = Coder(
        words,
        Scheme(**head["scheme"]),
        Index(*json.loads(_text(arrays["index"]))),
        Linear(codes, features, weights, arrays["start"]),
        margins,
        head["names"],
    )
    learnt = tuple(Learnt(**each) for each in head["learnt"])
    return ModelFile(coder, learnt, said["made"], head["version"], head["seed"], said["sha256"])


def _hash(head: Mapping[str, Any], arrays: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(_json(head).encode())
    for name in _ARRAYS:
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _bytes(text: str) -> Any:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _text(array: Any) -> str:
    return bytes(array).decode()
