"""What the doors need: the database, the keys, the matrix, and where the office is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from cauce.model.access import Access
from cauce.model.text import Text
from cauce.office.doors.provider import Provider
from cauce.store.log import Database
from cauce.store.log.key_folder import KeyFolder


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Doors:
    """The office's doors.

    `address` is where people find the office, such as https://registros.example; "" takes what the
    browser says, for trying it out. `countries` are those an account may be for, with their names,
    and `registers` those a key may be for. `provider` is where an office's people sign in, if it
    has such a place. `home` is where they are led once they are in, `status` the page on
    how the system is, "" if there is none.
    """

    database: Database
    keys: KeyFolder
    access: Access
    countries: dict[str, Text]
    registers: dict[str, Text]
    address: str = ""
    provider: Provider | None = None
    home: str = "/account"
    status: str = ""
    clock: Callable[[], datetime] = now
