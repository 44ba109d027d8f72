"""The engine that all frames share: trees, tallies, and what frames declare in the same words."""

from hypothesis import given
from hypothesis import strategies as st

from cauce.assess.frames.tally import Tally, tally
from cauce.assess.frames.trees import judge, leaves, to_find_out
from cauce.model.criterion import Finding, Group
from cauce.model.text import Text
from cauce.model.truth import Truth

NAME = Text("n", "n")
TRUTHS = st.sampled_from(list(Truth))


def found(kind, truths):
    """A group over leaves of any kind: here numbers, answered from a list."""
    tree = Group("g", NAME, kind, tuple(range(len(truths))))
    return judge(tree, lambda n: Finding(str(n), NAME, truths[n], NAME, fact=f"f{n}"))


@given(st.lists(TRUTHS, min_size=1))
def test_what_is_not_known_never_becomes_yes_or_no_by_itself(truths):
    """Answering an unknown leaf either way must be able to lead to either end it left open."""
    if found("all", truths).truth is Truth.CANNOT_TELL:
        settled = [Truth.YES if one is Truth.CANNOT_TELL else one for one in truths]
        refused = [Truth.NO if one is Truth.CANNOT_TELL else one for one in truths]
        assert (found("all", settled).truth, found("all", refused).truth) == (Truth.YES, Truth.NO)


def test_leaves_of_any_kind_are_all_asked_and_the_open_ones_named():
    one = found("any", [Truth.NO, Truth.CANNOT_TELL, Truth.CANNOT_TELL])
    assert [leaf.id for leaf in leaves(one)] == ["0", "1", "2"]
    assert to_find_out(one) == ("f1", "f2")


def test_what_does_not_apply_is_in_no_share():
    """2 yes, 1 no, 1 unknown, 3 apart: 2/3 of what is known, 2/4 to 3/4 of what applies."""
    said = [Truth.YES, Truth.YES, Truth.NO, Truth.CANNOT_TELL, None, None, None]
    of = tally(said)
    assert of == Tally(2, 1, 1, 3)
    assert (of.asked, of.low, of.high, of.coverage) == (4, 0.5, 0.75, 0.75)
    assert of.share is not None
    assert round(of.share, 3) == 0.667


def test_nothing_asked_has_no_share_at_all():
    assert (tally([]).share, tally([None]).coverage) == (None, None)
