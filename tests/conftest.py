"""For all tests: laws are tried without a clock, and questions are asked on one loop."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import settings
from starlette.testclient import TestClient

# The first call of a kernel compiles it.
settings.register_profile("cauce", deadline=None, print_blob=True)
settings.load_profile("cauce")


@pytest.fixture(scope="session", autouse=True)
def one_loop() -> Iterator[None]:
    """A client begins a loop and its threads for each question; here they go on, as when served."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:

        @contextmanager
        def factory(client: TestClient) -> Iterator[BlockingPortal]:
            yield client.portal or portal

        patch.setattr(TestClient, "_portal_factory", factory)
        yield
