from cauce.protect.system.axes import Axis, at_level, common, finer, level_of, meet, placed


def axis(name, concept, **codes):
    parts = tuple(frozenset(part.split()) for part in codes.values())
    return Axis(name, concept, tuple(codes), parts)


BANDS = axis("BAND", "AGE", young="1", middle="2", old="3")
HALVES = axis("HALF", "AGE", first="1 2", second="3")
SHIFTED = axis("SHIFT", "AGE", first="1", second="2 3")
SEX = axis("SEX", "SEX", M="M", F="F")


def test_bands_that_overlap_meet_in_what_both_add_up_to():
    assert meet(BANDS, HALVES) == ("AGE", (("1", "2"), ("3",)))
    assert meet(HALVES, SHIFTED) == ("AGE", (("1", "2", "3"),))


def test_axes_share_the_finest_margins_that_both_have():
    assert common([BANDS, SEX], [HALVES, SEX]) == (
        ("AGE", (("1", "2"), ("3",))),
        ("SEX", (("F",), ("M",))),
    )
    assert common([HALVES], [SHIFTED]) == ()
    assert common([BANDS], [SEX]) == ()


def test_a_code_that_lies_across_classes_makes_no_margin():
    assert placed(HALVES, meet(BANDS, BANDS)) is None
    assert placed(BANDS, meet(HALVES, HALVES)) == (0, 0, 1)
    assert placed(SEX, ("SEX", (("M",),))) == (0, -1)


def test_a_level_is_made_by_axes_of_its_concepts():
    level = level_of([HALVES])
    assert at_level([SEX, BANDS], level) == [(1, (0, 0, 1))]
    assert at_level([SEX], level) is None


def test_a_level_is_finer_if_its_classes_add_up_to_the_others():
    assert finer(level_of([BANDS, SEX]), level_of([HALVES]))
    assert not finer(level_of([HALVES]), level_of([BANDS]))
    assert not finer(level_of([SEX]), level_of([BANDS]))
