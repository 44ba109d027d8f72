"""The compiled part of a span: elimination of sparse vectors of small integers, exact or refused.

No entry kept is above `LIMIT`, so that no product of two, and no difference of two products, leaves
64 bits. What would be larger once divided by its common factor is told as `LARGE`, never rounded.
Vectors are numbered: first the protected ones, then those of the basis. A vector's rows are sorted.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from cauce.model.arrays import Codes, Flags, Ints

LIMIT = 2**31 - 1
DONE, KEPT, ROOM, LARGE = range(4)
"""What came of a step: it is done, it would give a protected sum away, it needs more room for
vectors, or larger integers."""
VECTORS, ENTRIES, NODES, TOUCHED, LINKED = range(5)
"""How many vectors, entries and nodes of lists there are, rows touched, and vectors in lists."""
NOBODY = -1


class Space(NamedTuple):
    """Vectors and where they are.

    Vector v has `size[v]` rows with their entries from `start[v]` on, and room for `room[v]`. Of a
    row, `first` is the first node of a list of all vectors that have it (and of some that had),
    `used` in how many it is, `basis` the vector it is the pivot of. `work` is one vector with a
    place for every row, `touched` the rows it may not be 0 in, which `seen` flags. What two vectors
    make is put together in `made_row` and `made`.
    """

    start: Ints
    size: Ints
    room: Ints
    row: Codes
    entry: Codes
    first: Ints
    later: Ints
    name: Codes
    used: Ints
    basis: Ints
    weak: Flags
    work: Ints
    seen: Flags
    touched: Ints
    made_row: Codes
    made: Ints
    counts: Ints


@njit(nogil=True, cache=True)
def wide(number: int) -> int:
    """The same in 64 bits, whatever array it is from: each function is compiled for one kind."""
    return int(np.int64(number))


@njit(nogil=True, cache=True)
def place(space: Space, vector: int, row: int) -> int:
    """Where the entry of a row is, -1 if the vector is 0 there."""
    low, high = space.start[vector], space.start[vector] + space.size[vector]
    end = high
    while low < high:
        middle = (low + high) // 2
        if space.row[middle] < row:
            low = middle + 1
        else:
            high = middle
    return low if low < end and space.row[low] == row else NOBODY


@njit(nogil=True, cache=True)
def put(space: Space, row: int, entry: int) -> None:
    """Add an entry to the vector at work."""
    if not space.seen[row]:
        space.seen[row] = True
        space.touched[space.counts[TOUCHED]] = row
        space.counts[TOUCHED] += 1
    space.work[row] += entry


@njit(nogil=True, cache=True)
def clear(space: Space) -> None:
    for at in range(space.counts[TOUCHED]):
        row = space.touched[at]
        space.seen[row] = False
        space.work[row] = 0
    space.counts[TOUCHED] = 0


@njit(nogil=True, cache=True)
def gcd(one: int, other: int) -> int:
    """The greatest factor two numbers have in common; that of the library is unsigned here."""
    one, other = abs(one), abs(other)
    while other != 0:
        one, other = other, one % other
    return one


@njit(nogil=True, cache=True)
def ratio(pivot: int, entry: int) -> tuple[int, int]:
    """By what to multiply a vector and that of the pivot, so that their difference is 0 there."""
    common = gcd(pivot, entry)
    scale, factor = pivot // common, entry // common
    if scale < 0:
        return -scale, -factor
    return scale, factor


@njit(nogil=True, cache=True)
def shrunk(entries: Ints, count: int) -> None:
    """Divide entries by the greatest factor they have in common."""
    common = 0
    for at in range(count):
        common = gcd(common, entries[at])
        if common == 1:
            return
    if common > 1:
        for at in range(count):
            entries[at] //= common


@njit(nogil=True, cache=True)
def small(entries: Ints, count: int) -> bool:
    most = 0
    for at in range(count):
        most = max(most, abs(entries[at]))
    return most <= LIMIT


@njit(nogil=True, cache=True)
def subtract(space: Space, row: int, vector: int) -> bool:
    """Make a row of the vector at work 0 by another vector; False if its integers get too large."""
    pivot = wide(space.entry[place(space, vector, row)])
    scale, factor = ratio(pivot, space.work[row])
    if scale != 1:
        for at in range(space.counts[TOUCHED]):
            space.work[space.touched[at]] *= scale
    fits = True
    for at in range(space.start[vector], space.start[vector] + space.size[vector]):
        put(space, wide(space.row[at]), -factor * wide(space.entry[at]))
        fits = fits and abs(space.work[space.row[at]]) <= LIMIT
    return fits if scale == 1 else reduced(space)


@njit(nogil=True, cache=True)
def reduced(space: Space) -> bool:
    """Divide the vector at work by its common factor; False if its integers are too large still."""
    count = space.counts[TOUCHED]
    for at in range(count):
        space.made[at] = space.work[space.touched[at]]
    shrunk(space.made, count)
    for at in range(count):
        space.work[space.touched[at]] = space.made[at]
    return small(space.made, count)


@njit(nogil=True, cache=True)
def keep(space: Space) -> bool:
    """Make the vector at work one of its own, the last, if there is room; one of zeros is none."""
    number, start = space.counts[VECTORS], space.counts[ENTRIES]
    rows = np.sort(space.touched[: space.counts[TOUCHED]])
    if number == len(space.start) or start + len(rows) > len(space.row):
        return False
    size = 0
    for row in rows:
        if space.work[row] != 0:
            space.row[start + size] = row
            space.entry[start + size] = space.work[row]
            size += 1
    clear(space)
    if size > 0:
        space.start[number], space.size[number], space.room[number] = start, size, size
        space.counts[VECTORS] += 1
        space.counts[ENTRIES] += size
    return True


@njit(nogil=True, cache=True)
def link(space: Space, row: int, vector: int) -> None:
    """Enter a vector in the list of a row."""
    node = space.counts[NODES]
    space.later[node], space.name[node] = space.first[row], vector
    space.first[row] = node
    space.counts[NODES] += 1


@njit(nogil=True, cache=True)
def cheapest(space: Space, vector: int) -> int:
    """The row to eliminate by: none of single people if another is left, then of fewest vectors."""
    start = space.start[vector]
    best, size = wide(space.row[start]), abs(wide(space.entry[start]))
    for at in range(start + 1, start + space.size[vector]):
        row, entry = wide(space.row[at]), abs(wide(space.entry[at]))
        if space.weak[row] != space.weak[best]:
            better = space.weak[best]
        elif space.used[row] != space.used[best]:
            better = space.used[row] < space.used[best]
        else:
            better = entry < size
        if better:
            best, size = row, entry
    return best


@njit(nogil=True, cache=True)
def combined(space: Space, target: int, row: int, source: int) -> int:
    """Put together the target, a row made 0 by the source: how many entries, -1 if too large."""
    pivot = wide(space.entry[place(space, source, row)])
    scale, factor = ratio(pivot, wide(space.entry[place(space, target, row)]))
    one, other = space.start[target], space.start[source]
    one_end, other_end = one + space.size[target], other + space.size[source]
    count = 0
    while one < one_end or other < other_end:
        mine = wide(space.row[one]) if one < one_end else LIMIT
        theirs = wide(space.row[other]) if other < other_end else LIMIT
        value = 0
        if mine <= theirs:
            value = scale * wide(space.entry[one])
            one += 1
        if theirs <= mine:
            value -= factor * wide(space.entry[other])
            other += 1
        if value != 0:
            space.made_row[count], space.made[count] = min(mine, theirs), value
            count += 1
    if scale != 1:
        shrunk(space.made, count)
    return count if small(space.made, count) else NOBODY


@njit(nogil=True, cache=True)
def relink(space: Space, target: int, count: int) -> None:
    """Note in which rows a vector is no longer, and in which it is from now on."""
    old, end = space.start[target], space.start[target] + space.size[target]
    new = 0
    while old < end or new < count:
        before = wide(space.row[old]) if old < end else LIMIT
        after = wide(space.made_row[new]) if new < count else LIMIT
        if before < after:
            space.used[before] -= 1
        elif after < before:
            space.used[after] += 1
            link(space, after, target)
        old += before <= after
        new += after <= before


@njit(nogil=True, cache=True)
def eliminate(space: Space, target: int, row: int, source: int, linked: bool) -> int:
    """Make a row of the target 0 with a multiple of the source: DONE, or why not."""
    count = combined(space, target, row, source)
    if count == NOBODY:
        return LARGE
    spare = count // 4 + 4
    full = space.counts[NODES] + space.size[source] > len(space.later)
    moves = count > space.room[target]
    if full or (moves and space.counts[ENTRIES] + count + spare > len(space.row)):
        return ROOM
    if linked:
        relink(space, target, count)
    if moves:
        space.start[target], space.room[target] = space.counts[ENTRIES], count + spare
        space.counts[ENTRIES] += count + spare
    start = space.start[target]
    for at in range(count):
        space.row[start + at], space.entry[start + at] = space.made_row[at], space.made[at]
    space.size[target] = count
    return DONE


@njit(nogil=True, cache=True)
def left(space: Space, rows: Codes, entries: Ints, base: int, pivots: Ints, found: int) -> bool:
    """Bring to work what is left of a sum once all that is known is taken out; False if too large.

    `base` is the first of the `found` vectors that are new, each with its pivot.
    """
    for at in range(len(rows)):
        put(space, wide(rows[at]), entries[at])
    for at in range(len(rows)):
        row = wide(rows[at])
        if space.basis[row] != NOBODY and not subtract(space, row, space.basis[row]):
            return False
    for at in range(found):
        if space.work[pivots[at]] != 0 and not subtract(space, pivots[at], base + at):
            return False
    return True


@njit(nogil=True, cache=True)
def news(space: Space, rows: Codes, entries: Ints, ends: Ints, pivots: Ints) -> tuple[int, int]:
    """What sums add to what is known, as vectors reduced against each other: DONE, how many.

    Sum after sum, of which `ends` are the ends, their rows and entries. `pivots` takes the pivots.
    """
    base, found, start = wide(space.counts[VECTORS]), 0, 0
    for end in ends:
        if not left(space, rows[start:end], entries[start:end], base, pivots, found):
            return LARGE, 0
        start = end
        if not keep(space):
            return ROOM, 0
        if space.counts[VECTORS] == base + found:
            continue
        pivot = cheapest(space, base + found)
        for at in range(found):
            if place(space, base + at, pivot) != NOBODY:
                code = eliminate(space, base + at, pivot, base + found, False)
                if code != DONE:
                    return code, 0
        pivots[found] = pivot
        found += 1
    return DONE, found


@njit(nogil=True, cache=True)
def given_away(space: Space, vector: int, base: int, pivots: Ints) -> int:
    """KEPT if the new vectors, and people alone in their cell, make up a protected one, or DONE."""
    for at in range(space.start[vector], space.start[vector] + space.size[vector]):
        put(space, wide(space.row[at]), wide(space.entry[at]))
    for at in range(len(pivots)):
        if space.work[pivots[at]] != 0 and not subtract(space, pivots[at], base + at):
            return LARGE
    code = KEPT
    for at in range(space.counts[TOUCHED]):
        row = space.touched[at]
        if space.work[row] != 0 and not space.weak[row]:
            code = DONE
            break
    clear(space)
    return code


@njit(nogil=True, cache=True)
def judge(space: Space, base: int, pivots: Ints, protected: int) -> int:
    """KEPT if new vectors would give one of the first, protected vectors away, or else DONE."""
    for pivot in pivots:
        if space.weak[pivot]:
            return KEPT
    for pivot in pivots:
        node = space.first[pivot]
        while node != NOBODY:
            vector = wide(space.name[node])
            if vector < protected and place(space, vector, pivot) != NOBODY:
                code = given_away(space, vector, base, pivots)
                if code != DONE:
                    return code
            node = space.later[node]
    return DONE


@njit(nogil=True, cache=True)
def enter(space: Space, vector: int, pivot: int) -> bool:
    """Link a vector to all its rows but its pivot, if there is room."""
    if space.counts[NODES] + space.size[vector] > len(space.later):
        return False
    for at in range(space.start[vector], space.start[vector] + space.size[vector]):
        row = wide(space.row[at])
        if row != pivot:
            space.used[row] += 1
            link(space, row, vector)
    space.counts[LINKED] = vector + 1
    return True


@njit(nogil=True, cache=True)
def add(space: Space, base: int, pivots: Ints) -> int:
    """Take new vectors into the basis: DONE, or why not. What is done already is not done again."""
    for at in range(len(pivots)):
        node = space.first[pivots[at]]
        while node != NOBODY:
            vector = wide(space.name[node])
            if place(space, vector, pivots[at]) != NOBODY:
                code = eliminate(space, vector, pivots[at], base + at, True)
                if code != DONE:
                    return code
            node = space.later[node]
        space.first[pivots[at]] = NOBODY
    for at in range(space.counts[LINKED] - base, len(pivots)):
        if not enter(space, base + at, pivots[at]):
            return ROOM
        space.basis[pivots[at]] = base + at
    return DONE


@njit(nogil=True, cache=True)
def protect(space: Space, rows: Codes, entries: Ints, ends: Ints) -> None:
    """Take in the protected vectors, before any other; there has to be room."""
    start = 0
    for end in ends:
        for at in range(start, end):
            put(space, wide(rows[at]), entries[at])
        keep(space)
        enter(space, wide(space.counts[VECTORS]) - 1, NOBODY)
        start = end


@njit(nogil=True, cache=True)
def copied(old: Space, new: Space) -> None:
    """Bring vectors to where there is more room, without what is between them."""
    entries = 0
    for vector in range(old.counts[VECTORS]):
        size, start = old.size[vector], old.start[vector]
        new.start[vector], new.size[vector] = entries, size
        new.room[vector] = size + size // 4 + 4
        for at in range(size):
            new.row[entries + at], new.entry[entries + at] = (
                old.row[start + at],
                old.entry[start + at],
            )
        entries += new.room[vector]
    new.counts[VECTORS], new.counts[ENTRIES] = old.counts[VECTORS], entries
    for vector in range(old.counts[LINKED]):
        for at in range(new.start[vector], new.start[vector] + new.size[vector]):
            if new.basis[new.row[at]] != vector:
                link(new, wide(new.row[at]), vector)
    new.counts[LINKED] = old.counts[LINKED]
