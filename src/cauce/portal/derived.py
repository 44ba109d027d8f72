"""What is said of a number that was derived from released ones: a forecast or a scenario."""

from cauce.model.dataflow import Dataflow
from cauce.model.observation import Reliability
from cauce.model.release import Provenance
from cauce.model.rule import rule_in
from cauce.portal.made import Fact
from cauce.portal.words import Words

CRISIS, OUTLOOK = "crisis/", "outlook/"


def way_of(flow: Dataflow, words: Words) -> tuple[Fact, ...]:
    """How the number came about: nobody was weighed and added up for it."""
    return (Fact(words("estimator"), rule_in(flow.method.var_method, words.language)),)


def carried(verdict: Reliability, words: Words) -> tuple[Fact, ...]:
    """Whether the base year carries it; nothing where that was not judged."""
    if verdict is Reliability.NOT_JUDGED:
        return ()
    return (Fact(words("base_carries"), words(f"reliability_{verdict.value}")),)


def run_again(provenance: Provenance, flow: Dataflow) -> str:
    """The command that derives the number again from the same released tables."""
    if provenance.pack.startswith(CRISIS):
        scenario = provenance.pack.removeprefix(CRISIS)
        return f"cauce crisis run {scenario} --purpose … --look --store …"
    scenario = next((d.codes[0].id for d in flow.dimensions if d.id == "SCENARIO"), "BASELINE")
    return f"cauce outlook run {provenance.pack.removeprefix(OUTLOOK)}/{scenario} --look --store …"
