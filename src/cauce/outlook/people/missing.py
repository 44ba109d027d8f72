"""What cannot be said of a population, and which input it waits for."""

from collections.abc import Collection, Mapping

from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text

INPUTS: Mapping[str, Text] = {
    "population": Text(
        "the population by sex and age, from the UN or a national office",
        "la población por sexo y edad, de la ONU o de una oficina nacional",
    ),
    "limits": Text(
        "the 80 % limits of the population's totals",
        "los límites del 80 % de los totales de población",
    ),
    "fertility": Text("births by age of the mother", "los nacimientos por edad de la madre"),
    "sex_ratio": Text("boys born per girl", "los niños nacidos por niña"),
    "mortality": Text("death rates by sex and age", "las tasas de mortalidad por sexo y edad"),
    "migration": Text(
        "net migration by sex and age (a total is not enough)",
        "la migración neta por sexo y edad (un total no basta)",
    ),
}
NEEDS: Mapping[str, tuple[str, ...]] = {
    rule(Text("population", "población")): ("population",),
    rule(Text("population by draws", "población por extracciones")): ("population", "limits"),
    rule(Text("own cohort projection", "proyección propia por cohortes")): (
        "population", "fertility", "sex_ratio", "mortality", "migration",
    ),
}  # fmt: skip


def people_not_producible(given: Collection[str]) -> tuple[NotProducible, ...]:
    """What of this room cannot be produced from these inputs, each with what it lacks by name.

    Raises:
        BadInput: an input that is none of `INPUTS`.
    """
    return not_producible(NEEDS, INPUTS, given)


def not_producible(
    needs: Mapping[str, tuple[str, ...]], inputs: Mapping[str, Text], given: Collection[str]
) -> tuple[NotProducible, ...]:
    """The outputs whose inputs are not all given, and the names of those that are not.

    Raises:
        BadInput: something is given that no input is called.
    """
    if unknown := sorted(set(given) - set(inputs)):
        raise BadInput(
            f"No input is called {', '.join(unknown)}; they are {', '.join(sorted(inputs))}."
        )
    return tuple(
        NotProducible(output, _lacks([inputs[name] for name in asked if name not in given]))
        for output, asked in needs.items()
        if not set(asked) <= set(given)
    )


def _lacks(missing: list[Text]) -> Text:
    return Text(
        f"Not given: {'; '.join(each.en for each in missing)}.",
        f"No se dio: {'; '.join(each.es for each in missing)}.",
    )
