"""A survey takes its names from the registers as of a day, and its numbers from nobody else."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from cauce.model.entry import Action, Draft
from cauce.model.observation import Observations
from cauce.model.record import Record
from cauce.model.release import Release
from cauce.pipeline.register_lend import Lender
from cauce.pipeline.registers import read_registers
from cauce.pipeline.release import release_pack
from cauce.store.log import Database, append, open_database

from .test_register_count import write

PACKS = Path(__file__).parents[3] / "packs"
DECLARED = read_registers(PACKS / "registers")
DAY, LATER = date(2026, 2, 1), datetime(2026, 6, 1, tzinfo=UTC)
PACK = """
[survey]
id = "X"
area = "CRI"
area_name = { en = "Costa Rica", es = "Costa Rica" }
name = { en = "Survey", es = "Encuesta" }
vintage = "2020"
freq = "A"
population = { en = "Everyone", es = "Todos" }
licence = "none"
source = "us"
invented = true
concepts = { icls = "13", isco = "08", isic = "4" }

[[wave]]
period = "2020"
file = "people.csv"
format = "csv"

[design]
stratum = "h"
psu = "c"
weight = "w"
fpc = { none = "unknown" }
replicates = { none = "none" }
psu_scope = "survey"
single_psu = "refuse"

[codelist.CL_COUNTRY]
name = { en = "Country of birth", es = "País de nacimiento" }
codes = [{ id = "CRI", en = "Here", es = "Aquí" }, { id = "NIC", en = "There", es = "Allí" }]

[variable.BORN]
name = { en = "Country of birth", es = "País de nacimiento" }
kind = "code"
codelist = "CL_COUNTRY"

[recode.BORN]
from = "born"
"1" = "CRI"
"2" = "NIC"

[[table]]
id = "MAIN"
name = { en = "Main", es = "Principal" }
indicators = ["POP"]
dimensions = ["BORN"]

[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "a rule" }
[[rules.min_respondents]]
from = 2020-01-01
value = 5
ground = "a rule"
"""


@pytest.fixture
def database(tmp_path: Path):
    opened = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    rows = [f"{p % 2},{p % 6},{1 + p % 3},{1 + (p % 5 == 0)}" for p in range(300)]
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "people.csv").write_text("h,c,w,born\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return folder


def country(code: str, name: str) -> Record:
    return {"country": code, "name_en": name, "name_es": f"{name} (es)", "source": "invented"}


def released(survey: Path, database: Database | None) -> Release:
    lender = Lender(database, DECLARED, DAY, LATER) if database else None
    return release_pack(survey, PACKS / "region", lender=lender)


def names(flow: Observations, at: int) -> dict[str, str]:
    return {code.id: code.name.en for code in flow.dataflow.dimensions[at].codes}


def test_a_survey_names_countries_as_the_register_does(database, survey) -> None:
    write(database, "countries", country("NIC", "New name"), country("CRI", "Own name"))
    unapproved = {**country("CRI", "Not approved"), "token": "another"}
    write(database, "countries", unapproved, yes=False)
    release = released(survey, database)
    [flow] = release.flows
    assert names(flow, 1) == {"CRI": "Own name"}
    assert names(flow, 3)["NIC"] == "New name"
    assert [(x.codelist, x.origin) for x in release.lent] == [
        ("CL_COUNTRY", "pack.toml"),
        ("CL_AREA", "registers/countries"),
        ("CL_COUNTRY", "registers/countries"),
    ]
    assert {x.day for x in release.lent} == {"2026-02-01"}


def test_without_registers_names_are_those_of_the_files(survey) -> None:
    release = released(survey, None)
    assert names(release.flows[0], 3)["NIC"] == "There"
    assert [(x.codelist, x.known_at) for x in release.lent] == [("CL_COUNTRY", "")]


def test_no_number_of_a_survey_changes_with_a_register(database, survey) -> None:
    write(database, "countries", country("NIC", "New name"), country("CRI", "Own name"))
    [plain], [lent] = released(survey, None).flows, released(survey, database).flows
    for column in ("key", "value", "se", "cv", "ci_low", "ci_high", "n", "df"):
        np.testing.assert_array_equal(getattr(plain, column), getattr(lent, column))
    assert plain.conf_status == lent.conf_status
    assert plain.obs_status == lent.obs_status


def test_who_takes_a_consent_back_is_named_in_no_new_table(database) -> None:
    """It needs no second person, as on the public pages."""
    agreed = {"name": "A club", "country": "CRI", "may_publish": True}
    write(database, "diaspora_organisations", agreed)
    lender = Lender(database, DECLARED, DAY, LATER)
    wanted = {"CL_DIASPORA_ORGANISATIONS"}
    before = lender.lend(wanted).lists["CL_DIASPORA_ORGANISATIONS"]
    assert [code.name.en for code in before.codes] == ["A club"]
    draft = Draft(
        "diaspora_organisations", "diaspora_organisations0", "CRI", Action.CHANGE,
        {**agreed, "may_publish": False}, DAY, None, "ana", "they asked", 1,
    )  # fmt: skip
    with database.writing("ana") as connection:
        append(connection, DECLARED.registers, [draft], datetime(2026, 1, 20, tzinfo=UTC))
    after = lender.lend(wanted)
    assert after.lists["CL_DIASPORA_ORGANISATIONS"].codes == ()
    assert before.codes, "what was lent before stays as it was"
