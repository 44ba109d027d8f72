"""Rebuilding feeds demand: the lever of a crisis is one an outlook's scenario takes."""

from pathlib import Path

from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.pipeline.crisis import write_lever
from cauce.pipeline.outlook.declared import parse_outlook
from cauce.pipeline.outlook.levers import WORK

PACK = Path("packs/outlook/xca/outlook.toml")
SCENARIO = """
[[scenario]]
id = "REBUILD"
name = { en = "Rebuilding", es = "Reconstrucción" }
about = { en = "After the storm.", es = "Tras la tormenta." }

"""


def test_the_lever_that_is_written_is_read_by_an_outlook_and_adds_work(tmp_path):
    said = Text('Damage "invented"', 'Daño "inventado"')
    lever = Lever("crisis", {"ECO": "CON"}, "add", "PERSONS", {2026: 2923.5, 2027: 2046.0}, said)
    write_lever((lever,), tmp_path / "lever.toml")
    text = PACK.read_text() + SCENARIO + (tmp_path / "lever.toml").read_text()
    scenarios = parse_outlook("xca", text).scenarios

    found = next(one for one in scenarios if one.id == "REBUILD")
    assert found.levers == (lever,)
    assert lever.kind in WORK
