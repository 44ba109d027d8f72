"""The audits somebody may see: those of releases of their countries."""

from collections.abc import Iterator

from cauce.model.errors import BadInput
from cauce.model.vintage import Manifest
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.seat import Seat
from cauce.pipeline.audited import Audited, audited
from cauce.registers.access import REGION
from cauce.store import Audits, Holds, Reader, audits_beside

PROTECTION = "protection"
HELD = "held"


def may_see_any(seat: Seat) -> bool:
    """Whether there may be releases of which somebody sees what is withheld."""
    return seat.places("see", PROTECTION, "published") != frozenset()


def published(visit: Visit) -> Iterator[Manifest]:
    """One current manifest of every release with an audit that is theirs to see, by name.

    Raises:
        NotThere: they see none, or the office was started without a store.
        BadInput: the store cannot be read.
    """
    seen: dict[tuple[str, str], Manifest] = {}
    for manifest in Reader(_holds(visit).store).snapshot().flows():
        if manifest.audit_sha256 and _may(visit.seat, manifest):
            seen.setdefault((manifest.survey, manifest.vintage), manifest)
    yield from (seen[name] for name in sorted(seen))


def audit_of(visit: Visit) -> Audited:
    """The audit of the release that the address names, held or published. Raises NotThere."""
    holds, survey, vintage = _holds(visit), visit.part("survey"), visit.part("vintage")
    places = [(Reader(holds.store), holds.audits)]
    if visit.asked("of") == HELD:
        own = [one for one in holds.all() if (one.survey, one.vintage) == (survey, vintage)]
        held = [holds.place(one) for one in own if not one.published_at]
        places = [(Reader(place), Audits(audits_beside(place))) for place in held]
    for reader, audits in places:
        try:
            found = audited(reader, audits, vintage, survey)
        except BadInput as error:
            raise NotThere from error
        if all(_may(visit.seat, manifest) for manifest in found.manifests):
            return found
    raise NotThere


def _may(seat: Seat, manifest: Manifest) -> bool:
    area = manifest.dataflow.source.area or REGION
    return seat.may("see", PROTECTION, area, "published")


def _holds(visit: Visit) -> Holds:
    """Raises NotThere if they may see nothing of it, or the office knows of no store."""
    if visit.room.holds is None or not may_see_any(visit.seat):
        raise NotThere
    return visit.room.holds
