"""Whether the audits of published vintages are still beside the store, for those who keep it."""

from pathlib import Path

from cauce.model.status import Health
from cauce.model.text import Text
from cauce.store import Audits, Reader, audits_beside
from cauce.store.audit_check import audit_faults, vintages_with_audits


def audits_kept(store: Path, held: Path | None, office: bool) -> tuple[Health, Text] | None:
    """How they are, None where no vintage has one. Raises BadInput if the store cannot be read.

    `office`: whether this is where they have to be; the public store may lie alone elsewhere.
    """
    snapshot, audits = Reader(store).snapshot(), Audits(audits_beside(store, held))
    wanted = len(vintages_with_audits(snapshot))
    if not wanted:
        return None
    if not audits.there and not office:
        return Health.LOOK, Text(
            f"none of {wanted} is here: right where the public store lies alone",
            f"no está aquí ninguna de {wanted}: correcto donde el almacén público está solo",
        )
    if faults := audit_faults(snapshot, audits):
        return Health.ACT, Text(
            f"{len(faults)} wrong: `cauce scrub` names them" if audits.there else faults[0],
            f"{len(faults)} mal: `cauce scrub` las nombra"
            if audits.there
            else f"no hay carpeta {audits.place}: recupérela de un respaldo",
        )
    return Health.WELL, Text(f"{wanted} are kept", f"se guardan {wanted}")
