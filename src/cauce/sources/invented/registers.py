"""Invented records of recruitment and mobility of Caudaria, for the demonstration: nobody real.

Numbers come from counting, not from chance, so that a demo is the same each time.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from cauce.model.record import Absent, Record, Row
from cauce.sources.invented.papers import invented_integrity, invented_papers
from cauce.sources.invented.passages import CODE, invented_passages, invented_returns

Found = tuple[str, str, Record]
"""Register, key and record."""

HOME, NORTH, ISLAND = "XCA", "XNA", "XIS"
SAID = "Invented for the demonstration"
AGENCIES = (
    ("Agencia Costa Norte (inventada)", "LIC"),
    ("Manos del Río (inventada)", "LIC"),
    ("Norte Directo (inventada)", "LIC"),
    ("Puente Azul (inventada)", "SUSP"),
    ("Tres Orillas (inventada)", "REV"),
    ("Vía Llana (inventada)", "APP"),
    ("Camino Viejo (inventada)", "OUT"),
)
YEAR = 2025
FIRST_ASKED = date(2024, 10, 7)
REQUESTS, PERMITS, COMPLAINTS = 32, 880, 96
OPEN_REQUESTS = 2
"""The last are not decided yet, and nobody was selected for them."""
SECTORS = (("A", "9"), ("F", "7"), ("I", "5"), ("T", "9"))
"""Industry and occupation of a request."""


def invented_records() -> Iterator[Found]:
    """Everything, in an order in which each link names what came before."""
    yield from _channel()
    yield from _recruiters()
    yield from _requests()
    yield from _permits()
    yield from _complaints()
    yield from invented_papers()
    yield from invented_integrity()
    yield from invented_returns(invented_passages(invented_permits()))


def invented_permits() -> Iterator[tuple[str, Record]]:
    """The permits, by key."""
    for _, key, record in _permits():
        yield key, record


def _channel() -> Iterator[Found]:
    yield (
        "institutions",
        "demo-labour",
        {
            "name_en": "Labour office of Caudaria (invented)",
            "name_es": "Oficina de trabajo de Caudaria (inventada)",
            "country": HOME,
            "function": "LAB",
            "source": SAID,
        },
    )
    yield (
        "mechanisms",
        "demo-harvest",
        {
            "title_en": "Seasonal work, northern neighbour to Caudaria (invented)",
            "title_es": "Trabajo de temporada, vecino del norte a Caudaria (inventado)",
            "kind": "PERM",
            "country": HOME,
            "status": "FORCE",
            "corridors": ({"origin": NORTH, "destination": HOME},),
            "in_force_from": date(2023, 1, 1),
            "may_change_employer": True,
            "card_code": CODE,
            "source": SAID,
        },
    )
    north, island = (_granted(of) for of in (NORTH, ISLAND))
    parts: tuple[Row, ...] = (
        {"group": "NATS", "nationalities": (NORTH,), "ceiling": 650, "issued": north},
        {"group": "NATS", "nationalities": (ISLAND,), "ceiling": 250, "issued": island},
    )
    yield "quotas", "demo-quota", {
        "title_en": "Seasonal permits of 2025 (invented)",
        "title_es": "Permisos de temporada de 2025 (inventado)",
        "mechanism": "demo-harvest",
        "country": HOME,
        "period_from": date(YEAR, 1, 1),
        "period_to": date(YEAR, 12, 31),
        "ceiling": 900,
        "unit": "VISA",
        "issued": north + island,
        "parts": parts,
        "source": SAID,
    }  # fmt: skip


def _recruiters() -> Iterator[Found]:
    for number, (name, state) in enumerate(AGENCIES, start=1):
        key = f"demo-recruiter-{number}"
        yield "recruiters", key, {
            "name": name,
            "kind": "LEG",
            "country": HOME if number % 2 else NORTH,
            "other_names": ({"name": name.upper().replace(" (INVENTADA)", " S.A. (INVENTADA)"),
                             "use": "SPELL", "seen_in": SAID},),
            "corridors": ({"origin": NORTH, "destination": HOME},),
            "sectors": ("A",),
            "source": SAID,
        }  # fmt: skip
        yield (
            "recruiter_licences",
            f"demo-licence-{number}",
            {
                "recruiter": key,
                "authority": "demo-labour",
                "country": HOME,
                "number": f"INV-{number:03}",
                "states": _states(state),
                "years": 3,
                "source": SAID,
            },
        )
    yield (
        "recruiter_sanctions",
        "demo-sanction",
        {
            "recruiter": "demo-recruiter-5",
            "authority": "demo-labour",
            "country": HOME,
            "reference": "INV-RES-1",
            "kind": "REVO",
            "adjudicated": True,
            "decided_on": date(YEAR, 5, 2),
            "appeal": "PEND",
            "source": SAID,
        },
    )


def _states(state: str) -> tuple[Row, ...]:
    """A licence from its application to the state it is in."""
    applied, given = date(2024, 1, 8), date(2024, 2, 1)
    if state == "APP":
        return (_state("APP", applied),)
    over = _state("APP", applied, date(2024, 1, 31))
    if state == "OUT":  # nobody wrote down that it expired
        return over, _state("LIC", given, date(YEAR, 10, 31))
    if state == "LIC":
        return over, _state("LIC", given, date(2027, 1, 31))
    return over, _state("LIC", given, date(YEAR, 4, 30)), _state(state, date(YEAR, 5, 1))


def _state(state: str, since: date, until: date | None = None) -> Row:
    return {"state": state, "since": since, **({"until": until} if until else {})}


def _asked(request: int) -> date:
    return FIRST_ASKED + timedelta(days=14 * request)


def _requests() -> Iterator[Found]:
    """One every fortnight."""
    for number in range(REQUESTS):
        industry, occupation = SECTORS[number % len(SECTORS)]
        asked = _asked(number)
        decided: Record = {
            "decision": "GRANTED",
            "decided_on": asked + timedelta(days=6 + number * 5 % 17),
            "approved": 30,
            "check_result": "EXEMPT",
            "check_on": asked,
            "check_source": SAID,
        }
        pending = number >= REQUESTS - OPEN_REQUESTS
        yield (
            "mobility_requests",
            f"demo-request-{number}",
            {
                "number": f"INV-S-{number:03}",
                "country": HOME,
                "mechanism": "demo-harvest",
                "employer": f"INV-E{number % 9}",
                "occupation": occupation,
                "industry": industry,
                "positions": 30,
                "work_from": asked + timedelta(days=60),
                "work_to": asked + timedelta(days=200),
                "requested_on": asked,
                "quota": "demo-quota",
                "source": SAID,
                **({"decision": "PENDING"} if pending else decided),
            },
        )


def _permits() -> Iterator[Found]:
    """Three in four of the north, two in five women; some are refused, the last still wait."""
    for number in range(PERMITS):
        request = number * (REQUESTS - OPEN_REQUESTS) // PERMITS
        industry, occupation = SECTORS[request % len(SECTORS)]
        applied = _asked(request) + timedelta(days=25 + number % 3)
        yield (
            "mobility_permits",
            f"demo-permit-{number}",
            {
                "number": f"INV-P-{number:04}",
                "country": HOME,
                "request": f"demo-request-{request}",
                "worker": f"INV-W-{number * 577 % 997:04}",
                "nationality": ISLAND if number % 4 == 3 else NORTH,
                "sex": "F" if number * 7 % 5 < 2 else "M",
                "occupation": occupation,
                "industry": industry,
                "selected_on": _asked(request) + timedelta(days=20),
                "applied_on": applied,
                "source": SAID,
                **_decision(number, request, applied),
            },
        )


def _decision(number: int, request: int, applied: date) -> Record:
    """Granted, refused, or not decided yet."""
    decided = applied + timedelta(days=8 + number * 11 % 31)
    if decided > date(YEAR, 12, 31) or number % 53 == 11:
        return {"state": "APPLIED"}
    if number % 31 == 7:
        return {"state": "REFUSED", "decided_on": decided}
    employers: tuple[Row, ...] = ({"employer": f"INV-E{request % 9}", "since": decided},)
    return {
        "state": "GRANTED",
        "decided_on": decided,
        "valid_from": decided,
        "valid_to": decided + timedelta(days=180),
        "employers": employers,
    }


def _granted(nationality: str) -> int:
    """How many permits of the year a nationality got."""
    return sum(
        record["nationality"] == nationality
        and record["state"] == "GRANTED"
        and isinstance(decided := record.get("decided_on"), date)
        and decided.year == YEAR
        for _, _, record in _permits()
    )


def _complaints() -> Iterator[Found]:
    """Who paid, who did not, and of whom it is not known; of two years."""
    for number in range(COMPLAINTS):
        closed = number % 3 != 0
        received = date(YEAR - number % 2, 1 + number % 12, 3)
        paid = "Y" if number % 5 < 2 else "N"
        done: Record = {"status": "DONE", "closed_on": received + timedelta(days=70),
                        "outcome": ("REMEDY", "PART", "NONE")[number // 3 % 3]}  # fmt: skip
        yield (
            "complaints",
            f"demo-complaint-{number}",
            {
                "number": f"INV-D-{number:03}",
                "country": HOME,
                "received_on": received,
                "channel": "PHONE",
                "anonymous": True,
                "consent": "PRIV",
                "payment_made": Absent.UNKNOWN if number % 8 == 0 else paid,
                **(done if closed else {"status": "WORK"}),
            },
        )
