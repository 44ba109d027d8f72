"""A client who never finishes asking is not waited for."""

import asyncio
from contextlib import suppress
from typing import Any

import uvicorn

from cauce.cli.patient import Patient


class Quick(Patient):
    longest_head = 0.3


async def app(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.sleep(0.6)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def told(*words: bytes) -> bytes:
    """What a client is told who says these words one after the other."""
    config = uvicorn.Config(app, http=Quick, lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    loop = asyncio.get_running_loop()
    made = lambda: Quick(config, server.server_state, {}, loop)  # noqa: E731
    listening = await loop.create_server(made, "127.0.0.1", 0)
    answer = b""
    async with listening:
        reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname())
        with suppress(ConnectionError):
            for word in words:
                writer.write(word)
                await asyncio.sleep(0.1)
            answer = await asyncio.wait_for(reader.read(), 60)
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()
        await asyncio.sleep(0.05)
    return answer


def test_half_a_request_is_left_after_a_while_however_it_drips() -> None:
    assert asyncio.run(told(b"GET / HTTP/1.1\r\n", b"a: b\r\n", b"c: d\r\n", b"e: f\r\n")) == b""


def test_a_whole_request_is_answered_however_long_the_answer_takes() -> None:
    words = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert asyncio.run(told(words)).startswith(b"HTTP/1.1 204")
