"""What an officer is told by the registers that come with Cauce."""

from pathlib import Path

import pytest

from cauce.declare.codelists import read_codelists
from cauce.model.record import Fault
from cauce.registers.declaration import parse_registers
from cauce.registers.rules import broken_rules
from cauce.registers.values import read_record

PACK = Path(__file__).parents[3] / "packs" / "registers"
LISTS = read_codelists({p.name: p.read_text() for p in (PACK / "codelists").glob("*.csv")})
FILES = [path for path in PACK.glob("*.toml") if "[[field]]" in path.read_text()]
REGISTERS = parse_registers({path.name: path.read_text() for path in FILES}, LISTS)


def told(register: str, raw: dict[str, object]) -> dict[str, Fault]:
    """The rules that a form breaks; what is not filled in otherwise does not matter here."""
    record, _ = read_record(REGISTERS[register], raw, LISTS)
    return {fault.rule: fault for fault in broken_rules(REGISTERS[register], record)}


def first_rows(**row: object) -> list[dict[str, object]]:
    return [row]


@pytest.mark.parametrize(
    ("register", "raw", "rule", "at"),
    [
        ("bodies", {"presidencies": [{"year": 2021}, {"year": 2022}]}, "presidency_overlap", "["),
        ("mechanisms", {"signed_on": "2024-02-02", "in_force_from": "2024-02-01"}, "dates", "in_"),
        ("mechanisms", {"kind": "BLA", "status": "FORCE"}, "signed_when", "signed_on"),
        ("mechanisms", {"provisions": first_rows(coding="1")}, "provision_named", "provisions[1]."),
        (
            "mechanisms",
            {"provisions": first_rows(theme="T02", coding="NSEEN", quote="…")},
            "quote_seen",
            "provisions[1].quote",
        ),
        ("quotas", {"ceiling": 3, "parts": first_rows(ceiling=2)}, "parts_sum", "ceiling"),
        ("quotas", {"parts": first_rows(group="NATS")}, "named_nationals", "parts[1].nat"),
        ("quotas", {"issued": 9, "ceiling": 8}, "within", "ceiling"),
        ("mechanism_funnel", {"value": 6_000_000}, "size", "value"),
        (
            "assessment_answers",
            {"consent": "NONE", "answers": first_rows(item="REG.STR")},
            "consented",
            "answers",
        ),
        ("roadmap_actions", {"status": "CMP"}, "done_when", "done_on"),
        (
            "recruiter_licences",
            {
                "states": [
                    {"state": "LIC", "since": "2024-01-01", "until": "2024-06-01"},
                    {"state": "SUSP", "since": "2024-06-01"},
                ]
            },
            "states_overlap",
            "states[2].since",
        ),
        ("recruiter_licences", {"country": "GTM", "years": 5}, "gtm_three_years", "years"),
        ("recruiter_sanctions", {"adjudicated": True}, "decided", "decided_on"),
        ("recruiter_sanctions", {"adjudicated": True}, "appealed", "appeal"),
        (
            "roadmap_actions",
            {"status": "YTS", "started_on": "2024-01-01"},
            "not_started",
            "started",
        ),
        ("validation_meetings", {"outcome": "AGCH"}, "changes_said", "changes_es"),
        (
            "regularization_initiatives",
            {"phases": first_rows(phase="a", opens="2022-08-02", closes="2022-08-01")},
            "phase_dates",
            "phases[1].closes",
        ),
        (
            "regularization_initiatives",
            {"criteria": first_rows(node="1", test="BEFORE", fact="x")},
            "day_given",
            "criteria[1].day",
        ),
        (
            "regularization_initiatives",
            {"criteria": first_rows(node="1", test="IS", combine="ALL")},
            "combine_or_test",
            "criteria[1].test",
        ),
        (
            "regularization_initiatives",
            {"throughput": first_rows(registered=10, approved=3, denied=3, pending=3)},
            "throughput_sum",
            "throughput[1].registered",
        ),
        ("plan_reports", {"reported": "VALUE", "indicator": "k"}, "value_given", "value"),
        ("plan_reports", {"reported": "VALUE", "milestone": "k"}, "state_given", "state"),
        ("plan_reports", {"reported": "NR", "indicator": "k", "value": 0}, "no_value", "value"),
        ("plan_reports", {"indicator": "k", "milestone": "k"}, "about_one", "milestone"),
        ("commitment_actions", {"status": "INP", "done_on": "2024-01-01"}, "not_done", "done_on"),
        ("observations", {"consent": "PRIV", "referred_to": "LAB"}, "referral_consent", "referred"),
        ("observations", {"amount": 300}, "amount_currency", "currency"),
        ("courses", {"hours": 16, "modules": first_rows(hours=4)}, "modules_sum", "hours"),
        ("participants", {"in_post": "yes", "post_until": "2024-01-01"}, "post_left", "post_until"),
        ("diaspora_contributions", {"amount": 5}, "currency_given", "currency"),
        ("diaspora_contributions", {"valuation": "NM", "amount": 5}, "not_money", "amount"),
        ("diaspora_contributions", {"scope": "COUNTRY"}, "one_country", "country"),
        ("diaspora_contributions", {"valuation": "SUR"}, "sample_said", "sample"),
        ("diaspora_stocks", {"valuation": "SUR"}, "sample_said", "sample"),
        ("diaspora_stocks", {"value": 5, "sample": "NON_PROBABILITY"}, "not_a_sample", "value"),
        ("diaspora_surveys", {"method": "RDS", "country": "GTM"}, "by_chance", "method"),
        ("diaspora_surveys", {"method": "SRS"}, "chances", "chances_known"),
        (
            "diaspora_surveys",
            {"method": "SRS", "chances_known": "no"},
            "chances_not_known",
            "chances_known",
        ),
        ("diaspora_surveys", {"method": "ALL", "frame": "NONE"}, "no_frame", "frame"),
        ("diaspora_surveys", {"selected": 9, "responded": 10}, "response", "selected"),
        (
            "diaspora_surveys",
            {"questions": first_rows(kind="ONE", wording_es="¿?")},
            "choices_said",
            "questions[1].choices_es",
        ),
        ("studies", {"low": 5, "value": 4}, "range", "value"),
        ("news", {"title_en": ""}, "titled", "title_es"),
        ("news", {"event_from": "2022-09-07", "event_to": "2022-09-06"}, "event", "event_to"),
    ],
)
def test_a_mistake_is_told_at_its_field(
    register: str, raw: dict[str, object], rule: str, at: str
) -> None:
    assert at in told(register, raw)[rule].field


def test_no_change_and_not_reported_need_no_value() -> None:
    for word in ("NC", "NR"):
        assert not {"value_given", "state_given"} & set(
            told("plan_reports", {"reported": word, "indicator": "k"})
        )


def test_an_unknown_amount_needs_no_currency_and_an_unknown_year_is_an_answer() -> None:
    assert "currency_given" not in told("diaspora_contributions", {"amount": "UNK"})
    raw = {"kind": "BLA", "status": "FORCE", "signed_year": "UNK"}
    assert "signed_when" not in told("mechanisms", raw)


def test_the_year_9999_is_no_year() -> None:
    _, faults = read_record(REGISTERS["mechanisms"], {"signed_year": "9999"}, LISTS)
    assert any(fault.field == "signed_year" for fault in faults)


def test_remittances_of_belize_are_not_held_against_the_scale_of_mexico() -> None:
    raw = {"type": "ER", "scope": "COUNTRY", "currency": "USD", "amount": "140000000"}
    assert "country_magnitude" in told("diaspora_contributions", {**raw, "country": "MEX"})
    assert "country_magnitude" not in told("diaspora_contributions", {**raw, "country": "BLZ"})


def test_126_written_for_millions_is_questioned() -> None:
    raw = {"type": "ER", "scope": "COUNTRY", "country": "BLZ", "currency": "USD", "amount": "126"}
    assert told("diaspora_contributions", raw)["any_magnitude"].warning
    _, faults = read_record(REGISTERS["diaspora_contributions"], {"amount": "126 millones"}, LISTS)
    assert any(fault.field == "amount" for fault in faults)


@pytest.mark.parametrize(
    "raw",
    [{"method": "OPEN"}, {"method": "UNK"}, {"chances_known": "no"}, {"chances_known": "UNK"},
     {"frame": "NONE"}, {"frame": "NST"}],
    ids=str,
)  # fmt: skip
def test_no_estimate_of_a_population_passes_without_a_sample_of_chance(raw: dict[str, str]) -> None:
    drawn = {"method": "SRS", "chances_known": "yes", "frame": "CONREG"}
    estimates = first_rows(said_es="Con título", value_pct=38, se_pct="1.75")
    good = told("diaspora_surveys", {**drawn, "estimates": estimates})
    assert not [rule for rule in good if rule.startswith("no_estimate")]
    bad = told("diaspora_surveys", {**drawn, **raw, "estimates": estimates})
    (rule,) = (rule for rule in bad if rule.startswith("no_estimate"))
    assert not bad[rule].warning, "nobody may insist"
    assert bad[rule].field == "estimates"
