"""Invented job orders, contracts, rates and steps towards IRIS, for the demonstration."""

from collections.abc import Iterator
from datetime import date

from cauce.model.record import Record, Row

Found = tuple[str, str, Record]
HOME, ISLAND, SAID = "XCA", "XIS", "Invented for the demonstration"
MONEY = "XTS"
"""Kept by ISO 4217 for tests: an invented rate must not be read as one of a real currency."""
ORDER: Record = {
    "country": HOME,
    "employer": "INV-E0 (inventado)",
    "work_address": "Finca 0, Caudaria",
    "occupation": "Recolección",
    "isco": "9",
    "industry": "A",
    "pay": 30.0,
    "pay_unit": "HOUR",
    "currency": MONEY,
    "hours_week": 48,
    "hours_day": 8,
    "overtime": 1.5,
    "deductions": 0.0,
    "housing": "FREE",
    "meals": "CHARGED",
    "transport": "FREE",
    "insurance": "FREE",
    "start": date(2025, 2, 3),
    "end": date(2025, 8, 1),
    "fees_by": "EMPLOYER",
    "mechanism": "demo-harvest",
    "source": SAID,
}
ORDERS: tuple[Record, ...] = (
    {"positions": 30, "certified": 30, "recruiter": "demo-recruiter-1"},
    {"positions": 12, "certified": 10, "recruiter": "demo-recruiter-3",
     "employer": "INV-E1 (inventado)", "work_address": "Hotel 1, Caudaria",
     "occupation": "Cocina", "isco": "5", "industry": "I", "pay": 5200.0, "pay_unit": "MONTH",
     "hours_week": 44},
    {"positions": 8, "employer": "INV-E2 (inventado)", "pay": 0.9, "pay_unit": "PIECE",
     "pieces_hour": 40, "status": "En trámite (inventado)"},
)  # fmt: skip
SIGNED: tuple[tuple[int, Record], ...] = (
    (1, {}),
    (1, {"pay": 24.0, "hours_week": 54, "housing": "CHARGED", "deductions": 350.0,
         "fees_by": "WORKER"}),
    (1, {"pay": 1.5, "currency": "USD", "transport": "NONE"}),
    (2, {"pay": 5600.0, "insurance": "NONE"}),
    (3, {}),
)  # fmt: skip
"""The order of each contract and what differs: as offered, worse, in another money, mixed; the last
is paid by the piece, and no contract here says the norm of pieces."""
TERMS = ("employer", "work_address", "occupation", "isco", "industry", "pay", "pay_unit",
         "currency", "hours_week", "hours_day", "overtime", "deductions", "housing", "meals",
         "transport", "insurance", "start", "end", "fees_by")  # fmt: skip
CRITERIA = ("A.1", "A.2", "A.3", "A.4", "A.5", "B.1", "B.2", "B.3")


def invented_papers() -> Iterator[Found]:
    """What was offered and signed, and the rates to compare them by."""
    for since, until, value in (
        (date(2024, 7, 1), date(2024, 12, 31), 19.5),
        (date(2025, 1, 1), date(2026, 12, 31), 20.0),
    ):
        yield "exchange_rates", f"demo-rate-{since.year}", {
            "currency": "USD", "into": MONEY, "value": value, "from_day": since, "to_day": until,
            "source": SAID,
        }  # fmt: skip
    offered = [{**ORDER, **one} for one in ORDERS]
    for number, order in enumerate(offered, start=1):
        yield "job_orders", f"demo-order-{number}", {"number": f"INV-O-{number:02}", **order}
    for number, (of, differs) in enumerate(SIGNED, start=1):
        terms = {name: value for name, value in offered[of - 1].items() if name in TERMS}
        yield "contracts", f"demo-contract-{number}", {
            "number": f"INV-C-{number:02}", "order": f"demo-order-{of}", "country": HOME,
            "signed_on": date(2025, 1, 13 + number), "understood": number != 2, "source": SAID,
            **terms, **differs,
        }  # fmt: skip


def invented_integrity() -> Iterator[Found]:
    """One recruiter certified, one whose certificate ran out, and two that assess themselves.

    The third does best by its own account, and is certified by nobody.
    """
    states: tuple[tuple[int, tuple[Row, ...]], ...] = (
        (1, ({"state": "CERT", "since": date(2025, 3, 1), "until": date(2028, 2, 29)},)),
        (2, ({"state": "CERT", "since": date(2022, 9, 1), "until": date(2025, 8, 31)},)),
    )
    for number, rows in states:
        yield "iris_certifications", f"demo-certificate-{number}", {
            "recruiter": f"demo-recruiter-{number}", "country": HOME,
            "body": "Certifier that does not exist (invented, inventado)",
            "number": f"INV-IRIS-{number}", "stated_by_body": True, "states": rows,
            "source": SAID, "seen_on": date(2025, 9, 1),
        }  # fmt: skip
    yield from _own_account(3, "Norte Directo (inventada)", "CONF", CRITERIA)
    yield from _own_account(6, "Vía Llana (inventada)", "MIN", CRITERIA[:4])


def _own_account(number: int, name: str, last: str, asked: tuple[str, ...]) -> Iterator[Found]:
    """A self-assessment, its last criterion answered so, and what was done towards IRIS."""
    whose: Record = {"recruiter": f"demo-recruiter-{number}", "name": name, "country": HOME}
    answers: tuple[Row, ...] = tuple(
        {"criterion": criterion, "element": f"E{element}", "evidence": f"INV-DOC-{element}",
         "answer": last if criterion == asked[-1] else "CONF"}
        for criterion in asked
        for element in range(1, 6)
    )  # fmt: skip
    yield "iris_assessments", f"demo-own-account-{number}", {
        **whose, "made_on": date(2025, 6, 2), "answers": answers,
    }  # fmt: skip
    steps: tuple[Row, ...] = ({"step": "AWARE", "on": date(2025, 4, 7), "evidence": "INV-DOC-1"},)
    applied: tuple[Row, ...] = (
        {"state": "APPL", "on": date(2025, 10, 1)},
        {"state": "DEF", "on": date(2025, 12, 1)},
    )
    yield "iris_progress", f"demo-progress-{number}", {
        **whose, "trained_on": date(2025, 4, 7), "steps": steps, "source": SAID,
        **({"states": applied} if last == "CONF" else {}),
    }  # fmt: skip
