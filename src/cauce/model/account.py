"""Who somebody is to the office: their roles and the countries they work for."""

from dataclasses import dataclass
from enum import StrEnum

from cauce.model.text import Language


class Role(StrEnum):
    """What somebody does; several may be one person's. What each may do is data, not code."""

    ADMINISTRATOR = "administrator"
    STATISTICIAN = "statistician"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    CONSUL = "consul"
    PLANNER = "planner"
    OBSERVER = "observer"
    INSPECTOR = "inspector"
    HOTLINE = "hotline"
    SCREENER = "screener"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    EMPLOYER = "employer"
    RECRUITER = "recruiter"
    WORKER = "worker"
    PUBLIC = "public"


@dataclass(frozen=True)
class Scope:
    """What a key may do of what its owner may: `registers` None for all of theirs."""

    registers: frozenset[str] | None
    verbs: frozenset[str]


@dataclass(frozen=True)
class Account:
    """Somebody with an account. `countries` are codes of theirs, None for the whole region.

    `scope` is set when a key speaks for them and not they themselves.
    """

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    countries: frozenset[str] | None
    language: Language = "es"
    scope: Scope | None = None
