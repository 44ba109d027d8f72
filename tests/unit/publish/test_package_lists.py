"""The code lists of a package: what tables say of one list stands together."""

from cauce.model.codelist import Code
from cauce.model.text import Text
from cauce.publish.package.lists import Lists

NAME = Text("Region", "Región")


def code(id_: str, word: str, parent: str = "") -> Code:
    return Code(id_, Text(word, word), parent)


def test_the_codes_of_two_tables_stand_in_one_list_once() -> None:
    lists = Lists()
    first = lists.add("CL_R", NAME, (code("A", "North"), code("B", "South")))
    second = lists.add("CL_R", NAME, (code("B", "South"), code("C", "West", "A")))

    assert first is second
    assert first.csv().decode() == (
        "id,name_en,name_es,parent\nA,North,North,\nB,South,South,\nC,West,West,A\n"
    )
    assert [one.id for one in lists.all()] == ["CL_R"]


def test_lists_of_one_id_that_say_other_words_are_told_apart() -> None:
    """As two countries' regions are, which both begin with A."""
    lists = Lists()
    first = lists.add("CL_R", NAME, (code("A", "North"),))
    second = lists.add("CL_R", NAME, (code("A", "Coast"),))

    assert (first.resource_name, second.resource_name) == ("cl_r", "cl_r_2")
    assert lists.add("CL_R", NAME, (code("A", "Coast"), code("D", "Hills"))) is second


def test_a_parent_that_is_not_in_the_list_is_left_out() -> None:
    lists = Lists()
    listed = lists.add("CL_R", NAME, (code("A", "North", "WHOLE"),))

    assert listed.csv().decode().splitlines()[1] == "A,North,North,"


def test_words_with_commas_and_quotes_are_quoted() -> None:
    listed = Lists().add("CL_R", NAME, (code("A", 'North, "old"'),))

    assert '"North, ""old"""' in listed.csv().decode()
