"""Rebuilding as a lever that a scenario of the outlook takes: a TOML table to copy."""

from collections.abc import Sequence
from pathlib import Path

from cauce.model.scenario import Lever


def write_lever(levers: Sequence[Lever], path: Path) -> None:
    """Write the levers as [[scenario.lever]], to stand under a [[scenario]] of an outlook."""
    path.write_text("\n".join(_table(one) for one in levers), "utf-8")


def _table(one: Lever) -> str:
    target = ", ".join(f"{key} = {_quoted(code)}" for key, code in one.target.items())
    amounts = ", ".join(f"{year} = {amount:.12g}" for year, amount in one.amounts.items())
    return "\n".join(
        (
            "[[scenario.lever]]",
            f"kind = {_quoted(one.kind)}",
            f"target = {{ {target} }}",
            f"change = {_quoted(one.change)}",
            f"unit = {_quoted(one.unit)}",
            f"amounts = {{ {amounts} }}",
            f"source = {{ en = {_quoted(one.source.en)}, es = {_quoted(one.source.es)} }}",
            "",
        )
    )


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{plain}"'
