"""What a backup says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Backup:
    """One backup: when, by which program, and what a restored one must equal.

    `schema` is the revision of the database; `entries` and `last_hash` are of the log's last entry;
    `generation` and `catalog_sha256` of the store. "" and 0 where there was none.
    """

    at: str
    program: str
    database: str = ""
    schema: str = ""
    entries: int = 0
    last_hash: str = ""
    generation: int = 0
    catalog_sha256: str = ""
