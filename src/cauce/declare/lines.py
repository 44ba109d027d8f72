"""On which line of a TOML text each key is written, which tomllib does not say."""

import re
import tomllib
from collections.abc import Iterator

KeyPath = tuple[str | int, ...]

_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_PIECE = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'  # text in three double quotes
    r"|'''.*?'{3,5}"  # text in three single quotes
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[{]|[\]}]|\n"
    r"|[^\"'#\[\]{}\n]+",
    re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line of every table and key of a valid TOML text, counted from 1.

    A path is that of the loaded data: ("wave", 0, "period"). Keys inside { … } have no line of
    their own.
    """
    found: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for line, statement in _statements(text):
        if statement.startswith("["):
            table = _table(statement, counts)
            found.setdefault(table, line)
        else:
            path = table + _keys(statement.partition("\0")[0])
            for length in range(len(table) + 1, len(path) + 1):
                found.setdefault(path[:length], line)
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Line and text of each header, and of each key with "\\0" after it."""
    position, line = 0, 1
    while position < len(text):
        start = _skip_blank(text, position)
        line += text.count("\n", position, start)
        if start >= len(text):
            return
        end = _end(text, start)
        piece = text[start:end]
        yield line, piece if piece.startswith("[") else _left_side(piece) + "\0"
        line += text.count("\n", start, end)
        position = end


def _skip_blank(text: str, position: int) -> int:
    """The start of the next statement: past spaces, line ends and comments."""
    blank = re.compile(r"(?:\s|#[^\n]*)*")
    match = blank.match(text, position)
    return match.end() if match else position


def _end(text: str, position: int) -> int:
    """Where the statement ends: the line end that is in no text and in no bracket."""
    depth = 0
    for match in _PIECE.finditer(text, position):
        piece = match.group()
        if piece == "\n" and depth == 0:
            return match.start()
        depth += (piece in ("[", "{")) - (piece in ("]", "}"))
    return len(text)


def _left_side(statement: str) -> str:
    """The keys before the first = that is not within quotes."""
    position = 0
    while statement[position] != "=":
        match = _KEY.match(statement, position)
        position = match.end() if match else position + 1
    return statement[:position]


def _keys(text: str) -> KeyPath:
    return tuple(
        tomllib.loads(f"k = {key}")["k"] if key[0] in "\"'" else key for key in _KEY.findall(text)
    )


def _table(header: str, counts: dict[KeyPath, int]) -> KeyPath:
    """The path of a [table] or [[table]], with the number of the latest in each list."""
    is_list = header.startswith("[[")
    keys = _keys(header.partition("#")[0] if '"' not in header else header[: header.rindex("]")])
    path: KeyPath = ()
    for position, key in enumerate(keys):
        path += (key,)
        if is_list and position == len(keys) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path += (counts[path],)
    return path
