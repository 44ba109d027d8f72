"""What a codebook says of a survey, and what it leaves open."""

from cauce.model.codebook import Category, Codebook, FileColumn, SurveyFile


def test_what_nobody_said_of_a_survey_stays_empty() -> None:
    column = FileColumn("sexo", {"": "Sexo"}, categories=(Category("1", {"": "Hombre"}),))
    book = Codebook("XAA", {"es": "Encuesta"}, (SurveyFile("a.csv", (column,)),))
    assert (book.area, book.licence, book.sampling, book.derived) == ("", {}, {}, ())
    assert (column.kind, column.question, column.roles) == ("", {}, ())
    assert not column.categories[0].missing
