"""Recruiters of a register that may be one, by all the names they are known by."""

from cauce.registers.matching import alike


def test_two_records_are_asked_about_once_with_the_names_that_are_most_alike():
    found = alike(
        {
            "a": ["Agencia del Rio Inventado", "RIO INVENTADO WORK"],
            "b": ["Otra Casa", "AGENCIA DEL RIO INVENTADO, S.A."],
            "c": ["Nada Que Ver", " "],
        }
    )
    (pair,) = found
    assert (pair.one, pair.other, pair.why.reason) == ("a", "b", "same")
    assert pair.names == ("Agencia del Rio Inventado", "AGENCIA DEL RIO INVENTADO, S.A.")


def test_the_names_of_one_record_are_no_pair_and_nobody_is_none():
    assert alike({"a": ["Rio Inventado", "RIO INVENTADO SA"]}) == ()
    assert alike({}) == ()
