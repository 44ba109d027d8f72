"""The same at the desk over PostgreSQL, with a login that owns nothing and sees what it is told."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import make_url

from cauce.store.log import Database, open_database
from cauce.store.log.row_security import login

from .test_books import (  # noqa: F401 - collected here once more
    test_personal_values_go_to_whom_they_are_for_and_that_is_written_down,
)
from .test_books_sent import (  # noqa: F401 - collected here once more
    test_a_workbook_without_faults_is_entered_once_it_was_said_yes_to,
    test_somebody_who_was_faster_is_told_of_at_the_cell,
    test_what_is_pressed_or_sent_twice_is_entered_once,
    test_what_somebody_sent_is_theirs_alone,
)
from .test_editing import (  # noqa: F401 - collected here once more
    test_a_draft_saved_in_two_windows_becomes_two_drafts,
)
from .test_four_eyes import (  # noqa: F401 - collected here once more
    test_a_stale_save_shows_both_versions_and_takes_what_is_chosen,
    test_what_came_back_is_taken_up_again_as_it_was_and_approved,
    test_who_approves_the_last_entry_approves_what_it_rests_on,
)
from .test_looking import (  # noqa: F401 - collected here once more
    test_a_list_is_searched_filtered_and_shown_as_it_was_known,
)
from .test_who_sees_what import (  # noqa: F401 - collected here once more
    test_a_foreign_record_and_an_absent_one_are_answered_alike,
    test_what_can_harm_somebody_is_sealed_and_open_to_who_may_see_it,
    test_what_must_be_unique_is_asked_of_every_countrys_records,
    test_who_only_sees_what_was_approved_does_not_even_find_what_waits,
)

PASSWORD = "invented"  # noqa: S105 - of a server that lives as long as a test


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own."""
    # The server's package warns at import where no desktop has set this.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    import pgserver

    made = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    yield made.get_uri().replace("postgresql://", "postgresql+psycopg://")
    made.cleanup()


@pytest.fixture
def database(server: str, tmp_path: Path) -> Iterator[Database]:
    """The database as the office's own login sees it; the owner made it."""
    name = f"o{abs(hash(tmp_path)):x}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'"))
    address = server.replace("/postgres?", f"/{name}?")
    owner = open_database(address)
    with owner.engine.begin() as connection:
        for statement in login(name):
            connection.execute(text(statement))
    owner.close()
    mine = make_url(address).set(username=name, password=PASSWORD)
    opened = open_database(mine.render_as_string(hide_password=False))
    yield opened
    opened.close()
