// Retries, the queue and a page that goes away, without a server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { Candor, local, memory } from "../dist/index.js";

const VIEW = { shopper: "ü", kind: "view", item_id: "I1" };
const refusal = (status, code, headers) =>
  new Response(JSON.stringify({ error: { code, message: "m", hint: "h" } }), { status, headers });
const taken = (n) => new Response(JSON.stringify({ accepted: n, known: 0, rejected: [] }));

function scripted(responses, more = {}) {
  const seen = [];
  const waits = [];
  const fetch = async (url, how) => {
    seen.push({ url, ...how });
    return responses.length > 1 ? responses.shift() : responses[0].clone();
  };
  const sleep = async (ms) => void waits.push(ms);
  return { seen, waits, candor: new Candor({ url: "http://shop/", fetch, sleep, store: memory(), flushAfterMs: 3_600_000, ...more }) };
}
function counting(most, sizes, more) {
  const fetch = async (url, { body }) => {
    if (!url.endsWith("/v1/events")) return new Response("{}");
    const n = JSON.parse(body).events.length;
    sizes.push(n);
    return n > most ? refusal(413, "too_large") : taken(n);
  };
  return new Candor({ url: "http://shop", fetch, store: memory(), flushAfterMs: 3_600_000, ...more });
}

test("the client is smaller than 5 kB", () => {
  const bytes = gzipSync(readFileSync(new URL("../dist/candor.iife.js", import.meta.url)), { level: 9 }).length;
  assert.ok(bytes < 5000, `${bytes} bytes`);
});

test("Retry-After in seconds and as a date is honoured", async () => {
  const date = { "retry-after": "Tue, 01 Dec 2026 04:00:07 GMT", date: "Tue, 01 Dec 2026 04:00:00 GMT" };
  const { candor, waits } = scripted([refusal(429, "x", { "retry-after": "3" }), refusal(503, "x", date), new Response("{}")]);
  await candor.recommend();
  assert.equal(waits[0], 3000);
  assert.ok(Math.abs(waits[1] - 7000) < 50, String(waits[1]));
});

test("an hour is told and not waited for", async () => {
  const { candor, waits } = scripted([refusal(429, "too_many_requests", { "retry-after": "3600" })]);
  await assert.rejects(candor.recommend(), { retryAfterMs: 3_600_000 });
  assert.deepEqual(waits, []);
});

test("every attempt sends the same key and body", async () => {
  const { candor, seen } = scripted([refusal(502, "x"), taken(1)]);
  await candor.sendEvents([VIEW]);
  assert.equal(seen[0].headers["idempotency-key"], seen[1].headers["idempotency-key"]);
  assert.equal(seen[0].body, seen[1].body);
});

test("a correction that may have been made is not made again", async () => {
  const { candor, seen } = scripted([refusal(503, "too_slow")]);
  await assert.rejects(candor.correct("a", { do: "stop_profiling" }), { code: "too_slow" });
  assert.equal(seen.length, 1);
});

test("the page of a proxy is an error that says so", async () => {
  const { candor } = scripted([new Response("<h1>Bad gateway</h1>", { status: 502 })], { attempts: 1 });
  await assert.rejects(candor.recommend(), /not one of the Candor API/);
});

test("ids are escaped as one part of a path", async () => {
  const { candor, seen } = scripted([new Response("{}")]);
  await candor.item("a/b?ü #1%2f");
  assert.equal(seen[0].url, "http://shop/v1/items/a%2Fb%3F%C3%BC%20%231%252f");
  assert.throws(() => candor.item(".."), RangeError);
});

test("huge batches are split, and halved where they are too large", async () => {
  const sizes = [];
  const candor = counting(25, sizes, { batchSize: 100_000, mostEvents: 100_000 });
  for (let n = 0; n < 60; n++) candor.track(VIEW);
  assert.equal(await candor.flush(), 60);
  assert.deepEqual(sizes, [60, 30, 15, 15, 15, 15]);
});

test("the oldest are dropped and counted when the queue is full", async () => {
  const store = memory();
  const candor = counting(10, [], { store, mostEvents: 3 });
  for (const item_id of ["a", "b", "c", "d", "e"]) candor.track({ ...VIEW, item_id });
  const left = store.keys().sort().map((key) => JSON.parse(store.get(key)).event.item_id);
  assert.deepEqual([left, candor.nDropped], [["c", "d", "e"], 2]);
});

test("a page that goes away sends its queue by beacon, and keeps it until it is heard of", async (t) => {
  const beacons = [];
  const listeners = {};
  const page = { addEventListener: (name, run) => (listeners[name] = run), visibilityState: "visible" };
  const old = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  globalThis.document = page;
  globalThis.addEventListener = (name, run) => (listeners[name] = run);
  const sendBeacon = (url, blob) => beacons.push([url, blob]) > 0;
  Object.defineProperty(globalThis, "navigator", { value: { sendBeacon }, configurable: true });
  t.after(() => {
    delete globalThis.document;
    delete globalThis.addEventListener;
    if (old) Object.defineProperty(globalThis, "navigator", old);
    else delete globalThis.navigator;
  });
  const store = memory();
  const open = counting(1000, [], { store });
  for (let n = 0; n < 3; n++) open.track(VIEW);
  listeners.visibilitychange();
  assert.equal(beacons.length, 0, "a page that is looked at stays");
  page.visibilityState = "hidden";
  listeners.visibilitychange();
  const [url, blob] = beacons[0];
  const { events } = JSON.parse(await blob.text());
  assert.deepEqual([url, blob.type, events.length], ["http://shop/v1/events", "application/json", 3]);
  assert.ok(events.every(({ message_id, time }) => message_id && time));
  assert.equal(store.keys().length, 3);

  // With a key only fetch carries it.
  const { candor, seen } = scripted([taken(1)], { key: "page-key", token: "t" });
  for (let n = 0; n < 2000; n++) candor.track({ ...VIEW, item_id: "物".repeat(20) });
  listeners.pagehide();
  assert.equal(beacons.length, 1);
  const [{ keepalive, headers, body }] = seen;
  assert.deepEqual([keepalive, headers.authorization, headers["x-candor-token"]], [true, "Bearer page-key", "t"]);
  assert.ok(new TextEncoder().encode(body).length < 64_000);
});

test("what a closed tab left behind is sent by the next, and a full or broken store loses nothing", async (t) => {
  const kept = new Map([["candor.event.broken", "{"], ["theirs", "1"]]);
  globalThis.localStorage = {
    get length() { return kept.size; },
    key: (n) => [...kept.keys()][n] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (kept.size > 3) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
  };
  t.after(() => delete globalThis.localStorage);
  const closed = counting(10, [], { store: local() });
  closed.track(VIEW);
  closed.track(VIEW);
  const sizes = [];
  const next = counting(10, sizes, { store: local() });
  next.track(VIEW);
  assert.equal(await next.flush(), 3);
  assert.deepEqual([sizes, [...kept.keys()]], [[3], ["theirs"]]);
});
