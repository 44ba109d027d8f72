"""What stands at the end of each page of an outlook: what it assumes, lacks and starts from."""

from dataclasses import dataclass

from cauce.model.rule import rule_in
from cauce.portal.links import Link, address, table_path
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words


@dataclass(frozen=True)
class Grounds:
    """What a page of the outlook rests on, and what it cannot say."""

    assumed: tuple[str, ...]
    unproduced: tuple[str, ...]
    bases: tuple[Link, ...]
    tables: tuple[Link, ...]
    vintage: str
    published: str
    licence: str
    href: str


def assumed_path(language: str, area: str) -> str:
    """The page with every assumption, and the tables an outlook starts from and makes."""
    return f"/{language}/outlook/{area}/assumed"


def grounds_of(run: Run, words: Words) -> Grounds:
    manifest = run.one
    return Grounds(
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
        href=address(assumed_path(words.language, run.area.id), {"scenario": run.asked}),
    )  # fmt: skip
