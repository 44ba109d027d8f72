"""The compiled span says of every sum what the plain one says, also where integers get large."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.protect.span import Span
from cauce.protect.spanned import Spanned

ROWS = 9
factors = st.sampled_from([1, 1, 1, -1, 2, 3, -6, 2**15, 2**20 + 1, 2**31 - 1, 2**31, 2**40, 2**70])
vectors = st.dictionaries(st.integers(0, ROWS - 1), factors, min_size=1)
together = st.lists(vectors, min_size=1, max_size=4)


@settings(max_examples=300)
@given(
    st.lists(vectors, max_size=6),
    st.sets(st.integers(0, ROWS - 1)),
    st.lists(st.tuples(st.booleans(), together), max_size=20),
)
def test_both_spans_give_the_same_verdicts(protected, weak, steps):
    plain, compiled = Span(protected, weak), Spanned(protected, weak)
    for wanted, sums in steps:
        if wanted:
            assert compiled.publish(sums) == plain.publish(sums)
        else:
            plain.concede(sums)
            compiled.concede(sums)
