"""How much a file from outside may cost us."""

from dataclasses import dataclass

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True)
class Limits:
    """What the reader of one file may use. Beyond it the file is refused, never cut short.

    `memory_bytes` is address space, of which the interpreter and its libraries take some
    300 MiB. `ratio` is unpacked over packed size of a zip member and is asked of members that
    unpack to more than 16 MiB. `quoted_lines` is how many lines one quoted CSV value may span.
    """

    memory_bytes: int = 4 * GIB
    cpu_seconds: int = 600
    wall_seconds: float = 900.0
    unpacked_bytes: int = 8 * GIB
    ratio: float = 400.0
    members: int = 2_000
    columns: int = 33_000
    rows: int = 100_000_000
    line_bytes: int = MIB
    quoted_lines: int = 100
    answer_bytes: int = 64 * MIB
    open_files: int = 64
