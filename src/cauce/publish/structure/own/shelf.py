"""Codelists and concepts that dataflows share."""

from dataclasses import dataclass, replace

from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import Dataflow, Dimension
from cauce.publish.components import INDICATOR, TIME

GIVEN = {"FREQ": "CL_FREQ", "REF_AREA": "CL_AREA"}


@dataclass
class Shelf:
    """Codelists and concepts while they are gathered from one dataflow after another.

    Dataflows that name the same codelist share one, with the codes of all. Where the same code has
    other words, the later dataflow gets a codelist of its own; so do concepts.
    """

    codelists: dict[str, Codelist]
    concepts: dict[str, Code]

    def concept(self, flow: Dataflow, dimension: Dimension) -> str:
        """The id of the concept behind a dimension, which is shelved if it is not there."""
        known = self.concepts.setdefault(dimension.id, Code(dimension.id, dimension.name))
        if known.name == dimension.name:
            return dimension.id
        own = f"{dimension.id}_{flow.id}"
        self.concepts[own] = Code(own, dimension.name)
        return own

    def codelist(self, flow: Dataflow, dimension: Dimension) -> str:
        """The id of the codelist of a dimension, which is shelved or grows by its codes."""
        codes = (*dimension.codes, *dimension.groups)
        wanted = Codelist(codelist_id(flow, dimension), dimension.name, codes)
        known = self.codelists.get(wanted.id, wanted)
        names = {code.id: code.name for code in known.codes}
        if any(names.get(code.id, code.name) != code.name for code in wanted.codes):
            own = f"{wanted.id}_{flow.id}"
            self.codelists[own] = Codelist(own, wanted.name, wanted.codes)
            return own
        new = tuple(code for code in wanted.codes if code.id not in names)
        parents = {code.id: code.parent for code in wanted.codes}
        # A vintage of before hierarchies were kept says of no code what stands above it.
        told = tuple(replace(c, parent=c.parent or parents.get(c.id, "")) for c in known.codes)
        self.codelists[wanted.id] = Codelist(known.id, known.name, told + new)
        return wanted.id


def codelist_id(flow: Dataflow, dimension: Dimension) -> str:
    """The id of the codelist a dimension asks for; "" for time, which has none."""
    if dimension.id == TIME:
        return ""
    if dimension.id == INDICATOR:
        return f"CL_INDICATOR_{flow.id}"
    return GIVEN.get(dimension.id) or dimension.codelist or f"CL_{dimension.id}"
