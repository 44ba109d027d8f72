"""A file against a schema somebody has at hand."""

import pytest

from cauce.model.errors import BadInput
from cauce.publish.xml_schema import MOST, faults

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="plan"><xs:complexType><xs:sequence>
    <xs:element name="year" type="xs:gYear" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


@pytest.fixture
def schema(tmp_path):
    path = tmp_path / "plan.xsd"
    path.write_text(SCHEMA)
    return path


def test_a_valid_file_has_no_faults(schema):
    assert faults(b"<plan><year>2023</year></plan>", schema) == ()


def test_a_fault_is_told_with_its_line_and_not_more_than_can_be_read(schema):
    (only,) = faults(b"<plan>\n<year>soon</year></plan>", schema)
    assert only.startswith("line 2: ")
    assert len(faults(b"<plan>" + b"<year>soon</year>" * 99 + b"</plan>", schema)) == MOST


@pytest.mark.parametrize("content", ["", "no schema", "<plan/>"])
def test_what_is_no_schema_is_said(tmp_path, content):
    path = tmp_path / "odd.xsd"
    path.write_text(content)
    with pytest.raises(BadInput, match=r"odd\.xsd is no schema"):
        faults(b"<plan/>", path)
    with pytest.raises(BadInput, match="none"):
        faults(b"<plan/>", tmp_path / "none.xsd")
