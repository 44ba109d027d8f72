"""Courses and editions, as their registers hold them, turned into what is judged.

The fields are those of the registers `courses`, `course_editions`, `sessions` and `participants`.
People stand in them by token.
"""

from collections.abc import Mapping
from datetime import date

from cauce.assess.filled import day, flag, number, rows, text, whole
from cauce.model.fact import Between
from cauce.model.record import Absent, Record, Records
from cauce.model.training import Attendance, CompletionRule, Participant, Posting, Taught

TRAINER = "TRAI"


def rule_of(course: Record) -> CompletionRule | None:
    """What completes a course; None if it does not say.

    Source: none, it computes nothing.
    """
    attendance, score = number(course, "min_attendance_pct"), number(course, "min_score")
    if attendance is None and score is None:
        return None
    return CompletionRule(None if attendance is None else attendance / 100, score)


def of_edition(records: Records, edition: str) -> dict[str, Record]:
    """The records that are of an edition: its sessions, its participants.

    Source: none, it computes nothing.
    """
    return {key: one for key, one in records.items() if text(one, "edition") == edition}


def learners(participants: Records) -> dict[str, Record]:
    """Those who came to learn, by token; trainers are not among them.

    Source: none, it computes nothing.
    """
    return {
        text(one, "token"): one
        for one in participants.values()
        if text(one, "token") and text(one, "role") != TRAINER
    }


def participant_of(
    token: str, record: Record, sessions: Records, hours: float | None
) -> Participant:
    """A participant with attendance and scores.

    Of a session nobody wrote down it is not known whether they were there. Where attendance was
    kept as hours only, of `hours` given, it counts as two sessions: one attended, one missed.

    Source: none, it computes nothing.
    """
    listed = {text(row, "session"): row.get("attended") for row in rows(record, "attendance")}
    return Participant(
        token=token,
        sessions=_kept(listed, sessions) if listed else _by_hours(record, sessions, hours),
        pre=_score(record, "score_before"),
        post=_score(record, "score_after"),
    )


def _kept(listed: Mapping[str, object], sessions: Records) -> tuple[Attendance, ...]:
    return tuple(
        Attendance(number(session, "hours") or 0.0, _present(listed.get(key)))
        for key, session in sessions.items()
    )


def _present(value: object) -> bool | Absent:
    return value if isinstance(value, bool | Absent) else Absent.NOT_STATED


def _by_hours(record: Record, sessions: Records, hours: float | None) -> tuple[Attendance, ...]:
    held = sum(number(session, "hours") or 0.0 for session in sessions.values()) or hours
    if not held:
        return ()
    attended = number(record, "hours_attended")
    if attended is None:
        return (Attendance(held, Absent.NOT_STATED),)
    there = min(attended, held)
    return Attendance(there, present=True), Attendance(held - there, present=False)


def _score(record: Record, key: str) -> float | Absent:
    value = record.get(key)
    if isinstance(value, Absent):
        return value
    score = number(record, key)
    return Absent.NOT_STATED if score is None else score


def completed_on(edition: Record, sessions: Records) -> date | None:
    """The day an edition ended, or its last session was held; None if neither is known.

    Source: none, it computes nothing.
    """
    held = [on for one in sessions.values() if (on := day(one, "held_on")) is not None]
    return day(edition, "ends_on") or max(held, default=None)


def posting_of(token: str, record: Record, ended: date) -> Posting | None:
    """Where somebody worked when the edition ended, and what is known of it since.

    Coming for an institution confirms the post on that day. Who is known to have left, and not
    when, left between the two days on which it was known. None without an institution.

    Source: none, it computes nothing.
    """
    institution = text(record, "institution") or text(record, "institution_name")
    if not institution:
        return None
    known = day(record, "in_post_on") or ended
    left: date | Between | None = day(record, "post_until")
    if left is None and flag(record, "in_post") is False:
        left = Between(ended, known)
    return Posting(
        token=token,
        institution=institution,
        since=min(day(record, "post_since") or ended, ended),
        confirmed=max(known, ended),
        until=left,
    )


def taught_of(editions: Records, participants: Records) -> tuple[Taught, ...]:
    """Every edition with its trainers and whom they trained.

    Those reported beyond the ones entered are known by number only. An edition that names itself
    as the one it follows follows none.

    Source: none, it computes nothing.
    """
    return tuple(_taught(key, one, of_edition(participants, key)) for key, one in editions.items())


def _taught(key: str, edition: Record, participants: Records) -> Taught:
    trained = tuple(learners(participants))
    trainers = {
        text(one, "token") for one in participants.values() if text(one, "role") == TRAINER
    } | {text(one, "trained_by") for one in participants.values()}
    reported = whole(edition, "participants_reported") or 0
    follows = text(edition, "cascade_of")
    return Taught(
        edition=key,
        trainers=tuple(sorted(trainers - {""})),
        trained=trained,
        more=max(reported - len(trained), 0),
        follows="" if follows == key else follows,
    )
