"""The way down to a table: topics, its theme, itself."""

from cauce.model.dataflow import Dataflow
from cauce.portal.links import Link, table_path
from cauce.portal.words import Words

OTHER = "OTHER"
"""In addresses, the tables that belong to no theme."""


def topic_crumbs(flow: Dataflow, words: Words) -> tuple[Link, ...]:
    """Topics, and the theme of a table."""
    theme, page = flow.theme, f"/{words.language}/topics"
    name = words.of(theme.name) if theme else words("other_tables")
    return Link(words("topics"), page), Link(name, f"{page}/{theme.id if theme else OTHER}")


def table_crumbs(flow: Dataflow, words: Words) -> tuple[Link, ...]:
    """Topics, the theme of a table, and the table."""
    own = Link(words.of(flow.name), table_path(words.language, flow.id))
    return (*topic_crumbs(flow, words), own)
