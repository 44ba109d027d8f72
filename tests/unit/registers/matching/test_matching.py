"""Spellings of a name: what is compared, how like two are and why, and what is proposed."""

import pytest

from cauce.registers.matching import ACCEPT, REVIEW, likeness, propose, spelling
from cauce.registers.matching.likeness import distance


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("The Río Work Agency, S. de R.L. de C.V.", ("rio", "work", "agency")),
        ("Rio Work Agency S. de R.L. de ", ("rio", "work", "agency")),
        ("Lic. ANA Pérez", ("ana", "perez")),
        ("J & H Recruiting", ("jh", "recruiting")),
        ("S.N.O.W", ("snow",)),
        ("S.C. Mike's S.R.L.", ("mikes",)),
        ("H-2 Norte Int'l", ("h2", "norte", "international")),
        ("Sol & Mar Ltd.", ("sol", "mar")),
        ("S", ("s",)),
        ("LLC", ("llc",)),
        ("The", ("the",)),
    ],
)
def test_capitals_accents_marks_titles_and_legal_forms_are_not_compared(written, words):
    assert spelling(written).words == words


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Rio-Azul Inc.", "RIOAZUL, INC", "same"),
        ("Empresa Consultora Integral del Norte", "Empresa Consultora Integral del Norteña", "cut"),
        ("Contables Chirripo", "Constables Chirripo", "typing"),
        ("Alcanzando Juntos Bien", "Alcaznando Juntos Bein", "typing"),
        ("Azul Workforce", "Azul Workforce Agency Inc", "longer"),
        ("Azul Staffing Services", "Azul Staffing Solutions", "tail"),
        ("Azul", "Azul de Monterrey", "within"),
        ("Sol Azul Norte", "Sol Rojo Norte", "words"),
        ("Staffing Services", "Visa Solutions", "other"),
        ("Mexico 2 Norte", "Mexico 3 Norte", "words"),
        ("Ana Ruiz", "Ana Ruis", "words"),
    ],
)
def test_each_rule_says_why_two_spellings_are_like(one, other, reason):
    told = likeness(spelling(one), spelling(other))
    assert told.reason == reason
    assert told == likeness(spelling(other), spelling(one))
    assert (told.score >= ACCEPT) == (reason in {"same", "cut", "typing", "longer"})


@pytest.mark.parametrize(
    ("one", "other", "limit", "told"),
    [
        ("azul", "azul", 2, 0),
        ("azul", "auzl", 2, 1),
        ("azul", "azl", 2, 1),
        ("azul", "rojo", 2, 3),
        ("azul", "azulejos", 2, 3),
        ("abcx", "abcy", 0, 1),
    ],
)
def test_the_distance_stops_counting_beyond_its_limit(one, other, limit, told):
    assert distance(one, other, limit) == told


def test_what_is_one_is_proposed_with_reasons_and_the_rest_is_asked():
    proposals, questions = propose(
        {"Azul Inc": 5, "AZUL": 9, "Azul Agency": 1, "Azul de Monterrey": 2, "Rojo": 1, "": 4}
    )
    assert [each.spellings for each in proposals] == [
        ("AZUL", "Azul Inc", "Azul Agency"),
        ("Azul de Monterrey",),
        ("Rojo",),
    ]
    assert [why.reason for why in proposals[0].why] == ["same", "longer"]
    assert not proposals[0].doubtful
    assert [(q.one, q.other, q.why.reason) for q in questions] == [(0, 1, "within")]


def test_a_third_spelling_that_alone_joins_two_is_told_as_doubtful():
    chain = {
        "Aguas Claras Sur": 1,
        "Aquas Claras Sur": 1,
        "Aquas Clarax Sur": 1,
        "Aquas Clarax Zur": 1,
    }
    assert [each.doubtful for each in propose(chain)[0]] == [True]


def test_of_two_proposals_only_the_strongest_tie_is_asked():
    names = {"Azul Staffing Services": 3, "Azul Staffing Solutions": 2, "Azul Norte": 1}
    _, questions = propose({**names, "Azul Norte Services": 1})
    assert [q.why.score for q in questions] == sorted(
        (q.why.score for q in questions), reverse=True
    )
    assert len({(q.one, q.other) for q in questions}) == len(questions)


def test_the_order_of_a_list_changes_nothing():
    names = {"Azul Inc": 5, "AZUL": 9, "Rojo Work": 1, "Rojo Works": 1}
    assert propose(names) == propose(dict(reversed(names.items())))


def test_below_the_review_band_nothing_is_said():
    assert likeness(spelling("Azul Norte"), spelling("Azul Sur")).score < REVIEW
    assert propose({"Azul Norte": 1, "Azul Sur": 1})[1] == ()
