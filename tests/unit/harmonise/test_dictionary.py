"""The region's dictionary is type-checked: what it refers to exists."""

import pytest

from cauce.harmonise import parse_dictionary


def test_the_dictionary_holds_what_its_files_say(dictionary) -> None:
    assert [c.id for c in dictionary.codelists["CL_SEX"].codes] == ["M", "F"]
    assert dictionary.variables["YOUNG"].derive == ("AGE < 25",)
    assert dictionary.indicators["UNE"].scale == 100
    assert dictionary.places["indicator.UNE.numerator"].line == 15


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("codelists/CL_SEX.csv", "CL_SEX|Sex|Sexo|s\n", "first line"),
        ("codelists/CL_SEX.csv", "# CL_SEX|Sex|Sexo|s\ncode,name\n", "second line"),
        ("codelists/CL_SEX.csv", "# CL_SEX|a|b|s\ncode,en,es\nM,Men\n", "line 3"),
        ("codelists/CL_SEX.csv", "# CL_SEX|a|b|s\ncode,en,es\nM,a,b\nM,a,b\n", "stands twice"),
        ("codelists/CL_SEX.csv", "", "first line"),
        ("codelists/CL_OTHER.csv", "# CL_SEX|a|b|s\ncode,en,es\nM,a,b\n", "declared twice"),
        ("variables.toml", "[variable.SEX", "not written as TOML"),
        ("extra.toml", '[variable.SEX]\nname = { en = "a", es = "b" }\nkind = "flag"\n', "twice"),
        (
            "extra.toml",
            '[variable.Z]\nname = { en = "a", es = "b" }\nkind = "code"\ncodelist = "CL_SEXO"\n',
            "Did you mean CL_SEX?",
        ),
        (
            "extra.toml",
            '[variable.Z]\nname = { en = "a", es = "b" }\nkind = "flag"\nderive = "AGE <"\n',
            "cannot be read",
        ),
        (
            "extra.toml",
            '[indicator.POP]\nsource = "import"\nunit = "U"\nname = { en = "a", es = "b" }\n'
            'definition = { en = "a", es = "b" }\n',
            "indicator POP is declared twice",
        ),
        ("extra.toml", "[something]\n", "something is not a key we know"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(region_refusal, name, text, word) -> None:
    said = region_refusal(name, text)
    assert word in said
    assert ".toml, line" in said or ".csv, line" in said or "not written as TOML" in said


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("numerator = \"STATUS = 'UNE'\"", 'numerator = "STATSU = 1"', "Did you mean STATUS?"),
        ("numerator = \"STATUS = 'UNE'\"", 'numerator = "AGE"', "it must give flag"),
        ("numerator = \"STATUS = 'UNE'\"", 'numerator = "STATUS"', "gives text"),
        ('denominator = "AGE"\n', "", "a ratio has a denominator"),
        ('estimator = "mean"', 'estimator = "median"', "not one of"),
        ('numerator = "PAY"\nunit = "LCU"\n\n', 'numerator = "PAY"\n', "unit is missing"),
    ],
)
def test_a_wrong_indicator_is_named(region_refusal, region, old, new, word) -> None:
    text = region["indicators/labour.toml"]
    assert old in text
    said = region_refusal("indicators/labour.toml", text.replace(old, new, 1))
    assert word in said


def test_our_own_region_is_whole(request) -> None:
    from cauce.sources import read_region_folder

    found = parse_dictionary(read_region_folder(request.config.rootpath / "packs" / "region"))
    assert len(found.indicators) >= 18
    assert len(found.variables) >= 25
