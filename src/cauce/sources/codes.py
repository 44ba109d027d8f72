"""How a value of a statistical file is written as a code."""

USER_MISSING = "missing:"
"""Before a value that SPSS declares missing: never a number, and never lost."""


def canonical(value: float) -> str:
    """The code of a number: "1" for 1 and 1.0, "1.5" for 1.5."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return repr(value)


def tagged(tag: str) -> str:
    """The code of an extended missing of Stata (.a to .z) or SAS (.A to .Z, ._)."""
    return f".{tag}"


def declared_missing(code: str) -> str:
    return f"{USER_MISSING}{code}"
