"""`cauce outlook population` says the people there will be, what is assumed, and what lacks."""

from pathlib import Path

AGES = ("0-4", "5-9", "10+")
CENSUS = [f"population,2025,{sex},{age},1000,Census of 2025" for sex in "FM" for age in AGES]


def test_a_national_population_is_told_with_its_source_and_what_it_cannot_say(
    run_here, tmp_path: Path
) -> None:
    path = tmp_path / "office.csv"
    path.write_text("\n".join(["quantity,year,sex,age,value,source", *CENSUS]) + "\n")

    told = run_here("outlook", "population", "XCA", "--national", path)
    assert told.returncode == 0, told.stderr
    assert "6,000" in told.stdout
    assert "Assumed: Population: Census of 2025." in told.stdout
    assert "Not produced: own cohort projection." in told.stdout

    path.write_text(path.read_text().replace("quantity", "what"))
    wrong = run_here("outlook", "population", "XCA", "--national", path)
    assert wrong.returncode == 1
    assert "the header has to be quantity,year" in wrong.stderr
