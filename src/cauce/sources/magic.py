"""Whether a file is what it says: its first bytes."""

from pathlib import Path

from cauce.model.errors import BadInput

WORDS = {
    "csv": "CSV text",
    "parquet": "Parquet",
    "dta": "a Stata file",
    "sav": "an SPSS file",
    "sas7bdat": "a SAS data set",
    "xpt": "a SAS transport file",
    "zip": "a zip archive or an Excel workbook",
    "pdf": "a PDF document",
    "gzip": "a gzip file",
    "7z": "a 7-Zip archive",
    "rar": "a RAR archive",
    "ole": "an old Excel or Word document",
    "por": "a portable SPSS file",
    "encrypted parquet": "encrypted Parquet",
    "encrypted sav": "an encrypted SPSS file",
    "html": "a web page",
}
EXTENSIONS = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".dta": "dta",
    ".sav": "sav",
    ".zsav": "sav",
    ".sas7bdat": "sas7bdat",
    ".xpt": "xpt",
}
SAS7BDAT = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")
PREFIXES = (
    (b"PAR1", "parquet"),
    (b"PARE", "encrypted parquet"),
    (b"<stata_dta>", "dta"),
    (b"$FL2", "sav"),
    (b"$FL3", "sav"),
    (b"ENCRYPTEDSAV", "encrypted sav"),
    (b"HEADER RECORD*******LIB", "xpt"),
    (SAS7BDAT, "sas7bdat"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"ASCII SPSS PORT FILE", "por"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
)
OLD_STATA = (104, 105, 108, 110, 111, 112, 113, 114, 115)


def kind_of_file(path: Path) -> str:
    """A key of `WORDS`, or "" if the first bytes say nothing. Raises BadInput if there are none."""
    with path.open("rb") as file:
        head = file.read(64)
    if not head:
        raise BadInput("the file is empty (0 bytes).")
    for prefix, kind in PREFIXES:
        if head.startswith(prefix) or (kind == "html" and head.lower().startswith(prefix)):
            return kind
    old_stata = len(head) > 3 and head[0] in OLD_STATA and head[1] in (1, 2) and head[2] == 1
    return "dta" if old_stata else ""


def check_format(path: Path, declared: str) -> None:
    """Raises BadInput if the first bytes are not those of the declared format."""
    found = kind_of_file(path)
    if found == declared or (found == "" and declared == "csv"):
        return
    what = f"begins like {WORDS[found]}" if found else "does not begin like one"
    raise BadInput(
        f"declared as {WORDS[declared]} (format = {declared!r}), but the file {what}. "
        "Correct the format in [[wave]], or the file."
    )


def guess_format(path: Path, name: str) -> str:
    """The format by the first bytes, else by the name's ending; BadInput if neither says."""
    found = kind_of_file(path)
    if found in {"parquet", "dta", "sav", "sas7bdat", "xpt"}:
        return found
    if found:
        raise BadInput(f"{WORDS[found]} cannot be read as a survey file.")
    if EXTENSIONS.get(Path(name).suffix.lower()) == "csv":
        return "csv"
    raise BadInput(
        "the format is not recognised by the first bytes nor by the name. "
        f"Say it: {', '.join(sorted(set(EXTENSIONS.values())))}."
    )
