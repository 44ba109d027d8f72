"""Which rules stop a release: errors that fail for more respondents than the pack accepts."""

from collections.abc import Iterator

from cauce.harmonise.rules import rules_of
from cauce.model.pack import Pack
from cauce.model.validation import Acceptance, Findings


def accepted_in(pack: Pack, period: str) -> tuple[Acceptance, ...]:
    """What the pack accepts in a wave."""
    return tuple(one for one in pack.accepted if one.period in ("", period))


def broken_rules(pack: Pack, period: str, findings: Findings) -> Iterator[str]:
    """A sentence for every rule that stops a release of this wave."""
    rules = {one.id: one for one in rules_of(pack)}
    allowed = {one.rule: one.at_most for one in accepted_in(pack, period)}
    # What [[consistent]] says is checked where the file is read, with its own at_most.
    allowed |= {
        f"CONSISTENT_L{one.place.line}": one.at_most for one in pack.consistent if one.at_most
    }
    for outcome in findings.outcomes:
        rule = rules[outcome.rule]
        if rule.severity == "error" and outcome.failed > allowed.get(rule.id, 0):
            one = outcome.failed == 1
            who = "1 respondent is" if one else f"{outcome.failed:,} respondents are"
            yield (
                f"{period}: {who} against {rule.id}: "
                f"{rule.label.en} Correct the recodes or the file, give such codes a missing "
                f'reason, or accept it in the pack: [[accept]] rule = "{rule.id}", at_most = '
                f"{outcome.failed}, because = …"
            )
