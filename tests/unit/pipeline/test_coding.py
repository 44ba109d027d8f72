"""From titles to a model, from a file to codes, from a queue to decisions."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cauce.cli.main import app
from cauce.model.errors import BadInput
from cauce.pipeline.coding.clerks import compare_queues, take_decisions
from cauce.pipeline.coding.filing import Columns, Queueing, code_file
from cauce.pipeline.coding.proposing import proposes_by
from cauce.pipeline.coding.training import Sources, train_model, with_index
from cauce.sources.books.reading import read_book
from cauce.sources.coding.model_file import read_model
from cauce.sources.coding.out import neutral
from cauce.sources.coding.queue_file import Line, read_decisions, read_queue, write_queue
from cauce.sources.coding.titles import read_index, read_source

REGION = Path(__file__).parents[3] / "packs" / "region"
# fmt: off
PLACES = ("casa", "edificio", "puente", "barco", "hotel", "escuela",
    "hospital", "playa", "campo", "feria", "villa", "torre")
# fmt: on
KINDS = {"7112": "Albañil", "7115": "Carpintero", "5120": "Cocinera", "0110": "Oficial militar"}


def written(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def titles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented index of four codes."""
    rows = [
        ["titulo", "codigo"],
        *([f"{name} de {p}", c] for c, name in KINDS.items() for p in PLACES),
        *([name, c] for c, name in KINDS.items()),
    ]
    return written(tmp_path_factory.mktemp("titles") / "nacional.csv", rows)


@pytest.fixture(scope="module")
def model(titles: Path) -> Path:
    out = titles.parent / "es.npz"
    done = train_model(Sources((), (titles,)), "es", "ISCO-08", out, REGION)
    assert (done.titles, done.codes) == (52, 4)
    return out


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    rows = [
        ["id", "oficio", "migrante"],
        ["1", "ALBAÑILES", "si"],
        ["2", "", "no"],
        ["3", "=2+3", "no"],
        ["4", "no sabe", "si"],
        ["5", "cocinero 👩‍🍳", "no"],
        ["6", "x" * 100_000, "no"],
        ["7", "Zwzwzw", "si"],
        ["8", "12345", "-5"],
        ["9", "Cocinera", "=HYPERLINK(1)"],
    ]
    return written(tmp_path / "encuesta.csv", rows)


def test_every_row_is_coded_in_its_order_and_none_is_lost(
    answers: Path, model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "coded.csv"
    done = code_file(answers, Columns("oficio"), read_model(model).coder, out)
    head, *coded = rows_of(out)

    assert head[3:8] == [f"oficio_{name}" for name in ("code", "digits", "margin", "how", "why")]
    assert [row[0] for row in coded] == list("123456789")
    assert [row[3] for row in coded] == ["7112", "", "", "", "5120", "", "", "", "5120"]
    why = ["", "empty", "no letters", "no answer", "", "too long", "", "no letters", ""]
    assert [row[7] for row in coded] == why
    assert coded[5][1] == "x" * 100_000
    assert (done.rows, done.how["index"], done.formulas) == (9, 3, 2)


def test_formulas_of_others_do_not_run_and_numbers_stay(
    answers: Path, model: Path, tmp_path: Path
) -> None:
    coder = read_model(model).coder
    code_file(answers, Columns("oficio"), coder, tmp_path / "safe.csv")
    code_file(answers, Columns("oficio"), coder, tmp_path / "raw.csv", as_it_is=True)
    safe, raw = rows_of(tmp_path / "safe.csv"), rows_of(tmp_path / "raw.csv")

    assert (safe[3][1], safe[9][2], safe[8][2]) == ("'=2+3", "'=HYPERLINK(1)", "-5")
    assert raw[3][1] == "=2+3"
    assert neutral("-1,5") == "-1,5"
    assert neutral("-a") == "'-a"


def test_a_workbook_holds_what_the_csv_holds_or_says_why_not(
    answers: Path, model: Path, tmp_path: Path
) -> None:
    coder = read_model(model).coder
    with pytest.raises(BadInput, match="100,000 letters"):
        code_file(answers, Columns("oficio"), coder, tmp_path / "coded.xlsx")
    assert not list(tmp_path.glob("*.xlsx"))

    short = written(tmp_path / "short.csv", [["oficio"], ["=1+1"], ["Cocinera"]])
    code_file(short, Columns("oficio"), coder, tmp_path / "coded.xlsx")
    grid = read_book(tmp_path / "coded.xlsx").grids[0]
    assert (grid.rows[2][0], grid.rows[3][1]) == ("'=1+1", "5120")


@pytest.mark.parametrize(
    ("rows", "column", "says"),
    [
        ([["id", "trabajo"], ["1", "a"]], "oficio", "no column 'oficio'. It has: id, trabajo"),
        ([["oficio", "oficio"], ["1", "a"]], "oficio", "2 columns 'oficio'"),
        ([["oficio", "b"], ["1", "a"], ["1"]], "oficio", "row 3: 1 cells, and the header has 2"),
        ([["oficio", "oficio_code"], ["1", "a"]], "oficio", "oficio_code already"),
        ([], "oficio", "no header"),
        ([["oficio", "b"], ["x\n" * 300, "a"]], "oficio", "a cell of more than 200 lines"),
    ],
)
def test_a_file_that_is_not_as_promised_is_refused_whole(
    rows: list[list[str]], column: str, says: str, model: Path, tmp_path: Path
) -> None:
    file, out = written(tmp_path / "bad.csv", rows), tmp_path / "coded.csv"
    with pytest.raises(BadInput, match=says):
        code_file(file, Columns(column), read_model(model).coder, out)
    assert [path.name for path in tmp_path.iterdir()] == ["bad.csv"]


def test_a_file_of_another_encoding_says_which_to_name(model: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "latin.csv", [["oficio"], ["albañil"]], "latin-1")
    coder, out = read_model(model).coder, tmp_path / "coded.csv"
    with pytest.raises(BadInput, match="--encoding windows-1252"):
        code_file(file, Columns("oficio"), coder, out)
    assert code_file(file, Columns("oficio"), coder, out, encoding="latin-1").how["index"] == 1


def test_a_workbook_is_not_taken_for_text(model: Path, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    write_queue(file, [])
    with pytest.raises(BadInput, match="Save the table as CSV"):
        code_file(file, Columns("oficio"), read_model(model).coder, tmp_path / "coded.csv")


def test_a_lost_quote_is_found(model: Path, tmp_path: Path) -> None:
    file = tmp_path / "quote.csv"
    file.write_text('oficio,b\n"albañil,1\ncocinera,2\n', "utf-8")
    with pytest.raises(BadInput, match="Is a quote lost"):
        code_file(file, Columns("oficio"), read_model(model).coder, tmp_path / "coded.csv")


def test_a_file_is_not_coded_over_itself(answers: Path, model: Path) -> None:
    with pytest.raises(BadInput, match="name another"):
        code_file(answers, Columns("oficio"), read_model(model).coder, answers)


@pytest.fixture
def queued(model: Path, tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    def make(count: int, share: float) -> tuple[Path, Path]:
        texts = [f"ayudante {'abcdefghij'[n % 10] * 3}" for n in range(count)]
        rows = [[text, "si" if n % 2 else "no"] for n, text in enumerate(texts)]
        file = written(tmp_path / "many.csv", [["oficio", "migrante"], *rows])
        first, second = tmp_path / "queue.xlsx", tmp_path / "queue.second.xlsx"
        code_file(
            file, Columns("oficio", by="migrante"), read_model(model).coder,
            tmp_path / "coded.csv", Queueing(first, second, share),
        )  # fmt: skip
        return first, second

    return make


def test_a_queue_has_each_unsure_answer_once_and_shows_no_code(
    queued: Callable[..., tuple[Path, Path]],
) -> None:
    first, second = (read_queue(path) for path in queued(100, 0.5))

    assert len(first) == 10
    assert all((line.rows, line.code) == (10, "") for line in first)
    assert {line.line for line in second} <= {line.line for line in first}
    assert {line.by for line in first} == {"si", "no"}
    assert len(first[0].proposals) == 5


def decided(path: Path, codes: dict[int, str], who: str = "ana") -> Path:
    lines = read_queue(path)
    done = [
        Line(**{**vars(line), "code": codes.get(n, ""), "coder": who if n else ""})
        for n, line in enumerate(lines)
    ]
    write_queue(path, done)
    return path


def test_decisions_are_recorded_with_who_and_when_and_coded_from_then_on(
    queued: Callable[..., tuple[Path, Path]], model: Path, tmp_path: Path
) -> None:
    first, _ = queued(100, 0.0)
    decided(first, {0: "5120 – Cocineros", 1: "110", 2: "71"})
    coder, log = read_model(model).coder, tmp_path / "decisions.csv"
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    done = take_decisions(first, log, coder, "beto", lambda: now)
    again = take_decisions(first, log, coder, "beto", lambda: now)

    assert (done.decided, done.new, done.open, again.new) == (3, 3, 7, 0)
    kept = read_decisions(log)
    assert [(d.coder, d.code) for d in kept] == [("beto", "5120"), ("ana", "0110"), ("ana", "71")]
    assert kept[0].decided_at == "2026-03-02T12:00:00+00:00"

    taught = with_index(coder, [read_index(log, "es", "ISCO-08")])
    from cauce.outlook.coding import Said

    coded = taught.code([Said(d.title) for d in kept])
    assert [each.code for each in coded] == ["5120", "0110", "71"]
    with pytest.raises(BadInput, match="3 decisions of ISCO-08 in es"):
        read_index(log, "en", "ISCO-08")


def test_a_code_the_classification_has_not_stops_the_queue(
    queued: Callable[..., tuple[Path, Path]], model: Path, tmp_path: Path
) -> None:
    first, _ = queued(20, 0.0)
    decided(first, {0: "7113", 1: "abc", 2: "5120"})
    with pytest.raises(BadInput, match="2 codes are none of ISCO-08: 7113, abc"):
        take_decisions(first, tmp_path / "log.csv", read_model(model).coder, "ana")
    assert not (tmp_path / "log.csv").exists()
    with pytest.raises(BadInput, match="--who"):
        take_decisions(first, tmp_path / "log.csv", read_model(model).coder, " ")


def test_what_is_no_queue_and_no_log_is_told(tmp_path: Path) -> None:
    other = written(tmp_path / "other.csv", [["a", "b"], ["1", "2"]])
    with pytest.raises(BadInput, match="lacks the column line"):
        read_queue(other)
    with pytest.raises(BadInput, match="no log of decisions"):
        read_decisions(other)
    with pytest.raises(BadInput, match="There is no file"):
        read_queue(tmp_path / "none.xlsx")


def test_agreement_is_told_by_level_group_and_migrant_status(model: Path, tmp_path: Path) -> None:
    coder = read_model(model).coder
    codes = ["7112", "7115", "5120", "0110"]

    def queue(name: str, of: Callable[[int], str]) -> Path:
        by = ("no", "si")
        lines = [Line(f"l{n}", 1, "x", "", "", by[n % 2], "", (), of(n)) for n in range(80)]
        write_queue(tmp_path / name, lines)
        return tmp_path / name

    one = queue("one.xlsx", lambda n: codes[n // 2 % 4])
    other = queue("two.xlsx", lambda n: codes[(n // 2 + (n % 16 == 0)) % 4])
    found = {(c.about, c.part, c.digits): c.found for c in compare_queues(one, other, coder)}

    assert found["all", "", 4].n == 80
    assert found["all", "", 4].agreed == pytest.approx(75 / 80)
    assert found["all", "", 1].agreed >= found["all", "", 4].agreed
    assert found["by", "si", 4].kappa == pytest.approx(1.0)
    assert found["by", "no", 4].kappa < 1
    assert {part for about, part, _ in found if about == "major group"} == {"0", "5", "7"}
    with pytest.raises(BadInput, match="No line"):
        compare_queues(one, queue("none.xlsx", lambda n: ""), coder)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"})


def test_the_commands_walk_from_file_to_agreement(
    answers: Path, model: Path, titles: Path, tmp_path: Path
) -> None:
    queue = tmp_path / "queue.xlsx"
    what = ("code", answers, "--column", "oficio", "--model", model)
    more = ("--lang", "es", "--queue", queue, "--double", "1")
    coded = run(*what, "--out", tmp_path / "c.csv", *more)
    assert coded.exit_code == 0, coded.output
    assert "9 rows written" in coded.output
    beside = run(*what, "--out", tmp_path / "d.csv", "--isic", "id")
    assert "learnt nothing from id" in beside.output
    second = tmp_path / "queue.second.xlsx"
    for path in (queue, second):
        decided(path, dict.fromkeys(range(9), "5120"))
    told = run("coding", "decide", queue, "--model", model, "--into", tmp_path / "log.csv")
    assert "new in" in told.output, told.output
    agreed = run("coding", "agree", queue, second, "--model", model, "--out", tmp_path / "a.csv")
    assert "too few" in agreed.output
    assert rows_of(tmp_path / "a.csv")[1][3:5] == ["4", "1.0000"]
    said = run("coding", "propose", "Zwzwzw", "--model", model, "--index", tmp_path / "log.csv")
    assert "index: 5120" in said.output
    shown = run("coding", "show", model, "--from", titles)
    assert "= the file given" in shown.output


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--lang", "en"), "trained for language 'es'"),
        (("--classification", "ISIC-4"), "trained for classification 'ISCO-08'"),
        (("--out", "c.txt"), "ends in .csv or .xlsx"),
        (("--out", "nowhere/c.csv"), "no folder"),
        (("--index", "none.csv"), "no file none.csv"),
    ],
)
def test_a_model_for_something_else_is_refused(
    asked: tuple[str, str], says: str, answers: Path, model: Path
) -> None:
    what = ("code", answers, "--column", "oficio", "--model", model)
    told = run(*what, "--out", answers.parent / "c.csv", *asked)
    assert told.exit_code == 1
    assert says in " ".join(told.output.split())


def test_a_model_is_checked_when_it_is_read(model: Path, tmp_path: Path) -> None:
    import numpy as np

    with np.load(model) as file:
        arrays = {name: file[name] for name in file.files}
    broken = tmp_path / "broken.npz"
    np.savez(broken, **{**arrays, "start": arrays["start"] + 1})
    with pytest.raises(BadInput, match="its hash differs"):
        read_model(broken)
    other = bytes(arrays["head"]).replace(b"cauce-coder/1", b"cauce-coder/9")
    np.savez(broken, **{**arrays, "head": np.frombuffer(other, np.uint8)})
    with pytest.raises(BadInput, match="is read"):
        read_model(broken)
    np.savez(broken, **{**arrays, "start": arrays["start"][:1]})
    with pytest.raises(BadInput, match="no model of cauce"):
        read_model(broken)
    broken.write_bytes(b"PK nothing")
    with pytest.raises(BadInput, match="no model of cauce"):
        read_model(broken)
    with pytest.raises(BadInput, match="There is no model"):
        read_model(tmp_path / "none.npz")


def test_the_same_files_and_seed_make_a_model_of_the_same_content(
    model: Path, titles: Path, tmp_path: Path
) -> None:
    again = train_model(Sources((), (titles,)), "es", "ISCO-08", tmp_path / "es.npz", REGION)

    assert again.sha256 == read_model(model).sha256


def test_titles_are_read_from_esco_from_groups_and_from_code_lists(tmp_path: Path) -> None:
    esco = written(tmp_path / "esco.csv", [
        ["iscoGroup", "preferredLabel", "altLabels", "description"],
        ["7112", "director técnico/directora técnica", "jefe\nencargado", "Dirigen obras."],
        ["5120", "herrero/a", "", ""],
    ])  # fmt: skip
    groups = written(tmp_path / "groups.csv", [
        ["code", "preferredLabel", "description"],
        ["7112", "Bricklayers", "They lay bricks.\nTasks include -\n(a)  laying bricks;\n"
         "Examples of the occupations classified here:\n- Bricklayer\n"
         "Some related occupations classified elsewhere:\n- Roofer - 7121"],
    ])  # fmt: skip
    found = read_source(esco, "es").titles

    names = [t.text for t in found if t.first]
    assert names == ["director técnico", "directora técnica", "herrero/a"]
    assert [t.text for t in found if not t.first] == ["jefe", "encargado"]
    of = read_source(groups, "en")
    assert of.of_groups
    assert [(t.text, t.whole) for t in of.titles] == [
        ("Bricklayers", True), ("Bricklayer", True),
        ("They lay bricks.\n", False), ("laying bricks;", False),
    ]  # fmt: skip
    with pytest.raises(BadInput, match="no column of titles"):
        read_source(written(tmp_path / "x.csv", [["a", "b"], ["1", "2"]]), "es")
    with pytest.raises(BadInput, match="no title with a code"):
        read_source(written(tmp_path / "y.csv", [["title", "code"], ["", "2"]]), "es")
    with pytest.raises(BadInput, match="en and es"):
        train_model(Sources((esco,)), "fr", "ISCO-08", tmp_path / "m.npz", REGION)
    with pytest.raises(BadInput, match="--from FILE"):
        train_model(Sources(()), "es", "ISCO-08", tmp_path / "m.npz", REGION)


def test_industries_are_backed_off_to_sections(tmp_path: Path) -> None:
    kinds = {"4100": "construcción", "4210": "obra vial", "0111": "siembra"}
    rows = [[f"{word} de {place}", code] for code, word in kinds.items() for place in PLACES]
    rows = [["actividad", "ciiu"], *rows]
    file, out = written(tmp_path / "isic.csv", rows), tmp_path / "isic.npz"
    train_model(Sources((file,)), "es", "ISIC-4", out, REGION)
    coder = read_model(out).coder

    assert coder.scheme.group("4100", 1) == "F"
    assert coder.names["F"] == "Construcción"


def test_forms_are_proposed_codes_by_the_model_of_their_language(model: Path) -> None:
    coder = read_model(model).coder
    propose = proposes_by([coder])

    assert propose("es", "cocineros")[0] == "5120"
    assert propose("en", "cook") == ()
    with pytest.raises(BadInput, match="one model"):
        proposes_by([coder, coder])


def test_margins_are_set_on_an_offices_own_answers_where_they_are_many(tmp_path: Path) -> None:
    rows = [[f"{name} {'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwx'[n // 100]}x", code]
            for code, name in KINDS.items() for n in range(400)]  # fmt: skip
    file = written(tmp_path / "own.csv", [["titulo", "codigo"], *rows])
    done = train_model(Sources((), (file,)), "es", "ISCO-08", tmp_path / "m.npz", REGION)

    assert done.own
    assert done.levels[0].right == done.levels[0].coded > 1_000
