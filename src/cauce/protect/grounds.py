"""When a number is withheld by the rules a table adds to the minimum of people, in words."""

from collections.abc import Iterator

from cauce.model.pack import MinRespondents, Rules
from cauce.model.rule import rule_in
from cauce.model.safeguards import Estimable, Holdings
from cauce.model.text import Text

LARGEST = {
    1: Text("largest of them holds", "el mayor de ellos reúne"),
    2: Text("two largest of them hold", "los dos mayores reúnen"),
}


def also(minimum: MinRespondents, rules: Rules, amounts: bool) -> Iterator[Text]:
    """The rules besides the minimum and dominance, each a clause with its ground."""
    own, fewest = rules.own, minimum.value
    if own.holdings:
        yield _grounded(*_holdings(own.holdings), own.holdings.ground)
    if own.estimable and amounts:
        yield _grounded(*_estimable(own.estimable), own.estimable.ground)
    if own.zeros:
        yield _grounded(
            "nobody stands behind a number or has what it counts",
            "nadie sustenta un número ni tiene lo que cuenta",
            own.zeros.ground,
        )
    if own.groups:
        yield _grounded(
            "it would tell what all or none of a group have",
            "diría lo que tienen todas las personas de un grupo, o ninguna",
            own.groups.ground,
        )
    if own.remainders:
        yield _grounded(
            f"without it fewer than {fewest} would be left of a larger number",
            f"sin él quedarían menos de {fewest} de un número mayor",
            own.remainders.ground,
        )


def _grounded(en: str, es: str, ground: str) -> Text:
    return Text(f"{en} ({rule_in(ground, 'en')})", f"{es} ({rule_in(ground, 'es')})")


def _holdings(rule: Holdings) -> tuple[str, str]:
    en = f"fewer than {rule.minimum} employers, recruiters or organisations stand behind it"
    es = f"menos de {rule.minimum} empleadores, reclutadores u organizaciones lo sustentan"
    if not rule.n:
        return en, es
    largest, share = LARGEST[rule.n], f"{rule.k:.12g}%"
    return f"{en}, or the {largest.en} more than {share}", f"{es}, o {largest.es} más del {share}"


def _estimable(rule: Estimable) -> tuple[str, str]:
    en = f"the second largest contributor could find the largest to within {rule.p:.12g}%"
    es = f"el segundo contribuyente podría hallar al mayor con un margen de {rule.p:.12g}%"
    if rule.q == 100:
        return en, es
    return (
        f"{en}, knowing the others to within {rule.q:.12g}%",
        f"{es}, si conoce a los demás con un margen de {rule.q:.12g}%",
    )
