"""The office's own secrets, in a folder outside the database and never in its backups."""

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cauce.model.errors import BadInput

BYTES = 32
NAME = re.compile(r"[A-Za-z0-9]{1,20}(-[A-Za-z0-9]{1,20})?")


@dataclass(frozen=True)
class KeyFolder:
    """Keys by name, one file each, which only this user can read."""

    folder: Path

    def key(self, name: str, make: bool = True) -> bytes:
        """A key of 256 bits; a new one if there is none and one may be made.

        Raises:
            BadInput: it is not there and must be, others can read it, or it is no key.
        """
        if not NAME.fullmatch(name):
            raise BadInput(f"{name!r} is no name of a key.")
        path = self.folder / f"{name}.key"
        if not path.exists():
            if not make:
                raise BadInput(
                    f"There is no key {name} in the key folder. Restore the folder from where it "
                    "is kept apart; without it nothing sealed by it can be opened."
                )
            self._make(path)
        if path.stat().st_mode & 0o077:
            raise BadInput(f"Others can read the key {name}. Give its file the mode 0600.")
        found = bytes.fromhex(path.read_text("ascii").strip())
        if len(found) != BYTES:
            raise BadInput(f"The key {name} has {len(found)} bytes and not {BYTES}.")
        return found

    def _make(self, path: Path) -> None:
        """Write a new key, on disk before anything is sealed with it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = path.with_suffix(f".{secrets.token_hex(4)}")
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            # Of two that make it at once, one wins and both use it.
            os.link(partial, path)
        except FileExistsError:
            pass
        finally:
            partial.unlink()
        sync(self.folder)

    def newest(self, name: str) -> str:
        """The latest of the keys that took each other's place: country-GTM, then country-GTM2."""
        versions = [
            int(path.stem.removeprefix(name) or 1)
            for path in self.folder.glob(f"{name}*.key")
            if re.fullmatch(r"\d*", path.stem.removeprefix(name))
        ]
        return _version(name, max(versions, default=1))

    def following(self, name: str) -> str:
        """A new key in the place of the newest, which stays for what it wrapped; its name."""
        number = int(self.newest(name).removeprefix(name) or 1)
        made = _version(name, number + 1)
        self.key(made)
        return made

    def digest(self, purpose: str, text: str, name: str = "digests") -> str:
        """A keyed hash for one purpose: those of two purposes cannot be compared."""
        key = hmac.new(self.key(name), purpose.encode(), hashlib.sha256).digest()
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def seal(self, name: str, plain: bytes, about: str) -> str:
        """Encrypt with a key of the folder, bound to what it is about."""
        return seal(self.key(name), plain, about)

    def open(self, name: str, text: str, about: str) -> bytes:
        """What was sealed. Raises BadInput if it was altered or was about something else."""
        return unseal(self.key(name, make=False), text, about)


def _version(name: str, number: int) -> str:
    return name if number == 1 else f"{name}{number}"


def sync(folder: Path) -> None:
    """See that what was made in a folder is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def seal(key: bytes, plain: bytes, about: str) -> str:
    """AES-256-GCM under a random nonce, as hexadecimal digits: nonce, then ciphertext and tag.

    Source: NIST SP 800-38D. A key seals far fewer than 2^32 values.
    """
    nonce = secrets.token_bytes(12)
    return (nonce + AESGCM(key).encrypt(nonce, plain, about.encode())).hex()


def unseal(key: bytes, text: str, about: str) -> bytes:
    """What was sealed. Raises BadInput if it was altered or was about something else."""
    data = bytes.fromhex(text)
    try:
        return AESGCM(key).decrypt(data[:12], data[12:], about.encode())
    except InvalidTag as error:
        raise BadInput(
            "A sealed value does not open with its key: it was altered, moved or is another's."
        ) from error
