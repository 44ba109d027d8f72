"""A pack is data; what is wrong with it is said at once, with file and line."""

from datetime import date

import pytest

from cauce.harmonise import check_names, parse_pack
from cauce.model.errors import BadInput
from cauce.model.missing import Missing
from cauce.model.text import Text


def test_a_whole_pack_is_read(pack) -> None:
    found = pack()
    assert found.survey.id == "LFS"
    assert found.waves[0].period == "2020"
    assert found.design.absent == {"fpc": "unknown", "replicates": "none"}
    assert found.design.single_psu == "refuse"
    assert found.recodes[0].codes == {"1": "M", "2": "F"}
    assert found.recodes[0].missing == {"9": Missing.NOT_STATED}
    assert found.rules.min_respondents[0].since == date(2020, 1, 1)
    assert found.recodes[0].place.line == 26
    assert found.recodes[0].lines["2"].line == 29


def test_a_pack_is_started_under_names_a_pack_may_have() -> None:
    check_names("CRI", "ENAHO", "2020-07")
    with pytest.raises(BadInput, match=r"area 'xx' .*\nsurvey 'a b' .*\nperiod 'soon' must"):
        check_names("xx", "a b", "soon")


def test_the_hash_speaks_for_every_byte_of_the_pack_and_the_region(pack, dictionary) -> None:
    first = pack().sha256
    assert pack().sha256 == first
    assert pack(('"the office"', '"the Office"')).sha256 != first


def test_everything_wrong_is_said_at_once(refusal) -> None:
    said = refusal(
        ('id = "LFS"', 'id = "lfs 1"'),
        ('area = "XAA"', 'area = "Cauria"'),
        ('psu_scope = "survey"', 'psu_scope = "everywhere"'),
        ("value = 5.0", 'value = "five"'),
    )
    assert "4 things are wrong" in said
    assert "pack.toml, line 3: survey.id" in said
    assert "psu_scope = 'everywhere' is not one of" in said
    assert "must be a number" in said


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('vintage = "2020"', 'vintage = "../x"', "vintage"),
        ('period = "2020"\nfile', 'period = "2020-13"\nfile', "2020-Q3 or 2020-07"),
        ('format = "csv"', 'format = "pdf"', "not one of"),
        ('format = "csv"', 'format = "csv"\nsheet = 2', "sheet is not a key we know"),
        ('weight = "w"', 'weight = { none = "no" }', "without weights nothing counts"),
        ('weight = "w"', "weight = 5", "text in quotes"),
        ('replicates = { none = "none" }', 'replicates = ["r1", "r2"]', "must be a table"),
        ('"1" = "M"', '"1" = "X"', "X is not in CL_SEX"),
        ('"1" = "M"', '"1" = 1', "must be a code in quotes"),
        ('"9" = { missing = "not_stated" }', '"9" = { missing = "unsaid" }', "one of not_stated"),
        ('"9" = { missing = "not_stated" }', '"9" = { lost = "x" }', "one of not_stated"),
        ("[recode.SEX]", "[recode.SEXO]", "Did you mean SEX?"),
        ("[recode.SEX]", "[recode.AGE]", "AGE is a number"),
        ("[number.AGE]", "[number.STATUS]", "more than one way"),
        ("[number.AGE]", "[number.SEX]", "more than one way"),
        ('from = "p2"', "", "number.AGE.from is missing"),
        ("minimum = 0", 'minimum = "low"', "must be a number"),
        ("p3 = 1 THEN 'EMP'", "p3 = 1 THEN (SELECT 1)", "subquery"),
        ("'EMP'", "5", "cannot stand together"),
        ('indicators = ["POP"', 'indicators = ["PIP"', "Did you mean POP?"),
        ('dimensions = ["SEX"]', 'dimensions = ["AGE"]', "no coded variable"),
        ('dimensions = ["SEX"]', 'dimensions = ["SEX", "SEX"]', "twice"),
        ('id = "MAIN"', 'id = "main table"', "capitals"),
        ('reliability = "ilo"', 'reliability = "mine"', "not one of"),
        ("from = 2020-01-01", "from = 2020", "a date"),
        ("value = 5\n", "value = 5.5\n", "a whole number"),
        ('codes = { SEX = "F" }', 'codes = { SEX = "Q" }', "SEX has no code Q"),
        ('codes = { SEX = "F" }', 'codes = { STATUS = "EMP" }', "Add one"),
        ('indicator = "UNE"', 'indicator = "NOTHING"', "Add one"),
        ('period = "2020"\nvalue', 'period = "2019"\nvalue', "no wave has the period 2019"),
        ("invented = true", "invented = 1", "true or false"),
        ('name = { en = "Main", es = "Principal" }', 'name = { en = "Main" }', "es is missing"),
        ('licence = "none"', 'licence = ""', "is empty"),
        ('licence = "none"', 'licence = "?"', "survey.licence is still '?': write it"),
        ('es = "Todos"', 'es = "?"', "survey.population.es is still '?'"),
        ('fpc = { none = "unknown" }', 'fpc = { none = "?" }', "design.fpc.none is still '?'"),
        ("[[wave]]", "[wave]", "must be"),
        ("[derive.STATUS]", "[derive.NOTHING]", "there is no variable NOTHING"),
        ('concepts = { icls = "13" }', "concepts = { icls = 13 }", "text in quotes"),
        ('source = "us"', 'source = "us"\nsource = "them"', "source of [survey] stands twice"),
        ('source = "us"', 'source = "us"\n[survey]', "not written as TOML has it"),
        ('source = "us"', 'source = "us"\nsource = """\n"""', "not written as TOML has it"),
        ("[survey]", "id = 1\nid = 2\n[survey]", "line 3: id stands twice"),
        ('"2" = "F"', '"2" = "F"\n"2" = "M"', '"2" of [recode.SEX] stands twice. Keep one'),
        ('"2" = "F"', '" 2" = "F"', "' 2' has blanks around it"),
        ("[rules]", "[[consistent]]\nexpr = 'AEG > 1'\nsays = 'x'\n[rules]", "Did you mean AGE?"),
        ("[rules]", "[[consistent]]\nexpr = 'AGE'\nsays = 'x'\n[rules]", "must give true or"),
        ('name = { en = "Main", es = "Principal" }', 'name = "Main"', "must be a table"),
        ('format = "csv"', 'format = ""', "format is empty"),
        ('["POP", "UNE"', '["POP", 1, "UNE"', "texts in quotes only"),
        ('dimensions = ["SEX"]', 'dimensions = ["SEX"]\nindicadores = []', "Did you mean"),
        ('indicators = ["POP", "UNE", "PAY_MEAN", "PAY_PER_YEAR"]', "indicators = []", "is empty"),
        (
            '[[rules.min_respondents]]\nfrom = 2020-01-01\nvalue = 5\nground = "a rule"',
            "",
            "need a",
        ),
        ('dominance = { n = 2, k = 85, ground = "a rule" }', "", "dominance is missing"),
        (
            "[[rules.min_respondents]]",
            '[[rules.table]]\nof = ["MIAN"]\nzeros = { ground = "g" }\n[[rules.min_respondents]]',
            "there is no table MIAN. Did you mean MAIN?",
        ),
    ],
)
def test_a_wrong_word_is_named_with_its_place(refusal, old: str, new: str, word: str) -> None:
    said = refusal((old, new))
    assert word in said
    assert "pack.toml" in said


def test_a_pack_without_a_section_says_which(refusal) -> None:
    assert "rules is missing" in refusal(("[rules]", "[other]"), ("[[rules.", "[[other."))


def test_a_folder_without_a_pack_is_told_how_to_start_one(dictionary) -> None:
    with pytest.raises(BadInput, match="cauce pack new"):
        parse_pack({"other.toml": ""}, dictionary)


def test_two_waves_of_one_period_are_refused(refusal) -> None:
    wave = '[[wave]]\nperiod = "2020"\nfile = "b.csv"\nformat = "csv"\n\n[design]'
    assert "two waves have the period 2020" in refusal(("[design]", wave))


def test_a_wave_may_come_in_a_list_of_files(pack) -> None:
    one, two = "east.csv", "west.csv"
    whole = f'"{pack().waves[0].file}"'
    (wave,) = pack((whole, f'["{one}", "{two}"]')).waves
    assert (wave.file, wave.parts) == (one, (one, two))


def test_no_wave_and_no_table_are_refused(refusal) -> None:
    assert "there is no [[wave]]" in refusal(("[[wave]]", "[[wav]]"))
    assert "there is no [[table]]" in refusal(("[[table]]", "[[tabla]]"), ("[[headline]]", "[[h]]"))


def test_two_tables_with_one_id_are_refused(refusal) -> None:
    table = '[[table]]\nid = "MAIN"\nname = { en = "a", es = "b" }\nindicators = ["POP"]\n\n[rules]'
    assert "two tables have the id MAIN" in refusal(("[rules]", table))


def test_a_long_recode_is_a_file(pack) -> None:
    text = "source,target,missing\n1,M,\n2,F,\n9,,not_stated\n,,refused\n"
    found = pack(
        (
            'from = "p1"\n"1" = "M"\n"2" = "F"\n"9" = { missing = "not_stated" }',
            'from = "p1"\ntable = "sex.csv"',
        ),
        **{"sex.csv": text},
    )
    assert found.recodes[0].codes == {"1": "M", "2": "F"}
    assert found.recodes[0].missing == {"9": Missing.NOT_STATED, "": Missing.REFUSED}
    assert found.recodes[0].lines["2"].file == "sex.csv"
    assert found.recodes[0].lines["2"].line == 3


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("code,target\n", "source,target,missing"),
        ("source,target,missing\n1,M,not_stated\n", "either a target or a reason"),
        ("source,target,missing\n1,M,\n1,F,\n", "mapped twice"),
        ("source,target,missing\n1,,unsaid\n", "no missing reason"),
        ("source,target,missing\n1,X,\n", "not in CL_SEX"),
        ("", "source,target,missing"),
    ],
)
def test_a_wrong_line_of_a_recode_file_is_named(refusal, text: str, word: str) -> None:
    change = (
        'from = "p1"\n"1" = "M"\n"2" = "F"\n"9" = { missing = "not_stated" }',
        'from = "p1"\ntable = "sex.csv"',
    )
    said = refusal(change, files={"sex.csv": text})
    assert word in said
    assert "sex.csv, line" in said


def test_a_recode_file_that_is_not_there_is_named(refusal) -> None:
    assert "no file sex.csv" in refusal(('"1" = "M"', 'table = "sex.csv"'))


def test_a_pack_may_bring_its_own_lists_variables_and_indicators(pack) -> None:
    own = """
[codelist.CL_ZONE]
name = { en = "Zone", es = "Zona" }
codes = [{ id = "A", en = "a", es = "a" }, { id = "B", en = "b", es = "b" }]

[variable.ZONE]
name = { en = "Zone", es = "Zona" }
kind = "code"
codelist = "CL_ZONE"

[recode.ZONE]
from = "z"
"1" = "A"
"2" = "B"

[rules]"""
    found = pack(("[rules]", own), ('dimensions = ["SEX"]', 'dimensions = ["SEX", "ZONE"]'))
    assert [c.id for c in found.dictionary.codelists["CL_ZONE"].codes] == ["A", "B"]


def test_an_own_list_with_a_code_twice_or_a_name_twice_is_refused(refusal) -> None:
    code = '{ id = "A", en = "a", es = "a" }'
    own = f'[codelist.CL_SEX]\nname = {{ en = "x", es = "y" }}\ncodes = [{code}, {code}]\n\n[rules]'
    said = refusal(("[rules]", own))
    assert "code A stands twice" in said
    assert "codelist CL_SEX is declared twice" in said


def test_flags_take_true_and_false_only(refusal, pack) -> None:
    own = '[recode.YOUNG]\nfrom = "y"\n"1" = "true"\n"0" = "false"\n\n[rules]'
    assert pack(("[rules]", own)).recodes[1].codes == {"1": "true", "0": "false"}
    assert "a flag (true, false)" in refusal(("[rules]", own.replace('"true"', '"yes"')))


def test_a_recode_that_maps_nothing_is_refused(refusal) -> None:
    own = '[recode.YOUNG]\nfrom = "y"\n\n[rules]'
    assert "maps no code" in refusal(("[rules]", own))


def test_a_variable_nobody_makes_is_named_with_the_way_out(refusal) -> None:
    said = refusal(("[number.PAY]", "[number.AGE2]"))
    assert "AGE2" in said
    said = refusal(
        (
            '[number.PAY]\nfrom = "p4"\n"" = { missing = "not_applicable" }\n'
            '"-1" = { missing = "refused" }',
            "",
        ),
    )
    assert "does not make PAY" in said
    assert "[number.PAY]" in said


def test_derivations_that_need_each_other_are_a_circle(refusal) -> None:
    own = "[derive.YOUNG]\nexpr = \"SEX = 'M'\"\n\n[rules]"
    said = refusal(
        ("[rules]", own),
        (
            '[recode.SEX]\nfrom = "p1"\n"1" = "M"\n"2" = "F"\n"9" = { missing = "not_stated" }',
            "[derive.SEX]\nexpr = \"CASE WHEN YOUNG THEN 'M' ELSE 'F' END\"",
        ),
    )
    assert "SEX → YOUNG → SEX" in said or "YOUNG → SEX → YOUNG" in said


def test_limits_belong_to_the_eurostat_profile_and_are_two_numbers(pack, refusal) -> None:
    change = ('reliability = "ilo"', 'reliability = "eurostat_lfs"\nlimits = [5000, 10000]')
    assert pack(change).rules.limits == (5000.0, 10000.0)
    wrong = ('reliability = "ilo"', 'reliability = "ilo"\nlimits = [5000]')
    assert "two numbers of people" in refusal(wrong)


def test_an_area_may_have_a_name(pack) -> None:
    found = pack(('area = "XAA"', 'area = "XAA"\narea_name = { en = "Land", es = "País" }'))
    assert found.survey.area_name is not None
    assert found.survey.area_name.es == "País"


def test_a_csv_wave_says_how_it_is_written(pack) -> None:
    csv = 'format = "csv"\ncsv = { delimiter = ";", decimal = ",", encoding = "latin-1" }'
    wave = pack(('format = "csv"', csv)).waves[0]
    assert (wave.csv.delimiter, wave.csv.decimal, wave.csv.encoding) == (";", ",", "latin-1")


def test_a_pack_need_not_name_its_concepts(pack) -> None:
    assert pack(('concepts = { icls = "13" }', "")).survey.concepts == {}


def test_a_derivation_without_an_expression_is_refused(refusal) -> None:
    own = "[derive.YOUNG]\n\n[rules]"
    assert "derive.YOUNG.expr is missing" in refusal(("[rules]", own))


def test_what_a_derivation_gives_must_fit_its_variable(refusal) -> None:
    own = '[derive.YOUNG]\nexpr = "AGE + 1"\n\n[rules]'
    assert "gives number; YOUNG is flag" in refusal(("[rules]", own))


def test_only_numbers_are_read_as_numbers(refusal) -> None:
    own = '[number.YOUNG]\nfrom = "y"\n\n[rules]'
    assert "YOUNG is no number" in refusal(("[rules]", own))


def test_codes_of_an_own_list_are_tables(refusal) -> None:
    own = '[codelist.CL_X]\nname = { en = "x", es = "y" }\ncodes = [1]\n\n[rules]'
    assert "must be written as [[codes]]" in refusal(("[rules]", own))


def test_what_a_pack_says_may_be_said_in_both_languages(pack) -> None:
    found = pack(
        ('fpc = { none = "unknown" }', 'fpc = { none = { en = "unknown", es = "se desconoce" } }')
    )
    assert found.design.absent["fpc"] == "unknown || se desconoce"


def test_words_in_one_language_only_are_asked_for_in_the_other(refusal) -> None:
    said = refusal(('fpc = { none = "unknown" }', 'fpc = { none = { en = "unknown" } }'))
    assert "design.fpc.none.es is missing" in said


def test_a_pack_may_hold_the_words_of_its_questionnaire(pack):
    asked = '[questions]\np1 = { en = "A man?", es = "¿Hombre?" }\n\n[rules]'

    assert pack(("[rules]", asked)).questions == {"p1": Text("A man?", "¿Hombre?")}
    assert pack().questions == {}
