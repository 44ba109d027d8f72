"""The bytes of a CSV file: any allowed encoding in, clean UTF-8 lines out."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.sources.limits import MIB, Limits

ENCODINGS = {
    codecs.lookup(name).name
    for name in (
        "ascii", "utf-8", "utf-8-sig", "latin-1", "iso8859-15", "windows-1252", "cp850", "cp437",
        "mac-roman", "utf-16", "utf-16-le", "utf-16-be",
    )
}  # fmt: skip
LONE_CR = re.compile(rb"\r(?!\n)")
QUOTE_OPENS = re.compile(rb'(?:^|[,;|\t]) *"')
BOMS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass
class Seen:
    """Whole lines seen so far, and the line on which a quoted value began that is still open."""

    lines: int = 0
    open_since: int = 0


def clean(source: Path, encoding: str, target: Path, limits: Limits) -> int:
    """Write the text as UTF-8 without byte order mark, and return its number of lines.

    Raises:
        BadInput: with the line: bytes that are not of the encoding, NUL, a carriage return alone,
            a line or a quoted value that is too long, too many lines; a file that is UTF-16 or
            UTF-8 though declared otherwise.
    """
    name = known_encoding(encoding)
    refuse_other_utf(source, name)
    decoder = codecs.getincrementaldecoder("utf-8-sig" if name == "utf-8" else name)("strict")
    seen = Seen()
    begun = b""
    with source.open("rb") as file, target.open("xb") as out:
        while block := file.read(MIB):
            text = begun + decode(decoder, block, name, seen)
            end = text.rfind(b"\n") + 1
            check(text[:end], seen, limits)
            out.write(text[:end])
            begun = text[end:]
            refuse_nul_and_length(begun, seen, limits)
        text = begun + decode(decoder, b"", name, seen)
        if text:
            check(text + b"\n", seen, limits)
            out.write(text + b"\n")
    if seen.open_since:
        raise BadInput(unclosed(seen.open_since))
    return seen.lines


def known_encoding(encoding: str) -> str:
    """The canonical name of an allowed encoding."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        name = ""
    if name not in ENCODINGS:
        raise BadInput(
            f"encoding {encoding!r} is not one of those read: {', '.join(sorted(ENCODINGS))}."
        )
    return name


def refuse_other_utf(source: Path, name: str) -> None:
    """Raises BadInput for a file that proves to be UTF-16 or UTF-8 while declared as another."""
    with source.open("rb") as file:
        head = file.read(4)
    for bom, real in BOMS:
        if head.startswith(bom) and not name.startswith("utf-16"):
            raise BadInput(f"line 1: declared {name}, but it is {real}. Say encoding = {real!r}.")
    if name in {"utf-8", "utf-8-sig", "ascii"} or name.startswith("utf-16"):
        return
    line = first_utf8(source)
    if line:
        raise BadInput(
            f"line {line}: declared {name}, but the whole file reads as UTF-8 with letters beyond "
            'ASCII. Say encoding = "utf-8".'
        )


def first_utf8(source: Path) -> int:
    """The first line with a letter beyond ASCII if the whole file is UTF-8, else 0."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    line, found = 1, 0
    with source.open("rb") as file:
        while True:
            block = file.read(MIB)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError:
                return 0
            if not found and not block.isascii():
                first = next(i for i, byte in enumerate(block) if byte > 127)
                found = line + block.count(b"\n", 0, first)
            if not block:
                return found
            line += block.count(b"\n")


def decode(decoder: codecs.IncrementalDecoder, block: bytes, name: str, seen: Seen) -> bytes:
    try:
        return decoder.decode(block, final=not block).encode("utf-8")
    except UnicodeDecodeError as error:
        line = seen.lines + error.object.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"line {line}: bytes that are not {name}. Say the encoding of the file in [[wave]], "
            'for example csv = { encoding = "latin-1" }.'
        ) from error


def refuse_nul_and_length(text: bytes, seen: Seen, limits: Limits) -> None:
    nul = text.find(b"\0")
    if nul >= 0:
        raise BadInput(
            f"line {line_at(text, nul, seen)}: a NUL byte. The file is damaged, not text, or "
            'UTF-16 (then say encoding = "utf-16-le").'
        )
    position = 0
    for line in text.split(b"\n") if len(text) > limits.line_bytes else ():
        if len(line) > limits.line_bytes:
            raise BadInput(
                f"line {line_at(text, position, seen)}: longer than {limits.line_bytes:,} bytes. "
                "Is it a table, one row a line?"
            )
        position += len(line) + 1


def line_at(text: bytes, position: int, seen: Seen) -> int:
    return seen.lines + text.count(b"\n", 0, position) + 1


def check(text: bytes, seen: Seen, limits: Limits) -> None:
    """Count whole lines and refuse what no table is made of."""
    refuse_nul_and_length(text, seen, limits)
    lone = LONE_CR.search(text)
    if lone:
        raise BadInput(
            f"line {line_at(text, lone.start(), seen)}: a carriage return without line feed. "
            "Save the file with the line ends of Windows or Unix."
        )
    if seen.open_since or b'"' in text:
        follow_quotes(text, seen, limits)
    else:
        seen.lines += text.count(b"\n")
    if seen.lines > limits.rows:
        raise BadInput(f"more than {limits.rows:,} lines.")


def follow_quotes(text: bytes, seen: Seen, limits: Limits) -> None:
    """Count lines; a quote that one of them leaves open must close within some lines.

    Without this a lost quote would swallow rows into one long value, silently.
    """
    for line in text.splitlines():
        seen.lines += 1
        odd = line.count(b'"') % 2 == 1
        if seen.open_since and odd:
            seen.open_since = 0
        elif odd and QUOTE_OPENS.search(line):
            seen.open_since = seen.lines
        elif seen.open_since and seen.lines - seen.open_since >= limits.quoted_lines:
            raise BadInput(unclosed(seen.open_since))


def unclosed(line: int) -> str:
    return f'line {line}: a quote " is opened and not closed. Inside a value it is written twice.'
