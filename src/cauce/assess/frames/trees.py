"""A tree of criteria judged from its leaves: whatever a leaf asks, this is what follows."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from cauce.assess.logic import all_of, any_of
from cauce.model.criterion import Finding, Group
from cauce.model.text import Text
from cauce.model.truth import Truth

L = TypeVar("L")
VERDICTS = {
    Truth.YES: Text("Met.", "Se cumple."),
    Truth.NO: Text("Not met.", "No se cumple."),
    Truth.CANNOT_TELL: Text("Cannot be told.", "No se puede saber."),
}


def judge(tree: L | Group[L], ask: Callable[[L], Finding]) -> Finding:
    """What was found of a tree and of everything below it; `ask` puts one leaf's question.

    Every leaf is asked, also where the answer is settled already, so that nobody has to come back
    to learn what else is lacking, or of a second way in.

    Source: Kleene (1952), Introduction to Metamathematics, section 64.
    """
    if not isinstance(tree, Group):
        return ask(tree)
    parts = tuple(judge(part, ask) for part in tree.parts)
    truths = [part.truth for part in parts]
    truth = all_of(truths) if tree.kind == "all" else any_of(truths)
    return Finding(tree.id, tree.name, truth, _because(tree, truths, truth), parts=parts)


def _because(group: Group[L], truths: list[Truth], truth: Truth) -> Text:
    met, unmet = truths.count(Truth.YES), truths.count(Truth.NO)
    unknown = truths.count(Truth.CANNOT_TELL)
    wanted = (
        Text("all are asked", "se piden todos")
        if group.kind == "all"
        else Text("one is enough", "basta uno")
    )
    verdict = VERDICTS[truth]
    return Text(
        f"{group.name.en}: of {len(truths)}, {wanted.en}; {met} met, {unmet} not met, "
        f"{unknown} cannot be told. {verdict.en}",
        f"{group.name.es}: de {len(truths)}, {wanted.es}; {met} se cumplen, {unmet} no, "
        f"de {unknown} no se sabe. {verdict.es}",
    )


def to_find_out(finding: Finding) -> tuple[str, ...]:
    """The facts that keep the answer open, each once; none if it is settled.

    Source: relevance of open leaves under `judge`; a leaf below a settled group changes nothing.
    """
    if finding.truth is not Truth.CANNOT_TELL:
        return ()
    if not finding.parts:
        return (finding.fact,)
    return tuple(dict.fromkeys(fact for part in finding.parts for fact in to_find_out(part)))


def leaves(finding: Finding) -> Iterator[Finding]:
    """What was found of each leaf, in order.

    Source: none, it computes nothing.
    """
    if not finding.parts:
        yield finding
    for part in finding.parts:
        yield from leaves(part)
