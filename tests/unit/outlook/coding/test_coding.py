"""Coding of free text: what people write, what is known, what a model is sure of."""

import numpy as np
import pytest

from cauce.model.errors import MethodFailed
from cauce.outlook.chance import stream
from cauce.outlook.coding import (
    Coder,
    Index,
    Lesson,
    Margins,
    Said,
    Scheme,
    Title,
    Words,
    drawn_twice,
    hold_out,
    learn,
    make_index,
    margins_of,
    material,
    normalise,
    set_margins,
    token,
)
from cauce.outlook.coding.linear import fit
from cauce.outlook.coding.margins import (
    NEVER,
    SHARPNESS,
    chances,
    least_margin,
    levels,
    likeliest,
    taken,
)
from cauce.outlook.coding.normal import LONGEST, key, why_nothing
from cauce.outlook.coding.typos import with_slips

ES = Words("es", {"tec": "tecnico"}, frozenset({"de", "en", "la"}), frozenset({"no sabe", "ns"}))
EN = Words("en", {"mgr": "manager"}, frozenset({"of", "the"}), frozenset({"unknown"}))
ISCO = Scheme("ISCO-08")
ISIC = Scheme("ISIC-4", {"01": "A", "02": "A", "41": "F"})
KINDS = {
    "7112": ("bricklayer", "stone bricklayer", "house bricklayer", "chimney bricklayer"),
    "7115": ("carpenter", "joiner carpenter", "house carpenter", "window carpenter"),
    "5120": ("cook", "ship cook", "pastry cook", "head cook"),
    "9411": ("kitchen helper", "fast food helper", "burger helper", "pizza helper"),
}
TITLES = [
    Title(text, code, first=not number, group=text)
    for code, texts in KINDS.items()
    for number, text in enumerate(texts)
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    """A coder of four invented codes: sure from a margin of 0.3 at four digits, 0.1 above."""
    linear = learn(material(TITLES, EN), Lesson(slips=0.0))
    index = make_index([TITLES], EN)
    return Coder(EN, ISCO, index, linear, Margins(0.9, (4.0,) * 4, (0.3, 0.2, 0.1, 0.05)))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Albañiles ", "albanil"),
        ("INGENIERA", "ingenier"),
        ("ingeniero/a de la construcción", "ingenier construccion"),
        ("Operador(a)", "operador"),
        ("Téc. en Computación 2°", "tecnic computacion"),
        ("=CMD|'/c calc'!A1 cocinera", "cmd c calc a cociner"),
        ("𝐚𝐥𝐛𝐚𝐧̃𝐢𝐥 👷", "albanil"),
        ("1234", ""),
        ("工人", ""),
    ],
)
def test_spanish_answers_are_read_without_marks_gender_numbers_and_short_forms(
    written: str, read: str
) -> None:
    assert normalise(written, ES) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mgr. of the hotels", "manager hotel"),
        ("fishermen", "fisherman"),
        ("Waitress", "waiter"),
        ("secretaries", "secretary"),
        ("H.R. boss's", "hr bosss"),
        ("nurses", "nurse"),
        ("coaches", "coach"),
    ],
)
def test_english_answers_are_read_without_endings(written: str, read: str) -> None:
    assert normalise(written, EN) == read


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("No sabe.", "no answer"),
        ("NS", "no answer"),
        ("12 34", "no letters"),
        ("工人", "no letters"),
        ("\u0301", "no letters"),
        ("de la", "no letters"),
        ("a" * (LONGEST + 1), "too long"),
        ("albañil", ""),
    ],
)
def test_what_is_no_answer_says_why(written: str, why: str) -> None:
    assert why_nothing(written, ES) == why


def test_an_index_does_not_care_about_order_or_repetition() -> None:
    assert key("hotel manager hotel") == key("manager hotel")


def test_what_is_known_beside_a_text_is_one_word() -> None:
    assert token("isic", " F-41 ") == "#isic=f41"
    assert token("isic", "  ") == ""


def test_groups_of_isic_above_two_digits_are_sections() -> None:
    assert ISIC.group("0111", 1) == "A"
    assert ISIC.group("0111", 2) == "01"
    assert ISIC.group("99", 1) == "99"
    assert ISIC.common(["0111", "0220"]) == "A"
    assert ISIC.digits("A") == 1
    assert ISCO.common(["7112", "7115"]) == "711"
    assert ISCO.common(["7112", "5120"]) == ""
    assert ISCO.common([]) == ""
    assert ISCO.digits("711") == 3


def test_slips_change_one_letter_and_are_the_same_every_time() -> None:
    words = ["bricklayer carpenter #isic=f"] * 40
    slipped = with_slips(words, 1, seed=3)

    assert slipped == with_slips(words, 1, seed=3)
    assert all(
        each != words[0] and each.endswith("#isic=f") for each in slipped if each != words[0]
    )
    assert len({len(each) for each in slipped}) == 3
    assert with_slips(["cook"], 2, seed=3) == ["cook"]


def test_an_index_asks_sources_in_their_order() -> None:
    national = [Title("Cook", "9411", first=True), Title("", "5120", first=True)]
    index = make_index([national, TITLES], EN)

    assert index.find(normalise("cooks", EN)) == {"9411": 1}
    assert index.find("bricklayer") == {"7112": 1}
    assert index.find("house bricklayer") == {}
    assert index.hint("house bricklayer") == {"7112": 1}
    assert len(index) == 16
    assert make_index([[Title("Cook", "5120", first=True)]], EN).before(index).find("cook") == {
        "5120": 1
    }


def test_what_was_decided_with_the_tasks_holds_with_these_tasks_only() -> None:
    index = make_index([[Title("helper", "9411", "fries burgers", ("#isic=i",), first=True)]], EN)

    assert index.find("helper", normalise("burgers fries", EN), ("#isic=i",)) == {"9411": 1}
    assert index.find("helper") == {}


def test_a_name_is_coded_by_the_index(coder: Coder) -> None:
    found = coder.code([Said("The COOKS")])[0]

    assert (found.code, found.digits, found.how) == ("5120", 4, "index")
    assert found.proposals[0].code == "5120"
    assert np.isnan(found.margin)


def test_another_name_is_coded_by_the_index_where_the_model_agrees(coder: Coder) -> None:
    assert coder.code([Said("pastry cook")])[0].how == "index"
    wrong = Index({}, {"pastry cook": {}, "cook pastry": {"9411": 1}})
    doubted = Coder(EN, ISCO, wrong, coder.linear, coder.margins).code([Said("pastry cook")])[0]

    assert (doubted.code, doubted.how) == ("5120", "model")
    assert [each.code for each in doubted.proposals[:2]] == ["5120", "9411"]


def test_a_misspelt_answer_is_coded_by_the_model(coder: Coder) -> None:
    found = coder.code([Said("briklayer")])[0]

    assert (found.code, found.how, found.digits) == ("7112", "model", 4)
    assert found.margin >= 0.3


def test_a_doubtful_answer_gets_fewer_digits_and_a_stranger_none(coder: Coder) -> None:
    both, strange = coder.code([Said("bricklayer carpenter"), Said("vvv xxx")])

    assert (both.code, both.digits, both.how) == ("711", 3, "backed off")
    assert (strange.code, strange.digits, strange.how) == ("", 0, "none")
    assert len(strange.proposals) == 4


def test_a_name_of_several_codes_is_coded_to_what_they_share(coder: Coder) -> None:
    index = Index({"builder": {"7112": 1, "7115": 2}, "hand": {"9411": 1, "5120": 1}})
    shared, split = Coder(EN, ISCO, index, coder.linear, coder.margins).code(
        [Said("builder"), Said("hand")]
    )

    assert (shared.code, shared.digits, shared.how) == ("711", 3, "backed off")
    assert {each.code for each in shared.proposals[:2]} == {"7112", "7115"}
    assert (split.code, split.how) == ("", "none")


def test_no_answer_is_lost_and_the_order_is_kept(coder: Coder) -> None:
    found = coder.code([Said(""), Said("cook"), Said("unknown"), Said("x" * 100_000)])

    assert [each.why for each in found] == ["empty", "", "no answer", "too long"]
    assert [each.code for each in found] == ["", "5120", "", ""]
    assert coder.code([Said("")])[0].proposals == ()
    assert coder.code([]) == []


def test_the_tasks_speak_where_the_title_does_not(coder: Coder) -> None:
    alone, told = coder.propose("hand"), coder.propose("hand", "house carpenter window carpenter")

    assert told[0].code == "7115"
    assert told[0].chance > {each.code: each.chance for each in alone}["7115"]


def test_what_is_known_beside_an_answer_speaks_if_it_was_learnt() -> None:
    beside = [
        Title("helper", code, beside=(token("isic", isic),), group=f"{code}{number}")
        for number in range(3)
        for code, isic in (("9411", "i"), ("9313", "f"))
    ]
    linear = learn(material(beside, EN), Lesson(slips=0.0))
    coder = Coder(EN, ISCO, Index(), linear, Margins(0.9, (4.0,) * 4, (0.3, 0.2, 0.1, 0.05)))
    found = coder.code([Said("helper", beside=("#isic=f",)), Said("helper", beside=("#isic=i",))])

    assert [each.code for each in found] == ["9313", "9411"]


def test_the_same_texts_and_seed_make_the_same_model() -> None:
    one, other = (learn(material(TITLES, EN), Lesson(seed=5)) for _ in range(2))

    assert (one.weights != other.weights).nnz == 0
    assert one.features.words == other.features.words


def test_a_model_needs_two_codes() -> None:
    with pytest.raises(MethodFailed, match="1 different codes"):
        fit(["cook"], ["5120"], 1)


def test_titles_of_fewer_digits_are_not_learnt_and_each_text_once() -> None:
    known = material([Title("cook", "5120"), Title("Cooks", "5120"), Title("cook", "51")], EN)

    assert known.texts == ("cook",)
    assert known.groups == ("cook",)


def test_an_occupation_is_never_in_two_parts() -> None:
    titles = [Title(f"{text} {n}x", code, group=text) for code, ts in KINDS.items() for text in ts
              for n in "abc"]  # fmt: skip
    held = hold_out(material(titles, EN), Lesson(folds=2, slips=0.5))

    parts = {
        (text.rsplit(" ", 1)[0], fold) for text, fold in zip(held.texts, held.fold, strict=True)
    }
    assert len(parts) == 16
    assert held.scores.shape == (48, 4)
    assert margins_of(held, ISCO, 0.8).target == 0.8


def test_descriptions_are_learnt_and_not_tested() -> None:
    told = [*TITLES, Title("cooks food in a kitchen", "5120", whole=False)]

    assert len(hold_out(material(told, EN), Lesson(folds=2)).truth) == 16


def test_too_few_occupations_are_said() -> None:
    with pytest.raises(MethodFailed, match="2 occupations are too few"):
        hold_out(material([Title("cook", "5120"), Title("joiner", "7115")], EN), Lesson())


def test_chances_of_groups_are_those_of_their_codes() -> None:
    scores = np.log([[0.4, 0.35, 0.25]])
    found = levels(scores, (1.0,) * 4, ["7112", "7115", "5120"], ISCO)

    assert found[0].said() == ["7112"]
    assert found[0].margin[0] == pytest.approx(0.05)
    assert found[1].said() == ["711"]
    assert found[1].margin[0] == pytest.approx(0.5)
    assert taken(found, Margins(0.9, (1.0,) * 4, (0.1, 0.4, 0.4, 0.4))).tolist() == [1]
    assert taken(found, Margins(0.9, (1.0,) * 4, (NEVER,) * 4)).tolist() == [-1]


def test_the_margin_is_the_smallest_that_keeps_the_target() -> None:
    """Of 200 texts the 150 surest are right and the others wrong: 170 coded keep 88 % right."""
    margin = np.linspace(1, 0.01, 200)
    right = np.arange(200) < 150

    assert least_margin(margin, right, 0.88) == pytest.approx(margin[169])


def test_a_margin_is_not_set_where_equal_ones_are_wrong() -> None:
    assert least_margin(np.ones(200), np.arange(200) < 100, 0.9) == NEVER
    assert least_margin(np.ones(10), np.ones(10, dtype=bool), 0.9) == NEVER
    assert least_margin(np.zeros(0), np.zeros(0, dtype=bool), 0.9) == NEVER


def test_chances_are_as_sharp_as_the_truth_is_likely() -> None:
    """Scores 2 apart: 88 right of 100 is a chance of 1 / (1 + exp(-2 s)) with s = 1."""
    scores, codes = np.tile([1.0, -1.0], (100, 1)), ["7112", "5120"]

    assert likeliest(scores, codes, ["7112"] * 88 + ["5120"] * 12) == 1.0
    assert likeliest(scores, codes, ["7112"] * 98 + ["5120"] * 2) == 2.0
    assert likeliest(scores, codes, ["7112"] * 98 + ["9999"] * 2) == SHARPNESS[-1]


def test_margins_of_codes_never_met_are_never() -> None:
    scores = np.tile([1.0, -1.0], (200, 1))
    margins = set_margins(scores, ["7112", "5120"], ["9999"] * 200, ISCO, 0.9)

    assert margins.at == (NEVER,) * 4


def test_margins_follow_what_was_right() -> None:
    scores = np.tile([1.0, -1.0], (200, 1))
    margins = set_margins(scores, ["7112", "5120"], ["7112"] * 200, ISCO, 0.9)

    assert margins.at[0] <= chances(scores, margins.sharpness[0])[0, 0]
    assert margins.at[1:] == (NEVER,) * 3


def test_five_in_a_hundred_are_drawn_to_be_coded_twice() -> None:
    drawn = drawn_twice(stream(1, "doubles"), 10_000)

    assert 400 < drawn.sum() < 600
    assert (drawn == drawn_twice(stream(1, "doubles"), 10_000)).all()


def test_features_are_counted_and_held_out_texts_are_chosen() -> None:
    known = material(TITLES, EN)
    held = hold_out(known, Lesson(folds=2, slips=0.0))
    some = held.of(np.arange(len(held.texts)) < 3)

    assert some.texts == held.texts[:3]
    assert some.scores.shape == (3, 4)
    features = learn(known, Lesson()).features
    assert len(features) == len(features.words) + len(features.pieces)
