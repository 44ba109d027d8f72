"""Codes of occupations are proposed for the words in a form, and taken without a script."""

from starlette.testclient import TestClient

from cauce.office.app import create_office

from .conftest import DOUBLE
from .forms import Paper

KNOWN = {("es", "albañil"): ("7112", "7115", "2142")}


def proposes(language: str, words: str) -> tuple[str, ...]:
    return KNOWN.get((language, words), ())


def desk(office, declared, proposes=proposes) -> TestClient:
    parts = (office.database, declared, office.access, office.keys, DOUBLE, office.clock)
    return TestClient(create_office(*parts, proposes=proposes), headers={"x-who": "ana"})


def test_a_code_is_proposed_for_the_words_as_the_group_of_the_list(office, declared) -> None:
    paper = Paper(desk(office, declared), "/es/registers/job_orders/new")
    paper.set("occupation", "albañil")
    shown = paper.press("save")
    assert "Por las palabras de al lado:" in shown.text
    # 7112 and 7115 are both of 711, and the list has no more of 2142 than 214.
    assert shown.text.index("take:isco.711") < shown.text.index("take:isco.214")
    assert shown.text.count("take:isco.") == 2
    taken = Paper(desk(office, declared), shown.url.path).press("take:isco.711")
    assert dict(Paper(desk(office, declared), taken.url.path).form.form_values())["isco"] == "711"
    assert 'aria-pressed="true"' in taken.text


def test_nothing_is_proposed_without_words_without_a_match_or_without_a_model(
    office, declared
) -> None:
    for words, model in (("", proposes), ("zzz", proposes), ("albañil", None)):
        paper = Paper(desk(office, declared, model), "/es/registers/job_orders/new")
        paper.set("occupation", words)
        assert "take:isco" not in paper.press("save").text


def test_a_proposal_for_another_field_changes_nothing(office, declared) -> None:
    client = desk(office, declared)
    paper = Paper(client, "/es/registers/job_orders/new")
    paper.set("occupation", "albañil")
    shown = paper.press("save")
    again = Paper(client, shown.url.path)
    typed = {**dict(again.form.form_values()), "do": "take:occupation.711"}
    client.post(shown.url.path, data=typed)
    kept = dict(Paper(client, shown.url.path).form.form_values())
    assert kept["occupation"] == "albañil"
