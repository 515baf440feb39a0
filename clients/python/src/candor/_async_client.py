"""The API, method by method. `_client.py` is written from this file: change this one."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import quote

import httpx

from candor import errors, types
from candor._retry import RETRIED, Retry, date_of, may_repeat, retry_after_s


class AsyncClient:
    """A shop at one address, with one key.

    `token` acts for one shopper and goes with the publishable key. Every method raises
    `candor.CandorError`; what failed for a passing reason was repeated before.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:7700",
        *,
        key: str | None = None,
        token: str | None = None,
        timeout_s: float = 30.0,
        retry: Retry = Retry(),
        http: httpx.AsyncClient | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._url = url.rstrip("/")
        self._headers = {"authorization": f"Bearer {key}"} if key else {}
        if token:
            self._headers["x-candor-token"] = token
        self._http = http or httpx.AsyncClient(timeout=timeout_s)
        self._retry, self._sleep, self._clock = retry, sleep, clock
        #: Seconds by which the server's clock is ahead of this one; none: not known yet.
        self.clock_skew_s: float | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    # -- lists and reasons

    async def recommend(self, **request: Any) -> types.Answer:
        """A list with its reasons. Fields as in `types.Request`: `shopper`, `k`, `lang`, …"""
        return cast(types.Answer, await self._call("POST", "/v1/recommendations", json=request))

    async def cards(self, **request: Any) -> types.Cards:
        """The same list, ready to be shown: titles, prices, and the facts of each reason."""
        return cast(types.Cards, await self._call("POST", "/v1/cards", json=request))

    async def delivered(self, request_id: str, *, verify: bool = False) -> types.Delivered:
        """An answer as it was recorded; `verify` recounts its claims from the log."""
        path = f"/v1/recommendations/{_part(request_id)}"
        query = {"verify": "true"} if verify else {}
        return cast(types.Delivered, await self._call("GET", path, query=query))

    async def bundle(self, request_id: str) -> dict[str, Any]:
        """The proof of an answer, for `candor verify`: its rows, with persons hidden."""
        path = f"/v1/recommendations/{_part(request_id)}/bundle"
        return cast(dict[str, Any], await self._call("GET", path))

    async def ask(self, question: str | None = None, **request: Any) -> types.Asked:
        """A question about a list, an item or what is known. Fields as in `types.AskRequest`."""
        body = request | ({"question": question} if question is not None else {})
        return cast(types.Asked, await self._call("POST", "/v1/ask", json=body))

    async def content(self, item_id: str, **request: Any) -> types.Content:
        """Drafts of a description or an advertisement, each sentence with its proof."""
        body = {"item_id": item_id} | request
        return cast(types.Content, await self._call("POST", "/v1/content", json=body))

    # -- what shoppers do

    async def send_events(
        self, events: Iterable[types.NativeEvent], *, idempotency_key: str | None = None
    ) -> types.Collected:
        """Takes in events at once; repeats are counted once. For many, see `EventQueue`."""
        batch = list(events)
        if not batch:
            return {"accepted": 0, "known": 0, "rejected": []}
        keyed = {"idempotency-key": idempotency_key or str(uuid.uuid4())}
        body = {"events": batch}
        return cast(
            types.Collected, await self._call("POST", "/v1/events", json=body, headers=keyed)
        )

    async def send_reviews(
        self, reviews: Iterable[types.NewReview]
    ) -> types.ReviewsAcknowledged:
        """Takes in reviews; each gets a `message_id`, so that a repeat is known."""
        batch = [{"message_id": str(uuid.uuid4())} | dict(review) for review in reviews]
        if not batch:
            return {"accepted": 0, "known": 0, "rejected": []}
        answer = await self._call("POST", "/v1/reviews", json={"reviews": batch})
        return cast(types.ReviewsAcknowledged, answer)

    async def exposed(self, request_id: str, item_ids: Iterable[str] = ()) -> types.Acknowledged:
        """Says which items of an answer came into view; none named: all."""
        body = {"request_id": request_id} | ({"item_ids": named} if (named := list(item_ids)) else {})
        return cast(types.Acknowledged, await self._call("POST", "/v1/exposures", json=body))

    async def judge(self, reason_id: str, feedback: types.FeedbackKind) -> types.Acknowledged:
        """What a shopper says of a reason."""
        path = f"/v1/reasons/{_part(reason_id)}/feedback"
        return cast(types.Acknowledged, await self._call("POST", path, json={"feedback": feedback}))

    # -- what shoppers decide

    async def correct(
        self, shopper: str, correction: types.Correction, **list_request: Any
    ) -> types.Effect:
        """Corrects what is made of a shopper; tells the list before and after."""
        body = {"correction": correction} | ({"list": list_request} if list_request else {})
        path = f"/v1/shoppers/{_part(shopper)}/corrections"
        return cast(types.Effect, await self._call("POST", path, json=body))

    async def corrections(self, shopper: str) -> list[types.Kept]:
        """Every correction that a shopper made."""
        path = f"/v1/shoppers/{_part(shopper)}/corrections"
        return cast(list[types.Kept], await self._call("GET", path))

    async def take_back(self, shopper: str, correction_id: str) -> types.Effect:
        """Takes a correction back, without a trace."""
        path = f"/v1/shoppers/{_part(shopper)}/corrections/{_part(correction_id)}"
        return cast(types.Effect, await self._call("DELETE", path))

    async def profile(self, shopper: str) -> types.Profile:
        """What is made of a shopper: tastes, each with its events and how to remove it."""
        return cast(types.Profile, await self._call("GET", f"/v1/shoppers/{_part(shopper)}/profile"))

    async def set_profile(self, shopper: str, tags: list[types.Tag]) -> types.Effect:
        """Replaces what is made of a shopper by what they say themselves."""
        path = f"/v1/shoppers/{_part(shopper)}/profile"
        return cast(types.Effect, await self._call("PUT", path, json={"tags": tags}))

    async def drop_profile(self, shopper: str) -> types.Effect:
        """Uses nothing of a shopper's past any more."""
        path = f"/v1/shoppers/{_part(shopper)}/profile"
        return cast(types.Effect, await self._call("DELETE", path))

    async def preferences(self, shopper: str) -> types.Preferences:
        """A shopper's language, and whether they are profiled."""
        path = f"/v1/shoppers/{_part(shopper)}/preferences"
        return cast(types.Preferences, await self._call("GET", path))

    async def set_preferences(self, shopper: str, **preferences: Any) -> types.Preferences:
        """Sets both: `language`, `profiling`."""
        path = f"/v1/shoppers/{_part(shopper)}/preferences"
        return cast(types.Preferences, await self._call("PUT", path, json=preferences))

    async def export_shopper(self, shopper: str) -> dict[str, Any]:
        """Everything that is kept about a shopper."""
        path = f"/v1/shoppers/{_part(shopper)}/export"
        return cast(dict[str, Any], await self._call("GET", path))

    async def erase(self, shopper: str) -> dict[str, Any]:
        """Forgets a shopper: log, counts, answers and models. Takes the admin key."""
        return cast(dict[str, Any], await self._call("DELETE", f"/v1/shoppers/{_part(shopper)}"))

    async def token(
        self, shopper: str | None = None, session: str | None = None
    ) -> types.Token:
        """A token with which a page acts for this one shopper or visit."""
        named = {"shopper": shopper, "session": session}
        body = {name: value for name, value in named.items() if value is not None}
        return cast(types.Token, await self._call("POST", "/v1/tokens", json=body))

    # -- the catalogue

    async def items(self, *, cursor: str | None = None, limit: int | None = None) -> types.ItemsPage:
        """A page of the catalogue; `next_cursor` leads to the next."""
        query = {"cursor": cursor, "limit": limit}
        return cast(types.ItemsPage, await self._call("GET", "/v1/items", query=query))

    async def item(self, item_id: str) -> types.Item:
        """One item."""
        return cast(types.Item, await self._call("GET", f"/v1/items/{_part(item_id)}"))

    async def put_items(
        self, items: Iterable[types.Item], *, batch_size: int = 500
    ) -> types.ItemsPut:
        """Adds or replaces items, in batches; `index` of what is rejected counts from the first."""
        whole: types.ItemsPut = {"changed": 0, "unchanged": 0, "rejected": []}
        every = list(items)
        for start in range(0, len(every), batch_size):
            body = {"items": every[start : start + batch_size]}
            put = cast(types.ItemsPut, await self._call("PUT", "/v1/items", json=body))
            whole["changed"] += put["changed"]
            whole["unchanged"] += put["unchanged"]
            for row in put["rejected"]:
                whole["rejected"].append({"index": start + row["index"], "message": row["message"]})
        return whole

    async def put_item(self, item: types.Item) -> types.Item:
        """Adds or replaces one item, and returns it as it is kept."""
        path = f"/v1/items/{_part(item['item_id'])}"
        return cast(types.Item, await self._call("PUT", path, json=dict(item)))

    async def change_item(self, item_id: str, changes: Mapping[str, Any]) -> types.Item:
        """Changes named fields only (merge patch): a price, the stock; `None` clears one."""
        merge = {"content-type": "application/merge-patch+json"}
        path = f"/v1/items/{_part(item_id)}"
        return cast(types.Item, await self._call("PATCH", path, json=dict(changes), headers=merge))

    async def delete_item(self, item_id: str) -> None:
        """Takes an item out of every list."""
        await self._call("DELETE", f"/v1/items/{_part(item_id)}")

    async def unlisted(self, limit: int | None = None) -> types.UnlistedIds:
        """Ids that events name and the catalogue lacks."""
        return cast(
            types.UnlistedIds, await self._call("GET", "/v1/unlisted-items", query={"limit": limit})
        )

    # -- feeds and imports

    async def put_feed(
        self, content: bytes, *, idempotency_key: str | None = None, **options: Any
    ) -> types.Run:
        """Takes a file as `candor import` does; options as its own: `format`, `complete`, …"""
        kind = {"content-type": "application/octet-stream"}
        keyed = kind | {"idempotency-key": idempotency_key or str(uuid.uuid4())}
        run = await self._call("PUT", "/v1/feed", query=options, content=content, headers=keyed)
        return cast(types.Run, run)

    async def feeds(self) -> types.FeedList:
        """The feeds that the server knows, each with its last look."""
        return cast(types.FeedList, await self._call("GET", "/v1/feeds"))

    async def pull_feed(self, name: str) -> None:
        """Has the server look at a feed now."""
        await self._call("POST", f"/v1/feeds/{_part(name)}/pull")

    async def imports(self) -> types.ImportList:
        """Every import, the newest first."""
        return cast(types.ImportList, await self._call("GET", "/v1/imports"))

    async def import_run(self, run_id: str, *, wait_s: int | None = None) -> types.Run:
        """One import with its report; waits up to so many seconds until it has ended."""
        query = {"wait": wait_s}
        return cast(types.Run, await self._call("GET", f"/v1/imports/{_part(run_id)}", query=query))

    async def confirm_import(self, run_id: str) -> types.Run:
        """Answers yes to an import that asked before it retires most items."""
        path = f"/v1/imports/{_part(run_id)}/confirm"
        return cast(types.Run, await self._call("POST", path))

    # -- trust, experiments, models

    async def trust(self) -> dict[str, Any]:
        """The trust report: what shoppers answer, what they do, and what can be checked."""
        return cast(dict[str, Any], await self._call("GET", "/v1/trust"))

    async def next_survey(
        self, shopper: str | None = None, lang: str | None = None
    ) -> types.Next:
        """The questions that are due for a shopper, if any."""
        query = {"shopper": shopper, "lang": lang}
        return cast(types.Next, await self._call("GET", "/v1/surveys/next", query=query))

    async def answer_survey(
        self, survey_id: str, answers: Mapping[str, int], words: str | None = None
    ) -> types.Answered:
        """A shopper's answers to questions of `next_survey`."""
        body = {"survey_id": survey_id, "answers": dict(answers), "words": words}
        return cast(types.Answered, await self._call("POST", "/v1/surveys/answers", json=body))

    async def experiments(self) -> types.Experiments:
        """Every experiment. Takes the admin key, as the next three do."""
        return cast(types.Experiments, await self._call("GET", "/v1/experiments"))

    async def start_experiment(self, definition: types.Definition) -> types.Definition:
        """Starts an experiment."""
        started = await self._call("POST", "/v1/experiments", json=dict(definition))
        return cast(types.Definition, started)

    async def stop_experiment(self, name: str) -> types.Definition:
        """Stops an experiment."""
        path = f"/v1/experiments/{_part(name)}/stop"
        return cast(types.Definition, await self._call("POST", path))

    async def experiment_results(self, name: str) -> dict[str, Any]:
        """The results so far, with intervals that hold at any time."""
        path = f"/v1/experiments/{_part(name)}/results"
        return cast(dict[str, Any], await self._call("GET", path))

    async def models(self) -> types.Models:
        """Every model, and which one ranks. Takes the admin key, as the next three do."""
        return cast(types.Models, await self._call("GET", "/v1/models"))

    async def train(self) -> types.Job:
        """Begins a training; `training` tells how far it is."""
        return cast(types.Job, await self._call("POST", "/v1/models/train"))

    async def training(self) -> types.Job:
        """The last training."""
        return cast(types.Job, await self._call("GET", "/v1/models/train"))

    async def model_explanation(self) -> types.Explanation:
        """What the model relies on as a whole."""
        return cast(types.Explanation, await self._call("GET", "/v1/models/current/explanation"))

    async def transparency(self) -> types.Transparency:
        """How the shop recommends, for everybody."""
        return cast(types.Transparency, await self._call("GET", "/v1/transparency"))

    async def live(self) -> types.Alive:
        """Whether the server runs."""
        return cast(types.Alive, await self._call("GET", "/health/live"))

    async def ready(self) -> types.Ready:
        """The model that ranks; raises `Unavailable` where there is none."""
        return cast(types.Ready, await self._call("GET", "/health/ready"))

    async def metrics(self) -> str:
        """The counters, as Prometheus reads them."""
        return cast(str, await self._call("GET", "/metrics"))

    # -- one request

    async def _call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        asked: dict[str, Any] = {
            "params": {name: _text(value) for name, value in (query or {}).items() if value is not None},
            "headers": self._headers | dict(headers or {}),
        }
        if json is not None:
            asked["json"] = json
        if content is not None:
            asked["content"] = content
        attempt = 0
        while True:
            error: errors.CandorError
            wished = None
            try:
                response = await self._http.request(method, self._url + path, **asked)
            except httpx.TransportError as failed:
                error = errors.Unreachable(f"{method} {self._url}{path}: {failed!r}")
                error.__cause__ = failed
            else:
                self._compare_clocks(response)
                if response.is_success:
                    return _read(response)
                wished = retry_after_s(response.headers)
                error = errors.of_response(
                    response.status_code, _read(response), response.headers.get("x-request-id"), wished
                )
                if response.status_code not in RETRIED:
                    raise error
            if not may_repeat(method, path, asked["headers"], error):
                raise error
            wait = self._retry.wait_s(attempt, wished)
            if wait is None:
                raise error
            await self._sleep(wait)
            attempt += 1

    def _compare_clocks(self, response: httpx.Response) -> None:
        theirs = date_of(response.headers)
        if theirs is not None:
            self.clock_skew_s = theirs.timestamp() - self._clock()


def _part(name: str) -> str:
    """A name as one part of a path: every sign but letters and digits is escaped."""
    if name in ("", ".", ".."):
        raise ValueError(f"{name!r} cannot be a part of a path")
    return quote(name, safe="")


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(response: httpx.Response) -> Any:
    if not response.content:
        return None
    try:
        return response.json()
    except ValueError:
        return response.text
