"""Artefacts together: which there are, and which refer to which."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from cauce.model.structure import Artefact, Kind, Ref
from cauce.publish.structure.links import bare, refs_of
from cauce.publish.structure.versions import meant

REFERENCES = (
    "none",
    "parents",
    "parentsandsiblings",
    "ancestors",
    "children",
    "descendants",
    "all",
)
Refs = frozenset[Ref]


class Artefacts:
    """Artefacts by their identity, in the order they were given. It does not change."""

    def __init__(self, artefacts: Iterable[Artefact]) -> None:
        self._by_ref: dict[Ref, Artefact] = {}
        for artefact in artefacts:
            self._by_ref.setdefault(artefact.ref, artefact)
        self._versions: dict[tuple[Kind, str, str], list[str]] = defaultdict(list)
        for ref in self._by_ref:
            self._versions[ref.kind, ref.agency, ref.id].append(ref.version)
        self._children: dict[Ref, Refs] = {}
        self._parents: dict[Ref, set[Ref]] = defaultdict(set)
        for ref, artefact in self._by_ref.items():
            told = {self.resolve(one) for one in refs_of(artefact)}
            self._children[ref] = frozenset(one for one in told if one and one != ref)
            for child in self._children[ref]:
                self._parents[child].add(ref)

    def __iter__(self) -> Iterator[Artefact]:
        return iter(self._by_ref.values())

    def get(self, ref: Ref) -> Artefact | None:
        """The artefact a reference means, also where it names an item or a wildcard version."""
        found = self.resolve(ref)
        return self._by_ref[found] if found else None

    def resolve(self, ref: Ref) -> Ref | None:
        """The identity of the artefact a reference means, None where it is not among these."""
        own = bare(ref)
        if own in self._by_ref:
            return own
        found = meant(ref.version, self._versions.get((ref.kind, ref.agency, ref.id), ()))
        return Ref(ref.kind, ref.agency, ref.id, found.pop()) if len(found) == 1 else None

    def find(
        self,
        kinds: Collection[Kind] = (),
        agencies: Collection[str] = (),
        ids: Collection[str] = (),
        version: str = "*",
    ) -> tuple[Ref, ...]:
        """Those of the kinds, agencies and ids, all where none is named, in the version asked.

        Agencies may be written in whatever letters: some clients write them all in capitals.

        Raises:
            BadInput: the version is none.
        """
        makers = {agency.casefold() for agency in agencies}
        found = {
            Ref(kind, agency, id_, one)
            for (kind, agency, id_), there in self._versions.items()
            if (not kinds or kind in kinds)
            and (not makers or agency.casefold() in makers)
            and (not ids or id_ in ids)
            for one in meant(version, there)
        }
        return tuple(ref for ref in self._by_ref if ref in found)

    def children(self, refs: Iterable[Ref]) -> Refs:
        """What these refer to."""
        return frozenset().union(*(self._children[ref] for ref in refs))

    def parents(self, refs: Iterable[Ref]) -> Refs:
        """What refers to these."""
        return frozenset().union(*(self._parents.get(ref, ()) for ref in refs))

    def descendants(self, refs: Iterable[Ref]) -> Refs:
        """What these refer to, and what that refers to, and so on; these are among them."""
        found = frozenset(refs)
        while new := self.children(found) - found:
            found |= new
        return found

    def ancestors(self, refs: Iterable[Ref]) -> Refs:
        """What refers to these, and what refers to that, and so on; these are among them."""
        found = frozenset(refs)
        while new := self.parents(found) - found:
            found |= new
        return found

    def related(self, refs: Iterable[Ref], references: str) -> Refs:
        """These and what `references` says beside them: one of `REFERENCES`, or a kind.

        Source: SDMX REST 2.2.2, structure queries, applicability and meaning of references.
        """
        start = frozenset(refs)
        above = self.parents(start)
        if references == "parents":
            return start | above
        if references == "parentsandsiblings":
            return start | above | self.children(above)
        if references == "ancestors":
            return self.ancestors(start)
        if references == "children":
            return start | self.children(start)
        if references == "descendants":
            return self.descendants(start)
        if references == "all":
            # A process speaks of whatever is worked on, and clients that ask for all there is of a
            # dataflow cannot read one (sdmx1 2.28); who asks for parents, or for it, is given it.
            above = frozenset(ref for ref in above if ref.kind != "process")
            return self.descendants(start) | above | self.children(above)
        if references == "none":
            return start
        around = self.descendants(start) | self.ancestors(start) | self.children(above)
        return start | frozenset(ref for ref in around if ref.kind == references)
