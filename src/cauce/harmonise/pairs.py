"""The pairs of codes that are compared wherever a table has their dimension."""

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean
from cauce.model.dataflow import Dataflow
from cauce.model.pack import Dictionary
from cauce.model.pair import Pair


def read_pairs(top: Section, into: Dictionary) -> None:
    """Every [pair.ID] of a file of the region or of a pack."""
    for name, section in top.named("pair"):
        if name in into.pairs:
            section.note("", f"pair {name} is declared twice.")
        into.pairs[name] = Pair(
            id=name,
            name=section.words("name"),
            dimension=section.text("dimension"),
            first=section.text("first"),
            second=section.text("second"),
        )
        section.finish()
        into.places[f"pair.{name}"] = section.place()


def check_pairs(dictionary: Dictionary, problems: Problems) -> None:
    """Note every pair of codes that its dimension has not, or of one code with itself."""
    for pair in dictionary.pairs.values():
        place = dictionary.places[f"pair.{pair.id}"]
        variable = dictionary.variables.get(pair.dimension)
        codelist = variable and dictionary.codelists.get(variable.codelist)
        if not codelist:
            near = did_you_mean(pair.dimension, dictionary.variables)
            problems.add(place, f"pair {pair.id}: {pair.dimension} is no coded variable.{near}")
            continue
        known = {code.id for code in codelist.codes}
        for code in sorted({pair.first, pair.second} - known):
            near = did_you_mean(code, known)
            problems.add(place, f"pair {pair.id}: {pair.dimension} has no code {code}.{near}")
        if pair.first == pair.second:
            problems.add(place, f"pair {pair.id} compares {pair.first} with itself.")


def pairs_of(flow: Dataflow, dictionary: Dictionary) -> tuple[Pair, ...]:
    """The pairs a dataflow can be compared by, in the order they are declared."""
    own = {dimension.id for dimension in flow.dimensions}
    return tuple(pair for pair in dictionary.pairs.values() if pair.dimension in own)
