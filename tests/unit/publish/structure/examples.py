"""One artefact of every kind SDMX has, with everything that can be said of it."""

from cauce.model.structure import (
    Agreement,
    Annotation,
    Artefact,
    Association,
    Body,
    Categorisation,
    Component,
    ComponentMap,
    Constraint,
    Contact,
    DataStructure,
    Format,
    Group,
    Hierarchies,
    Hierarchy,
    HierarchyLevel,
    Item,
    ItemMap,
    Items,
    Key,
    KeySet,
    Kind,
    Link,
    MetadataStructure,
    Process,
    Ref,
    Region,
    Relationship,
    Report,
    Representation,
    RepresentationMap,
    Selection,
    SetMap,
    Span,
    Step,
    StructureMap,
    StructureSet,
    Target,
    Transition,
    Usage,
    ValueMap,
)
from cauce.model.text import Words

NOTE = Annotation("N1", "Title", "TYPE", "https://example.org/", "", (("en", "Note"),))
VALUED = Annotation(type="sdmx_metrics", value="12")


def said(text: str) -> Words:
    return (("en", text), ("es", f"{text} (es)"))


def ref(kind: Kind, id_: str, item: str = "", part: str = "") -> Ref:
    return Ref(kind, "XX", id_, "1.0", item, part)


def made(kind: Kind, id_: str, body: Body | None) -> Artefact:
    return Artefact(ref(kind, id_), said(id_), said(f"{id_}, described"), body, (NOTE, VALUED))


def concept(id_: str) -> Ref:
    return ref("conceptscheme", "CS", id_)


def coded(list_: str) -> Representation:
    return Representation(ref("codelist", list_), Format("String", (("maxLength", "3"),)))


def item(id_: str, parent: str = "") -> Item:
    return Item(id_, said(id_), said(f"{id_}, described"), parent, annotations=(NOTE,))


CONTACT = Contact(
    "C1", said("Desk"), said("Statistics"), said("Clerk"), (("Telephone", "1"), ("Email", "a@b.c"))
)
FLOW, STRUCTURE = ref("dataflow", "DF"), ref("datastructure", "DSD")
PROVIDER = ref("dataproviderscheme", "DATA_PROVIDERS", "P1")
FREE = Representation(None, Format("String", (("maxLength", "35"),)))
DIMENSIONS = (
    Component(
        "FREQ", "dimension", concept("FREQ"), coded("CL_FREQ"), (concept("FREQ"),),
        annotations=(NOTE,),
    ),
    Component("AREA", "dimension", concept("AREA"), coded("CL_AREA")),
    Component(
        "TIME_PERIOD", "time", concept("TIME_PERIOD"),
        Representation(None, Format("ObservationalTimePeriod")),
    ),
)  # fmt: skip
MEASURE = Component(
    "OBS_VALUE", "measure", concept("OBS_VALUE"), Representation(None, Format("Double"))
)


def attribute(id_: str, told: Relationship, mandatory: bool = False) -> Component:
    return Component(id_, "attribute", concept(id_), FREE, (), mandatory, told, annotations=(NOTE,))


ATTRIBUTES = (
    attribute("STATUS", Relationship("observation", measures=("OBS_VALUE",)), mandatory=True),
    attribute("UNIT", Relationship("dimensions", ("FREQ", "AREA"))),
    attribute("TITLE", Relationship("group", group="Sibling")),
    attribute("NOTE", Relationship("dataset")),
)
REGION = Region(
    (
        Selection("FREQ", ("A", "M"), frozenset({"M"})),
        Selection("TIME_PERIOD", span=Span("2010", "2020")),
    ),
    (Selection("STATUS", ("A",)),),
)
KEYS = KeySet((Key((("FREQ", "A"), ("AREA", "CR"))),))
PLACES = (
    Link(
        "L1",
        ref("codelist", "CL_AREA", "CR"),
        (Link("L2", ref("codelist", "CL_AREA", "GT"), level="LOW"),),
        "TOP",
    ),
)
LEVELS = HierarchyLevel("TOP", said("Top"), said("Top"), HierarchyLevel("LOW", said("Low")))
TITLE = Component(
    "TITLE", "metadata", concept("TITLE"), FREE, least="0", most="unbounded", presentational=True,
    components=(Component("NOTE", "metadata", concept("NOTE"), FREE),),
)  # fmt: skip
ITEM_MAP = ItemMap(ref("conceptscheme", "CS"), ref("conceptscheme", "CS2"), (("FREQ", "FREQ2"),))

EXAMPLES = (
    Artefact(
        Ref("agencyscheme", "SDMX", "AGENCIES", "1.0"),
        said("Agencies"),
        body=Items((Item("XX", said("XX"), contacts=(CONTACT,)),)),
    ),
    made("dataproviderscheme", "DATA_PROVIDERS", Items((item("P1"), item("P2")))),
    made("dataconsumerscheme", "DATA_CONSUMERS", Items((item("C1"), item("C2")), partial=True)),
    made("metadataproviderscheme", "METADATA_PROVIDERS", Items((item("M1"),))),
    made("organisationunitscheme", "UNITS", Items((item("U1"), item("U2", "U1")))),
    made("dataflow", "DF", Usage(STRUCTURE)),
    made("metadataflow", "MDF", Usage(ref("metadatastructure", "MSD"))),
    made(
        "categoryscheme",
        "CAT",
        Items((Item("A", said("A"), items=(Item("B", said("B")),)), item("C"))),
    ),
    made("categorisation", "CTG", Categorisation(FLOW, ref("categoryscheme", "CAT", "A.B"))),
    made("codelist", "CL_FREQ", Items((item("A"), item("M", "A")))),
    made("codelist", "CL_AREA", Items((item("CR"), item("GT")))),
    made("valuelist", "VL", Items((Item("€", said("Euro")), Item("%", said("Percent"))))),
    made(
        "hierarchicalcodelist",
        "HCL",
        Hierarchies(
            (("A", ref("codelist", "CL_AREA")),),
            (Hierarchy(PLACES, "H", said("H"), said("H"), (NOTE,), LEVELS, formal=True),),
        ),
    ),
    made("hierarchy", "HIER", Hierarchy(PLACES, level=LEVELS, formal=True)),
    made("hierarchyassociation", "HA", Association(ref("hierarchy", "HIER"), FLOW, STRUCTURE)),
    made(
        "conceptscheme",
        "CS",
        Items(
            (
                *(item(id_) for id_ in ("AREA", "TIME_PERIOD", "OBS_VALUE", "STATUS", "UNIT")),
                Item("FREQ", said("Frequency"), core=coded("CL_FREQ")),
                Item("TITLE", said("Title"), parent="NOTE", core=FREE),
                item("NOTE"),
            )
        ),
    ),
    made("conceptscheme", "CS2", Items((item("FREQ2"),))),
    made(
        "metadatastructure",
        "MSD",
        MetadataStructure(
            (Report("R", (TITLE,), ("T",)),),
            (Target("T", (("DF", "Dataflow"), ("REPORT_PERIOD_TARGET", ""))),),
        ),
    ),
    made(
        "datastructure",
        "DSD",
        DataStructure(
            DIMENSIONS,
            (MEASURE,),
            ATTRIBUTES,
            (Group("Sibling", ("AREA",)),),
            ref("metadatastructure", "MSD"),
        ),
    ),
    made(
        "datastructure",
        "DSD_MEASURES",
        DataStructure(
            (
                DIMENSIONS[0],
                Component(
                    "MEASURE",
                    "measures",
                    concept("OBS_VALUE"),
                    Representation(ref("conceptscheme", "CS2")),
                ),
                DIMENSIONS[2],
            ),
            (MEASURE,),
            (
                Component(
                    "CURRENCY",
                    "attribute",
                    concept("UNIT"),
                    Representation(ref("valuelist", "VL")),
                    relationship=Relationship("dimensions", ("FREQ",), groups=("G",)),
                ),
            ),
            (Group("G", ("MEASURE",)),),
        ),
    ),
    made(
        "structureset",
        "SS",
        StructureSet(
            (
                SetMap(
                    "M1",
                    "codelist",
                    ItemMap(ref("codelist", "CL_AREA"), ref("codelist", "CL_FREQ"), (("CR", "A"),)),
                    said("M1"),
                ),
                SetMap(
                    "M2",
                    "datastructure",
                    StructureMap(
                        STRUCTURE, STRUCTURE, (ComponentMap(("FREQ",), ("FREQ",), local_map="M1"),)
                    ),
                    said("M2"),
                ),
            ),
            (STRUCTURE,),
        ),
    ),
    made(
        "structuremap",
        "SM",
        StructureMap(
            FLOW,
            FLOW,
            (ComponentMap(("AREA",), ("AREA",), ref("representationmap", "RM")),),
            (("FREQ", False, ("A",)),),
        ),
    ),
    made(
        "representationmap",
        "RM",
        RepresentationMap(
            (ref("codelist", "CL_AREA"),),
            ("String",),
            (ValueMap(("C.*",), ("X",), frozenset({0}), "2010-01-01", "2020-12-31"),),
        ),
    ),
    made("conceptschememap", "CSM", ITEM_MAP),
    made(
        "categoryschememap",
        "CTM",
        ItemMap(ref("categoryscheme", "CAT"), ref("categoryscheme", "CAT"), (("A", "C"),)),
    ),
    made(
        "organisationschememap",
        "OSM",
        ItemMap(
            ref("dataproviderscheme", "DATA_PROVIDERS"),
            ref("organisationunitscheme", "UNITS"),
            (("P1", "U1"),),
        ),
    ),
    made(
        "reportingtaxonomymap",
        "RTM",
        ItemMap(ref("reportingtaxonomy", "RT"), ref("reportingtaxonomy", "RT"), (("C1", "C1"),)),
    ),
    made(
        "reportingtaxonomy",
        "RT",
        Items((Item("C1", said("C1"), refs=(STRUCTURE,)), Item("C2", said("C2"), refs=(FLOW,)))),
    ),
    made(
        "process",
        "PROC",
        Process(
            (
                Step(
                    "S1",
                    said("S1"),
                    said("S1"),
                    (NOTE,),
                    (("IN", FLOW),),
                    (("OUT", FLOW),),
                    said("Run it"),
                    ("cauce", "Python", "3"),
                    (Transition("T1", "S1.S2", said("Always")),),
                    (Step("S2", said("S2")),),
                ),
            )
        ),
    ),
    made("attachmentconstraint", "AC", Constraint("Allowed", (STRUCTURE,), keysets=(KEYS,))),
    made("dataconstraint", "CC", Constraint("Allowed", (FLOW,), (REGION,), (KEYS,))),
    made(
        "dataconstraint",
        "CC_ACTUAL",
        Constraint(
            "Actual",
            (FLOW,),
            (REGION,),
            period=Span("2010-01-01T00:00:00", "2020-12-31T00:00:00"),
            calendar=("P1Y", "P1M", "P1D"),
            series=2,
            observations=12,
        ),
    ),
    made("dataconstraint", "CC_PROVIDER", Constraint("Allowed", (PROVIDER,), (REGION,))),
    made(
        "dataconstraint",
        "CC_OPEN",
        Constraint(
            "Allowed",
            (STRUCTURE,),
            (
                Region((Selection("TIME_PERIOD", span=Span("2010", "")),)),
                Region((Selection("TIME_PERIOD", span=Span("", "2005")),), include=False),
            ),
        ),
    ),
    made(
        "metadataconstraint",
        "MC",
        Constraint(
            "Allowed", (ref("metadataflow", "MDF"),), (Region((), (Selection("TITLE", ("A",)),)),)
        ),
    ),
    made("provisionagreement", "PA", Agreement(FLOW, PROVIDER)),
    made(
        "metadataprovisionagreement",
        "MPA",
        Agreement(
            ref("metadataflow", "MDF"), ref("metadataproviderscheme", "METADATA_PROVIDERS", "M1")
        ),
    ),
    Artefact(ref("codelist", "CL_STUB"), said("Stub"), external=True, structure_url="https://a.b/"),
)
