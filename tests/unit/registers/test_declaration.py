"""Registers as they are declared: those that come with Cauce, and what is told of a wrong one."""

from pathlib import Path

import pytest

from cauce.declare.codelists import read_codelists
from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Text
from cauce.registers.declaration import parse_registers
from cauce.registers.fields import field_of

LISTS = {"KIND": Codelist("KIND", Text("Kind", "Clase"), (Code("A", Text("A", "A")),))}
HEAD = """id = "things"
name = { en = "Things", es = "Cosas" }
one = { en = "Thing", es = "Cosa" }
about = { en = "What there is.", es = "Lo que hay." }
title = { en = "name", es = "name" }
"""
NAME = """
[[field]]
id = "name"
name = { en = "Name", es = "Nombre" }
kind = "text"
"""
KIND = """
[[field]]
id = "kind"
name = { en = "Kind", es = "Clase" }
kind = "code"
codelist = "KIND"
"""
PARTS = """
[[field]]
id = "parts"
name = { en = "Parts", es = "Partes" }
kind = "rows"
[[field.column]]
id = "size"
name = { en = "Size", es = "Tamaño" }
kind = "number"
[[field.column]]
id = "since"
name = { en = "Since", es = "Desde" }
kind = "date"
"""
GOOD = HEAD + NAME + KIND + PARTS


def field(id: str, kind: str, more: str = "") -> str:
    words = '{ en = "X", es = "X" }'
    return f'\n[[field]]\nid = "{id}"\nname = {words}\nkind = "{kind}"\n{more}\n'


def rule(kind: str, fields: str, more: str = "") -> str:
    words = '{ en = "No.", es = "No." }'
    return (
        f'\n[[rule]]\nid = "r"\nkind = "{kind}"\nfields = [{fields}]\n{more}\nmessage = {words}\n'
    )


def count(more: str) -> str:
    return f'\n[[count]]\nid = "DF_X"\nname = {{ en = "X", es = "X" }}\n{more}\n'


def declared(text: str) -> Register:
    return parse_registers({"things.toml": text}, LISTS)["things"]


def refused(*texts: str) -> str:
    files = {f"{number}.toml": text for number, text in enumerate(texts)}
    with pytest.raises(BadInput) as caught:
        parse_registers(files, LISTS)
    return str(caught.value)


def test_a_register_is_read_with_everything_it_says() -> None:
    text = GOOD.replace('id = "things"', 'id = "things"\nretention_years = 5\nversion = "2"')
    text += rule("required_if", '"kind", "name"', 'values = ["*"]\nwhen = { kind = ["A"] }')
    text += count('by = ["kind"]\nmeasure = "parts.size"\nperiod = "parts.since"\napart = ["kind"]')
    register = declared(text)
    assert (register.retention_years, register.version, register.public) == (5, "2", False)
    assert register.rules[0].when == (("kind", ("A",)),)
    assert (register.counts[0].period, register.counts[0].apart) == ("parts.since", ("kind",))
    assert len(register.sha256) == 64


def test_a_field_is_read_with_everything_it_says() -> None:
    more = 'minimum = 0\nmaximum = 9\nunit = "t"\npattern = "[0-9]"\nrequired = true'
    words = 'help = { en = "How?", es = "¿Cómo?" }'
    found = field_of(declared(GOOD + field("cost", "money", f"{more}\n{words}")), "cost")
    assert (found.minimum, found.maximum, found.unit, found.decimals) == (0, 9, "t", 2)
    assert found.help == Text("How?", "¿Cómo?")
    assert (found.required, found.sensitivity, found.place.line) == (True, Sensitivity.P1, 31)


def test_a_column_of_rows_is_found_by_its_full_name() -> None:
    register = declared(GOOD)
    assert field_of(register, "parts.size").kind == "number"
    for name in ("size", "parts.weight", "name.size"):
        with pytest.raises(KeyError):
            field_of(register, name)


def test_registers_may_name_each_other() -> None:
    other = GOOD.replace('"things"', '"others"')
    link = field("other", "link", 'register = "others"')
    assert set(parse_registers({"a": GOOD + link, "b": other}, LISTS)) == {"things", "others"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "wrong = = 1\n", "not written as TOML has it"),
        (GOOD + "\n[[field]]\n", "field.id is missing."),
        (HEAD, "a register has at least one [[field]]."),
        (GOOD.replace('"things"', '"Things"'), "must be small letters, digits and _"),
        (GOOD + "\n[odd]\n", "odd is not a key we know."),
        (GOOD + NAME, "fields named name more than once."),
        (GOOD + rule("any_of", '"name", "kind"') * 2, "rules named r more than once."),
        (GOOD.replace('title = { en = "name"', 'title = { en = "nam"'), "Did you mean name?"),
        (GOOD.replace("one =", 'country = "land"\none ='), "country: no field land."),
        (GOOD + field("x", "number", 'sensitivity = "P2"\npublic = true'), "only P0 is public."),
        (GOOD + field("x", "rows"), "a field of rows has columns"),
        (GOOD + PARTS.replace('"rows"', '"text"'), "a field of rows has columns"),
        (GOOD + field("x", "number", 'codelist = "KIND"'), "only codes have a code list."),
        (GOOD + field("x", "code", 'codelist = "KIN"'), "no code list KIN. Did you mean KIND?"),
        (GOOD + field("x", "text", 'pattern = "["'), "not a pattern"),
        (GOOD + field("x", "text", 'words = "name"'), "a code is proposed from a field of kind"),
        (
            GOOD + field("x", "code", 'codelist = "KIND"\nwords = "kind"'),
            "a code is proposed from a field of kind text, not from kind.",
        ),
        (
            GOOD + field("x", "link", 'register = "thing"'),
            "no register thing. Did you mean things?",
        ),
        (GOOD + rule("sum", '"name"'), "sum names 2 to 9 fields."),
        (GOOD + rule("plausible", '"name", "kind"'), "plausible names 1 fields."),
        (GOOD + rule("required_if", '"name", "kind"'), "values go with required_if and empty_if."),
        (GOOD + rule("order", '"name", "kine"'), "rule r: no field kine. Did you mean kind?"),
        (GOOD + rule("no_overlap", '"parts", "since", "size2"'), "no field parts.size2."),
        (GOOD + rule("order", '"name", "parts.size"'), "its fields are of one row, or none is"),
        (GOOD + rule("sum", '"parts.size", "name"'), "its fields are of one row, or none is"),
        (GOOD + rule("any_of", '"name", "kind"', 'when = { kin = ["A"] }'), "no field kin."),
        (GOOD + count('by = ["kin"]'), "count DF_X: no field kin. Did you mean kind?"),
        (GOOD + count('by = ["name"]'), "count DF_X: name is not a code, a flag or a link."),
        (GOOD + count('by = ["kind"]\nmeasure = "name"'), "name is not a number."),
        (
            GOOD.replace("one =", 'lends = { code = "name", lists = ["CL_AREA"] }\none ='),
            "lends: name is no public field of kind code.",
        ),
        (GOOD + count('by = ["kind"]\nperiod = "name"'), "name is not a year or a date."),
        (GOOD + count('by = ["kind"]\ncontributor = "parts"'), "parts is not one value."),
        (GOOD + count('by = ["kind"]\nmonthly = true'), "monthly needs a period that is a date."),
        (
            GOOD + count('by = ["kind"]\nperiod = "parts.size"\nmonthly = true'),
            "monthly needs a period that is a date.",
        ),
        (GOOD + count('by = ["kind"]\nonly = { name = ["A"] }'), "name is not one code, a flag"),
        (
            GOOD + count('by = ["kind"]\ncurrent = ["parts.since"]'),
            "current names the first and the last day.",
        ),
        (GOOD + count('by = ["kind"]\ncurrent = ["name", "parts.since"]'), "name is not a date."),
        (GOOD + count('by = ["kind"]\napart = ["name"]'), "apart names name, which by does not."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, message: str) -> None:
    told = refused(text)
    assert message in told
    assert "line " in told


def test_rows_hold_no_rows() -> None:
    deep = PARTS.replace(
        'kind = "number"',
        'kind = "rows"\n[[field.column.column]]\nid = "x"\n'
        'name = { en = "X", es = "X" }\nkind = "text"',
    )
    assert "rows hold no rows." in refused(HEAD + NAME + deep)


def test_a_register_declared_twice_is_told() -> None:
    assert "register things is declared twice." in refused(GOOD, GOOD)


def test_a_rule_without_fields_is_told_and_nothing_else_breaks() -> None:
    assert "fields is empty" in refused(GOOD + rule("no_overlap", ""))


def test_a_sum_over_rows_and_a_rule_within_rows_are_both_allowed() -> None:
    total = field("total", "number")
    rules = rule("sum", '"total", "parts.size"')
    assert declared(GOOD + total + rules).rules[0].fields == ("total", "parts.size")
    inner = rule(
        "plausible", '"parts.size"', 'minimum = 1\nmaximum = 2\nwhen = { "parts.size" = ["*"] }'
    )
    assert declared(GOOD + inner).rules[0].warning


PACK = Path(__file__).parents[3] / "packs" / "registers"
OURS = read_codelists({p.name: p.read_text() for p in (PACK / "codelists").glob("*.csv")})
FILES = [path for path in sorted(PACK.glob("*.toml")) if "[[field]]" in path.read_text()]
REGISTERS = parse_registers({path.name: path.read_text() for path in FILES}, OURS)


def every_field(register: Register) -> tuple[Field, ...]:
    return (*register.fields, *(c for f in register.fields for c in f.rows))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_of_a_register_has_its_name(path: Path) -> None:
    assert path.stem in REGISTERS


@pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda register: register.id)
def test_a_register_says_what_an_officer_must_know(register: Register) -> None:
    assert register.about.es.endswith(".")
    assert register.rules
    assert register.public == any(f.public for f in register.fields)
    for field in every_field(register):
        assert field.sensitivity is Sensitivity.P0 or not field.public
        assert field.public or field.sensitivity is not Sensitivity.P0, f"{field.id} hides nothing"


@pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda register: register.id)
def test_english_and_spanish_are_both_written(register: Register) -> None:
    words = [register.name, register.one, register.about]
    words += [f.name for f in every_field(register)]
    words += [f.help for f in every_field(register) if f.help]
    words += [r.message for r in register.rules] + [c.name for c in register.counts]
    for text in words:
        assert text.en != text.es or len(text.en.split()) == 1, text
        assert text.en[0].isupper() or not text.en[0].isalpha() or "other" in text.en


@pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda register: register.id)
def test_free_text_about_people_and_names_of_people_stay_inside(register: Register) -> None:
    inner = {"account", "remark", "recruiter_name", "recruiter_licence", "revoked_why"}
    named = {"token", "trained_by", "respondent", "contacts", "trainer_names", "person_name"}
    for field in every_field(register):
        if field.id in inner:
            assert field.sensitivity is Sensitivity.P3, field.id
        if field.id in named or "contact" in field.id:
            assert field.sensitivity >= Sensitivity.P2, field.id


def test_what_people_said_or_did_is_no_public_register() -> None:
    inside = {r.id for r in REGISTERS.values() if not r.public}
    told = {"complaints", "inspections", "remedies", "screenings"}
    directory = {"referral_services", "screening_confirmations"}
    people = {"permits", "dependants", "services", "returns", "corrections", "pairs", "requests"}
    inside_mobility = {f"mobility_{name}" for name in people}
    papers = {"contracts", "job_orders", "recruiter_pairs"}
    asked = {"assessment_answers", "observations", "participants"}
    iris = {"iris_assessments", "iris_progress", "diligence_checks"}
    assert inside == iris | asked | told | directory | inside_mobility | papers
    for name in inside:
        assert not any(f.public for f in every_field(REGISTERS[name]))
        assert all(count.sensitive for count in REGISTERS[name].counts)


def test_counts_of_all_registers_have_names_of_their_own() -> None:
    ids = [count.id for register in REGISTERS.values() for count in register.counts]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("DF_") for name in ids)


def test_money_and_stages_are_never_totalled_over_what_must_not_be_added() -> None:
    ledger = {c.id: c for c in REGISTERS["diaspora_contributions"].counts}
    money = ledger["DF_DIASPORA_CONTRIBUTIONS"]
    assert {"type", "currency", "valuation", "direction", "scope"} <= set(money.apart)
    assert money.period == "year"
    assert not any(c.measure for c in REGISTERS["mechanism_funnel"].counts)
    assert not any(c.measure for c in REGISTERS["studies"].counts)


@pytest.mark.parametrize("name", ["gps", "farm_lat", "lng", "entry_coordinates"])
def test_no_register_holds_where_somebody_is_but_by_a_code(name: str) -> None:
    assert "never coordinates" in refused(GOOD + field(name, "text"))
    row = PARTS.replace('id = "size"', f'id = "{name}"')
    assert "never coordinates" in refused(HEAD + NAME + row)


def test_consent_is_a_flag_of_the_register() -> None:
    said = refused('consent = "kind"\n' + GOOD.lstrip())
    assert "consent: kind is no field of kind flag" in said
    flag = field("agreed", "flag")
    assert declared('consent = "agreed"\n' + GOOD.lstrip() + flag).consent == "agreed"


def test_what_is_sealed_is_not_counted_by() -> None:
    sealed = field("who", "code", 'codelist = "KIND"\nsensitivity = "P3"')
    assert "who is P3, sealed in the log" in refused(GOOD + sealed + count('by = ["who"]'))


def test_a_count_is_over_the_rows_of_one_field() -> None:
    other = PARTS.replace('"parts"', '"pieces"')
    said = refused(
        GOOD + other + count('by = ["kind"]\nmeasure = "parts.size"\nperiod = "pieces.since"')
    )
    assert "it counts rows of parts and pieces; choose one" in said
