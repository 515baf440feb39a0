#!/usr/bin/env python3
"""A shop talks to Candor with nothing but Python's standard library.

    candor demo                                     # in another terminal
    python3 examples/shop.py [http://127.0.0.1:7700]

With keys: CANDOR_KEY=<admin key> python3 examples/shop.py https://...
"""

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path


class Candor:
    """The API at one address."""

    def __init__(self, server, key=None):
        self.server = server.rstrip("/")
        self.headers = {"content-type": "application/json"}
        if key:
            self.headers["authorization"] = f"Bearer {key}"

    def call(self, method, path, body=None, retry_key=None):
        """Sends one request and returns its answer; waits and repeats once where asked to."""
        data = None if body is None else json.dumps(body).encode()
        # A write that is repeated under the same key is done once.
        headers = self.headers | ({"idempotency-key": retry_key} if retry_key else {})
        request = urllib.request.Request(self.server + path, data, headers, method=method)
        try:
            return self._answer(request)
        except urllib.error.HTTPError as refused:
            if refused.code != 429:
                # {"error": {"code": for programs, "message": what is wrong, "hint": what to do}}
                raise SystemExit(f"{method} {path}: {refused.read().decode()}") from None
            time.sleep(float(refused.headers.get("retry-after", 1)))
            return self._answer(request)

    @staticmethod
    def _answer(request):
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


def show(answer):
    """Prints each item with its reason, and the facts behind every sentence."""
    for item in answer["items"]:
        print(f"{item['rank']}. {item['item_id']}  score {item['score']:.3f}")
        for reason in item["reasons"]:
            facts = {claim["claim_id"]: claim for claim in reason["claims"]}
            for sentence in reason["sentences"]:
                print(f"   {sentence['text']}")
                for claim in (facts[claim_id] for claim_id in sentence["claim_ids"]):
                    assert claim["verdict"] == "verified"
                    print(f"      {claim['kind']} {json.dumps(claim['facts'], ensure_ascii=False)}")


def main():
    server = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7700"
    shop = Candor(server, os.environ.get("CANDOR_KEY"))
    shopper = f"example-{uuid.uuid4()}"
    name = urllib.parse.quote(shopper, safe="")

    print("\n# A feed: items that are new, or replace what was there under their id.")
    items = json.loads(Path(__file__).with_name("items.json").read_text(encoding="utf-8"))
    print(shop.call("PUT", "/v1/items", items))

    print("\n# Somebody unknown.")
    answer = shop.call("POST", "/v1/recommendations", {"shopper": shopper, "k": 3, "lang": "en"})
    show(answer)

    print("\n# What they do, tied to the answer that it came from.")
    viewed = [item["item_id"] for item in answer["items"][:2]]
    events = [
        {"shopper": shopper, "kind": "view", "item_id": item, "request_id": answer["request_id"]}
        for item in viewed
    ]
    print(shop.call("POST", "/v1/events", {"events": events}, retry_key=str(uuid.uuid4())))

    print("\n# The next answer knows it.")
    answer = shop.call("POST", "/v1/recommendations", {"shopper": shopper, "k": 3, "lang": "zh"})
    show(answer)

    print("\n# The same answer, recounted from the raw log.")
    audit = shop.call("GET", f"/v1/recommendations/{answer['request_id']}?verify=true")["audit"]
    print(f"{audit['n_verified']} of {audit['n_claims']} claims verified, {audit['n_failed']} failed")
    assert audit["n_failed"] == 0

    print("\n# A question, and a correction: the first view was for somebody else.")
    asked = {"shopper": shopper, "question": "why is the first one here?", "lang": "en"}
    print(shop.call("POST", "/v1/ask", asked)["text"])
    path = f"/v1/shoppers/{name}/corrections"
    made = shop.call("POST", path, {"correction": {"do": "gift", "item_id": viewed[0]}})
    print(json.dumps(made, ensure_ascii=False)[:200])

    print("\n# Everything that is kept about them; then it is erased.")
    export = shop.call("GET", f"/v1/shoppers/{name}/export")
    print({part: len(kept) for part, kept in export.items() if isinstance(kept, list)})
    print(shop.call("DELETE", f"/v1/shoppers/{name}"))


if __name__ == "__main__":
    main()
