"""Other people's programs read what a served portal gives. See README.md beside.

Usage: python witnesses.py http://localhost:8600 [--shapes FOLDER] [--every N]
"""

import argparse
import json
import sys
import tempfile
import urllib.request
import warnings
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("url")
    asked.add_argument("--shapes", type=Path)
    asked.add_argument("--every", type=int, default=1)
    given = asked.parse_args()
    catalog = get(given.url, "/catalog.jsonld")
    names = [
        one["dct:identifier"]
        for one in json.loads(catalog)["dcat:dataset"]
        if one["@type"] == "dcat:Dataset" and " " not in one["dct:identifier"]
    ]
    flows = names[:: given.every]
    told: dict[str, Any] = {"tables": len(flows)}
    told["pyjstat"] = {"version": version("pyjstat"), **json_stat(given.url, flows)}
    told["csvw"] = {"version": version("csvw"), **csvw(given.url, flows)}
    told["frictionless"] = {"version": version("frictionless"), **package(given.url, flows)}
    told["rdflib"] = {"version": version("rdflib"), **rdf(catalog, given.shapes)}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")


def get(url: str, path: str) -> bytes:
    with urllib.request.urlopen(f"{url}{path}") as answer:
        content: bytes = answer.read()
    return content


def json_stat(url: str, flows: list[str]) -> dict[str, int]:
    from pyjstat import pyjstat

    read = rows = 0
    for flow in flows:
        text = get(url, f"/en/tables/{flow}.jsonstat").decode()
        frame = pyjstat.Dataset.read(text).write("dataframe")
        assert int(frame["value"].notna().sum()) == len(json.loads(text)["value"]), flow
        read, rows = read + 1, rows + len(frame)
    return {"read": read, "rows": rows}


def csvw(url: str, flows: list[str]) -> dict[str, int]:
    from csvw import CSVW

    valid = 0
    with tempfile.TemporaryDirectory() as name:
        for flow in flows:
            for query in ("", "?labels=id", "?labels=name"):
                folder = Path(name)
                (folder / f"{flow}.csv").write_bytes(get(url, f"/es/tables/{flow}.csv{query}"))
                about = json.loads(get(url, f"/es/tables/{flow}.csv-metadata.json{query}"))
                about["url"] = f"{flow}.csv"
                path = folder / f"{flow}.csv-metadata.json"
                path.write_text(json.dumps(about))
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    valid += CSVW(str(path), validate=True).is_valid
    assert valid == 3 * len(flows)
    return {"valid": valid}


def package(url: str, flows: list[str]) -> dict[str, int]:
    from frictionless import Package

    resources = rows = 0
    with tempfile.TemporaryDirectory() as name:
        for path in ("/en/package.zip", *(f"/es/tables/{flow}.zip" for flow in flows)):
            file = Path(name) / "package.zip"
            file.write_bytes(get(url, path))
            report = Package(str(file)).validate()
            assert report.valid, (path, report.flatten(["rowNumber", "message"])[:5])
            resources += len(report.tasks)
            rows += sum(task.stats.get("rows", 0) for task in report.tasks)
    return {"packages": 1 + len(flows), "resources": resources, "rows": rows}


def rdf(catalog: bytes, shapes: Path | None) -> dict[str, Any]:
    from rdflib import Graph

    graph = Graph()
    graph.parse(data=catalog, format="json-ld")
    told: dict[str, Any] = {"triples": len(graph)}
    if shapes is not None:
        from pyshacl import validate

        for name in ("shapes", "range", "deprecateduris"):
            rules = Graph()
            rules.parse(shapes / f"{name}.ttl")
            conforms, results, _ = validate(graph, shacl_graph=rules, do_owl_imports=False)
            said = Counter(str(message) for message in results.objects(None, RESULT))
            assert conforms, (name, said.most_common(5))
            told[name] = "conforms"
    return told


if __name__ == "__main__":
    from rdflib import URIRef

    RESULT = URIRef("http://www.w3.org/ns/shacl#resultMessage")
    main()
