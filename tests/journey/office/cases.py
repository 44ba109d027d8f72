"""What is typed into each register in the browser, and by whom."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cauce.model.account import Role
from cauce.model.register import Field, Register
from cauce.office.typed import raw_of
from cauce.pipeline.registers import Declared
from cauce.registers.seed import key_of, parse_seeds
from cauce.registers.values import REASONS

from .house import THERE
from .invented import BELIZE

CASES = Path(__file__).parent / "cases.toml"
Officer = tuple[str, Role, frozenset[str] | None]
GUATEMALA = frozenset({"GTM"})
EDITOR: Officer = ("Irma", Role.EDITOR, None)
BELIZEAN: Officer = ("Berta", Role.EDITOR, frozenset({"BLZ"}))
CONSUL: Officer = ("César", Role.CONSUL, GUATEMALA)
INSPECTOR: Officer = ("Inés", Role.INSPECTOR, GUATEMALA)
OBSERVER: Officer = ("Olga", Role.OBSERVER, GUATEMALA)
OPERATOR: Officer = ("Óscar", Role.OPERATOR, GUATEMALA)
PLANNER: Officer = ("Pía", Role.PLANNER, GUATEMALA)
SUPERVISOR: Officer = ("Sara", Role.SUPERVISOR, GUATEMALA)
REVIEWER: Officer = ("Rosa", Role.REVIEWER, None)
STATISTICIAN: Officer = ("Ester", Role.STATISTICIAN, None)
HOTLINE: Officer = ("Lina", Role.HOTLINE, GUATEMALA)
SCREENER: Officer = ("Tamara", Role.SCREENER, GUATEMALA)
KEEPERS = {
    "certificates": PLANNER,
    "complaints": HOTLINE,
    "contracts": CONSUL,
    "course_editions": PLANNER,
    "courses": PLANNER,
    "diaspora_contributions": CONSUL,
    "diaspora_initiatives": CONSUL,
    "diaspora_needs": CONSUL,
    "diaspora_offers": CONSUL,
    "diaspora_organisations": CONSUL,
    "diaspora_stocks": CONSUL,
    "diaspora_surveys": CONSUL,
    "inspections": INSPECTOR,
    "observations": OBSERVER,
    "participants": PLANNER,
    "practices": PLANNER,
    "recruiter_licences": INSPECTOR,
    "regularization_initiatives": BELIZEAN,
    "remedies": INSPECTOR,
    "screenings": SCREENER,
    "sessions": PLANNER,
    "shadow_comments": OBSERVER,
    "studies": STATISTICIAN,
}
"""Who keeps a register, where it is not an editor of the region."""


def keeper(register: Register) -> Officer:
    if register.id.startswith("mobility_"):
        return OPERATOR
    return KEEPERS.get(register.id, EDITOR)


def judge(register: Register) -> Officer:
    """Who approves what its keeper submitted."""
    return SUPERVISOR if register.id.startswith("mobility_") else REVIEWER


def case_of(register: Register, declared: Declared) -> dict[str, Any]:
    """The values of a case as they are typed, with the keys of what they link to."""
    if register.id == "regularization_initiatives":
        return _belize(register, declared)
    return _linked(register.fields, _cases()[register.id])


@cache
def _cases() -> dict[str, dict[str, Any]]:
    return tomllib.loads(CASES.read_text("utf-8"))


def _belize(register: Register, declared: Declared) -> dict[str, Any]:
    """The worked example: Belize 2021–22, whole."""
    files = {BELIZE.name: BELIZE.read_text("utf-8")}
    (seed,) = parse_seeds(files, declared.registers, declared.lists)
    return raw_of(register.fields, seed.record)


def _linked(fields: Iterable[Field], typed: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(typed)
    for one in fields:
        given = values.get(one.id)
        if one.kind == "link" and given and given not in REASONS:
            there = (one.register, given) in THERE
            values[one.id] = given if there else key_of(one.register, given)
        elif one.kind == "rows" and given:
            values[one.id] = [_linked(one.rows, row) for row in given]
    return values
