"""A file against the schema of its standard, which the user has at hand: we carry none."""

from pathlib import Path
from typing import Any

from lxml import etree

from cauce.model.errors import BadInput

MOST = 20
"""Faults told at once; the rest follow from the first more often than not."""


def faults(content: bytes, schema: Path) -> tuple[str, ...]:
    """What the schema does not allow in a file, each with its line; nothing if it is valid.

    The schema's own parts are read beside it, and nothing from the network.

    Raises:
        BadInput: the schema cannot be read.

    Source: W3C, XML Schema 1.0, as libxml2 reads it.
    """
    quiet = etree.XMLParser(no_network=True, resolve_entities=False)
    try:
        judge = etree.XMLSchema(etree.parse(str(schema), quiet))
    except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise BadInput(f"{schema.name} is no schema that can be read: {error}.") from error
    judge.validate(etree.fromstring(content, quiet))
    log: Any = judge.error_log  # the stubs of lxml know nothing of it
    return tuple(f"line {one.line}: {one.message}" for one in log)[:MOST]
