"""A second person looks at what was typed, and two who type at once see each other."""

import pytest
from sqlalchemy.exc import IntegrityError

from cauce.store.log.schema import approval

from .forms import Paper
from .quotas import altered, judged, quota


def test_nobody_approves_their_own_entry_not_even_past_the_pages(desk_of, office) -> None:
    key = quota(desk_of("both"))
    assert f"{key}/review" not in desk_of("both").get("/es/").text
    assert judged(desk_of("both"), key, 1).status_code == 403
    with pytest.raises(IntegrityError), office.database.writing("both") as connection:
        connection.execute(
            approval.insert().values(entry=1, verdict="approved", actor="both", at="x", note="")
        )
    assert judged(desk_of("beto"), key, 1).status_code == 303


def test_what_came_back_is_taken_up_again_as_it_was_and_approved(desk_of) -> None:
    key = quota(desk_of("ana"))
    assert judged(desk_of("beto"), key, 1, "returned").status_code == 422
    assert judged(desk_of("beto"), key, 1, "returned", "Falta la fuente").status_code == 303
    home = desk_of("ana").get("/es/").text
    assert "Falta la fuente" in home
    paper = Paper(desk_of("ana"), f"/es/registers/quotas/{key}/correct")
    assert dict(paper.form.form_values())["ceiling"] == "100"
    paper.set("source", "Gaceta 7")
    paper.set("~reason", "Con la fuente")
    assert "Enviado." in paper.press("submit").text
    assert judged(desk_of("beto"), key, 2).status_code == 303
    answer = desk_of("ana").get(f"/api/v1/registers/quotas/records/{key}").json()
    assert (answer["state"], answer["record"]["source"]) == ("approved", "Gaceta 7")


def test_an_end_that_came_back_has_ended_nothing(desk_of) -> None:
    key = quota(desk_of("ana"))
    judged(desk_of("beto"), key, 1)
    paper = Paper(desk_of("ana"), f"/es/registers/quotas/{key}/end")
    paper.set("~from", "2024-01-01")
    paper.set("~reason", "Se derogó")
    assert "Terminó el 1 de enero de 2024" in paper.press("submit").text
    judged(desk_of("beto"), key, 2, "returned", "Sigue vigente")
    page = desk_of("ana").get(f"/es/registers/quotas/{key}").text
    assert "Terminó el" not in page


def test_who_approves_the_last_entry_approves_what_it_rests_on(desk_of) -> None:
    key = quota(desk_of("ana"))
    assert altered(desk_of("ana"), key, "correct", ceiling=120).status_code == 201
    review = desk_of("beto").get(f"/es/registers/quotas/{key}/review/2").text
    assert "Son 2 asientos seguidos" in review
    assert judged(desk_of("beto"), key, 1).status_code == 409
    assert judged(desk_of("beto"), key, 2).status_code == 303
    entries = desk_of("ana").get(f"/api/v1/registers/quotas/records/{key}/entries").json()
    assert [one["state"] for one in entries["entries"]] == ["approved", "approved"]
    assert key not in desk_of("beto").get("/es/").text


def test_a_stale_save_shows_both_versions_and_takes_what_is_chosen(desk_of, office) -> None:
    key = quota(desk_of("ana"))
    paper = Paper(desk_of("ana"), f"/es/registers/quotas/{key}/change")
    paper.set("ceiling", "150")
    paper.set("~from", "2023-06-01")
    paper.set("~reason", "Se amplió")
    paper.press("save")
    altered(desk_of("both"), key, "correct", source="Gaceta 2")
    told = paper.press("submit")
    assert told.status_code == 409
    assert "Gaceta 2" in told.text
    assert "150" in told.text
    chosen = dict(paper.form.form_values())
    assert (chosen["take.ceiling"], chosen["take.source"]) == ("mine", "theirs")
    answer = desk_of("ana").post(paper.form.action, data=chosen, follow_redirects=True)
    paper._open(answer)
    assert "Enviado." in paper.press("submit").text
    record = desk_of("ana").get(f"/api/v1/registers/quotas/records/{key}").json()["record"]
    assert (record["ceiling"], record["source"]) == (150, "Gaceta 2")
