"""The page on how the figures are made."""

from dataclasses import dataclass

from cauce.portal.links import Link
from cauce.portal.pages import Invented
from cauce.portal.words import Words

FLAGS = ("weak", "imprecise", "confidential", "impossible", "break", "forecast")
STATUSES = tuple(f"status_{code}" for code in "DEGHIJKLMNOPQSUVW")
"""What other producers say of their numbers, by the code of SDMX."""
PARTS = ("how_made", "sample_error", "two_verdicts", "vintages_kept", "for_everybody")


@dataclass(frozen=True)
class AboutPage:
    """What templates/about.html is given, and nothing else."""

    title: str
    invented: Invented
    parts: tuple[tuple[str, str], ...]
    flags: tuple[tuple[str, str], ...]
    programs: tuple[Link, ...]


def about_page(words: Words) -> AboutPage:
    return AboutPage(
        title=words("about"),
        invented="",
        parts=tuple((words(part), words(f"{part}_text")) for part in PARTS),
        flags=tuple((words(f"flag_{f}"), words(f"meaning_{f}")) for f in (*FLAGS, *STATUSES)),
        programs=(
            Link("SDMX 3.0", "/sdmx/v2/structure/dataflow/*/*/*"),
            Link("SDMX 2.1", "/sdmx/v1/dataflow/all/all/latest"),
            Link("OpenAPI", "/sdmx/openapi.json"),
        ),
    )
