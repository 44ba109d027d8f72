"""The text of a pack started from a file: what can be known is filled in, the rest is asked."""

import re
from collections.abc import Iterator

from cauce.sources.families import replicates
from cauce.sources.inspection import ColumnSeen, Inspection
from cauce.sources.proposed import proposed
from cauce.sources.recognise import recognise
from cauce.sources.toml_text import ASK, comment, text


def skeleton(inspection: Inspection, area: str, survey: str, period: str) -> str:
    """The text of a `pack.toml`; recodes are comments but where a column is recognised.

    Args:
        inspection: the file.
        area: ISO 3166-1 alpha-3 code of the country.
        survey: the short id of the survey.
        period: the reference period, in SDMX form.
    """
    lines = [
        *top(inspection, area, survey, period),
        *wave(inspection, period),
        *design(inspection),
        *rules(),
        "# Columns of the file. Take the # off what you need, name the variable as in",
        "# packs/region/variables.toml (or declare it here), and give every code its meaning.",
        "# A number is written as [number.AGE] with from, and its codes that are no numbers.",
        "",
    ]
    known = recognise(inspection.columns)
    for column in inspection.columns:
        for proposal in known.get(column.name, ()):
            lines += proposed(column, proposal, area, inspection.rows)
        if all(proposal.doubts for proposal in known.get(column.name, ())):
            lines += block(column, inspection.rows)
    return "\n".join(lines) + "\n"


def top(inspection: Inspection, area: str, survey: str, period: str) -> Iterator[str]:
    yield f"# Started from {comment(inspection.name)}: {inspection.rows:,} rows,"
    yield f"# {len(inspection.columns):,} columns, SHA-256 {inspection.sha256}."
    yield f"# Write where you see {text(ASK)}; then: cauce pack check."
    for note in inspection.notes:
        yield f"# {comment(note)}"
    yield ""
    yield "[survey]"
    yield f"id = {text(survey)}"
    yield f"area = {text(area)}"
    yield f"name = {{ en = {text(ASK)}, es = {text(ASK)} }}"
    yield f"vintage = {text(period)}"
    yield 'reason = ""'
    yield f"freq = {text('Q' if 'Q' in period else 'A')}   # how often it is published: A, Q, M"
    yield f"population = {{ en = {text(ASK)}, es = {text(ASK)} }}"
    yield f"licence = {text(ASK)}"
    yield f"source = {text(ASK)}"
    yield "invented = false"
    yield "confidential = true   # false for a public file: docs/reference/protection.md"
    yield "concepts = {}"
    yield ""


def wave(inspection: Inspection, period: str) -> Iterator[str]:
    yield "[[wave]]"
    yield f"period = {text(period)}"
    yield f"file = {text(inspection.name)}"
    if inspection.member:
        yield f"member = {text(inspection.member)}"
    yield f"format = {text(inspection.format)}"
    if inspection.csv:
        written = inspection.csv
        yield (
            f"csv = {{ delimiter = {text(written.delimiter)}, decimal = {text(written.decimal)}, "
            f"encoding = {text(written.encoding)} }}   # a guess: look at it"
        )
    yield ""


def design(inspection: Inspection) -> Iterator[str]:
    yield '[design]   # a column, or { none = "why there is none" }'
    for role in ("stratum", "psu", "weight"):
        found = inspection.suggestions.get(role, ())
        yield f"{role} = {text(found[0] if found else ASK)}"
        if found:
            names = ", ".join(comment(name) for name in found[:8])
            yield f"#   by its name or label; looked alike: {names}. Read the survey's manual."
    yield f"fpc = {{ none = {text(ASK)} }}"
    yield from replicates(inspection.columns)
    yield 'psu_scope = "stratum"   # are PSU labels unique in the "survey" or in their "stratum"?'
    yield 'single_psu = "refuse"'
    yield ""


def rules() -> Iterator[str]:
    yield "[rules]"
    yield 'reliability = "eclac_2020"   # ilo, ine_cl, eclac_2020, eclac_2023, eurostat_lfs'
    yield f"dominance = {{ n = 2, k = 85, ground = {text(ASK)} }}"
    yield ""
    yield "[[rules.min_respondents]]   # the fewest respondents a published cell may rest on"
    yield "from = 2000-01-01"
    yield "value = 10"
    yield f"ground = {text(ASK)}"
    yield ""
    yield "# [[table]]   # what to estimate, crossed with every margin"
    yield '# id = "LABOUR"'
    yield f"# name = {{ en = {text(ASK)}, es = {text(ASK)} }}"
    yield '# indicators = ["UNE_DEAP", "EAP_DWAP"]'
    yield '# dimensions = ["SEX"]'
    yield ""


def block(column: ColumnSeen, rows: int) -> Iterator[str]:
    """A commented recode or number block, or one line for a column that is neither."""
    title = f"{comment(column.name)}: {comment(column.label) or 'no label'}"
    if column.note:
        yield f"# {title} – {comment(column.note)}"
        return
    if not column.codes:
        yield f"# {title} – {column.kind}, {column.distinct:,} values, {column.filled:,} filled"
        return
    yield ""
    yield f"# {title} – {column.kind}, {column.filled:,} filled"
    yield f"# [recode.{variable(column.name)}]"
    yield f"# from = {text(column.name)}"
    for seen in column.codes:
        yield f"# {text(seen.code)} = {text(ASK)}   # {comment(seen.label)} ({seen.count:,})"
    unused = column.value_labels.keys() - {seen.code for seen in column.codes}
    for code in sorted(unused):
        yield f"# # {text(code)} does not occur: {comment(column.value_labels[code])}"
    if column.filled < rows:
        yield f'# "" = {{ missing = {text(ASK)} }}   # empty ({rows - column.filled:,})'
    yield ""


def variable(name: str) -> str:
    """The column's name as a bare key of TOML."""
    return re.sub(r"[^A-Z0-9_]", "_", name.upper()) or "_"
