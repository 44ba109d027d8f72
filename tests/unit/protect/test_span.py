from cauce.protect.span import Span, eliminate, shrink


def test_a_sum_that_differs_from_a_secret_by_what_is_known_is_refused():
    span = Span([{0: 1}])

    assert span.publish([{0: 1, 1: 1}])
    assert not span.publish([{1: 1}])
    assert span.publish([{2: 1}])


def test_what_follows_from_what_is_published_is_published():
    span = Span([{5: 1}])

    assert span.publish([{0: 1, 1: 1, 2: 1}])
    assert span.publish([{0: 1}])
    assert span.publish([{1: 1}])
    assert span.publish([{2: 3}])


def test_two_sums_that_together_give_a_secret_away_are_refused_together():
    span = Span([{0: 2}])

    assert not span.publish([{0: 1, 1: 1}, {0: 1, 1: -1}])
    assert span.publish([{0: 1, 1: 1}])


def test_a_secret_sum_is_protected_whatever_factor_it_comes_with():
    span = Span([{0: 2, 1: 4}])

    assert not span.publish([{0: 3, 1: 6}])
    assert span.publish([{0: 3, 1: 5}])


def test_what_everybody_knows_is_conceded():
    span = Span([{0: 1}])

    span.concede([{1: 1}])
    assert not span.publish([{0: 1, 1: 1}])


def test_a_sum_of_single_people_alone_is_refused():
    span = Span([], weak={0, 1})

    assert not span.publish([{0: 1, 1: 1}])
    assert span.publish([{0: 1, 1: 1, 2: 1}])


def test_a_single_person_cannot_subtract_himself():
    assert Span([{0: 1}, {1: 1}]).publish([{0: 1, 1: 1}])
    assert not Span([{0: 1}, {1: 1}], weak={1}).publish([{0: 1, 1: 1}])


def test_entries_stay_whole_and_small():
    target = {0: 4, 1: 6, 2: 10}
    eliminate(target, 0, {0: -6, 1: 3})
    assert target == {1: 4, 2: 5}
    assert all(isinstance(entry, int) for entry in target.values())


def test_an_eliminated_vector_is_divided_by_its_common_factor():
    target = {0: 1, 1: 2}
    eliminate(target, 0, {0: 2, 1: 0 + 8})
    assert target == {1: -1}
    shrink(target)
    assert target == {1: -1}


def test_numbers_too_large_for_a_machine_word_stay_exact():
    large = 2**70
    span = Span([{0: 1}])

    assert span.publish([{0: large, 1: 1}])
    assert not span.publish([{0: large, 1: 1, 2: 0 + 1}, {2: 1}, {1: 3}])
    assert span.publish([{0: large + 1, 1: 1, 2: 1}])
