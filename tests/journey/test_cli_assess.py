"""`cauce assess report` on what an assessment brought home."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
FRAME = ROOT / "packs/frames/access_framework.toml"
RESPONDENTS = """respondent,institution,function,country,instrument
a,Ministry,LAB,XAA,SURV
b,Migration office,MIG,XAA,KII
c,Union,TUN,XAA,FGD
"""


def test_a_report_in_both_languages_for_each_country(run_here, tmp_path: Path) -> None:
    people, answers, out = tmp_path / "r.csv", tmp_path / "a.csv", tmp_path / "out"
    people.write_text(RESPONDENTS)
    answers.write_text("respondent,item,score\na,REG_STR,4\nb,REG_STR,4\nc,REG_STR,0\na,REG_SYS,\n")

    options = ("--respondents", people, "--answers", answers, "--into", out)
    made = run_here("assess", "report", FRAME, *options)
    assert made.returncode == 0, made.stderr

    english, spanish = ((out / f"XAA.{name}.md").read_text("utf-8") for name in ("en", "es"))
    # Government 4 and the union 0 weigh the same: 2, with 2 of 3 pairs 4 levels apart.
    assert "Are there bodies with a clear mandate to regulate" in english
    assert "| 2.0 | 100% | 3 | 2.7 |" in english
    assert "## Hoja de ruta" in spanish


def test_what_is_wrong_with_the_files_is_said(run_here, tmp_path: Path) -> None:
    people, answers = tmp_path / "r.csv", tmp_path / "a.csv"
    people.write_text(RESPONDENTS)
    options = ("--respondents", people, "--answers", answers, "--into", tmp_path)

    for wrong, said in (
        (b"respondent,item,score\na,REG_STR,high\n", "no whole number and not UNK"),
        (b"who,item,score\n", "has no column respondent"),
        (b"\xff\xfe\x00", "cannot be read as UTF-8"),
    ):
        answers.write_bytes(wrong)
        found = run_here("assess", "report", FRAME, *options)
        assert found.returncode == 1
        assert said in found.stderr
