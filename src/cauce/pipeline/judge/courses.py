"""An edition of a course on a day."""

from cauce.assess.filled import text
from cauce.assess.trainings.editions import edition_report
from cauce.assess.trainings.told import told_edition
from cauce.model.judgement import Judgement
from cauce.model.training import CourseRecords, EditionReport
from cauce.pipeline.judge.sight import Sight, one, speaker


def judge_edition(sight: Sight, key: str, people: bool = False) -> tuple[EditionReport, Judgement]:
    """Completion, gains, cascade, refresher due and roster; `people` also lists them by token.

    Raises:
        BadInput: there is no such edition, or its course is not there.
    """
    editions = sight.records("course_editions")
    edition = one(sight, "course_editions", key)
    report = edition_report(
        CourseRecords(
            key=key,
            edition=edition,
            course=one(sight, "courses", text(edition, "course")),
            editions=editions,
            sessions=sight.records("sessions"),
            participants=sight.records("participants"),
        ),
        sight.day,
    )
    return report, told_edition(report, speaker(sight, ["institutions"]), people)
