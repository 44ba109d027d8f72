"""Who may do what: default deny, walls that hold, and reasons in both languages."""

from dataclasses import replace
from pathlib import Path

import pytest

from cauce.model.access import Access
from cauce.model.account import Account, Role, Scope
from cauce.model.errors import BadInput
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Text
from cauce.registers.access import (
    PLACES,
    REGION,
    STATES,
    VERBS,
    fields,
    may,
    parse_access,
    places,
    refusal,
    unplaced,
)

SHIPPED = Path(__file__).parents[3] / "packs" / "registers" / "access.toml"
REFUSED = "\n".join(
    f'{reason} = {{ en = "no {reason}", es = "sin {reason}" }}'
    for reason in ("role", "verb", "place", "state", "wall", "key")
)
DECLARED = f"""
[group.promises]
registers = ["plans", "reports"]
[group.crisis]
registers = ["cases"]

[[grant]]
roles = ["public"]
registers = ["promises"]
verbs = ["see"]
where = ["all"]
states = ["published"]
shows = "PUBLIC"

[[grant]]
roles = ["editor"]
registers = ["plans", "crisis"]
verbs = ["see", "write"]
where = ["own"]
states = ["draft", "published"]
shows = "P1"
also = ["plans.notes"]

[[grant]]
roles = ["editor"]
registers = ["plans"]
verbs = ["see"]
where = ["region"]
states = ["published"]
shows = "P0"

[[wall]]
roles = ["inspector"]
registers = ["crisis"]
leaves = "NOTHING"

[[wall]]
roles = ["inspector"]
registers = ["plans"]
leaves = "P0"

[refused]
{REFUSED}
"""
WORDS = Text("x", "x")


def field(
    name: str, level: Sensitivity, public: bool = False, rows: tuple[Field, ...] = ()
) -> Field:
    return Field(name, WORDS, "rows" if rows else "text", False, level, public, rows=rows)


def register(name: str) -> Register:
    made = (
        field("title", Sensitivity.P0, True),
        field("code", Sensitivity.P0),
        field("contact", Sensitivity.P1),
        field("notes", Sensitivity.P3),
        field(
            "people",
            Sensitivity.P1,
            rows=(field("post", Sensitivity.P0, True), field("name", Sensitivity.P2)),
        ),
    )
    return Register(name, WORDS, WORDS, WORDS, made, WORDS, "country", True)


PLANS = register("plans")


@pytest.fixture(scope="module")
def access() -> Access:
    return parse_access(DECLARED)


@pytest.fixture(scope="module")
def shipped() -> Access:
    return parse_access(SHIPPED.read_text("utf-8"))


def account(*roles: str, countries: frozenset[str] | None = frozenset({"GTM"})) -> Account:
    return Account("a", "Ana", "ana@example.org", tuple(Role(r) for r in roles), countries)


def test_what_nothing_allows_is_refused(access) -> None:
    assert not may(access, account("editor"), "approve", "plans", "GTM", "draft")
    assert not may(access, account("editor"), "see", "unheard_of", "GTM", "draft")
    assert not may(access, account(), "see", "plans", "GTM", "draft")
    assert fields(access, account("editor"), "approve", PLANS, "GTM") == frozenset()


def test_an_editor_writes_their_own_country_and_no_other(access) -> None:
    editor = account("editor")
    assert may(access, editor, "write", "plans", "GTM", "draft")
    assert not may(access, editor, "write", "plans", "HND", "draft")
    assert not may(access, editor, "write", "plans", "GTM", "review")
    assert not may(access, editor, "write", "plans", REGION, "draft")
    assert may(access, account("editor", countries=None), "write", "plans", REGION, "draft")


def test_everybody_is_also_the_public(access) -> None:
    for who in (None, account(), account("editor")):
        assert may(access, who, "see", "plans", "HND", "published")
        assert fields(access, who, "see", PLANS, "HND") == {"title"}
        assert not may(access, who, "see", "plans", "HND", "draft")


def test_fields_reach_as_far_as_the_grant_and_what_it_names(access) -> None:
    seen = fields(access, account("editor"), "see", PLANS, "GTM", "draft")
    assert seen == {"title", "code", "contact", "notes", "people", "people.post"}
    assert fields(access, account("editor"), "see", PLANS, REGION) == {"title", "code"}


def test_a_public_column_of_an_internal_field_is_not_public(access) -> None:
    assert "people.post" not in fields(access, None, "see", PLANS, "GTM")


def test_a_wall_holds_whatever_the_other_roles_are(access) -> None:
    both = account("editor", "inspector")
    assert may(access, account("editor"), "see", "cases", "GTM", "draft")
    assert not may(access, both, "see", "cases", "GTM", "draft")
    assert fields(access, both, "see", PLANS, "GTM") == {"title", "code"}


def test_a_key_does_no_more_than_its_scope(access) -> None:
    key = replace(account("editor"), scope=Scope(frozenset({"plans"}), frozenset({"see"})))
    assert may(access, key, "see", "plans", "GTM", "draft")
    assert not may(access, key, "write", "plans", "GTM", "draft")
    assert not may(access, key, "see", "cases", "GTM", "draft")
    assert fields(access, key, "write", PLANS, "GTM", "draft") == frozenset()
    wide = replace(account("editor"), scope=Scope(None, frozenset({"see"})))
    assert may(access, wide, "see", "cases", "GTM", "draft")


def test_a_refusal_says_why_in_both_languages(access) -> None:
    editor = account("editor")
    both = account("editor", "inspector")
    key = replace(editor, scope=Scope(None, frozenset({"see"})))

    def why(who, verb, register, country, state):
        found = refusal(access, who, verb, register, country, state)
        return None if found is None else (found.en, found.es)

    assert why(editor, "write", "plans", "GTM", "draft") is None
    assert why(editor, "write", "plans", "GTM", "review") == ("no state", "sin state")
    assert why(editor, "write", "plans", "HND", "draft") == ("no place", "sin place")
    assert why(editor, "approve", "plans", "GTM", "draft") == ("no verb", "sin verb")
    assert why(account(), "see", "cases", "GTM", "draft") == ("no role", "sin role")
    assert why(both, "see", "cases", "GTM", "draft") == ("no wall", "sin wall")
    assert why(key, "write", "plans", "GTM", "draft") == ("no key", "sin key")


def test_places_are_the_countries_a_list_may_show(access) -> None:
    editor = account("editor")
    assert places(access, editor, "see", "plans", "draft") == {"GTM"}
    assert places(access, editor, "see", "plans", "published") is None
    assert places(access, editor, "see", "cases", "published") == {"GTM"}
    assert places(access, None, "see", "plans", "draft") == frozenset()
    everywhere = account("editor", countries=None)
    assert places(access, everywhere, "write", "plans", "draft") is None


def test_a_register_in_no_group_is_named(access) -> None:
    assert unplaced(access, frozenset({"plans", "lost", "gone"})) == ("gone", "lost")


def test_everything_wrong_with_a_matrix_is_told_at_once() -> None:
    text = DECLARED.replace('"editor"', '"editr"').replace('["promises"]', '["promisses"]', 1)
    with pytest.raises(BadInput) as error:
        parse_access(text + "\n[more]\nx = 1\n")
    assert "Did you mean editor?" in str(error.value)
    assert "Did you mean promises?" in str(error.value)
    assert "more is not a key we know" in str(error.value)


def test_a_group_with_the_name_of_a_register_is_refused() -> None:
    with pytest.raises(BadInput, match="plans is a group and a register"):
        parse_access(DECLARED.replace("[group.crisis]", "[group.plans]"))


def test_a_matrix_without_reasons_or_not_in_toml_is_refused() -> None:
    with pytest.raises(BadInput, match="refused is missing"):
        parse_access(DECLARED.partition("[refused]")[0])
    with pytest.raises(BadInput, match="not written as TOML"):
        parse_access("[[grant")


def test_the_shipped_matrix_speaks_of_every_role(shipped) -> None:
    assert {role for grant in shipped.grants for role in grant.roles} == set(Role)


ABROAD = {
    (Role.CONSUL, "regularization_initiatives", "approved"),
    (Role.OBSERVER, "regularization_initiatives", "approved"),
    (Role.OBSERVER, "monitored_corridors", "approved"),
    (Role.EDITOR, "job_orders", "approved"),
    (Role.REVIEWER, "job_orders", "approved"),
    (Role.CONSUL, "job_orders", "approved"),
}
"""Who helps people apply in another country needs its terms, and sees their public fields only.

Members of the network see the counts of all of it, and no record. A contract of here is compared
with an offer made there, so the terms of offers are seen, without what is P2.
"""


def test_nobody_but_who_keeps_it_sees_what_is_not_published(shipped) -> None:
    for role in Role:
        who = account(role)
        for name in shipped.registers:
            for state in ("draft", "review", "approved"):
                if (role, name, state) in ABROAD:
                    continue
                assert not may(shipped, who, "see", name, "HND", state), (role, name, state)


def test_nobody_writes_or_approves_for_another_country(shipped) -> None:
    for role in Role:
        for name in shipped.registers:
            for verb in set(VERBS) - {"see", "export"}:
                for state in STATES:
                    assert not may(shipped, account(role), verb, name, "HND", state)


def test_the_public_sees_nothing_beyond_public_fields(shipped) -> None:
    for role in ("public", "employer", "recruiter", "worker"):
        for name in shipped.registers:
            seen = fields(shipped, account(role), "see", register(name), "GTM")
            assert seen <= {"title"}


def test_an_inspector_never_sees_what_people_gave_for_help(shipped) -> None:
    """Even if the same person is everything else, and works for the whole region."""
    everything = account(*Role, countries=None)
    for name in shipped.registers - {"accounts", "audit"}:
        for verb in VERBS:
            for state in STATES:
                for country in ("GTM", REGION):
                    seen = fields(shipped, everything, verb, register(name), country, state)
                    # Recruiters are overseen: their contacts are seen, what workers told is not.
                    hidden = {"notes"} if name.startswith("recruiter") else {"notes", "people.name"}
                    assert not seen & hidden, (name, verb, state)
                    if name.startswith("crisis"):
                        assert not may(shipped, everything, verb, name, country, state)


def test_no_role_both_writes_and_approves(shipped) -> None:
    for role in Role:
        for name in shipped.registers:
            doing = {v for v in VERBS if may(shipped, account(role), v, name, "GTM", "review")}
            assert not {"write", "approve"} <= doing, (role, name)


def test_words_for_places_and_states_are_the_ones_declared() -> None:
    assert PLACES == ("own", "region", "foreign")
    assert STATES == ("draft", "review", "approved", "published")
