"""A message on its way to a client, cut so small that a slow reader can take each piece in time."""

import asyncio
from collections.abc import Iterator

from starlette.types import Message, Send

PIECE = 1 << 16


async def hand_over(message: Message, send: Send, seconds: float) -> None:
    """Send a message in pieces. Raises TimeoutError if one is not taken within so many seconds."""
    for piece in _pieces(message):
        async with asyncio.timeout(seconds):
            await send(piece)


def _pieces(message: Message) -> Iterator[Message]:
    body, more = message.get("body", b""), message.get("more_body", False)
    if len(body) <= PIECE:
        yield message
        return
    whole = memoryview(body)
    for start in range(0, len(whole), PIECE):
        last = start + PIECE >= len(whole)
        part = bytes(whole[start : start + PIECE])
        yield {"type": message["type"], "body": part, "more_body": more or not last}
