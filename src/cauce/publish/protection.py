"""How a dataflow keeps numbers confidential, as its readers are told."""

from cauce.model.dataflow import ADMITTED, PROJECTED, Dataflow
from cauce.model.rule import rule_in
from cauce.model.text import Text

SUPPRESSION = Text(
    "Suppression: numbers that could tell of somebody are withheld, and further ones so that they "
    "cannot be worked out; all of them look alike",
    "Supresión: se retienen los números que podrían decir algo de alguien, y otros para que no "
    "puedan calcularse; todos se ven igual",
)


def protection_of(flow: Dataflow) -> Text | None:
    """The method, one for a dataflow; None of numbers that were not protected here."""
    if flow.method.var_method in (ADMITTED, PROJECTED):
        return None
    own = flow.method.protection
    return Text(rule_in(own, "en"), rule_in(own, "es")) if own else SUPPRESSION
