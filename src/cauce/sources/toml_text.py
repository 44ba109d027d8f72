"""Text of a file inside the TOML of a new pack: nothing it says can break out."""

import json
import re

ASK = "?"
"""Stands where a person has to write."""

CONTROLS = re.compile("[\x7f-\x9f\u2028\u2029]")
"""What JSON leaves as it is and an editor may take for the end of a line."""


def text(value: str) -> str:
    """A basic string of TOML, which JSON's escapes also are."""
    return CONTROLS.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def comment(value: str) -> str:
    """A text of the file inside a comment: one line, no control characters."""
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", value).strip()[:300]
