"""Every estimator has its own keys; what it lacks or has no use for is named with its line."""

import pytest

from cauce.harmonise import parse_dictionary
from cauce.harmonise.indicators import indicator_names

HEAD = """
[indicator.NEW]
name = { en = "New", es = "Nuevo" }
definition = { en = "New.", es = "Nuevo." }
unit = "PT"
"""
SURVEY = HEAD + "universe = \"STATUS = 'EMP'\"\n"
DOMAINS = "first = \"SEX = 'M'\"\nsecond = \"SEX = 'F'\"\n"


def read(region, text):
    return parse_dictionary(region | {"new.toml": text}).indicators["NEW"]


def test_a_low_pay_rate_compares_with_two_thirds_of_the_median_unless_it_says_so(region) -> None:
    found = read(region, SURVEY + 'estimator = "low"\nnumerator = "PAY"\n')
    assert (found.p, found.fraction) == ((0.5,), pytest.approx(2 / 3))

    own = 'estimator = "low"\nnumerator = "PAY"\np = 0.6\nfraction = 0.5\n'
    assert (read(region, SURVEY + own).p, read(region, SURVEY + own).fraction) == ((0.6,), 0.5)


def test_a_comparison_uses_the_variables_of_its_domains_and_factors(region) -> None:
    text = SURVEY + 'estimator = "factor_gap"\nnumerator = "PAY"\nfactors = ["STATUS"]\n' + DOMAINS
    assert indicator_names(read(region, text)) == ("STATUS", "PAY", "SEX")


def test_what_is_imported_needs_no_expression(region) -> None:
    found = read(region, HEAD + 'source = "import"\n')
    assert (found.source, found.universe, found.estimator) == ("import", "", "total")


def test_an_indicator_says_what_it_can_stand_in_one_series_with(region) -> None:
    own = (
        'estimator = "rate"\nnumerator = "YOUNG"\nicls = "19"\ncriterion = "birth"\nage = "Y_GE15"'
    )
    tables = '\ndimensions = ["SEX"]\ntables = [["SEX", "STATUS"], ["SEX"]]\n'
    found = read(region, SURVEY + own + tables)
    assert (found.icls, found.criterion, found.age) == ("19", "birth", "Y_GE15")
    assert (found.dimensions, found.tables) == (("SEX",), (("SEX", "STATUS"), ("SEX",)))


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ('estimator = "gini"\nnumerator = "YOUNG"\n', "it must give number"),
        ('estimator = "quantile"\nnumerator = "PAY"\n', "a quantile has a p, and it is missing"),
        ('estimator = "quantile"\nnumerator = "PAY"\np = 1.5\n', "must lie between 0 and 1"),
        ('estimator = "quantile"\nnumerator = "PAY"\np = "half"\n', "must hold numbers only"),
        ('estimator = "quantile"\nnumerator = "PAY"\np = [0.1, 0.9]\n', "has 1 orders in p, not 2"),
        ('estimator = "quantile_ratio"\nnumerator = "PAY"\np = [0.5, 0.5]\n', "both are the same"),
        ('estimator = "low"\nnumerator = "PAY"\nfraction = -1\n', "must be above 0"),
        ('estimator = "gini"\nnumerator = "PAY"\np = 0.5\n', "a gini has no p"),
        ('estimator = "difference"\nnumerator = "PAY"\n', "has a first, and it is missing"),
        ('estimator = "share"\nnumerator = "1"\nwithin = "SEXO"\n', "Did you mean SEX?"),
        (
            'estimator = "factor_gap"\nnumerator = "PAY"\nfactors = ["AGE"]\n' + DOMAINS,
            "AGE is no coded variable",
        ),
        ('estimator = "total"\nnumerator = "1"\ntables = ["SEX"]\n', "must be a list such as"),
        ('estimator = "total"\nnumerator = "1"\nicls = "20"\n', "is not one of"),
    ],
)
def test_a_wrong_combination_is_named_with_its_line(region_refusal, keys, word) -> None:
    said = region_refusal("new.toml", SURVEY + keys)
    assert word in said
    assert "new.toml, line" in said


@pytest.mark.parametrize(
    ("keys", "dimensions", "word"),
    [
        ('estimator = "difference"\nnumerator = "PAY"\n' + DOMAINS, '"SEX"', "compares domains of"),
        ('estimator = "share"\nnumerator = "1"\nwithin = "STATUS"\n', '"SEX"', "Add it."),
        ('estimator = "total"\nsource = "register"\nnumerator = "1"\n', '"SEX"', "from register"),
    ],
)
def test_a_table_that_an_indicator_cannot_stand_in_is_refused(
    refusal, keys, dimensions, word
) -> None:
    said = refusal(
        ("[[headline]]", SURVEY + keys + "\n[[headline]]"),
        ('indicators = ["POP",', 'indicators = ["NEW", "POP",'),
        ('dimensions = ["SEX"]', f"dimensions = [{dimensions}]"),
    )
    assert word in said
    assert "pack.toml, line" in said
