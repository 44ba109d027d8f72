"""The list of tables, by survey and theme."""

from dataclasses import replace
from pathlib import Path

import pytest

from cauce.model.catalogue import Theme
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.portal.listing import FEW, surveys
from cauce.portal.words import Words
from cauce.portal.words import words as words_in
from cauce.store import Reader

from .conftest import figures_of, flow_of, release_of

PAY = Theme("PAY", "B6", Text("Earnings", "Ingresos"))
MIGRANTS = Theme("ICLS20", "B10", Text("Labour migration", "Migración laboral"))


@pytest.fixture
def words() -> Words:
    return words_in("en")


@pytest.fixture
def manifest(portal, tmp_path: Path) -> Manifest:
    portal(release_of(figures_of(flow_of(["2024", "2025"]))))
    (found,) = Reader(tmp_path / "store").snapshot().flows()
    return found


def test_themes_come_in_the_order_of_the_catalogue_and_what_has_none_last(manifest, words) -> None:
    (survey,) = surveys([themed(manifest, one) for one in (None, MIGRANTS, PAY, PAY)], words)
    named = [(topic.name, topic.count) for topic in survey.topics]
    assert named == [
        ("Earnings", "2 tables"),
        ("Labour migration", "1 table"),
        ("Other tables", "1 table"),
    ]


def test_a_survey_without_themes_has_one_list_and_no_heading(manifest, words) -> None:
    (survey,) = surveys([manifest, manifest], words)
    assert [(topic.name, len(topic.tables)) for topic in survey.topics] == [("", 2)]


def test_what_holds_for_all_tables_is_said_once(manifest, words) -> None:
    other = replace(manifest, vintage="2031")
    (survey,) = surveys([manifest, manifest, other], words)
    (topic,) = survey.topics
    assert manifest.vintage in survey.issue
    assert [table.issue != "" for table in topic.tables] == [False, False, True]


def test_many_tables_are_not_named_one_by_one_on_the_home_page(manifest, words) -> None:
    (few,) = surveys([manifest] * FEW, words)
    (many,) = surveys([manifest] * (FEW + 1), words)
    assert (few.long, many.long) == (False, True)


def themed(manifest, theme):
    return replace(manifest, dataflow=replace(manifest.dataflow, theme=theme))
