"""What the client names exists in the server's OpenAPI document, and all of it is covered."""

import importlib.util
import inspect
import re
import typing
import unittest
from pathlib import Path

import httpx
from live import SERVER_KEY, shop_of

import candor
from candor import types

CLIENTS = Path(__file__).parents[2]
ARGUMENTS = {
    "events": [{"item_id": "a", "kind": "view"}], "reviews": [{"item_id": "a", "shopper": "b"}],
    "items": [{"item_id": "a"}], "item_ids": ["a"], "tags": [], "changes": {}, "answers": {},
    "definition": {}, "correction": {}, "content": b"", "verify": True, "wait_s": 1, "item": {"item_id": "a"}, "limit": 3,
}  # fmt: skip
#: Called by Shopify itself.
NOT_OURS = {("post", "/v1/webhooks/shopify")}


def generator() -> typing.Any:
    spec = importlib.util.spec_from_file_location("generate", CLIENTS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        shop = shop_of(cls)
        cls.document = httpx.get(shop.url + "/openapi.json", headers={"authorization": f"Bearer {SERVER_KEY}"}).json()

    def operation(self, method: str, path: str) -> tuple[str, dict[str, typing.Any]]:
        fixed_first = sorted(self.document["paths"], key=lambda template: template.count("{"))
        for template in fixed_first:
            pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
            if re.fullmatch(pattern, path) and method in self.document["paths"][template]:
                return template, self.document["paths"][template][method]
        self.fail(f"the document has no {method} {path}")

    def test_every_method_asks_for_what_there_is_and_every_route_has_a_method(self) -> None:
        asked: set[tuple[str, str]] = set()

        def answer(request: httpx.Request) -> httpx.Response:
            template, operation = self.operation(request.method.lower(), request.url.path)
            known = {p["name"].lower() for p in operation.get("parameters", [])}
            self.assertLessEqual(set(request.url.params.keys()), known, template)
            if "idempotency-key" in request.headers:
                self.assertIn("idempotency-key", known, template)
            if request.content:
                kind = request.headers["content-type"]
                self.assertIn(kind, operation["requestBody"]["content"], template)
            asked.add((request.method.lower(), template))
            return httpx.Response(200, json={"changed": 0, "unchanged": 0, "rejected": []})

        client = candor.Client("http://shop", http=httpx.Client(transport=httpx.MockTransport(answer)))
        for name, method in inspect.getmembers(client, inspect.ismethod):
            if name.startswith("_") or name == "close":
                continue
            named = inspect.signature(method).parameters.values()
            plain = [p for p in named if p.kind is not p.VAR_KEYWORD and p.name not in ("batch_size",)]
            method(**{p.name: ARGUMENTS.get(p.name, "a") for p in plain})
        there = {(m, path) for path, methods in self.document["paths"].items() for m in methods}
        self.assertEqual(there - NOT_OURS, asked)

    def test_every_type_has_the_fields_of_its_schema(self) -> None:
        made = {n: t for n, t in vars(types).items() if typing.is_typeddict(t)}
        schemas = self.document["components"]["schemas"]
        shaper = generator().Types(schemas, True)
        compared = 0
        for name, schema in schemas.items():
            if name not in made or "oneOf" in schema:
                continue
            fields, required = shaper.flat(schema)
            typed = made[name]
            compared += 1
            self.assertLessEqual(set(typed.__annotations__), set(fields), name)
            self.assertEqual(set(typed.__required_keys__), required, name)
        self.assertGreater(compared, 60)

    def test_every_named_type_is_a_schema(self) -> None:
        source = (CLIENTS / "python/src/candor/_async_client.py").read_text()
        for name in set(re.findall(r"types\.(\w+)", source)):
            self.assertIn(name, self.document["components"]["schemas"])

    def test_the_sync_client_is_the_async_one_without_waiting(self) -> None:
        for name in ("client", "queue"):
            folder = CLIENTS / "python/src/candor"
            written = generator().sync((folder / f"_async_{name}.py").read_text())
            self.assertEqual((folder / f"_{name}.py").read_text(), written, "run clients/generate.py")


if __name__ == "__main__":
    unittest.main()
