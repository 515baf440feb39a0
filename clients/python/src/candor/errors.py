"""Every error of the client. Those of the API carry its code, message and hint."""

from typing import Any


class CandorError(Exception):
    """Anything that this package raises."""


class Unreachable(CandorError):
    """The server did not answer, after all retries."""


class ApiError(CandorError):
    """The server refused: `code` is for programs, `message` and `hint` are for people."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        hint: str,
        request_id: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(f"{status} {code}: {message} ({hint})")
        self.status = status
        self.code = code
        self.message = message
        self.hint = hint
        #: Names this request in the server's log.
        self.request_id = request_id
        self.retry_after_s = retry_after_s


class Invalid(ApiError):
    """400, 415, 422: the request is not what the route takes."""


class Unauthorised(ApiError):
    """401: no key, a wrong key, or a token that does not hold."""


class Forbidden(ApiError):
    """403: this key or token may not do that."""


class NotFound(ApiError):
    """404: there is no such thing."""


class Conflict(ApiError):
    """409: an idempotency key that came with another body, or a job that is running."""


class TooLarge(ApiError):
    """413: the body is larger than the server takes."""


class TooManyRequests(ApiError):
    """429, after all retries."""


class Unavailable(ApiError):
    """502, 503, 504: not trained, stopping or too slow, after all retries."""


class ServerFault(ApiError):
    """Any other 5xx: the server's log has the cause under `request_id`."""


_BY_STATUS: dict[int, type[ApiError]] = {
    400: Invalid, 401: Unauthorised, 403: Forbidden, 404: NotFound, 409: Conflict,
    413: TooLarge, 415: Invalid, 422: Invalid, 429: TooManyRequests,
    502: Unavailable, 503: Unavailable, 504: Unavailable,
}  # fmt: skip


def of_response(
    status: int, body: Any, request_id: str | None, retry_after_s: float | None
) -> ApiError:
    """The error that a response stands for; also of a proxy, whose body is not the API's."""
    detail = body.get("error") if isinstance(body, dict) else None
    detail = detail if isinstance(detail, dict) else {}
    kind = _BY_STATUS.get(status, ServerFault if status >= 500 else ApiError)
    return kind(
        status,
        str(detail.get("code", "unknown")),
        str(detail.get("message", "the answer is not one of the Candor API")),
        str(detail.get("hint", "check the address, and what stands between it and you")),
        request_id,
        retry_after_s,
    )
