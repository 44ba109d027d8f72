"""Audits of releases: beside the store and never in it, since they name what is withheld."""

import secrets
from collections.abc import Iterator
from pathlib import Path

from cauce.model.audit import Audit
from cauce.model.errors import BadInput
from cauce.model.kept_audit import KeptAudit, WhatIf
from cauce.store.audit_document import from_document, to_document
from cauce.store.documents import digest, from_json, to_json
from cauce.store.files import called, make_folder, read, read_checked, sha256, write_durably

ONLY_US, ONLY_OURS = 0o700, 0o600
OPEN_TO_OTHERS = 0o077
SENT = "sent"


def audits_beside(store: Path, held: Path | None = None) -> Path:
    """The folder of the audits of a store: beside the held releases, or else beside the store."""
    return (held or store).parent / f"{store.name}-audits"


class Audits:
    """The audits of one store, in a folder only this user can enter; each goes by its hash."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def place(self) -> str:
        """The folder by its last names, for messages."""
        return called(self.root)

    @property
    def there(self) -> bool:
        """Whether the folder exists."""
        return self.root.is_dir()

    def has(self, name: str) -> bool:
        """Whether there is a file for the audit with this hash, whatever is in it."""
        return (self.root / f"{name}.json").is_file()

    def keep(self, audit: Audit, survey: str, vintage: str, at: str) -> str:
        """Keep the audit of a release; the hash its manifest has to have.

        Raises BadInput if others can enter the folder.
        """
        kept = KeptAudit(survey, vintage, at, secrets.token_hex(16), audit)
        content = to_document(kept)
        name = sha256(content)
        self.write(self.root / f"{name}.json", content)
        return name

    def keep_sent(self, audit: Audit, survey: str, vintage: str, at: str, file: str) -> None:
        """Keep the audit of what may be sent, by the hash of the file it is in.

        Raises BadInput if others can enter the folder.
        """
        kept = KeptAudit(survey, vintage, at, secrets.token_hex(16), audit)
        self.write(self.root / SENT / f"{file}.json", to_document(kept))

    def of_sent(self, file: str) -> KeptAudit | None:
        """The audit of the file of moments with this hash; None if it is not kept here.

        Raises:
            BadInput: others can enter the folder.
            Damaged: it is not what was written.
        """
        path = self.root / SENT / f"{file}.json"
        self.check()
        return from_document(read(path), called(path)) if path.is_file() else None

    def of(self, name: str) -> KeptAudit:
        """The audit with this hash.

        Raises:
            BadInput: others can enter the folder, or no audit was kept.
            Damaged: it is not what was written.
        """
        path = self.root / f"{name}.json"
        self.check()
        if not name or not self.has(name):
            raise BadInput(
                f"No audit is kept in {called(self.root)}. It lies beside the store, or beside "
                "the held releases: name their folder with --held. Vintages of before audits were "
                "kept have none."
            )
        return from_document(read_checked(path, name), called(path))

    def read(self, name: str) -> KeptAudit:
        """What the file of an audit says, were it another's. Raises Damaged if it is no audit."""
        path = self.root / f"{name}.json"
        return from_document(read(path), called(path))

    def answer(self, name: str, said: WhatIf) -> None:
        """Keep what was asked of a release beside its audit."""
        self.write(self.root / name / f"{digest((said.publish, said.without))}.json", to_json(said))

    def answers(self, name: str) -> tuple[WhatIf, ...]:
        """What was asked of a release, the latest first."""
        self.check()
        found = (self.root / name).glob("*.json") if name else ()
        said = [from_json(read(path), WhatIf, called(path)) for path in sorted(found)]
        return tuple(sorted(said, key=lambda one: one.asked_at, reverse=True))

    def files(self) -> Iterator[Path]:
        """Every file that is kept."""
        yield from sorted(path for path in self.root.rglob("*") if path.is_file())

    def copy_to(self, place: Path) -> None:
        """Copy all of them; what is there already is the same, for it goes by its hash."""
        other = Audits(place)
        for path in self.files():
            at = place / path.relative_to(self.root)
            if not at.exists() or at.parent != place:
                other.write(at, read(path))

    def write(self, path: Path, content: bytes) -> None:
        """Write a file of the folder, which is made if it is not there; for its owner alone.

        Raises BadInput if others can enter the folder.
        """
        if not self.there:
            make_folder(self.root.parent)
            self.root.mkdir(mode=ONLY_US)
        self.check()
        write_durably(path, content)
        path.chmod(ONLY_OURS)

    def check(self) -> None:
        """Raises BadInput if others can enter the folder."""
        if self.there and self.root.stat().st_mode & OPEN_TO_OTHERS:
            raise BadInput(f"Others can enter {self.root}. Give it the mode 0700.")
