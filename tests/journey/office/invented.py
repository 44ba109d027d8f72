"""Invented records of every register that is judged, entered and approved as an office would."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from cauce.model.entry import Action, Draft
from cauce.model.record import Absent, Record
from cauce.pipeline.registers import Declared
from cauce.registers.seed import parse_seeds
from cauce.store.log import Database, append, review
from cauce.store.log.review import Verdict

NOW = datetime(2025, 3, 1, 9, tzinfo=UTC)
BELIZE = Path("packs/registers/examples/belize_2021_22.toml")
UNKNOWN = Absent.UNKNOWN


def enter(
    database: Database,
    declared: Declared,
    records: Mapping[tuple[str, str], Record],
    now: datetime = NOW,
    approved: bool = True,
) -> None:
    """Records by register and key, each of the country its register names."""
    drafts = [
        Draft(
            register=register,
            key=key,
            country=_country(declared, register, record),
            action=Action.OPEN,
            record=record,
            valid_from=None,
            valid_to=None,
            actor="ana",
            reason="",
            base=0,
        )
        for (register, key), record in records.items()
    ]
    with database.writing("ana") as connection:
        entries = append(connection, declared.registers, drafts, now)
    with database.writing("beto") as connection:
        for entry in entries if approved else ():
            review.judge(connection, entry.number, Verdict.APPROVED, "beto", "", now)


def _country(declared: Declared, register: str, record: Record) -> str:
    field = declared.registers[register].country
    country = record.get(field, "") if field else ""
    return country if isinstance(country, str) and not isinstance(country, Absent) else ""


PLAN = {
    ("bodies", "body"): {"kind": "CONS", "name_en": "A body", "name_es": "Un organismo"},
    ("memberships", "m1"): {"body": "body", "country": "GTM", "role": "MEMB", "joined_on": UNKNOWN},
    ("memberships", "m2"): {"body": "body", "country": "HND", "role": "MEMB"},
    ("memberships", "m3"): {"body": "body", "country": "MEX", "role": "OBSV"},
    ("plans", "plan"): {
        "title_en": "An invented plan",
        "title_es": "Un plan inventado",
        "body": "body",
        "edition": "1",
        "starts_year": 2023,
        "grace_days": 60,
        "levels": (
            {"rank": 1, "name_en": "line", "name_es": "línea"},
            {"rank": 2, "name_en": "output", "name_es": "producto"},
        ),
        "source": "invented",
    },
    ("plan_nodes", "line"): {
        "plan": "plan",
        "level": 1,
        "code": "1",
        "title_en": "Fair channels",
        "title_es": "Canales justos",
    },
    ("plan_nodes", "output"): {
        "plan": "plan",
        "level": 2,
        "code": "1.1",
        "below": "line",
        "title_en": "Offices trained",
        "title_es": "Oficinas formadas",
    },
    ("plan_indicators", "offices"): {
        "plan": "plan",
        "node": "output",
        "code": "I1",
        "statement_en": "Offices with trained staff",
        "statement_es": "Oficinas con personal formado",
        "unit": "offices",
        "direction": "UP",
        "baseline": 0,
        "baseline_year": 2022,
        "targets": ({"year": 2023, "value": 10.0}, {"year": 2024, "value": 20.0}),
    },
    ("plan_indicators", "later"): {
        "plan": "plan",
        "node": "output",
        "code": "I2",
        "statement_en": "Not agreed yet",
        "statement_es": "Aún sin acordar",
        "unit": "x",
        "direction": "UP",
        "reporting_countries": ("GTM",),
    },
    ("plan_milestones", "meeting"): {
        "plan": "plan",
        "node": "line",
        "title_en": "A first meeting",
        "title_es": "Una primera reunión",
        "due": date(2024, 6, 30),
    },
    ("plan_milestones", "dropped"): {
        "plan": "plan",
        "node": "line",
        "title_en": "Given up",
        "title_es": "Abandonado",
        "due": date(2024, 6, 30),
        "country": "GTM",
        "cancelled_on": date(2024, 2, 1),
    },
    ("plan_reports", "r1"): {
        "indicator": "offices",
        "country": "GTM",
        "period_from": date(2023, 1, 1),
        "period_to": date(2023, 12, 31),
        "reported": "VALUE",
        "value": 8.0,
        "narrative_es": "Ocho oficinas",
        "narrative_en": "Eight offices",
    },
    ("plan_reports", "r2"): {
        "milestone": "meeting",
        "country": "GTM",
        "period_from": date(2024, 1, 1),
        "period_to": date(2024, 6, 30),
        "reported": "VALUE",
        "state": "CMP",
        "done_on": date(2024, 5, 2),
    },
    ("shadow_comments", "c1"): {
        "plan": "plan",
        "indicator": "offices",
        "country": "GTM",
        "organisation": "An invented network",
        "said_on": date(2024, 2, 1),
        "comment_es": "Visitamos tres oficinas.",
        "comment_en": "We visited three offices.",
    },
}
COURSE = {
    ("institutions", "office"): {
        "name_en": "An invented office",
        "name_es": "Una oficina",
        "country": "GTM",
        "function": "LAB",
    },
    ("courses", "course"): {
        "title_en": "A course",
        "title_es": "Un curso",
        "hours": 16.0,
        "min_attendance_pct": 75,
        "refresher_months": 12,
        "source": "invented",
    },
    ("course_editions", "first"): {
        "course": "course",
        "generation": 1,
        "title_es": "Primera",
        "title_en": "First",
        "ends_on": date(2024, 5, 31),
        "participants_reported": 8,
        "hours": 16.0,
        "source": "invented",
    },
    ("course_editions", "second"): {
        "course": "course",
        "generation": 2,
        "title_es": "Réplica",
        "title_en": "Replica",
        "participants_reported": 30,
        "cascade_of": "first",
        "source": "invented",
    },
    **{
        ("sessions", f"s{at}"): {"edition": "first", "number": at, "hours": 4.0}
        for at in range(1, 5)
    },
    **{
        ("participants", f"p{at}"): {
            "edition": "first",
            "token": f"P-00{at}",
            "role": "PART",
            "country": "GTM",
            "function": "LAB",
            "institution": "office",
            "attendance": tuple(
                {"session": f"s{s}", "attended": s <= 3 or at % 2 == 0} for s in range(1, 5)
            ),
            "score_before": 40.0 + at,
            "score_after": 60.0 + 2 * at,
            "in_post": at != 3,
            "in_post_on": date(2025, 1, 15),
        }
        for at in range(1, 7)
    },
}
DIASPORA = {
    ("diaspora_contributions", "er"): {
        "type": "ER",
        "capital": "ECO",
        "scope": "COUNTRY",
        "country": "GTM",
        "direction": "TO_ORIGIN",
        "year": 2023,
        "amount": 19_000_000_000.0,
        "currency": "USD",
        "valuation": "OBS",
        "confidence": "A",
        "source": "invented",
    },
    ("diaspora_contributions", "er2"): {
        "type": "ER",
        "capital": "ECO",
        "scope": "COUNTRY",
        "country": "GTM",
        "direction": "TO_ORIGIN",
        "year": 2023,
        "amount": 18_000_000_000.0,
        "currency": "USD",
        "valuation": "OBS",
        "confidence": "B",
        "source": "invented 2",
    },
    ("diaspora_contributions", "hours"): {
        "type": "HSK",
        "capital": "HUM",
        "scope": "COUNTRY",
        "country": "GTM",
        "direction": "TO_ORIGIN",
        "year": 2023,
        "quantity": 1200.0,
        "quantity_unit": "HOURS",
        "valuation": "NM",
        "confidence": "C",
        "source": "invented",
    },
    ("diaspora_contributions", "share"): {
        "type": "ER",
        "capital": "ECO",
        "scope": "COUNTRY",
        "country": "GTM",
        "direction": "TO_ORIGIN",
        "year": UNKNOWN,
        "share_of_gdp_pct": 20.0,
        "share_bound": "AT_LEAST",
        "valuation": UNKNOWN,
        "confidence": UNKNOWN,
        "source": "invented",
    },
    ("diaspora_contributions", "region"): {
        "type": "ER",
        "capital": "ECO",
        "scope": "REGION",
        "countries": ("GTM", "HND"),
        "direction": "TO_ORIGIN",
        "year": 2023,
        "amount": 28_000_000_000.0,
        "currency": "USD",
        "valuation": "OBS",
        "confidence": "B",
        "source": "invented",
    },
}
CHANNELS = {
    ("mechanisms", "way"): {
        "title_en": "An invented programme",
        "title_es": "Un programa",
        "kind": "SEND",
        "status": "FORCE",
        "country": "GTM",
        "source": "invented",
    },
    ("mechanisms", "deal"): {
        "title_en": "An invented agreement",
        "title_es": "Un acuerdo",
        "kind": "BLA",
        "status": "FORCE",
        "source": "invented",
        "provisions": ({"theme": "T01", "coding": "2"}, {"theme": "T02", "coding": "0"}),
    },
    ("mechanisms", "unread"): {
        "title_en": "Unread",
        "title_es": "Sin leer",
        "kind": "MOU",
        "status": "FORCE",
        "source": "invented",
    },
    **{
        ("mechanism_funnel", stage): {
            "mechanism": "way",
            "country": "GTM",
            "origin": "GTM",
            "destination": "CAN",
            "period_from": date(2023, 1, 1),
            "period_to": date(2023, 12, 31),
            "stage": stage,
            "value": value,
            "unit": unit,
            "source": "invented",
        }
        for stage, value, unit in (
            ("CERT", 400, "POSITION"),
            ("VISA", 380, "PERSON"),
            ("DEP", 300, "PERSON"),
        )
    },
}
STUDIES = {
    ("studies", "need"): {
        "title_en": "A study",
        "title_es": "Un estudio",
        "year": 2020,
        "country": "GTM",
        "estimate_of": "NEED",
        "what_en": "w",
        "what_es": "w",
        "bound": "AT_LEAST",
        "value": 160_000.0,
        "unit_en": "persons",
        "unit_es": "personas",
        "source": "invented",
    },
    ("studies", "reserve"): {
        "title_en": "A study",
        "title_es": "Un estudio",
        "year": 2020,
        "country": "GTM",
        "estimate_of": "RESERVE",
        "what_en": "w",
        "what_es": "w",
        "value": 63_500.0,
        "unit_en": "persons",
        "unit_es": "personas",
        "source": "invented",
    },
}
NEEDS = {
    ("assessments", "needs"): {
        "title_en": "An assessment",
        "title_es": "Un diagnóstico",
        "frame": "access_framework",
        "country": "GTM",
        "status": "FIELD",
        "source": "invented",
    },
}
EVERYTHING = {**PLAN, **COURSE, **DIASPORA, **CHANNELS, **STUDIES, **NEEDS}


def belize(declared: Declared) -> dict[tuple[str, str], Record]:
    """The worked example of regularization."""
    seeds = parse_seeds(
        {BELIZE.name: BELIZE.read_text("utf-8")}, declared.registers, declared.lists
    )
    return {(seed.register, "belize"): seed.record for seed in seeds}


NEEDS_ANSWERED = {
    ("assessments", "answered"): {
        "title_en": "Answered", "title_es": "Respondido", "frame": "access_framework",
        "country": "GTM", "status": "FIELD", "source": "invented",
    },
    **{
        ("assessment_answers", name): {
            "assessment": "answered", "country": "GTM", "respondent": f"R-{name}",
            "institution_name": name, "function": function, "instrument": "SURV",
            "consent": "AGGR", "answers": ({"item": "REG_STR", "score": score},),
        }
        for name, function, score in (("a", "LAB", 4), ("b", "MIG", 4), ("c", "TUN", 0))
    },
}  # fmt: skip
SURVEY = {
    ("diaspora_surveys", "open"): {
        "title_en": "An invented survey",
        "title_es": "Una encuesta inventada",
        "country": "GTM",
        "residence": ("USA",),
        "carried_out_by": "An invented office",
        "population_es": "Personas adultas",
        "definition": "SELF",
        "frame": "NONE",
        "method": "OPEN",
        "responded": 412.0,
        "questions": ({"kind": "FLAG", "wording_es": "¿Volvería?"},),
        "answers": ({"said_es": "Volvería", "said_en": "Would return", "share_pct": 61.0},),
        "source": "invented",
    },
    ("diaspora_stocks", "told"): {
        "country": "GTM",
        "residence": "USA",
        "definition": "SELF",
        "year": 2024,
        "value": 412.0,
        "valuation": "SUR",
        "survey": "open",
        "source": "invented",
    },
}
WATCHED = {
    **{
        ("observations", name): {
            "country": country,
            "observed_on": date(2024, 5, day),
            "origin": "GTM",
            "destination": destination,
            "practice": "COST_FEE",
            "verification": level,
            "consent": consent,
        }
        for name, country, day, destination, level, consent in (
            ("o1", "GTM", 1, "MEX", "REP", "NETWORK"),
            ("o2", "HND", 2, "MEX", "DOC", "PUBLIC"),
            ("o3", "GTM", 3, "USA", "COR", "PRIV"),
        )
    },
    ("mechanisms", "road"): {
        "title_en": "An invented road",
        "title_es": "Un camino",
        "kind": "TFWP",
        "status": "FORCE",
        "source": "invented",
        "parties": ({"country": "GTM", "role": "ORIG"}, {"country": "USA", "role": "DEST"}),
    },
}
CERTIFICATES = {
    ("certificates", "paper"): {
        "edition": "first",
        "participant": "p2",
        "country": "GTM",
        "code": "ABCD2345EFGH",
        "issued_on": date(2024, 6, 15),
    },
}
PROMISED = {
    ("declarations", "pact"): {
        "title_en": "An invented declaration",
        "title_es": "Una declaración inventada",
        "signed_on": date(2024, 3, 1),
        "source": "invented",
    },
    ("signatories", "network"): {
        "declaration": "pact",
        "organisation": "An invented network",
        "country": "GTM",
    },
    ("diaspora_organisations", "circle"): {
        "name": "Un círculo inventado",
        "country": "GTM",
        "residence": "USA",
        "may_publish": True,
        "source": "invented",
    },
    ("job_orders", "offer"): {
        "number": "INV-ORD-1",
        "country": "USA",
        "employer": "Finca Inventada",
        "work_address": "Pueblo Inventado",
        "occupation": "Cosecha",
        "pay": 12.5,
        "pay_unit": "HOUR",
        "currency": "USD",
        "hours_week": 40.0,
        "overtime": 1.5,
        "deductions": 0.0,
        "housing": "FREE",
        "start": date(2026, 3, 1),
        "end": date(2026, 10, 31),
        "source": "invented",
    },
    ("exchange_rates", "quetzal"): {
        "currency": "GTQ",
        "into": "USD",
        "value": 0.125,
        "from_day": date(2026, 1, 1),
        "to_day": date(2026, 6, 30),
        "source": "Inventado: banco de la prueba",
    },
    ("recruiters", "agency"): {
        "name": "Una agencia inventada",
        "country": "GTM",
        "source": "invented",
    },
    ("recruiters", "rival"): {
        "name": "Una agencia inventada, S.A.",
        "country": "GTM",
        "source": "invented",
    },
    ("diaspora_needs", "nurses"): {
        "title_es": "Una necesidad inventada",
        "country": "GTM",
        "kind": "MENT",
        "status": "OPEN",
    },
}
