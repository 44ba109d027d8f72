"""What is published: immutable vintages and one pointer to the current ones. GSBPM: phase 7.1."""

from cauce.store.agency import as_agencies
from cauce.store.audits import Audits, audits_beside
from cauce.store.cited import Found, FoundNumber, FoundRecord, follow
from cauce.store.errors import Damaged, NotPublished, Withdrawn
from cauce.store.gone import Gone
from cauce.store.held import Holds, moment, next_moment, to_the_thousandth
from cauce.store.moments_file import to_bytes as moments_to_bytes
from cauce.store.moments_read import from_bytes as moments_from_bytes
from cauce.store.reader import Reader
from cauce.store.revisions import Revision, revisions
from cauce.store.shelves import Shelves
from cauce.store.snapshot import Snapshot
from cauce.store.writer import Store

__all__ = [
    "Audits",
    "Damaged",
    "Found",
    "FoundNumber",
    "FoundRecord",
    "Gone",
    "Holds",
    "NotPublished",
    "Reader",
    "Revision",
    "Shelves",
    "Snapshot",
    "Store",
    "Withdrawn",
    "as_agencies",
    "audits_beside",
    "follow",
    "moment",
    "moments_from_bytes",
    "moments_to_bytes",
    "next_moment",
    "revisions",
    "to_the_thousandth",
]
