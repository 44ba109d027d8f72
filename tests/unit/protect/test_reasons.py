from dataclasses import fields

from cauce.model.audit import REPAIRED, SECONDARY
from cauce.protect.primary import Primary
from cauce.protect.reasons import OTHERS_SAKE, REASONS, reason


def test_every_reason_to_withhold_has_words_in_both_languages():
    flags = {field.name for field in fields(Primary)} - {"dominance"}
    assert set(REASONS) == flags | {SECONDARY, REPAIRED}
    assert {SECONDARY, REPAIRED} == OTHERS_SAKE
    assert all(words.en and words.es and words.en != words.es for words in REASONS.values())


def test_a_reason_of_a_newer_program_is_shown_by_its_name():
    assert reason("few").es == "muy pocas personas informantes"
    assert reason("sealed").en == "sealed"
