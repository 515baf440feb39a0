"""Events that wait to be sent, on disk where wanted. `_queue.py` is written from this file."""

import json
import sqlite3
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from candor import types
from candor._async_client import AsyncClient
from candor.errors import CandorError, Invalid, TooLarge


class AsyncEventQueue:
    """Sends events in batches, and keeps what could not be sent.

    With `path` what is added is on disk when `add` returns, and a later process goes on with it.
    Each event has a `message_id` of its own, so one that is sent twice counts once. Beyond
    `most_events` the oldest are dropped and counted in `n_dropped`.
    """

    def __init__(
        self,
        client: AsyncClient,
        path: str | Path | None = None,
        *,
        batch_size: int = 500,
        most_events: int = 100_000,
        on_rejected: Callable[[types.NativeEvent, str], None] | None = None,
    ) -> None:
        self._client, self._batch_size, self._most = client, batch_size, most_events
        self._on_rejected = on_rejected
        self.n_dropped = 0
        #: The cause for which the last `flush` left events behind.
        self.last_error: CandorError | None = None
        self._rows = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=30)
        self._rows.execute(
            "CREATE TABLE IF NOT EXISTS events "
            "(n INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, body TEXT NOT NULL)"
        )

    def __len__(self) -> int:
        return int(self._rows.execute("SELECT count(*) FROM events").fetchone()[0])

    def add(self, event: types.NativeEvent) -> None:
        """Keeps one event until it is sent. Its time is now, unless it names one."""
        body = json.dumps({"message_id": str(uuid.uuid4())} | dict(event))
        now = self._client._clock()
        self._rows.execute("INSERT INTO events (at, body) VALUES (?, ?)", (now, body))
        excess = len(self) - self._most
        if excess > 0:
            oldest = "DELETE FROM events WHERE n IN (SELECT n FROM events ORDER BY n LIMIT ?)"
            self.n_dropped += self._rows.execute(oldest, (excess,)).rowcount

    async def flush(self) -> int:
        """Sends all that waits and returns how many events the server has now.

        Does not raise where the server cannot be had or refuses the key: the events stay, and
        `last_error` says why. An event that the server refuses is handed to `on_rejected`.
        """
        n_sent, size = 0, self._batch_size
        self.last_error = None
        try:
            while rows := self._oldest(size):
                if self._client.clock_skew_s is None:
                    await self._client.live()
                events = [self._event(at, body) for _, at, body in rows]
                try:
                    done = await self._client.send_events(events)
                except TooLarge as error:
                    if len(rows) == 1:
                        self._reject(events, [(0, error.message)])
                        self._remove(rows)
                    size = max(1, len(rows) // 2)
                    continue
                except Invalid as error:
                    # One by one, so that each gets its own cause.
                    if len(rows) > 1:
                        size = 1
                        continue
                    self._reject(events, [(0, error.message)])
                else:
                    n_sent += done["accepted"] + done["known"]
                    self._reject(events, [(row["index"], row["message"]) for row in done["rejected"]])
                self._remove(rows)
        except CandorError as error:
            self.last_error = error
        return n_sent

    async def aclose(self) -> None:
        """Sends what it can; the rest stays on disk."""
        await self.flush()
        self._rows.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    def _oldest(self, n: int) -> list[tuple[int, float, str]]:
        return self._rows.execute("SELECT n, at, body FROM events ORDER BY n LIMIT ?", (n,)).fetchall()

    def _event(self, at: float, body: str) -> types.NativeEvent:
        event: Any = json.loads(body)
        if event.get("time") is None:
            # By the server's clock: one that runs ahead would have the event refused.
            right = at + (self._client.clock_skew_s or 0.0)
            event["time"] = datetime.fromtimestamp(right, UTC).isoformat()
        return event  # type: ignore[no-any-return]

    def _remove(self, rows: list[tuple[int, float, str]]) -> None:
        self._rows.execute("DELETE FROM events WHERE n BETWEEN ? AND ?", (rows[0][0], rows[-1][0]))

    def _reject(self, events: list[types.NativeEvent], rejected: list[tuple[int, str]]) -> None:
        for index, message in rejected:
            if self._on_rejected:
                self._on_rejected(events[index], message)
