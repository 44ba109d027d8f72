"""XML schemas of structure-specific data messages, made from a data structure and its codes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import quoteattr

from cauce.model.structure import Component, DataStructure

Version = Literal["2.1", "3.0", "3.1"]
FLAT = "AllDimensions"
TYPES = {
    "Double": "xs:double",
    "Float": "xs:float",
    "Decimal": "xs:decimal",
    "Integer": "xs:integer",
    "Long": "xs:long",
    "Short": "xs:short",
    "BigInteger": "xs:integer",
    "Count": "xs:integer",
    "Boolean": "xs:boolean",
    "URI": "xs:anyURI",
    "DateTime": "xs:dateTime",
    "GregorianDay": "xs:date",
    "GregorianYear": "xs:gYear",
    "GregorianYearMonth": "xs:gYearMonth",
    "ObservationalTimePeriod": "com:ObservationalTimePeriodType",
    "StandardTimePeriod": "com:StandardTimePeriodType",
    "BasicTimePeriod": "com:BasicTimePeriodType",
}
"""By SDMX data type, the type of XML schema; all others are text."""


@dataclass(frozen=True)
class Coded:
    """A data structure, and by component the codes that are valid, of those that have some."""

    structure: DataStructure
    codes: dict[str, tuple[str, ...]]


def schema_xsd(
    told: Coded, namespace: str, version: Version, dimension: str, deletion: bool = False
) -> Iterator[bytes]:
    """A schema of the data set of one dataflow, whose types restrict those of SDMX.

    Args:
        namespace: of the data set, as the head of a message names it.
        dimension: what stands at the observation, or AllDimensions.
        deletion: it is for messages that delete, in which any part of the key may be missing.

    Source: SDMX 2.1, section 3A, structure-specific schemas; SDMX 3.0 and 3.1, section 3, the same.
    """
    schemas = f"http://www.sdmx.org/resources/sdmxml/schemas/v{version.replace('.', '_')}"
    place = f"https://xml.sdmx.org/{version}"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:ss="{schemas}/data/structurespecific" xmlns:com="{schemas}/common"'
        f" xmlns:ns={quoteattr(namespace)} targetNamespace={quoteattr(namespace)}"
        ' elementFormDefault="unqualified" attributeFormDefault="unqualified">'
        f'<xs:import namespace="{schemas}/data/structurespecific"'
        f' schemaLocation="{place}/SDMXDataStructureSpecific.xsd"/>'
        f'<xs:import namespace="{schemas}/common" schemaLocation="{place}/SDMXCommon.xsd"/>'
    ).encode()
    for component, codes in told.codes.items():
        yield _enumeration(component, codes).encode()
    yield "".join(_types(told, dimension, deletion)).encode()
    yield b"</xs:schema>"


def _types(told: Coded, dimension: str, deletion: bool) -> Iterator[str]:
    """The types of a data set, its series and its observations."""
    body, codes = told.structure, told.codes
    flat = dimension == FLAT
    series = [d for d in body.dimensions if not flat and d.id != dimension]
    own = [d for d in body.dimensions if flat or d.id == dimension]
    at_series = {component.id for component in series}
    groups = {group.id: group.dimensions for group in body.groups}
    placed = [(_place(one, at_series, groups), one) for one in body.attributes]
    use = "optional" if deletion else "required"
    whole = [_attribute(one, codes, "optional") for place, one in placed if place == "dataset"]
    inner = "Obs" if flat else "Series"
    provider = (
        '<xs:element name="DataProvider" type="com:DataProviderReferenceType" minOccurs="0"/>'
    )
    held = f'<xs:element name="{inner}" type="ns:{inner}Type" maxOccurs="unbounded"/>'
    yield _restriction(
        "DataSetType", f'{provider}<xs:choice minOccurs="0">{held}</xs:choice>', whole
    )
    if not flat:
        keys = [_attribute(one, codes, use) for one in series]
        said = [_attribute(one, codes, "optional") for place, one in placed if place == "series"]
        obs = '<xs:element name="Obs" type="ns:ObsType" minOccurs="0" maxOccurs="unbounded"/>'
        yield _restriction("SeriesType", obs, [*keys, *said, *_without_time(series)])
    values = [_attribute(one, codes, "optional") for one in body.measures]
    said = [_attribute(one, codes, "optional") for place, one in placed if place == "observation"]
    keys = [_attribute(one, codes, use) for one in own]
    yield _restriction("ObsType", "", [*keys, *values, *said, *_without_time(own)])


def _place(component: Component, series: set[str], groups: Mapping[str, tuple[str, ...]]) -> str:
    """Where an attribute stands: what hangs on dimensions, at the first that has them all.

    Of a group it is told with the series, or observations, that are in it.
    """
    tied = component.relationship
    if tied is None or tied.level == "observation":
        return "observation"
    if tied.level == "dataset":
        return "dataset"
    dimensions = groups.get(tied.group, tied.dimensions)
    return "series" if series and set(dimensions) <= series else "observation"


def _without_time(components: Sequence[Component]) -> list[str]:
    """Where the period has no place, it is forbidden: SDMX leaves it open."""
    if any(component.role == "time" for component in components):
        return []
    return ['<xs:attribute name="TIME_PERIOD" use="prohibited"/>']


def _restriction(name: str, content: str, attributes: Iterable[str]) -> str:
    return (
        f'<xs:complexType name="{name}"><xs:complexContent><xs:restriction base="ss:{name}">'
        f'<xs:sequence><xs:element ref="com:Annotations" minOccurs="0"/>{content}</xs:sequence>'
        f"{''.join(attributes)}</xs:restriction></xs:complexContent></xs:complexType>"
    )


def _attribute(component: Component, codes: dict[str, tuple[str, ...]], use: str) -> str:
    kind = f"ns:{component.id}Codes" if component.id in codes else _kind(component)
    return f'<xs:attribute name="{component.id}" type={quoteattr(kind)} use="{use}"/>'


def _kind(component: Component) -> str:
    shape = component.representation
    told = shape.format.type if shape and shape.format else ""
    if component.role == "time":
        return TYPES["ObservationalTimePeriod"]
    return TYPES.get(told, "xs:string")


def _enumeration(component: str, codes: Iterable[str]) -> str:
    values = "".join(f"<xs:enumeration value={quoteattr(code)}/>" for code in codes)
    return (
        f'<xs:simpleType name="{component}Codes"><xs:restriction base="xs:string">'
        f"{values}</xs:restriction></xs:simpleType>"
    )
