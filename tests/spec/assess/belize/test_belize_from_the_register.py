"""The same tables, from the record an office types in and the answers an applicant gives."""

from decimal import Decimal
from pathlib import Path

from cauce.assess.regularization.consultations import consult
from cauce.declare.codelists import read_codelists
from cauce.registers.declaration import parse_registers
from cauce.registers.seed import parse_seeds

from .test_belize import applicants, rows

REGISTERS = Path(__file__).parents[4] / "packs" / "registers"
NAME = "regularization_initiatives"
PHASES = {"special": "2021", "amnesty": "2022"}


def initiative():
    lists = read_codelists(
        {f"codelists/{p.name}": p.read_text() for p in (REGISTERS / "codelists").glob("*.csv")}
    )
    declared = {f"{NAME}.toml": (REGISTERS / f"{NAME}.toml").read_text()}
    declared["institutions.toml"] = (REGISTERS / "institutions.toml").read_text()
    declared["bodies.toml"] = (REGISTERS / "bodies.toml").read_text()
    registers = parse_registers(declared, lists)
    example = REGISTERS / "examples" / "belize_2021_22.toml"
    (seed,) = parse_seeds({example.name: example.read_text()}, registers, lists)
    assert not seed.faults
    return seed.record


def answers(name, phase):
    """What the applicant says to what the phase asks, as it is typed."""
    row = next(row for row in rows("applicants") if row["applicant"] == name)
    asked = consult(RECORD, phase, {}, applicants()[name][1]["special"], {}).questions
    return {fact: _typed(row[fact]) for fact in asked}


def _typed(text):
    first, _, last = text.partition("/")
    return first[:4] if last else first


RECORD = initiative()


def test_each_applicant_meets_the_criteria_the_table_says():
    for table, phase in PHASES.items():
        for row in rows(table):
            name = row["applicant"]
            on = applicants()[name][1][table]
            check = consult(RECORD, phase, answers(name, phase), on, {}).check
            said = {part.id: part.truth for part in check.finding.parts}
            assert said == {id_: row[id_] for id_ in said}, name
            assert check.criteria == row["SPECIAL" if table == "special" else "AMNESTY"]
            assert ";".join(check.to_find_out) == row["to_find_out"], name


def test_each_fee_of_the_special_period_is_what_was_worked_out_by_hand():
    expected = [row for row in rows("costs") if row["phase"] == "special"]
    for name in dict.fromkeys(row["applicant"] for row in expected):
        on = applicants()[name][1]["special"]
        found = consult(RECORD, "2021", answers(name, "2021"), on, {}).cost
        wanted = {
            row["item"]: (Decimal(row["low"]), Decimal(row["high"]) if row["high"] else None)
            for row in expected
            if row["applicant"] == name
        }
        for item in found.items:
            assert (item.low, item.high) == wanted[item.id], (name, item.id)


def test_each_applicant_is_asked_for_the_documents_the_table_says():
    ids = ("PHOTO_ID", "MEDICAL", "POLICE", "TRANSLATION")
    for row in rows("documents"):
        on = applicants()[row["applicant"]][1]["amnesty"].fromisoformat(row["on"])
        found = consult(RECORD, "2022", answers(row["applicant"], "2022"), on, {}).documents
        assert [each.truth for each in found] == [row[id_] for id_ in ids], row
