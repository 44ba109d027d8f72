"""Seeds: how they are read, that all of ours are valid, and what they say and do not say."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from cauce.declare.codelists import read_codelists
from cauce.model.errors import BadInput
from cauce.model.record import Absent, Record
from cauce.model.seed import Seed
from cauce.registers.declaration import parse_registers
from cauce.registers.fields import field_of
from cauce.registers.rules import broken_rules
from cauce.registers.seed import key_of, parse_seeds
from cauce.registers.values import read_record

PACK = Path(__file__).parents[3] / "packs" / "registers"


def texts(folder: Path, kind: str) -> dict[str, str]:
    return {
        path.name: path.read_text()
        for path in folder.glob(f"*.{kind}")
        if path.name != "access.toml"
    }


LISTS = read_codelists(texts(PACK / "codelists", "csv"))
DECLARED = {name: text for name, text in texts(PACK, "toml").items() if "[[field]]" in text}
REGISTERS = parse_registers(DECLARED, LISTS)
SEEDS = parse_seeds(texts(PACK / "seeds", "toml"), REGISTERS, LISTS)
EXAMPLES = parse_seeds(texts(PACK / "examples", "toml"), REGISTERS, LISTS)
COUNTRY = """register = "countries"
[[record]]
name = "blz"
country = "BLZ"
name_en = "Belize"
name_es = "Belice"
source = "ISO"
"""


def read(*files: str) -> tuple[Seed, ...]:
    return parse_seeds({f"{n}.toml": text for n, text in enumerate(files)}, REGISTERS, LISTS)


def refused(*files: str) -> str:
    with pytest.raises(BadInput) as caught:
        read(*files)
    return str(caught.value)


def of(register: str) -> dict[str, Record]:
    return {seed.name: seed.record for seed in SEEDS if seed.register == register}


def members(body: str, role: str = "MEMB") -> set[object]:
    key = key_of("bodies", body)
    found = of("memberships").values()
    return {r["country"] for r in found if r["body"] == key and r["role"] == role}


def numbers(rows: object, column: str) -> list[int]:
    assert isinstance(rows, tuple)
    return [row[column] for row in rows]


def test_a_seed_is_read_with_its_period_and_its_country() -> None:
    text = COUNTRY + "true_from = 1981-09-21\ntrue_to = 2099-01-01\n"
    (seed,) = read(text)
    assert (seed.country, seed.valid_from, seed.valid_to) == (
        "BLZ",
        date(1981, 9, 21),
        date(2099, 1, 1),
    )
    assert (seed.faults, seed.place.line, seed.place.file) == ((), 2, "0.toml")


def test_the_key_of_a_seed_is_the_same_each_time_and_says_nothing() -> None:
    (seed,) = read(COUNTRY)
    assert seed.key == key_of("countries", "blz") == read(COUNTRY)[0].key
    assert "blz" not in seed.key
    assert len(seed.key) <= 40


def test_a_link_names_another_seed_in_rows_too() -> None:
    body = 'register = "bodies"\n[[record]]\nname = "b"\n'
    news = 'register = "news"\n[[record]]\nname = "n"\nbodies = [{ body = "b" }]\n'
    seed = read(body, news)[1]
    assert seed.record["bodies"] == ({"body": key_of("bodies", "b")},)


def test_a_link_may_name_what_is_known_from_elsewhere() -> None:
    text = 'register = "memberships"\n[[record]]\nname = "m"\nbody = "rcm"\n'
    seeds = parse_seeds({"m": text}, REGISTERS, LISTS, {"bodies": ["rcm"]})
    assert seeds[0].record["body"] == key_of("bodies", "rcm")


def test_an_unknown_link_and_an_unknown_country_are_absent() -> None:
    text = 'register = "memberships"\n[[record]]\nname = "m"\nbody = "UNK"\ncountry = "UNK"\n'
    (seed,) = read(text)
    assert seed.record["body"] is Absent.UNKNOWN
    assert seed.country == ""


def test_what_is_wrong_in_a_record_is_said_in_both_languages() -> None:
    (seed,) = read(COUNTRY.replace('"Belice"', "3.5").replace('"BLZ"', '"BLX"'))
    assert [fault.field for fault in seed.faults] == ["country"]
    assert "is not in the list Country" in seed.faults[0].message.en
    assert "no está en la lista País" in seed.faults[0].message.es


def test_a_broken_rule_is_with_the_seed() -> None:
    quota = (PACK / "seeds" / "quotas.toml").read_text().replace("64716", "64717")
    seeds = parse_seeds({"q": quota}, REGISTERS, LISTS, {"mechanisms": ["usa-h2b", "mex-nca-mou"]})
    assert [fault.rule for fault in seeds[0].faults] == ["parts_sum"]


def test_rows_that_are_no_rows_are_told_as_an_editor_would_be() -> None:
    text = 'register = "news"\n[[record]]\nname = "n"\nbodies = ["rcm"]\n'
    faults = [fault.message.es for fault in read(text)[0].faults]
    assert "Organismos es una lista de filas" in faults


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("register = ", "not written as TOML has it"),
        ('register = "countrie"\n', "no register countrie. Did you mean countries?"),
        (COUNTRY + "[odd]\n", "odd is not a key we know"),
        ('odd = 1\nregister = "news"\n', "line 1: odd is not a key we know."),
        (COUNTRY.replace('name = "blz"\n', ""), "line 2: record.name is missing."),
        (COUNTRY + COUNTRY.partition("\n")[2], "line 9: countries blz stands twice."),
        (
            'register = "memberships"\n[[record]]\nname = "m"\nbody = "rcn"\n',
            "line 4: body: there is no seed rcn of bodies.",
        ),
    ],
)
def test_what_cannot_be_a_seed_is_told(text: str, message: str) -> None:
    assert message in refused(text)


@pytest.mark.parametrize("seed", [*SEEDS, *EXAMPLES], ids=lambda s: f"{s.register}-{s.name}")
def test_every_seed_and_example_is_valid_and_says_its_source(seed: Seed) -> None:
    assert seed.faults == ()
    assert seed.record["source"]
    assert seed.record["mark"] in ("V", "K", "I")


def test_no_seed_holds_what_harms_a_person() -> None:
    for seed in SEEDS:
        register = REGISTERS[seed.register]
        assert register.public
        assert all(field_of(register, name).public for name in seed.record)


def test_no_two_seeds_are_the_same() -> None:
    for register in REGISTERS.values():
        for rule in (rule for rule in register.rules if rule.kind == "unique"):
            mine = [s.record for s in SEEDS if s.register == register.id]
            said = [tuple(record.get(name) for name in rule.fields) for record in mine]
            assert len(said) == len(set(said)), register.id


def test_the_rcm_has_eleven_members_and_guyana_is_none() -> None:
    listed = "BLZ CAN CRI DOM GTM HND MEX NIC PAN SLV USA"
    assert sorted(map(str, members("rcm"))) == listed.split()
    assert "GUY" in members("caricom")
    assert members("rcm") == members("rncom", "CHAP")


def test_mexico_attends_cepredenac_and_is_no_member() -> None:
    assert "MEX" not in members("cepredenac")
    assert members("cepredenac", "OBSV") == {"MEX"}


def test_names_that_mean_the_same_lead_to_one_body() -> None:
    bodies = {record["term"]: record.get("body") for record in of("aliases").values()}
    assert bodies["RCM"] == bodies["CRM"] == bodies["Proceso Puebla"] == key_of("bodies", "rcm")
    assert bodies["RNCOM"] == bodies["RROCM"] == bodies["RRCOM"] == key_of("bodies", "rncom")


def test_the_h2b_supplement_of_2023_adds_up() -> None:
    quota = of("quotas")["usa-h2b-2023-supplement"]
    assert quota["ceiling"] == 64_716
    assert numbers(quota["parts"], "ceiling") == [20_000, 44_716]


def test_guatemalas_departures_stand_by_year_and_none_is_added_to_another() -> None:
    figures = of("mechanism_funnel")
    yearly = [figures[f"gtm-ptt-{year}"]["value"] for year in range(2018, 2023)]
    assert yearly == [25_356, 24_199, 17_390, 22_719, 27_737]
    series = {record["series"] for record in figures.values()}
    assert len(series) == 3


def test_the_study_found_57_initiatives_and_none_is_in_the_register() -> None:
    study = of("studies")["regularization-57"]
    assert study["value"] == 57
    assert numbers(study["parts"], "value") == [24, 33]
    assert not of("regularization_initiatives")


def test_four_figures_of_guyana_stand_side_by_side() -> None:
    values = [r.get("value") for r in of("studies").values() if r.get("country") == "GUY"]
    assert {53_000, 60_000, 100_000, 160_000} <= set(values)


def test_fifteen_agreements_wait_for_their_texts() -> None:
    slots = of("agreements")
    assert [record["number"] for record in slots.values()] == list(range(1, 16))
    for record in slots.values():
        assert "text_es" not in record
        assert "text_en" not in record
        assert record["themes"] is Absent.UNKNOWN
    declaration = of("declarations")["ethical-recruitment-2023"]
    assert declaration["themes"] == ("EXCH", "DIAL", "MONI", "KNOW")


def filled(registers: Iterable[str], names: Iterable[str]) -> list[str]:
    records = {f"{name} {key}": r for name in registers for key, r in of(name).items()}
    return [
        f"{where}.{name}"
        for where, record in records.items()
        for name in names
        if not isinstance(record.get(name, Absent.UNKNOWN), Absent)
    ]


def test_nothing_is_filled_that_nobody_knows() -> None:
    """Marked [✗] in what we know of the field: looked for and not found."""
    empty = ("plan_nodes", "plan_indicators", "plan_reports", "plan_milestones", "signatories")
    assert not [name for name in empty if of(name)]
    assert filled(["plans"], ["levels", "edition", "document_url"]) == []
    assert filled(["courses"], ["modules"]) == []
    assert filled(["assessments"], ["frame", "countries", "report_url"]) == []
    assert filled(["memberships"], ["joined_on", "left_on"]) == []
    assert filled(["mechanisms"], ["provisions", "text_url"]) == []
    assert of("course_editions")["iris-guyana-1"]["participants_reported"] is Absent.UNKNOWN
    assert of("studies")["guy-construction"]["sample_size"] is Absent.UNKNOWN


def test_the_courses_have_the_totals_their_sources_report() -> None:
    editions = of("course_editions")
    assert editions["crisis-climate-1"]["participants_reported"] == 22
    seminar = editions["cso-seminar-1"]
    assert (seminar["hours"], seminar["sessions_count"], seminar["hours_a_session"]) == (16, 4, 4)
    assert editions["hnd-tot-2"]["cascade_of"] == key_of("course_editions", "hnd-tot-1")


def test_the_nine_news_items_are_those_of_the_portal() -> None:
    items = of("news")
    assert len(items) == 9
    assert all("LABM" in record["axes"] for record in items.values())  # type: ignore[operator]
    assert all(record.get("evidence") for record in items.values())


def test_126_millones_is_questioned() -> None:
    """The regional total of remittances once stood in print as "126 millones"."""
    register = REGISTERS["diaspora_contributions"]
    raw = {"type": "ER", "scope": "REGION", "currency": "USD", "amount": "126000000"}
    record, _ = read_record(register, raw, LISTS)
    rules = {fault.rule: fault for fault in broken_rules(register, record)}
    assert rules["region_magnitude"].warning
    assert "mil millones" in rules["region_magnitude"].message.es
    record, _ = read_record(register, {**raw, "amount": "126000000000"}, LISTS)
    assert "region_magnitude" not in {fault.rule for fault in broken_rules(register, record)}


def test_belize_is_an_example_with_eight_ways_in() -> None:
    (belize,) = EXAMPLES
    rows = belize.record["criteria"]
    assert isinstance(rows, tuple)
    ways = [row for row in rows if isinstance(row, dict) and row.get("parent") == "AMNESTY"]
    assert len(ways) == 8
    assert belize.country == "BLZ"
