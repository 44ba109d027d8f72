"""Files in the shape of ESCO and O*NET; every occupation and skill in them is invented."""

import pytest

from cauce.model.errors import BadInput
from cauce.sources.skill_links import esco_links, onet_links, read_links

OCCUPATIONS = "conceptUri,iscoGroup\no/mason,7112\no/framer,7115\no/builder,2142\n"
RELATIONS = """occupationUri,relationType,skillType,skillUri
o/mason,essential,skill/competence,s/bricks
o/mason,optional,skill/competence,s/plans
o/framer,essential,skill/competence,s/plans
o/builder,essential,knowledge,s/plans
"""
HEAD = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tRecommend Suppress\n"
SKILLS = HEAD + (
    "11-0000.00\t2.A\tReading\tIM\t3\tN\n11-0000.00\t2.A\tReading\tLV\t4\tN\n"
    "11-0000.00\t2.B\tWelding\tIM\t5\tY\n12-0000.00\t2.A\tReading\tIM\t5\tN\n"
)


@pytest.fixture
def write(tmp_path):
    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def table(links):
    return {
        (links.occupations[own], links.skills[skill]): weight
        for own, skill, weight in zip(links.occupation, links.skill, links.weight, strict=True)
    }


def test_a_group_asks_as_much_as_its_occupations_on_average(write):
    """Plans: half for the mason, whole for the framer, so three quarters for group 711."""
    files = write("r.csv", RELATIONS), write("o.csv", OCCUPATIONS)

    assert table(esco_links(*files)) == {
        ("214", "s/plans"): 1,
        ("711", "s/bricks"): 0.5,
        ("711", "s/plans"): 0.75,
    }
    assert esco_links(*files, digits=4).occupations == ("2142", "7112", "7115")
    assert esco_links(*files, optional=1).source == "r.csv"


@pytest.mark.parametrize(
    ("relations", "word"),
    [
        (RELATIONS.replace("optional", "perhaps"), "neither essential nor optional"),
        (RELATIONS.replace("o/framer", "o/nobody"), "same version"),
        ("occupationUri,skillUri\na,b\n", "no column relationType"),
    ],
)
def test_other_files_are_refused(write, relations, word):
    with pytest.raises(BadInput, match=word):
        esco_links(write("r.csv", relations), write("o.csv", OCCUPATIONS))


@pytest.mark.parametrize("wrong", [{"digits": 5}, {"optional": 0}])
def test_settings_nobody_can_mean_are_refused(write, wrong):
    with pytest.raises(BadInput, match="1 to 4"):
        esco_links(write("r.csv", RELATIONS), write("o.csv", OCCUPATIONS), **wrong)


def test_importance_is_turned_into_a_part_of_one(write):
    """3 of 1 to 5 is a half; what O*NET advises against and other scales are left out."""
    crosswalk = write("x.csv", "soc,isco\n11-0000,711\n12-0000.00,711\n")
    found = onet_links(write("s.txt", SKILLS), crosswalk)

    assert table(found) == {("711", "2.A"): 0.75}
    assert found.names == ("Reading",)


@pytest.mark.parametrize(
    ("skills", "crosswalk", "word"),
    [
        (SKILLS, "soc,isco\n99-0000,711\n", "No occupation"),
        (SKILLS.replace("\t3\t", "\t9\t"), "soc,isco\n11-0000,711\n", "1 to 5"),
        (SKILLS.replace("\t3\t", "\tx\t"), "soc,isco\n11-0000,711\n", "1 to 5"),
        ("a\tb\n1\t2\n", "soc,isco\n11-0000,711\n", "Skills.txt"),
    ],
)
def test_files_that_are_not_onets_are_refused(write, skills, crosswalk, word):
    with pytest.raises(BadInput, match=word):
        onet_links(write("s.txt", skills), write("x.csv", crosswalk))


def test_a_file_that_is_not_there_is_named(tmp_path, write):
    with pytest.raises(BadInput, match="no file"):
        onet_links(tmp_path / "none.txt", write("x.csv", "soc,isco\n1,2\n"))


def test_the_shape_of_a_file_is_seen_from_its_head(write):
    esco = write("r.csv", RELATIONS), write("o.csv", OCCUPATIONS)
    onet = write("s.txt", SKILLS), write("x.csv", "soc,isco\n11-0000,7112\n12-0000,7115\n")

    assert read_links(*esco, 1).occupations == ("2", "7")
    assert table(read_links(*onet, 2)) == {("71", "2.A"): 0.75}


def test_names_of_skills_may_come_from_a_file_of_their_own(write):
    names = write("n.csv", "conceptUri,preferredLabel\ns/plans,leer planos\n")
    found = read_links(write("r.csv", RELATIONS), write("o.csv", OCCUPATIONS), 3, names)

    assert dict(zip(found.skills, found.names, strict=True)) == {
        "s/bricks": "",
        "s/plans": "leer planos",
    }


def test_what_is_neither_or_has_nothing_beside_it_says_what_to_give(write, tmp_path):
    names = write("n.csv", "conceptUri,preferredLabel\na,b\n")
    beside = write("x.csv", "soc,isco\n11-0000,7112\n")
    wrong = [
        ((names, beside, 1), "neither ESCO's .* nor O"),
        ((write("r.csv", RELATIONS), None, 1), "conceptUri, iscoGroup"),
        ((write("s.txt", SKILLS), None, 1), "crosswalk"),
        ((write("s.txt", SKILLS), beside, 1, names), "leave --names out"),
        ((tmp_path / "none.csv", beside, 1), "no file"),
    ]
    for files, word in wrong:
        with pytest.raises(BadInput, match=word):
            read_links(*files)
