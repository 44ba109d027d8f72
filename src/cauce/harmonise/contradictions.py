"""Whether rules contradict each other, or one says what another says already.

A pair of rules is tried on every kind of record that can matter to it: each code the rules name and
one they do not, each number they name and points between and beyond them, and no answer. With as
many points in each gap as there are numbers to compare, that decides rules that compare variables
with constants and with each other; rules that calculate are not decided, and it is said so. What is
found is sound: variables are taken as free, which only makes contradictions harder to find.

Source: van der Loo & de Jonge (2018), Statistical Data Cleaning with Applications in R, chapter 8,
and their R package validatetools (infeasible, contradicting if-rules, redundant); they solve a
mixed-integer program where we enumerate.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from cauce.harmonise.expressions import parse_expression
from cauce.harmonise.rules import GIVEN, names_of, rules_of
from cauce.harmonise.trials import BeyondUs, Record, Trial, Value, constants, trial
from cauce.model.pack import Dictionary, Pack
from cauce.model.validation import ValidationRule

MOST = 40_000
"""More kinds of records than this are not tried for one pair."""

WEIGHTY = {"info": 0, "warning": 1, "error": 2}
Bounds = Mapping[str, tuple[float | None, float | None]]


@dataclass(frozen=True)
class RuleFaults:
    """What is wrong with a set of rules, by their ids; `undecided` are pairs nothing is known of.

    Of `contradictions`, everyone who passes one rule that is about him fails the other.
    `never_pass` are rules nobody they are about can pass, `never_fail` such as tell nothing,
    `implied` pairs of a rule and one that says so already and is as severe.
    """

    contradictions: tuple[tuple[str, str], ...] = ()
    never_pass: tuple[str, ...] = ()
    never_fail: tuple[str, ...] = ()
    implied: tuple[tuple[str, str], ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Compiled:
    rule: ValidationRule
    about: Trial
    holds: Trial
    names: tuple[str, ...]
    named: dict[str, frozenset[Value]]


def set_faults(pack: Pack) -> RuleFaults:
    """What is wrong with the rules of a pack and of its region, within the pack's own bounds."""
    bounds = {one.variable: (one.minimum, one.maximum) for one in pack.numbers}
    return rule_faults(rules_of(pack), pack.dictionary, bounds)


def rule_faults(
    rules: Sequence[ValidationRule], dictionary: Dictionary, bounds: Bounds | None = None
) -> RuleFaults:
    """What is wrong with rules as a set.

    Args:
        bounds: smallest and largest value of number variables that a survey lets through.
    """
    known = [found for one in rules if (found := _compiled(one, dictionary)) is not None]
    calculating = [one for one in rules if one.id not in {found.rule.id for found in known}]
    never_pass = [one for one in known if _never(one, True, dictionary, bounds or {})]
    never_fail = [one for one in known if _never(one, False, dictionary, {})]
    dead = {one.rule.id for one in (*never_pass, *never_fail)}
    contradictions, implied, undecided = [], [], list(_unclear(calculating, rules))
    for first, second in combinations([one for one in known if one.rule.id not in dead], 2):
        if not set(first.names) & set(second.names):
            continue
        pair = (first.rule.id, second.rule.id)
        try:
            contradict = _contradict(first, second, dictionary, bounds or {})
            says = _implied(first, second, dictionary)
        except BeyondUs:
            undecided.append(pair)
            continue
        if contradict:
            contradictions.append(pair)
        elif says is not None:
            implied.append(says)
    return RuleFaults(
        tuple(contradictions),
        tuple(one.rule.id for one in never_pass),
        tuple(one.rule.id for one in never_fail),
        tuple(implied),
        tuple(undecided),
    )


def _compiled(one: ValidationRule, dictionary: Dictionary) -> _Compiled | None:
    """A rule as something to try on records; None if it calculates."""
    about, holds = (parse_expression(text or "TRUE", one.id) for text in (one.of, one.expression))
    coded = [n for n, variable in dictionary.variables.items() if variable.kind == "code"]
    try:
        named = constants((about, holds), coded)
        return _Compiled(one, trial(about), trial(holds), names_of(one), named)
    except BeyondUs:
        return None


def _unclear(
    calculating: Iterable[ValidationRule], rules: Sequence[ValidationRule]
) -> Iterator[tuple[str, str]]:
    """The pairs with a rule that calculates and shares a variable, each once."""
    seen: set[str] = set()
    for one in calculating:
        seen.add(one.id)
        for other in rules:
            if other.id not in seen and set(names_of(one)) & set(names_of(other)):
                yield one.id, other.id


def _records(
    rules: Sequence[_Compiled], dictionary: Dictionary, bounds: Bounds
) -> Iterator[Record]:
    """Every kind of record that can matter to the rules. Raises BeyondUs if there are too many."""
    names = tuple(dict.fromkeys(name for one in rules for name in one.names))
    named: dict[str, set[Value]] = {name: set() for name in names}
    for one in rules:
        for name, values in one.named.items():
            named[name] |= values
    numbers = [n for n in names if _is_number(n, dictionary)]
    # Numbers are compared with each other too, so all share their points.
    points = {value for n in numbers for value in named[n] if isinstance(value, float)}
    ends = {end for n in numbers for end in bounds.get(n, ()) if end is not None}
    gaps = list(_points(points | ends, len(numbers)))
    domains = [_domain(n, named[n], gaps, dictionary, bounds) for n in names]
    if prod(len(domain) for domain in domains) > MOST:
        raise BeyondUs
    return (dict(zip(names, values, strict=True)) for values in product(*domains))


def _is_number(name: str, dictionary: Dictionary) -> bool:
    return name in GIVEN or dictionary.variables[name].kind == "number"


def _points(constants: set[float], between: int) -> Iterator[float]:
    """Each number, and so many points in every gap and beyond the ends."""
    ordered = sorted(constants) or [0.0]
    yield from (ordered[0] - step for step in range(between, 0, -1))
    for low, high in zip(ordered, [*ordered[1:], None], strict=True):
        yield low
        for step in range(1, between + 1):
            yield low + (step if high is None else (high - low) * step / (between + 1))


def _domain(
    name: str, named: set[Value], points: list[float], dictionary: Dictionary, bounds: Bounds
) -> list[Value]:
    if name in GIVEN:
        return [*points]
    variable = dictionary.variables[name]
    if variable.kind == "flag":
        return [True, False, None]
    if variable.kind == "number":
        low, high = bounds.get(name, (None, None))
        inside = (p for p in points if (low is None or p >= low) and (high is None or p <= high))
        return [*inside, None]
    codes = [code.id for code in dictionary.codelists[variable.codelist].codes]
    other = next((code for code in codes if code not in named), None)
    return [*(code for code in codes if code in named), *([other] if other else []), None]


def _never(one: _Compiled, answer: bool, dictionary: Dictionary, bounds: Bounds) -> bool:
    """Whether a rule gives an answer to nobody, although it is about somebody."""
    asked = False
    try:
        for record in _records([one], dictionary, bounds):
            if one.about(record) is True:
                found = one.holds(record)
                if found is answer:
                    return False
                asked = asked or found is not None
    except BeyondUs:
        return False
    return asked


def _contradict(
    first: _Compiled, second: _Compiled, dictionary: Dictionary, bounds: Bounds
) -> bool:
    """Whether everyone who passes one rule that is about him fails the other."""
    first_lives = second_lives = False
    for record in _records([first, second], dictionary, bounds):
        one = first.holds(record) if first.about(record) is True else None
        other = second.holds(record) if second.about(record) is True else None
        first_lives = first_lives or (one is True and other is not False)
        second_lives = second_lives or (other is True and one is not False)
        if first_lives and second_lives:
            return False
    return True


def _implied(first: _Compiled, second: _Compiled, dictionary: Dictionary) -> tuple[str, str] | None:
    """The rule that fails only where the other, as severe, fails too; and that other."""
    first_alone = second_alone = True
    for record in _records([first, second], dictionary, {}):
        one = first.about(record) is True and first.holds(record) is False
        other = second.about(record) is True and second.holds(record) is False
        first_alone = first_alone and (other or not one)
        second_alone = second_alone and (one or not other)
        if not (first_alone or second_alone):
            return None
    weights = WEIGHTY[first.rule.severity], WEIGHTY[second.rule.severity]
    if second_alone and weights[0] >= weights[1]:
        return second.rule.id, first.rule.id
    if first_alone and weights[1] >= weights[0]:
        return first.rule.id, second.rule.id
    return None
