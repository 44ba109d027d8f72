"""What a release must pass: its rules, the official population, the published headlines."""

from collections.abc import Iterator, Sequence

from cauce.harmonise import broken_rules
from cauce.model.errors import BadInput
from cauce.model.pack import Pack
from cauce.model.release import Headline
from cauce.model.rule import rule_in
from cauce.model.validation import Margin
from cauce.model.wave_facts import WaveFacts
from cauce.pipeline.headlines import missed_headlines
from cauce.protect import margin_result, unexplained


def gate_faults(
    pack: Pack, waves: Sequence[WaveFacts], headlines: Sequence[Headline]
) -> tuple[str, ...]:
    """Everything that stops a release, one sentence each."""
    faults: list[str] = []
    for wave in waves:
        faults += broken_rules(pack, wave.period, wave.findings)
        faults += _missed_margins(pack, wave)
    return (*faults, *missed_headlines(pack, headlines))


def refuse(faults: Sequence[str]) -> None:
    """Raises BadInput with all that stops a release."""
    if faults:
        things = "1 thing stops" if len(faults) == 1 else f"{len(faults)} things stop"
        raise BadInput("\n".join((f"{things} this release.", *faults)))


def margins_in(pack: Pack, period: str) -> tuple[Margin, ...]:
    """The official counts the pack has for a wave."""
    return tuple(one for one in pack.margins if one.period == period)


def _missed_margins(pack: Pack, wave: WaveFacts) -> Iterator[str]:
    for margin in margins_in(pack, wave.period):
        result = margin_result(margin, wave.findings.weighed, pack.dictionary, 1)
        if not unexplained(result):
            continue
        nobody = [row.code for row in result.rows if row.official > 0 and row.weighted == 0]
        where = f"{margin.place.file}, line {margin.place.line}: {wave.period}"
        name = rule_in(margin.name, "en")
        if nobody:
            yield (
                f"{where}: {name} cannot be met: nobody in the file has "
                f"{margin.variable} = {', '.join(nobody)}, and the official count is not 0. "
                "Correct the recode or the margin, or say because = … in [[margin]]."
            )
        else:
            yield (
                f"{where}: the weights miss {name} by {result.largest:.2%}; "
                f"{margin.tolerance:.2%} is allowed. Is it another file or other weights? Correct "
                "it, or say because = … in [[margin]]."
            )
