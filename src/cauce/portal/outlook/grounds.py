"""What stands at the end of each page of an outlook: what it assumes, lacks and starts from."""

from dataclasses import dataclass

from cauce.model.rule import rule_in
from cauce.portal.links import Link, address, table_path
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words

GROUNDS = "grounds"
"""The last part of the address of the page that has all that an outlook rests on."""


@dataclass(frozen=True)
class Grounds:
    """What a page of the outlook rests on, and what it cannot say; `href` is where all of it is."""

    href: str
    assumed: tuple[str, ...]
    unproduced: tuple[str, ...]
    bases: tuple[Link, ...]
    tables: tuple[Link, ...]
    vintage: str
    published: str
    licence: str


def grounds_of(run: Run, words: Words) -> Grounds:
    manifest = run.one
    path = f"/{words.language}/outlook/{run.area.id}/{GROUNDS}"
    return Grounds(
        href=address(path, {"scenario": run.asked}),
        assumed=run.assumed(words),
        unproduced=run.unproduced(words),
        bases=tuple(
            Link(f"{flow}, {words('vintage')} {vintage}",
                 address(table_path(words.language, flow), {"vintage": vintage}))
            for flow, vintage in run.bases
        ),
        tables=tuple(
            Link(
                words.of(each.dataflow.name).removesuffix(f" – {words.of(run.scenario.name)}"),
                table_path(words.language, each.dataflow.id),
            )
            for each in run.manifests.values()
        ),
        vintage=manifest.vintage,
        published=words.iso_day(manifest.published_at),
        licence=rule_in(manifest.dataflow.source.licence, words.language),
    )  # fmt: skip
