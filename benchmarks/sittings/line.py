"""A slow line where the machine gives no network of its own: ``python -m benchmarks.sittings.line PORT TO`` passes bytes on late and slowly.

What it cannot do: the beginning of a connection is not late. It is as early for the page as for the file beside it.
"""
import asyncio
import sys
from functools import partial

LATE, RATE, PIECE = 0.015, 20_000_000 / 8, 1_448       # seconds each way, bytes a second, bytes of a packet


async def main(port: int, to: int) -> None:
    server = await asyncio.start_server(partial(_pass_on, to), "127.0.0.1", port)
    await server.serve_forever()


async def _pass_on(to: int, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
    there, onward = await asyncio.open_connection("127.0.0.1", to)
    await asyncio.gather(_carry(here, onward), _carry(there, back), return_exceptions=True)


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Each piece leaves when the ones before it have, and arrives later by the same time."""
    loop, waiting, free = asyncio.get_running_loop(), asyncio.Queue[tuple[float, bytes]](), 0.0
    arriving = asyncio.create_task(_arrive(waiting, target))
    while data := await source.read(PIECE):
        free = max(free, loop.time()) + len(data) / RATE
        waiting.put_nowait((free + LATE, data))
    waiting.put_nowait((free + LATE, b""))
    await arriving


async def _arrive(waiting: "asyncio.Queue[tuple[float, bytes]]", target: asyncio.StreamWriter) -> None:
    loop = asyncio.get_running_loop()
    while True:
        at, data = await waiting.get()
        await asyncio.sleep(max(0.0, at - loop.time()))
        if not data:
            target.close()
            return
        target.write(data)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
