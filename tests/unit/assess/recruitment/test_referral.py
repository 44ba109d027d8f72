"""Where somebody may be sent, on a day, and when a law must oblige."""

from datetime import date

from cauce.assess.recruitment.referral import answers_shown, needs_ground, settings_from
from cauce.model.screening import ScreeningFrame

FRAME = ScreeningFrame("1", (), (), ())
DAY = date(2026, 3, 1)
SHELTER = {
    "country": "GTM",
    "name_es": "Refugio",
    "contact": "0000",
    "concepts": ("CHILD", "LEGAL"),
    "authority": False,
}
COURT = {**SHELTER, "name_es": "Fiscalía", "concepts": ("TRAFFICKING",), "authority": True}


def confirmed(**changed: object) -> dict[str, object]:
    return {
        "country": "GTM",
        "authority": "Ministerio",
        "confirmed_on": date(2026, 1, 1),
        "frame_version": "1",
        "ground": "Oficio 1",
        **changed,
    }


def by(*records: dict[str, object]) -> str:
    return settings_from((), records, "GTM", FRAME, DAY).confirmed_by


def test_the_directory_is_of_one_country_and_of_what_is_screened_for() -> None:
    abroad = {**SHELTER, "country": "HND"}
    found = settings_from((SHELTER, abroad, COURT), (), "GTM", FRAME, DAY)
    assert [(one.concept, one.name.es) for one in found.services] == [
        ("TRAFFICKING", "Fiscalía"),
        ("CHILD", "Refugio"),
    ]
    assert found.confirmed_by == ""


def test_thresholds_hold_from_their_day_to_their_end_for_the_version_they_name() -> None:
    assert by(confirmed()) == "Ministerio, 2026-01-01: Oficio 1"
    assert by(confirmed(until=DAY)) != ""
    assert by(confirmed(until=date(2026, 2, 28))) == ""
    assert by(confirmed(confirmed_on=date(2026, 3, 2))) == ""
    assert by(confirmed(frame_version="2")) == ""
    assert by(confirmed(country="HND")) == ""
    without_day = confirmed()
    del without_day["confirmed_on"]
    assert by(without_day) == ""


def test_of_several_confirmations_the_latest_is_told() -> None:
    later = confirmed(confirmed_on=date(2026, 2, 1), ground="Oficio 2")
    assert by(later, confirmed()) == by(confirmed(), later) == "Ministerio, 2026-02-01: Oficio 2"


def test_what_goes_beyond_consent_needs_a_law_but_for_children() -> None:
    """Nothing goes to an authority without AUTH or PUBLIC; PRIV shares with nobody."""
    table = {
        ("PRIV", "shelter"): True,
        ("NETWORK", "shelter"): False,
        ("AUTH", "shelter"): False,
        ("PRIV", "court"): True,
        ("NETWORK", "court"): True,
        ("AUTH", "court"): False,
        ("PUBLIC", "court"): False,
        ("", "court"): True,
    }
    who = {"shelter": SHELTER, "court": COURT}
    for (consent, name), wanted in table.items():
        assert needs_ground(consent, (who[name],), ("LEGAL",)) is wanted, (consent, name)
    assert not needs_ground("PRIV", (COURT,), ("CHILD",))
    assert needs_ground("PRIV", (COURT,), ("CHILD", "TRAFFICKING"))
    unsaid = {"country": "GTM", "concepts": ("LEGAL",)}
    assert needs_ground("NETWORK", (unsaid,), ("LEGAL",))


def test_answers_are_kept_as_they_were_given_and_unknown_as_unknown() -> None:
    said = {"child": "NO", "FL01": "UNK", "TD1": {"S": 1, "W": 2}, "TD2": "UNK"}
    assert answers_shown(said) == (
        ("child", "NO"),
        ("FL01", "?"),
        ("TD1", "1/0/2"),
        ("TD2", "?"),
    )
