"""The rules of a register as a form can ask them: what is asked when, and what is let in."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from cauce.model.register import Field, Register, Rule
from cauce.model.text import Text
from cauce.registers.fields import field_of
from cauce.registers.rules import ANY
from cauce.sources.books.form_names import question

_LIMITS = Text("It must lie within {}.", "Debe estar dentro de {}.")
_FORM = Text("It is not written like this.", "No se escribe así.")


@dataclass
class Logic:
    """Expressions by path ("field" or "rows.column"), and notes that show where a rule doubts."""

    relevant: dict[str, str] = field(default_factory=dict)
    required: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, Text]] = field(default_factory=list)
    constraints: dict[str, list[tuple[str, Text]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def constraint(self, path: str, own: Field) -> tuple[str, Text]:
        """What an answer must be, of the field itself and of the rules, with words for both."""
        parts = [*_own_limits(own), *self.constraints.get(path, [])]
        messages = [message for _, message in parts]
        return " and ".join(f"({expression})" for expression, _ in parts), Text(
            " ".join(message.en for message in messages),
            " ".join(message.es for message in messages),
        )


def _own_limits(own: Field) -> list[tuple[str, Text]]:
    found = []
    if own.minimum is not None or own.maximum is not None:
        low = None if own.minimum is None else f". >= {own.minimum:.15g}"
        high = None if own.maximum is None else f". <= {own.maximum:.15g}"
        bounds = (
            f"{'' if own.minimum is None else format(own.minimum, 'g')} – "
            f"{'' if own.maximum is None else format(own.maximum, 'g')}"
        )
        words = Text(_LIMITS.en.format(bounds), _LIMITS.es.format(bounds))
        found.append((" and ".join(part for part in (low, high) if part), words))
    if own.kind == "web":
        found.append(("regex(., '^https?://.+[.].+$')", _FORM))
    if own.pattern and "'" not in own.pattern:
        found.append((f"regex(., '^({own.pattern})$')", _FORM))
    if own.kind in ("text", "link"):
        found.append(("string-length(.) <= 500", _FORM))
    return found


def logic_of(register: Register) -> Logic:
    """All rules of a register that can be asked in a form."""
    logic = Logic()
    for rule in register.rules:
        ask = _ASKED.get(rule.kind)
        if ask is not None:
            ask(register, rule, logic)
    return logic


def _ref(path: str) -> str:
    outer, _, inner = path.partition(".")
    return f"${{{question(inner, outer) if inner else question(outer)}}}"


def _is(register: Register, path: str, values: tuple[str, ...]) -> str:
    """An expression for: the field has one of the values."""
    own, ref = field_of(register, path), _ref(path)
    if own.kind == "rows":
        return "true()"
    if ANY in values:
        return f"{ref} != ''"
    if own.kind in ("code", "codes"):
        return " or ".join(f"selected({ref}, '{value}')" for value in values)
    if own.kind == "flag":
        values = tuple("yes" if value == "true" else "no" for value in values)
    return " or ".join(f"{ref} = '{value}'" for value in values)


def _when(register: Register, rule: Rule) -> str:
    return " and ".join(f"({_is(register, name, values)})" for name, values in rule.when)


def _both(*parts: str) -> str:
    filled = [part for part in parts if part]
    return filled[0] if len(filled) == 1 else " and ".join(f"({part})" for part in filled)


def _asked(register: Register, rule: Rule) -> str:
    return _both(_when(register, rule), _is(register, rule.fields[1], rule.values))


def _order(register: Register, rule: Rule, logic: Logic) -> None:
    for early, late in combinations(rule.fields, 2):
        if field_of(register, early).kind != field_of(register, late).kind:
            continue
        wrong = f"{_ref(early)} != '' and {_ref(late)} != '' and {_ref(late)} < {_ref(early)}"
        when = _when(register, rule)
        if rule.warning:
            _note(rule, logic, _both(when, wrong))
        else:
            right = f"{_ref(early)} = '' or . >= {_ref(early)}"
            expression = f"not({when}) or {right}" if when else right
            logic.constraints[late].append((expression, rule.message))


def _required_if(register: Register, rule: Rule, logic: Logic) -> None:
    if field_of(register, rule.fields[0]).kind == "rows":
        return
    asked = _asked(register, rule)
    if rule.warning:
        _note(rule, logic, _both(asked, f"{_ref(rule.fields[0])} = ''"))
    else:
        before = logic.required.get(rule.fields[0])
        logic.required[rule.fields[0]] = f"({before}) or ({asked})" if before else asked


def _empty_if(register: Register, rule: Rule, logic: Logic) -> None:
    asked = f"not({_asked(register, rule)})"
    before = logic.relevant.get(rule.fields[0])
    logic.relevant[rule.fields[0]] = f"({before}) and {asked}" if before else asked


def _any_of(register: Register, rule: Rule, logic: Logic) -> None:
    """The last of the fields is required where the others are empty."""
    if any(field_of(register, name).kind == "rows" for name in rule.fields):
        return
    *others, last = rule.fields
    empty = " and ".join(f"{_ref(name)} = ''" for name in others)
    asked = _both(_when(register, rule), empty)
    if rule.warning:
        _note(rule, logic, _both(asked, f"{_ref(last)} = ''"))
    else:
        before = logic.required.get(last)
        logic.required[last] = f"({before}) or ({asked})" if before else asked


def _plausible(register: Register, rule: Rule, logic: Logic) -> None:
    ref = _ref(rule.fields[0])
    low = "" if rule.minimum is None else f"{ref} < {rule.minimum:.15g}"
    high = "" if rule.maximum is None else f"{ref} > {rule.maximum:.15g}"
    outside = " or ".join(part for part in (low, high) if part)
    _note(rule, logic, _both(_when(register, rule), f"{ref} != ''", outside))


def _sum(register: Register, rule: Rule, logic: Logic) -> None:
    if any("." in name for name in rule.fields):
        return
    total, *parts = rule.fields
    filled = " and ".join(f"{_ref(name)} != ''" for name in rule.fields)
    added = " + ".join(_ref(name) for name in parts)
    _note(rule, logic, _both(_when(register, rule), filled, f"{_ref(total)} != {added}"))


def _note(rule: Rule, logic: Logic, expression: str) -> None:
    """A note of the record; one about a row would have to stand in its repeat and is left out."""
    if not any("." in name for name in (*rule.fields, *(name for name, _ in rule.when))):
        logic.notes.append((expression, rule.message))


_ASKED: Mapping[str, Callable[[Register, Rule, Logic], None]] = {
    "order": _order,
    "required_if": _required_if,
    "empty_if": _empty_if,
    "any_of": _any_of,
    "plausible": _plausible,
    "sum": _sum,
}
