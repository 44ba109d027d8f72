"""Statuses and completion equal the tables worked out by hand beside this file."""

import csv
from datetime import date
from pathlib import Path

from cauce.assess.plans.indicators import indicator_progress
from cauce.assess.plans.tasks import task_progress
from cauce.model.plan import Indicator, Report, Task, TaskReport
from cauce.model.text import Text

HERE = Path(__file__).parent
NAME = Text("name", "nombre")


def rows(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def day(text):
    return date.fromisoformat(text) if text else None


def pairs(text, mark):
    return [
        (day(part.partition(mark)[0]), part.partition(mark)[2]) for part in text.split(";") if part
    ]


def shown(value):
    return "" if value is None else f"{value:.2f}"


def report(until, said):
    kind = said if said in ("NC", "NR") else "VALUE"
    return Report("I", "XAA", until, kind, float(said) if kind == "VALUE" else None)


def test_each_indicator_stands_where_the_table_says():
    for line, row in enumerate(rows("indicators"), start=2):
        indicator = Indicator(
            id="I",
            node="N",
            name=NAME,
            direction=row["direction"],
            baseline=float(row["baseline"]) if row["baseline"] else None,
            baseline_on=date(2022, 12, 31),
            targets={due: float(value) for due, value in pairs(row["targets"], ":")},
        )
        reports = [report(until, said) for until, said in pairs(row["reports"], "=")]
        found = indicator_progress(indicator, "XAA", reports, day(row["on"]))
        assert (found.status, shown(found.completion), found.as_of) == (
            row["status"],
            row["completion"],
            day(row["as_of"]),
        ), f"indicators.csv, line {line}: {found.because.en}"


def test_each_task_stands_where_the_table_says():
    for line, row in enumerate(rows("tasks"), start=2):
        task = Task("T", "N", NAME, day(row["due"]), day(row["start"]))
        reports = [TaskReport("T", "XAA", on, said) for on, said in pairs(row["reports"], "=")]
        found = task_progress(task, "XAA", reports, day(row["on"]))
        if not row["status"]:
            assert found is None
            continue
        assert (found.status, shown(found.completion)) == (row["status"], row["completion"]), (
            f"tasks.csv, line {line}: {found.because.en}"
        )
