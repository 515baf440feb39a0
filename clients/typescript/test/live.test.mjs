// The client against a server: keys, tokens, the document, and a server that dies.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Candor, CandorError, memory } from "../dist/index.js";
import { PAGE_KEY, SERVER_KEY, shop } from "./live.mjs";

const sleep = async () => {};

test("against a server", async (t) => {
  const served = await shop(t);
  const own = (more) => new Candor({ url: served.url, key: SERVER_KEY, sleep, store: memory(), ...more });
  const document = await (await fetch(`${served.url}/openapi.json`)).json();

  await t.test("a list, its proof and a question, for a shopper of any script", async () => {
    const candor = own();
    const shopper = "读者 é/1";
    await candor.sendEvents([{ shopper, kind: "view", item_id: "I3" }]);
    const answer = await candor.recommend({ shopper, k: 4, lang: "en" });
    assert.equal(answer.items.length, 4);
    const { audit } = await candor.delivered(answer.request_id, true);
    assert.equal(audit.n_failed, 0);
    assert.ok((await candor.ask({ shopper, question: "what do you know about me?", lang: "en" })).text);
    const made = await candor.correct(shopper, { do: "not_interested", item_id: "I5" });
    assert.equal((await candor.corrections(shopper))[0].correction_id, made.correction_id);
    assert.equal((await candor.exportShopper(shopper)).events.length, 1);
  });

  await t.test("a page with a token speaks for its own shopper, and renews the token", async () => {
    const tokens = ["forged", (await own().token({ shopper: "bea" })).token];
    const page = new Candor({ url: served.url, key: PAGE_KEY, token: () => tokens.shift(), sleep, store: memory() });
    page.track({ kind: "view", item_id: "I1" });
    assert.equal(await page.flush(), 1);
    assert.equal((await own().exportShopper("bea")).events.length, 1);
    await assert.rejects(page.recommend({ shopper: "someone else" }), { status: 403 });
  });

  await t.test("a wrong key says so, and keeps the events", async () => {
    const errors = [];
    const store = memory();
    const page = own({ key: "not-the-key-of-this-shop", store, onError: (error) => errors.push(error) });
    await assert.rejects(page.recommend(), (error) => {
      assert.ok(error instanceof CandorError && error.requestId);
      assert.match(error.message, /401 no_key: the key is not known/);
      return true;
    });
    page.track({ shopper: "a", kind: "view", item_id: "I1" });
    assert.equal(await page.flush(), 0);
    assert.deepEqual([errors[0].code, store.keys().length], ["no_key", 1]);
  });

  await t.test("empty lists ask nothing", async () => {
    assert.equal((await own({ url: "http://127.0.0.1:9" }).sendEvents([])).accepted, 0);
  });

  await t.test("a clock that runs years ahead loses no event", async () => {
    const refused = [];
    const page = own({ now: () => Date.now() + 5 * 365 * 864e5, onRejected: (_, why) => refused.push(why) });
    page.track({ shopper: "dan", kind: "view", item_id: "I1" });
    assert.deepEqual([await page.flush(), refused], [1, []]);
  });

  await t.test("two tabs that send the same events count them once", async () => {
    const store = memory();
    const tabs = [own({ store }), own({ store })];
    for (const tab of tabs) tab.track({ shopper: "gus", kind: "view", item_id: "I2" });
    await Promise.all(tabs.map((tab) => tab.flush()));
    assert.equal(store.keys().length, 0);
    assert.equal((await own().exportShopper("gus")).events.length, 2);
  });

  await t.test("a page of the shop may read how long to wait and what time it is", async () => {
    const response = await fetch(`${served.url}/health/live`, { headers: { origin: "https://shop.example" } });
    assert.equal(response.headers.get("access-control-allow-origin"), "https://shop.example");
    assert.match(response.headers.get("access-control-expose-headers"), /retry-after/);
  });

  await t.test("every path and body that the client sends is in the document", async () => {
    const asked = [];
    const answers = async (url, { method, headers, body }) => {
      const { pathname, searchParams } = new URL(url);
      const template = Object.keys(document.paths)
        .sort((a, b) => a.split("{").length - b.split("{").length)
        .find((path) => new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`).test(pathname) && document.paths[path][method.toLowerCase()]);
      assert.ok(template, `${method} ${pathname}`);
      const operation = document.paths[template][method.toLowerCase()];
      const known = (operation.parameters ?? []).map(({ name }) => name.toLowerCase());
      for (const name of searchParams.keys()) assert.ok(known.includes(name), `${template}?${name}`);
      if (headers["idempotency-key"]) assert.ok(known.includes("idempotency-key"), template);
      if (body) assert.ok(operation.requestBody.content[headers["content-type"]], template);
      asked.push(template);
      return new Response('{"accepted":0,"known":0,"rejected":[]}');
    };
    const candor = own({ fetch: answers });
    const inner = ["call", "track", "flush", "leave", "constructor"];
    const calls = Object.keys(candor).filter((name) => typeof candor[name] === "function" && !inner.includes(name));
    for (const name of calls) {
      if (["fetched", "sleep", "now", "size", "waiting"].includes(name)) continue;
      const first = { sendEvents: [{ kind: "view", item_id: "a" }], nextSurvey: { shopper: "a", lang: "en" }, items: { limit: 2, cursor: "b" } };
      await candor[name](first[name] ?? "a", name === "delivered" ? true : {});
    }
    assert.ok(new Set(asked).size >= 20, asked.join());
  });

  await t.test("every type names the fields of its schema, and the required ones as required", () => {
    const source = readFileSync(new URL("../src/types.ts", import.meta.url), "utf8");
    let compared = 0;
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const line = source.match(new RegExp(`^export type ${name} = \\{ (.*) \\};$`, "m"));
      if (!line || !schema.properties) continue;
      // Without what is nested in braces only the type's own fields are left.
      let own = line[1];
      while (/\{[^{}]*\}/.test(own)) own = own.replace(/\{[^{}]*\}/g, "");
      own = own.replace(/"[^"]*"/g, "");
      const fields = [...own.matchAll(/(\w+)(\??): /g)];
      for (const [, field] of fields) assert.ok(field in schema.properties, `${name}.${field}`);
      const required = fields.filter(([, , open]) => !open).map(([, field]) => field);
      assert.deepEqual(required.sort(), [...(schema.required ?? [])].sort(), name);
      compared++;
    }
    assert.ok(compared > 60, String(compared));
  });
});

test("a server killed in the midst loses and doubles no event", async (t) => {
  const served = await shop(t);
  let left = 3;
  const dying = async (...call) => {
    const response = await fetch(...call);
    if (String(call[0]).endsWith("/v1/events") && --left === 0) {
      // It has the batch, and nobody hears so.
      await served.kill();
      throw new TypeError("the connection was lost");
    }
    return response;
  };
  const store = memory();
  const options = { url: served.url, key: SERVER_KEY, sleep, store, batchSize: 10, flushAfterMs: 3_600_000 };
  const page = new Candor({ ...options, fetch: dying });
  // All wait before any is sent: a full batch would be sent at once.
  const queued = new Candor({ ...options, batchSize: 1000 });
  for (let n = 0; n < 50; n++) queued.track({ shopper: "grace", kind: "view", item_id: `I${n % 24}` });
  assert.equal(await page.flush(), 20);
  assert.equal(store.keys().length, 30);
  await served.start();
  const later = new Candor(options);
  assert.equal(await later.flush(), 30);
  assert.equal((await later.exportShopper("grace")).events.length, 50);
});

test("a real 429 is waited for as long as it says", async (t) => {
  const served = await shop(t, "requests_per_second = 1\nburst = 2");
  const waits = [];
  const candor = new Candor({ url: served.url, key: SERVER_KEY, attempts: 3, store: memory(), sleep: async (ms) => void waits.push(ms) });
  await assert.rejects(async () => {
    for (let n = 0; n < 20; n++) await candor.trust();
  }, { status: 429, code: "too_many_requests", retryAfterMs: 1000 });
  assert.ok(waits.length >= 2 && waits.every((ms) => ms === 1000), waits.join());
});
