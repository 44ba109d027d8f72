"""What adds up to what: the summing matrix of regions, countries and levels of a classification."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput


@dataclass(frozen=True)
class Hierarchy:
    """m numbers of which the b finest add up to all others.

    `sums` is S, shape (m, b), of zeros and ones; `finest` are the rows of S that are the finest
    numbers themselves, shape (b,), in the order of its columns; `above` are all other rows.
    """

    sums: sparse.csr_array
    finest: Ints
    above: Ints


def hierarchy(*parents: Sequence[int]) -> Hierarchy:
    """The hierarchy of every combination of the nodes of one or more trees.

    Args:
        parents: for each tree, where the parent of each of its nodes stands in the same list, -1
            for a node without one. Branches may be of different depth. With several trees – say,
            areas and occupations – the numbers are in the order of all nodes of the last tree for
            the first node of the first, then for its second, and so on.

    Raises:
        BadInput: a tree is empty, a parent is not in it, or a node is above itself.
    """
    sums, finest = _tree(parents[0])
    for other in parents[1:]:
        more, its_finest = _tree(other)
        finest = np.asarray(np.add.outer(finest * more.shape[0], its_finest).ravel())
        sums = sparse.csr_array(sparse.kron(sums, more, format="csr"))
    rest = np.setdiff1d(np.arange(sums.shape[0]), finest)
    return Hierarchy(sums, finest, rest)


def _tree(parents: Sequence[int]) -> tuple[sparse.csr_array, Ints]:
    above = np.asarray(parents, dtype=np.int64)
    count = len(above)
    if not count or above.min() < -1 or above.max() >= count:
        raise BadInput(
            f"A tree of {count} nodes has a parent that is none of them. Give the position of each "
            "node's parent, -1 where it has none."
        )
    leaves: Ints = np.setdiff1d(np.arange(count), above)
    rows, columns = [], []
    node, column = leaves, np.arange(len(leaves))
    for _ in range(count):
        rows.append(node)
        columns.append(column)
        has = above[node] >= 0
        node, column = above[node[has]], column[has]
    reached = np.unique(np.concatenate(rows))
    if len(node) or len(reached) < count:
        raise BadInput("A node of the tree is above itself: no number adds up to it.")
    at = np.concatenate(rows), np.concatenate(columns)
    return sparse.csr_array((np.ones(len(at[0])), at), shape=(count, len(leaves))), leaves


def coherence(numbers: Floats, of: Hierarchy) -> float:
    """The largest difference between a number and the sum of its parts, over the largest number.

    Args:
        numbers: shape (..., m).
    """
    flat = numbers.reshape(-1, numbers.shape[-1])
    largest = float(np.abs(flat).max(initial=0.0))
    apart = float(np.abs(flat - flat[:, of.finest] @ of.sums.T).max(initial=0.0))
    return apart / largest if largest else 0.0
