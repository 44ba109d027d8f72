"""The lines of a new pack that say what a column could be: written where sure, else commented."""

import re
from collections.abc import Iterator

from cauce.sources.code_systems import numeric_of
from cauce.sources.inspection import ColumnSeen
from cauce.sources.recognise import Proposal
from cauce.sources.toml_text import ASK, comment, text

HERE_OR_NOT = {"CBR": ("NAT", "FRG"), "CIT": ("CIT", "NNC")}
"""The codes of people of this country and of others."""


def proposed(column: ColumnSeen, proposal: Proposal, area: str, rows: int) -> Iterator[str]:
    """The block of one proposal; a doubt makes it a comment."""
    yield ""
    title = f"{comment(column.name)}: {comment(column.label) or 'no label'}"
    if not proposal.doubts:
        yield f"# Recognised by its name or label and by every code: {title}"
        yield from recode(column, proposal, rows)
        return
    yield f"# Looks like {proposal.variable}: {title}"
    if proposal.system:
        share = column.systems[proposal.system]
        yield f"# {proposal.system} knows the codes of {share:.1%} of respondents."
    for doubt in proposal.doubts:
        yield f"# Unsure: {comment(doubt)}."
    if proposal.system and column.filled < rows:
        empty = f"{rows - column.filled:,} of {rows:,} have none"
        yield f"# Unsure: {empty}; perhaps only some were asked, and another column has the rest."
    for line in body(column, proposal, area, rows):
        yield f"# {line}"


def body(column: ColumnSeen, proposal: Proposal, area: str, rows: int) -> Iterator[str]:
    """What could be written, without knowing that it is right."""
    if proposal.variable in HERE_OR_NOT:
        yield f"[derive.{proposal.variable}]"
        yield f"expr = {text(here_or_not(column, proposal, area))}"
    elif proposal.system:
        yield f"[recode.{proposal.variable}]"
        yield f"from = {text(column.name)}"
        yield f"table = {text(proposal.variable.lower() + '.csv')}   # a line for each code"
    elif proposal.variable == "AGE":
        yield "[number.AGE]"
        yield f"from = {text(column.name)}"
        yield "minimum = 0"
        yield f'"999" = {{ missing = {text(ASK)} }}   # or whatever stands for no answer'
    else:
        yield from recode(column, proposal, rows)


def recode(column: ColumnSeen, proposal: Proposal, rows: int) -> Iterator[str]:
    """A recode with every code of the column; ASK where nothing is known of one."""
    yield f"[recode.{proposal.variable}]"
    yield f"from = {text(column.name)}"
    for seen in column.codes:
        what = f"{comment(seen.label)} ({seen.count:,})"
        reason = proposal.missing.get(seen.code, "")
        target = text(proposal.codes.get(seen.code, ASK))
        value = f"{{ missing = {text(reason)} }}" if reason else target
        yield f"{text(seen.code)} = {value}   # {what}"
    if column.filled < rows:
        yield f'"" = {{ missing = {text(ASK)} }}   # empty ({rows - column.filled:,})'


def here_or_not(column: ColumnSeen, proposal: Proposal, area: str) -> str:
    """An expression that tells people of this country from others."""
    plain = re.fullmatch(r"[A-Za-z_]\w*", column.name, re.ASCII)
    name = column.name if plain else '"' + column.name.replace('"', '""') + '"'
    code = area if "alpha" in proposal.system else numeric_of(area) or ASK
    wanted = f"'{code}'" if column.kind == "text" else code
    here, other = HERE_OR_NOT[proposal.variable]
    return (
        f"CASE WHEN {name} IS NULL THEN NOT_STATED WHEN {name} = {wanted} THEN '{here}' "
        f"ELSE '{other}' END"
    )
