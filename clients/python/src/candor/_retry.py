"""When a request is repeated, and after how long. No I/O."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from candor.errors import ApiError, CandorError

RETRIED = frozenset({429, 502, 503, 504})
#: Posts that may be done twice: they read, or name what they add.
_READING = frozenset(
    f"/v1/{name}" for name in ("recommendations", "cards", "reviews", "exposures", "tokens")
)
#: Refusals before anything was done.
_UNTOUCHED = frozenset({"too_many_requests", "not_ready", "stopping"})


def may_repeat(method: str, path: str, headers: Mapping[str, str], error: CandorError) -> bool:
    """Whether a failed request may be sent again: what it writes is not written twice."""
    if method != "POST" or "idempotency-key" in headers or path in _READING:
        return True
    if isinstance(error, ApiError):
        return error.status == 429 or error.code in _UNTOUCHED
    return isinstance(error.__cause__, httpx.ConnectError)


@dataclass(frozen=True)
class Retry:
    """Repeats of a request that failed for a passing reason."""

    attempts: int = 4
    first_s: float = 0.25
    longest_s: float = 8.0
    #: A server that asks to wait longer than this is not waited for: the error carries its wish.
    longest_retry_after_s: float = 60.0

    def wait_s(self, attempt: int, retry_after_s: float | None) -> float | None:
        """The pause after failed attempt number `attempt` (from 0); none: give up."""
        if attempt + 1 >= self.attempts:
            return None
        if retry_after_s is not None:
            return retry_after_s if retry_after_s <= self.longest_retry_after_s else None
        # Jitter, so that many clients do not come back at once.
        return random.uniform(0.5, 1.0) * min(self.longest_s, self.first_s * 2.0**attempt)


def date_of(headers: Mapping[str, str]) -> datetime | None:
    """The clock of the server."""
    try:
        return parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        return None


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """`Retry-After`, in seconds or as a date (counted from the server's own clock)."""
    value: str | None = headers.get("retry-after")
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        until: datetime = parsedate_to_datetime(value)
    except ValueError:
        return None
    now: datetime = date_of(headers) or datetime.now(UTC)
    return float(max(0.0, (until - now).total_seconds()))
