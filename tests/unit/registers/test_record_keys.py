"""Secret numbers of records."""

from cauce.registers.record_keys import record_keys

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))


def test_a_record_has_the_same_key_always_and_another_under_another_secret_or_register() -> None:
    one, two = record_keys(SECRET, "permits", ["a", "b"])
    assert (two, one) == record_keys(SECRET, "permits", ["b", "a"])
    assert one != two
    assert record_keys(OTHER, "permits", ["a"]) != (one,)
    assert record_keys(SECRET, "requests", ["a"]) != (one,)
    assert all(0 <= key < 2**64 for key in (one, two))
