"""A reader of the catalogue, in either language, with a survey or without."""

from collections.abc import Callable
from pathlib import Path

DEMO = Path("packs/demo/lfs_2025")


def test_one_indicator_is_told_with_its_rules(run: Callable) -> None:
    done = run("indicators", DEMO, "--find", "EMP_5EMP_SEX_AGE_NB")
    assert done.returncode == 0, done.stderr
    assert "universe: AGE >= 15" in done.stdout
    assert "by SEX × AGE_BAND" in done.stdout
    assert "employment is work for pay or profit only" in done.stdout
    assert "column p01_trabajo" in done.stdout


def test_what_a_survey_does_not_give_is_listed_with_the_reason(run: Callable) -> None:
    done = run("indicators", DEMO, "--missing", "--lang", "es")
    assert "no disponible: La encuesta no da: Niña o niño de 5 a 17 años ocupado." in done.stdout
    assert "UNE_DEAP " not in done.stdout
    assert "entradas disponibles" in done.stdout
    assert "desgloses con código propio" in done.stdout


def test_what_is_not_in_the_catalogue_is_said(run: Callable) -> None:
    done = run("indicators", "--find", "happiness")
    assert done.returncode == 1
    assert "nothing with 'happiness' in its code or name" in done.stderr


def test_one_indicator_is_told_in_spanish_to_the_last_word(run_here: Callable) -> None:
    done = run_here("indicators", "--find", "EMP_5EMP_SEX_AGE_NB", "--lang", "es")
    facts = [line.split(":")[0].strip() for line in done.stdout.splitlines() if line[:2] == "  "]
    assert "universo" in facts
    assert "unidad" in facts
    assert not {"universe", "numerator", "unit", "age", "source"} & set(facts)
