"""Retries, errors and the queue, without a server."""

import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

import candor
from candor._retry import Retry

VIEW: Any = {"shopper": "a", "kind": "view", "item_id": "I1"}
Handler = Callable[[httpx.Request], httpx.Response]


def client_of(handler: Handler, waits: list[float] | None = None, **options: Any) -> candor.Client:
    http = httpx.Client(transport=httpx.MockTransport(handler))
    sleep = (waits if waits is not None else []).append
    return candor.Client("http://shop", http=http, sleep=sleep, **options)


def in_turn(*responses: httpx.Response) -> tuple[Handler, list[httpx.Request]]:
    seen: list[httpx.Request] = []
    left = list(responses)

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return left.pop(0)

    return handler, seen


def refused(status: int, code: str = "x", **headers: str) -> httpx.Response:
    detail = {"code": code, "message": "m", "hint": "h"}
    return httpx.Response(status, json={"error": detail}, headers={k.replace("_", "-"): v for k, v in headers.items()})


TAKEN = {"accepted": 1, "known": 0, "rejected": []}


class Retries(unittest.TestCase):
    def test_retry_after_in_seconds_and_as_a_date_is_honoured(self) -> None:
        waits: list[float] = []
        date = "Tue, 01 Dec 2026 04:00:07 GMT"
        handler, seen = in_turn(
            refused(429, retry_after="3"),
            refused(503, retry_after=date, date="Tue, 01 Dec 2026 04:00:00 GMT"),
            httpx.Response(200, json={"items": []}),
        )
        client_of(handler, waits).recommend()
        self.assertEqual((waits, len(seen)), ([3.0, 7.0], 3))

    def test_pauses_grow_and_end(self) -> None:
        waits: list[float] = []
        with self.assertRaises(candor.Unavailable) as failed:
            client_of(lambda _: refused(503, "not_ready"), waits).recommend()
        self.assertEqual((failed.exception.code, len(waits)), ("not_ready", 3))
        self.assertTrue(waits[0] < waits[1] < waits[2] + 0.5)

    def test_a_wish_of_an_hour_is_told_and_not_waited_for(self) -> None:
        waits: list[float] = []
        with self.assertRaises(candor.TooManyRequests) as failed:
            client_of(lambda _: refused(429, retry_after="3600"), waits).recommend()
        self.assertEqual((failed.exception.retry_after_s, waits), (3600.0, []))

    def test_every_attempt_sends_the_same_key_and_body(self) -> None:
        handler, seen = in_turn(refused(502), httpx.Response(200, json=TAKEN))
        client_of(handler).send_events([VIEW])
        self.assertEqual(seen[0].headers["idempotency-key"], seen[1].headers["idempotency-key"])
        self.assertEqual(seen[0].content, seen[1].content)

    def test_a_correction_that_may_have_been_made_is_not_made_again(self) -> None:
        handler, seen = in_turn(refused(503, "too_slow"))
        with self.assertRaises(candor.Unavailable):
            client_of(handler).correct("a", {"do": "stop_profiling"})
        self.assertEqual(len(seen), 1)

    def test_the_page_of_a_proxy_is_an_error_that_says_so(self) -> None:
        page = httpx.Response(502, html="<h1>Bad gateway</h1>")
        with self.assertRaises(candor.Unavailable) as failed:
            client_of(lambda _: page, retry=Retry(attempts=1)).recommend()
        self.assertIn("not one of the Candor API", str(failed.exception))

    def test_ids_are_escaped_as_one_part_of_a_path(self) -> None:
        handler, seen = in_turn(httpx.Response(200, json={}))
        client_of(handler).item("a/b?ü #1%2f")
        self.assertEqual(seen[0].url.raw_path, b"/v1/items/a%2Fb%3F%C3%BC%20%231%252f")
        with self.assertRaises(ValueError):
            client_of(handler).item("..")


class Queue(unittest.TestCase):
    def answer(self, sizes: list[int], most: int = 10_000) -> Handler:
        import json

        def handler(request: httpx.Request) -> httpx.Response:
            if request.url.path != "/v1/events":
                return httpx.Response(200, json={"status": "live"})
            n = len(json.loads(request.content)["events"])
            sizes.append(n)
            if n > most:
                return refused(413, "too_large")
            return httpx.Response(200, json={"accepted": n, "known": 0, "rejected": []})

        return handler

    def test_huge_batches_are_split(self) -> None:
        sizes: list[int] = []
        queue = candor.EventQueue(client_of(self.answer(sizes)), batch_size=400)
        for _ in range(1000):
            queue.add(VIEW)
        self.assertEqual((queue.flush(), sizes), (1000, [400, 400, 200]))
        queue.close()

    def test_a_batch_that_is_too_large_is_halved_until_it_fits(self) -> None:
        sizes: list[int] = []
        queue = candor.EventQueue(client_of(self.answer(sizes, most=25)), batch_size=100)
        for _ in range(60):
            queue.add(VIEW)
        self.assertEqual((queue.flush(), sizes), (60, [60, 30, 15, 15, 15, 15]))
        queue.close()

    def test_the_oldest_are_dropped_and_counted_when_it_is_full(self) -> None:
        queue = candor.EventQueue(client_of(self.answer([])), most_events=3)
        for _ in range(5):
            queue.add(VIEW)
        self.assertEqual((len(queue), queue.n_dropped), (3, 2))
        queue.close()

    def test_two_processes_share_a_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "waiting.db"
            sizes: list[int] = []
            one, other = (candor.EventQueue(client_of(self.answer(sizes)), path) for _ in range(2))
            one.add(VIEW)
            other.add(VIEW)
            self.assertEqual((other.flush(), len(one)), (2, 0))
            one.close()
            other.close()

    def test_a_wrong_key_keeps_the_events(self) -> None:
        queue = candor.EventQueue(client_of(lambda _: refused(401, "no_key")))
        queue.add(VIEW)
        self.assertEqual((queue.flush(), len(queue)), (0, 1))
        self.assertIsInstance(queue.last_error, candor.Unauthorised)
        queue.close()


if __name__ == "__main__":
    unittest.main()
