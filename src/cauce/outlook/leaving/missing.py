"""What cannot be said of leaving and of openings, and which input it waits for."""

from collections.abc import Collection, Mapping

from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.people import not_producible

INPUTS: Mapping[str, Text] = {
    "employed_by_age": Text(
        "the employed by occupation, sex and age", "los ocupados por ocupación, sexo y edad"
    ),
    "mortality": Text("death rates by sex and age", "las tasas de mortalidad por sexo y edad"),
    "exits": Text(
        "who stopped working within a year, by occupation, sex and age, and who came back",
        "quiénes dejaron de trabajar en un año, por ocupación, sexo y edad, y quiénes volvieron",
    ),
    "emigration": Text(
        "emigration of workers by sex and age", "la emigración de trabajadores por sexo y edad"
    ),
    "earlier_employed": Text(
        "the employed by occupation, sex and age five or ten years earlier",
        "los ocupados por ocupación, sexo y edad cinco o diez años antes",
    ),
    "population": Text(
        "the population by sex and age in both years",
        "la población por sexo y edad en ambos años",
    ),
    "employment": Text(
        "the forecast of employment by occupation", "la previsión de ocupados por ocupación"
    ),
    "transfers": Text(
        "who changed occupation within a year", "quiénes cambiaron de ocupación en un año"
    ),
}
REPLACED = ("employed_by_age", "mortality", "exits", "emigration", "employment")
INDICATIVELY = "replacement by the cohort net method"
NEEDS: Mapping[str, tuple[str, ...]] = {
    rule(Text("replacement", "reemplazo")): REPLACED,
    rule(Text(f"{INDICATIVELY} (indicative)", "reemplazo por el método neto de cohortes")): (
        "employed_by_age", "earlier_employed", "population", "mortality", "employment",
    ),
    rule(Text("net growth", "crecimiento neto")): ("employment",),
    rule(Text("openings for newcomers", "puestos para recién llegados")): REPLACED,
    rule(Text("gross openings", "puestos brutos")): (*REPLACED, "transfers"),
}  # fmt: skip


def openings_not_producible(given: Collection[str]) -> tuple[NotProducible, ...]:
    """What of this room cannot be produced from these inputs, each with what it lacks by name.

    Raises:
        BadInput: an input that is none of `INPUTS`.
    """
    return not_producible(NEEDS, INPUTS, given)
