"""Validation rules, margins and what a pack accepts, read and checked.

A rule is about respondents, never about tables: GSBPM 5.3, review and validate. After van der Loo &
de Jonge (2018), Statistical Data Cleaning with Applications in R, chapter 6.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import get_args

from sqlglot import exp

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean
from cauce.harmonise.expressions import check_expression, names_in, parse_expression
from cauce.harmonise.kinds import kind_of
from cauce.harmonise.language import Kind
from cauce.model.errors import BadInput
from cauce.model.pack import Consistency, Dictionary, Pack
from cauce.model.rule import rule, rule_in
from cauce.model.text import Text
from cauce.model.validation import Acceptance, Margin, Severity, ValidationRule

GIVEN = ("WEIGHT", "WEIGHT_TO_MEAN", "PSUS_OF_STRATUM", "STRATA_OF_PSU", "PERIOD_YEAR")
"""What a rule may ask of the design and the wave: the respondent's weight and its ratio to the mean
weight, how many PSUs the stratum has, in how many strata the PSU lies, the year of the wave."""

TOLERANCE = 0.001
"""How far weights may be from an official count if the pack does not say: 0.1 %."""


def read_rules(top: Section, into: dict[str, ValidationRule]) -> None:
    """Every [validation.ID] of a file."""
    for name, section in top.named("validation"):
        if name in into:
            section.note("", f"validation {name} is declared twice.")
        severities: tuple[Severity, ...] = get_args(Severity)
        severity = section.choice("severity", severities)
        into[name] = ValidationRule(
            id=name,
            label=section.words("label"),
            ground=section.said("ground"),
            severity=next(s for s in severities if s == severity),
            expression=section.text("expr"),
            of=section.text("of", ""),
            place=section.place(),
        )
        section.finish()


def check_validation(dictionary: Dictionary, kinds: Mapping[str, Kind], problems: Problems) -> None:
    """Note every rule that is no true-or-false expression over variables and what is given."""
    known: dict[str, Kind] = {**kinds, **dict.fromkeys(GIVEN, "number")}
    for found in dictionary.rules.values():
        for part, text in (("expr", found.expression), ("of", found.of)):
            where = f"[validation.{found.id}] {part}"
            if not text:
                continue
            try:
                kind = kind_of(check_expression(text, known, where), known, where)
            except BadInput as error:
                problems.add(found.place, str(error))
                continue
            if kind not in ("flag", "any"):
                problems.add(found.place, f"{where} gives {kind}; it must give true or false.")
            for name, code in _strange_codes(text, found.id, dictionary):
                near = did_you_mean(code, _codes(name, dictionary))
                problems.add(found.place, f"{where}: {name} has no code {code}.{near}")


def _codes(name: str, dictionary: Dictionary) -> set[str]:
    """The codes of a coded variable; none of another."""
    variable = dictionary.variables.get(name)
    codelist = dictionary.codelists.get(variable.codelist) if variable else None
    return {code.id for code in codelist.codes} if codelist else set()


def _strange_codes(text: str, where: str, dictionary: Dictionary) -> Iterator[tuple[str, str]]:
    """The codes an expression compares a coded variable with that its list does not have."""
    for node in parse_expression(text, where).find_all(exp.EQ, exp.NEQ, exp.In):
        parts = [part.unnest() for part in node.iter_expressions()]
        for name in (part.name for part in parts if isinstance(part, exp.Column)):
            known = _codes(name, dictionary)
            for part in parts:
                literal = isinstance(part, exp.Literal) and part.is_string
                if known and literal and part.name not in known:
                    yield name, part.name


def acceptance(section: Section) -> Acceptance:
    """A [[accept]] of a pack."""
    found = Acceptance(
        rule=section.text("rule"),
        at_most=section.whole("at_most"),
        because=section.said("because"),
        period=section.text("period", ""),
        place=section.place(),
    )
    section.finish()
    return found


def margin(section: Section) -> Margin:
    """A [[margin]] of a pack; `total` is everyone, `totals` are by code."""
    variable = section.text("variable", "")
    totals: dict[str, float] = {}
    inner = section.table("totals") if variable else None
    if inner is not None:
        totals = {code: inner.number(code) for code in inner.rest()}
    elif not variable:
        totals = {"": section.number("total")}
    for code in sorted(code for code, total in totals.items() if total < 0):
        section.note("", f"the margin says {totals[code]:,.0f} people{_of(code)}.")
    found = Margin(
        name=section.said("name"),
        period=section.text("period"),
        variable=variable,
        totals=totals,
        tolerance=section.number("tolerance", TOLERANCE),
        source=section.said("source"),
        because=section.said("because", ""),
        place=section.place(),
    )
    section.finish()
    return found


def _of(code: str) -> str:
    return f" of {code}" if code else ""


def check_margins(pack: Pack, problems: Problems) -> None:
    """Note margins and acceptances that name what is not there, and margins at odds."""
    periods = {wave.period for wave in pack.waves}
    rules = {one.id for one in rules_of(pack)}
    for accepted in pack.accepted:
        if accepted.rule not in rules:
            near = did_you_mean(accepted.rule, rules)
            problems.add(accepted.place, f"[[accept]]: there is no rule {accepted.rule}.{near}")
        if accepted.period and accepted.period not in periods:
            problems.add(accepted.place, f"[[accept]]: no wave has the period {accepted.period}.")
    for one in pack.margins:
        if one.period not in periods:
            problems.add(one.place, f"[[margin]]: no wave has the period {one.period}.")
        _check_margin_codes(one, pack, problems)
    for period in sorted(periods):
        _check_sums([one for one in pack.margins if one.period == period], problems)


def _check_margin_codes(one: Margin, pack: Pack, problems: Problems) -> None:
    if not one.variable:
        return
    variable = pack.dictionary.variables.get(one.variable)
    if variable is None or variable.kind != "code":
        near = did_you_mean(one.variable, pack.dictionary.variables)
        problems.add(one.place, f"[[margin]]: {one.variable} is no coded variable.{near}")
        return
    codes = _codes(one.variable, pack.dictionary)
    for code in sorted(set(one.totals) - codes):
        near = did_you_mean(code, codes)
        problems.add(one.place, f"[[margin]]: {one.variable} has no code {code}.{near}")


def _check_sums(margins: list[Margin], problems: Problems) -> None:
    """Two margins of one population that add up to different numbers cannot both be met."""
    for later, one in enumerate(margins):
        total = sum(one.totals.values())
        for other in margins[:later]:
            known = sum(other.totals.values())
            slack = max(one.tolerance, other.tolerance) * max(total, known)
            if abs(total - known) > slack and not (one.because or other.because):
                problems.add(
                    one.place,
                    f"[[margin]] {rule_in(one.name, 'en')!r} adds up to {total:,.0f} people and "
                    f"{rule_in(other.name, 'en')!r} (line {other.place.line}) to {known:,.0f}: no "
                    "weights can meet both. Correct one, or say because = … if they are of other "
                    "populations.",
                )


def rules_of(pack: Pack) -> tuple[ValidationRule, ...]:
    """The region's rules, the pack's own, and its [[consistent]]."""
    return (*pack.dictionary.rules.values(), *(_from_consistent(c) for c in pack.consistent))


def _from_consistent(one: Consistency) -> ValidationRule:
    label = Text(rule_in(one.says, "en"), rule_in(one.says, "es"))
    ground = rule(Text("The survey's own pack", "El propio paquete de la encuesta"))
    name = f"CONSISTENT_L{one.place.line}"
    return ValidationRule(name, label, ground, "error", one.expression, "", one.place)


def names_of(one: ValidationRule) -> tuple[str, ...]:
    """The variables and given words a rule uses, each once."""
    texts = [one.of, one.expression] if one.of else [one.expression]
    found = (name for text in texts for name in names_in(parse_expression(text, one.id)))
    return tuple(dict.fromkeys(found))


def lacking(one: ValidationRule, known: Collection[str]) -> tuple[str, ...]:
    """The variables a rule asks for that a survey does not have."""
    return tuple(name for name in names_of(one) if name not in known and name not in GIVEN)


def applicable(pack: Pack, known: Collection[str]) -> Iterator[ValidationRule]:
    """The rules a survey can be asked: their variables are there."""
    return (one for one in rules_of(pack) if not lacking(one, known))


def validated_variables(pack: Pack, known: Collection[str]) -> Iterator[str]:
    """What rules and margins need to be made of the file."""
    for one in applicable(pack, known):
        yield from (name for name in names_of(one) if name not in GIVEN)
    yield from (one.variable for one in pack.margins if one.variable)
