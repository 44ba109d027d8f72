"""How a CSV file seems to be written: proposals for a person, never used to read a survey."""

import codecs
import csv
import re
from collections import Counter
from pathlib import Path

from cauce.model.pack import CsvFormat
from cauce.sources.limits import MIB

DELIMITERS = (",", ";", "\t", "|")
COMMA_NUMBER = re.compile(r"^-?\d+,\d+$")
POINT_NUMBER = re.compile(r"^-?\d*\.\d+$")
# 1,000 may be a thousand, except between semicolons, which are there because commas are decimal.
# It then speaks for neither sign, and the reader refuses the column.
GROUPED = re.compile(r"^-?[1-9]\d{0,2}(,\d{3})+$")


def guess_csv(path: Path) -> CsvFormat:
    """Delimiter, decimal sign and encoding, by looking at the whole file's bytes and its top."""
    encoding = guess_encoding(path)
    with path.open("rb") as file:
        top = file.read(MIB).decode(encoding, errors="replace").lstrip("\ufeff")
    # A guess needs the beginning of a line only; the CSV module refuses endless cells.
    lines = [line[:10_000] for line in top.splitlines()[:1000]]
    delimiter = guess_delimiter(lines)
    return CsvFormat(delimiter, guess_decimal(lines, delimiter), encoding)


def guess_encoding(path: Path) -> str:
    """UTF-16 by its mark, UTF-8 if every byte fits, else the Western code page that fits."""
    with path.open("rb") as file:
        head = file.read(64)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[0::2].count(0) > len(head) // 4:
        return "utf-16-be"
    for encoding in ("utf-8", "windows-1252"):
        if fits(path, encoding):
            return encoding
    return "latin-1"


def fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        try:
            while block := file.read(MIB):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def guess_delimiter(lines: list[str]) -> str:
    """The sign that cuts most of the lines into the same number of columns, above one."""
    best, best_score = ",", (0, 0)
    for sign in DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines[:100], delimiter=sign))
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        score = (count, width) if width > 1 else (0, 0)
        if score > best_score:
            best, best_score = sign, score
    return best


def guess_decimal(lines: list[str], delimiter: str) -> str:
    values = [value.strip() for row in csv.reader(lines[1:], delimiter=delimiter) for value in row]
    commas = sum(
        1
        for value in values
        if COMMA_NUMBER.match(value) and (delimiter == ";" or not GROUPED.match(value))
    )
    points = sum(1 for value in values if POINT_NUMBER.match(value))
    return "," if commas > points else "."
