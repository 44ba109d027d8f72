"""What cannot be said of supply, and which input it waits for."""

from collections.abc import Collection, Mapping

from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
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
    "participation": Text(
        "three rounds of participation by sex and age, with their errors",
        "tres rondas de participación por sexo y edad, con sus errores",
    ),
    "unemployment": Text("the rate of unemployment", "la tasa de desempleo"),
    "education": Text("education by age", "la educación por edad"),
    "enrolment": Text(
        "what those who finish school have learnt, from enrolment",
        "lo que han estudiado quienes terminan la escuela, según la matrícula",
    ),
    "graduates": Text(
        "graduates by programme, of the years to come",
        "los egresados por programa, de los años por venir",
    ),
    "activity": Text(
        "the activity rate of graduates by programme",
        "la tasa de actividad de los egresados por programa",
    ),
    "allocation": Text(
        "occupations of graduates by programme", "las ocupaciones de los egresados por programa"
    ),
    "unemployed": Text(
        "the unemployed by occupation of their last work",
        "los desempleados por ocupación de su último trabajo",
    ),
    "still_studying": Text(
        "how many of the unemployed still study",
        "cuántos de los desempleados todavía estudian",
    ),
    "employed": Text("the employed by occupation", "los ocupados por ocupación"),
    "friction": Text(
        "how much unemployment changing jobs takes",
        "cuánto desempleo se debe a cambiar de trabajo",
    ),
    "returns": Text(
        "returns from abroad and the occupations of those who return",
        "los retornos del exterior y las ocupaciones de quienes retornan",
    ),
    "migrants": Text(
        "foreign-born workers by education and occupation",
        "los trabajadores nacidos en el exterior por educación y ocupación",
    ),
    "transfers": Text(
        "occupations a year ago of those who worked then and now",
        "las ocupaciones de hace un año de quienes trabajaban entonces y ahora",
    ),
}
NEEDS: Mapping[str, tuple[str, ...]] = {
    "population": ("population",),
    "population by draws": ("population", "limits"),
    "own cohort projection": ("population", "fertility", "sex_ratio", "mortality", "migration"),
    "labour force": ("population", "participation"),
    "employment": ("population", "participation", "unemployment"),
    "education of the population": ("education", "enrolment"),
    "supply: graduates": ("graduates", "activity", "allocation"),
    "supply: idle": ("unemployed", "still_studying", "employed", "friction"),
    "supply: returnees": ("returns",),
    "supply: migrants below their qualification": ("migrants",),
    "supply: net transfers": ("transfers",),
}


def supply_not_producible(given: Collection[str]) -> tuple[NotProducible, ...]:
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
