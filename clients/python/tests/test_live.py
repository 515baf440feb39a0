"""The client against a server: keys, tokens, lists, proofs, and a server that dies."""

import asyncio
import unittest
from pathlib import Path

import httpx
from live import ADMIN_KEY, PAGE_KEY, SERVER_KEY, Shop, shop_of

import candor
from candor._retry import Retry
from candor.data import rows


def no_wait(_: float) -> None:
    """Instead of a pause."""


class Dying(httpx.HTTPTransport):
    """Sends the n-th batch, and loses its answer: the server is killed before it is heard."""

    def __init__(self, shop: Shop, n: int) -> None:
        super().__init__()
        self.shop, self.left = shop, n

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        if request.url.path == "/v1/events":
            self.left -= 1
            if self.left == 0:
                response.read()
                self.shop.kill()
                raise httpx.ReadError("the connection was lost")
        return response


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.shop = shop_of(cls)

    def client(self, key: str = SERVER_KEY, **options: object) -> candor.Client:
        client = candor.Client(self.shop.url, key=key, sleep=no_wait, **options)
        self.addCleanup(client.close)
        return client

    def test_a_list_has_reasons_whose_proofs_recount(self) -> None:
        shop = self.client()
        shop.send_events([{"shopper": "读者 é/1", "kind": "view", "item_id": "I03"}])
        answer = shop.recommend(shopper="读者 é/1", k=4, lang="en")
        self.assertEqual(len(answer["items"]), 4)
        claims = [c for i in answer["items"] for r in i["reasons"] for c in r["claims"]]
        self.assertTrue(claims and all(claim["verdict"] == "verified" for claim in claims))
        audit = shop.delivered(answer["request_id"], verify=True)["audit"]
        self.assertEqual((audit["n_claims"], audit["n_failed"]), (len(claims), 0))
        self.assertTrue(shop.bundle(answer["request_id"]))

    def test_questions_corrections_and_what_is_known(self) -> None:
        shop, name = self.client(), "ana+müller@example.com"
        shop.send_events([{"shopper": name, "kind": "view", "item_id": "I04"}])
        self.assertTrue(shop.ask("what do you know about me?", shopper=name, lang="en")["text"])
        made = shop.correct(name, {"do": "not_interested", "item_id": "I05"}, k=3)
        self.assertEqual([kept["correction_id"] for kept in shop.corrections(name)], [made["correction_id"]])
        self.assertTrue(shop.take_back(name, made["correction_id"])["taken_back"])
        self.assertEqual(shop.profile(name)["n_events"], 1)
        self.assertFalse(shop.set_preferences(name, profiling=False)["profiling"])
        self.assertEqual(len(shop.export_shopper(name)["events"]), 1)
        self.client(ADMIN_KEY).erase(name)
        with self.assertRaises(candor.NotFound):
            shop.export_shopper(name)

    def test_items_come_back_as_they_were_put(self) -> None:
        shop = self.client()
        put = shop.put_items([{"item_id": "新/茶 #1", "title": "Tea"}, {"item_id": ""}, {"item_id": "N2"}], batch_size=1 + 1)
        self.assertEqual((put["changed"], [row["index"] for row in put["rejected"]]), (2, [1]))
        self.assertEqual(shop.change_item("新/茶 #1", {"in_stock": False})["in_stock"], False)
        self.assertEqual(shop.item("新/茶 #1")["item_id"], "新/茶 #1")
        shop.delete_item("新/茶 #1")

    def test_empty_lists_ask_nothing_of_the_server(self) -> None:
        shop = candor.Client("http://127.0.0.1:9", retry=Retry(attempts=1))
        self.assertEqual(shop.send_events([])["accepted"], 0)
        self.assertEqual(shop.send_reviews([])["accepted"], 0)
        self.assertEqual(shop.put_items([])["changed"], 0)

    def test_a_feed_is_imported_and_reported(self) -> None:
        shop = self.client()
        run = shop.put_feed("item_id,title,price\nF1,Fête,3.50\n".encode(), format="csv", currency="EUR", partial=True)
        ended = shop.import_run(run["id"], wait_s=10)
        self.assertEqual(ended["state"], "done", ended)
        self.assertIn(run["id"], [one["id"] for one in shop.imports()["imports"]])

    def test_a_wrong_key_says_so(self) -> None:
        with self.assertRaises(candor.Unauthorised) as refused:
            self.client("not-the-key-of-this-shop").recommend(k=1)
        self.assertEqual(refused.exception.code, "no_key")
        self.assertIn("the key is not known", str(refused.exception))
        self.assertTrue(refused.exception.request_id)
        with self.assertRaises(candor.Forbidden):
            self.client().models()

    def test_a_token_acts_for_its_own_shopper_alone(self) -> None:
        token = self.client().token(shopper="bea")["token"]
        page = self.client(PAGE_KEY, token=token)
        self.assertEqual(page.send_events([{"kind": "view", "item_id": "I01"}])["accepted"], 1)
        with self.assertRaises(candor.Forbidden):
            page.recommend(shopper="someone else")
        with self.assertRaises(candor.Unauthorised) as refused:
            self.client(PAGE_KEY, token="forged").recommend()
        self.assertEqual(refused.exception.code, "bad_token")

    def test_a_repeated_key_adds_nothing_and_another_body_is_a_conflict(self) -> None:
        shop, event = self.client(), {"shopper": "carl", "kind": "view", "item_id": "I01"}
        self.assertEqual(shop.send_events([event], idempotency_key="k1"), shop.send_events([event], idempotency_key="k1"))
        self.assertEqual(len(shop.export_shopper("carl")["events"]), 1)
        with self.assertRaises(candor.Conflict):
            shop.send_events([event | {"item_id": "I02"}], idempotency_key="k1")

    def test_a_clock_that_runs_years_ahead_loses_no_event(self) -> None:
        import time

        shop = self.client(clock=lambda: time.time() + 5 * 365 * 86400)
        refused: list[str] = []
        queue = candor.EventQueue(shop, on_rejected=lambda _, why: refused.append(why))
        queue.add({"shopper": "dan", "kind": "view", "item_id": "I01"})
        self.assertEqual((queue.flush(), refused), (1, []))
        queue.close()

    def test_one_bad_event_in_a_batch_costs_no_other(self) -> None:
        refused: list[str] = []
        with candor.EventQueue(self.client(), on_rejected=lambda event, _: refused.append(event["item_id"])) as queue:
            for n in range(3):
                queue.add({"shopper": "eve", "kind": "view" if n != 1 else "glance", "item_id": f"I0{n}"})
            self.assertEqual((queue.flush(), len(queue), refused), (2, 0, ["I01"]))
            queue.add({"shopper": "eve", "kind": "glance", "item_id": "I07"})
            self.assertEqual((queue.flush(), len(queue), refused), (0, 0, ["I01", "I07"]))

    def test_async_does_the_same(self) -> None:
        async def visit() -> tuple[int, int]:
            async with candor.AsyncClient(self.shop.url, key=SERVER_KEY) as shop:
                async with candor.AsyncEventQueue(shop) as queue:
                    queue.add({"shopper": "finn", "kind": "view", "item_id": "I01"})
                    sent = await queue.flush()
                answers = await asyncio.gather(*(shop.recommend(shopper="finn", k=2) for _ in range(4)))
                return sent, sum(len(answer["items"]) for answer in answers)

        self.assertEqual(asyncio.run(visit()), (1, 8))

    def test_exported_files_are_read(self) -> None:
        out = self.shop.folder / "items.jsonl"
        self.shop.run("export", "items", "--out", str(out))
        self.assertIn("I03", [row["item_id"] for row in rows(out)])


class Dies(unittest.TestCase):
    def test_a_server_killed_in_the_midst_loses_and_doubles_no_event(self) -> None:
        shop = shop_of(type(self))
        path = Path(shop.folder) / "waiting.db"
        options = {"key": SERVER_KEY, "retry": Retry(attempts=2), "sleep": no_wait}
        dying = candor.Client(shop.url, http=httpx.Client(transport=Dying(shop, 3)), **options)
        queue = candor.EventQueue(dying, path, batch_size=10)
        for n in range(50):
            queue.add({"shopper": "grace", "kind": "view", "item_id": f"I{n % 24:02}"})
        self.assertEqual((queue.flush(), len(queue)), (20, 30))
        self.assertIsInstance(queue.last_error, candor.Unreachable)
        queue.close()
        dying.close()

        shop.start()
        with candor.Client(shop.url, **options) as client:
            later = candor.EventQueue(client, path, batch_size=10)
            self.assertEqual((later.flush(), len(later), later.last_error), (30, 0, None))
            later.close()
            self.assertEqual(len(client.export_shopper("grace")["events"]), 50)


class Limited(unittest.TestCase):
    def test_a_real_429_is_waited_for_as_long_as_it_says(self) -> None:
        shop = shop_of(type(self), "requests_per_second = 1\nburst = 2")
        waits: list[float] = []
        with candor.Client(shop.url, key=SERVER_KEY, retry=Retry(attempts=3), sleep=waits.append) as client:
            with self.assertRaises(candor.TooManyRequests) as refused:
                for _ in range(20):
                    client.feeds()
        self.assertGreaterEqual(len(waits), 2)
        self.assertEqual(set(waits), {1.0})
        self.assertEqual(refused.exception.retry_after_s, 1.0)


if __name__ == "__main__":
    unittest.main()
