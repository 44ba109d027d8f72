"""How each variable a pack can give is made: its own way first, then the region's rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cauce.declare.words import did_you_mean
from cauce.harmonise.expressions import names_in, parse_expression
from cauce.model.errors import BadInput
from cauce.model.pack import Derivation, Number, Pack, Recode
from cauce.model.variable import Variable


@dataclass(frozen=True)
class Maker:
    """How a variable is made: its recode, number or derivation, and the names it uses."""

    variable: str
    how: Recode | Number | Derivation
    variables: tuple[str, ...]
    columns: tuple[str, ...]


def makers(pack: Pack) -> dict[str, Maker]:
    """How each variable the pack can give is made: its own way first, then the region's."""
    own = {d.variable: d for d in pack.derivations}
    made = {r.variable for r in pack.recodes} | {n.variable for n in pack.numbers} | set(own)
    regional = {v.id: v for v in pack.dictionary.variables.values() if v.derive}
    within = reached(made, regional)
    simple: tuple[Recode | Number, ...] = (*pack.recodes, *pack.numbers)
    found = {one.variable: Maker(one.variable, one, (), (one.column,)) for one in simple}
    for derivation in own.values():
        names = expression_names(derivation.expression)
        # A derivation that uses its own name means the column of that name.
        variables = tuple(n for n in names if n in within and n != derivation.variable)
        columns = tuple(n for n in names if n not in variables)
        found[derivation.variable] = Maker(derivation.variable, derivation, variables, columns)
    for name in sorted(within - made):
        rule = next(rule for rule in regional[name].derive if usable(rule, within - {name}))
        place = pack.dictionary.places[f"variable.{name}.derive"]
        found[name] = Maker(name, Derivation(name, rule, place), expression_names(rule), ())
    return found


def reached(made: set[str], regional: Mapping[str, Variable]) -> set[str]:
    """What a pack makes, and all that the region's rules make of it, step by step."""
    within = set(made)
    while True:
        new = {
            name
            for name, variable in regional.items()
            if name not in within and any(usable(rule, within) for rule in variable.derive)
        }
        if not new:
            return within
        within |= new


def usable(rule: str, within: set[str]) -> bool:
    """Whether all variables of a rule are made."""
    return set(expression_names(rule)) <= within


def expression_names(text: str) -> tuple[str, ...]:
    return names_in(parse_expression(text, "derive"))


def lacking(name: str, pack: Pack, known: Mapping[str, Maker]) -> tuple[str, ...]:
    """The variables a pack would have to make so that the region's rules can make another.

    Of several rules, the one that lacks the fewest; a variable without a rule lacks itself.
    """
    return tuple(dict.fromkeys(_lacking(name, pack, known, frozenset())))


def _lacking(
    name: str, pack: Pack, known: Mapping[str, Maker], path: frozenset[str]
) -> tuple[str, ...]:
    variable = pack.dictionary.variables[name]
    if name in known:
        return ()
    if not variable.derive or name in path:
        return (name,)
    ways = [
        tuple(
            dict.fromkeys(
                lack
                for inner in expression_names(rule)
                for lack in _lacking(inner, pack, known, path | {name})
            )
        )
        for rule in variable.derive
    ]
    return min(ways, key=len)


def ordered(wanted: list[str], known: Mapping[str, Maker]) -> tuple[Maker, ...]:
    """The makers of some variables and of all they use, in an order that works.

    Raises:
        BadInput: a variable is not made, or makers go round in a circle.
    """
    done: dict[str, Maker] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in done:
            return
        if name in path:
            circle = " → ".join((*path[path.index(name) :], name))
            raise BadInput(f"These derivations need each other: {circle}.")
        if name not in known:
            raise BadInput(
                f"The pack does not make {name}, which its tables need. Add [recode.{name}], "
                f"[number.{name}] or [derive.{name}].{did_you_mean(name, known)}"
            )
        for inner in known[name].variables:
            visit(inner, (*path, name))
        done[name] = known[name]

    for name in wanted:
        visit(name, ())
    return tuple(done.values())


def declared(pack: Pack) -> Iterator[Recode | Number | Derivation]:
    """Every way the pack itself makes a variable."""
    yield from pack.recodes
    yield from pack.numbers
    yield from pack.derivations
