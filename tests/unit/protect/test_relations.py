import numpy as np

from cauce.protect.relations import express as found


def express(counts):
    return [vector for vector, _ in found(counts)]


def test_a_column_of_zeros_is_no_combination_of_anything():
    assert express(np.array([[0, 1], [0, 2]])) == [{}, {1: 1}]


def test_equal_columns_are_one():
    assert express(np.array([[1, 5, 1], [2, 3, 2]])) == [{0: 1}, {1: 1}, {0: 1}]


def test_the_labour_force_is_the_employed_and_the_unemployed():
    employed, unemployed = np.array([50, 41, 37]), np.array([3, 8, 1])
    counts = np.column_stack([employed, unemployed, employed + unemployed])

    assert express(counts) == [{0: 1}, {1: 1}, {0: 1, 1: 1}]


def test_a_fraction_becomes_whole_numbers():
    assert express(np.array([[2, 1], [4, 2]])) == [{0: 1}, {0: 1}]
    assert express(np.array([[2, 0, 3], [0, 3, 2]]))[2] == {0: 9, 1: 4}


def test_it_is_said_by_what_a_count_is_multiplied():
    assert found(np.array([[2, 1], [4, 2]])) == [({0: 1}, 1), ({0: 1}, 2)]


def test_a_table_without_rows_has_no_relations():
    assert express(np.zeros((0, 2), dtype=np.int64)) == [{}, {}]


def test_counts_too_large_for_a_machine_word_stay_exact():
    a, b = 2**61 + 1, 2**61 + 3
    counts = np.array([[a, b, 1], [b, a, 2], [1, 1, 2**61]])

    assert [len(vector) for vector in express(counts)] == [1, 1, 1]
