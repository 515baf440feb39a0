// Client of a Candor server, for browsers and Node 18+. No dependencies.
import type * as T from "./types";
export type * from "./types";

/** A refusal of the server: `code` is for programs, `message` and `hint` are for people. */
export class CandorError extends Error {
  constructor(
    /** Of HTTP; 0 where the server did not answer. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string,
    /** Names the request in the server's log. */
    readonly requestId?: string,
    readonly retryAfterMs?: number,
  ) {
    super(`${status} ${code}: ${message} (${hint})`);
    this.name = "CandorError";
  }
}

/** Where events wait: `localStorage`, or anything with these four. */
export interface Store {
  keys(): string[];
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export interface Options {
  url: string;
  /** The publishable key in a page, the server key on a server. Without one: your own proxy. */
  key?: string;
  /** A shopper's token, or how to get one; asked again when it no longer holds. */
  token?: string | (() => string | Promise<string>);
  /** Tries of one request that fails for a passing reason. */
  attempts?: number;
  /** Events are sent after so long, or when there are so many. */
  flushAfterMs?: number;
  batchSize?: number;
  /** Beyond, the oldest are dropped. */
  mostEvents?: number;
  store?: Store;
  onRejected?: (event: T.NativeEvent, message: string) => void;
  /** What kept events from being sent; they stay. */
  onError?: (error: CandorError) => void;
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<void>;
  now?: () => number;
}

interface Call {
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
}

const PREFIX = "candor.event.";
const LONGEST_WAIT_MS = 60_000;
/** Posts that may be done twice: they read, or name what they add. */
const READING = /^\/v1\/(recommendations|cards|exposures|tokens|events|reviews)$/;

export const memory = (): Store => {
  const kept = new Map<string, string>();
  return {
    keys: () => [...kept.keys()],
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
  };
};

/** One entry per event, so that two tabs never overwrite each other. Memory where it is full or barred. */
export const local = (): Store => {
  const rest = memory();
  let disk: Storage | undefined;
  try {
    disk = globalThis.localStorage;
  } catch {
    /* barred by the browser's settings */
  }
  if (!disk) return rest;
  const kept = disk;
  return {
    keys: () => [...Array.from({ length: kept.length }, (_, n) => kept.key(n) ?? ""), ...rest.keys()],
    get: (key) => rest.get(key) ?? kept.getItem(key),
    set: (key, value) => {
      try {
        kept.setItem(key, value);
      } catch {
        rest.set(key, value);
      }
    },
    remove: (key) => {
      kept.removeItem(key);
      rest.remove(key);
    },
  };
};

const hex = (n: number) => n.toString(16).padStart(12, "0");
/** A random name; `crypto.randomUUID` is missing on pages without https. */
export const uuid = (): string => {
  const bytes = globalThis.crypto?.getRandomValues?.(new Uint8Array(16));
  return Array.from(bytes ?? Array.from({ length: 16 }, () => Math.random() * 256), (b) =>
    (b & 255).toString(16).padStart(2, "0"),
  ).join("");
};
const part = (name: string) => {
  if (/^\.{0,2}$/.test(name)) throw new RangeError(`"${name}" cannot be a part of a path`);
  return encodeURIComponent(name);
};

export class Candor {
  private readonly base: string;
  private readonly store: Store;
  private readonly fetched: typeof fetch;
  private readonly sleep: (ms: number) => Promise<void>;
  private readonly now: () => number;
  private held: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<number> | undefined;
  private n = 0;
  private failures = 0;
  /** How far the server's clock is ahead of this one, once known. */
  skewMs: number | undefined;
  nDropped = 0;

  constructor(private readonly options: Options) {
    this.base = options.url.replace(/\/+$/, "");
    this.store = options.store ?? local();
    this.fetched = options.fetch ?? ((...call) => fetch(...call));
    this.sleep = options.sleep ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    this.now = options.now ?? Date.now;
    if (typeof document !== "undefined") {
      // `pagehide` alone is missed on phones, where a page is put away and never comes back.
      document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
      addEventListener("pagehide", () => this.leave());
      addEventListener("online", () => void this.flush());
      if (this.waiting().length) this.later();
    }
  }

  // -- lists and reasons
  recommend = (request: T.Request = {}): Promise<T.Answer> => this.call("POST", "/v1/recommendations", request);
  cards = (request: T.Request = {}): Promise<T.Cards> => this.call("POST", "/v1/cards", request);
  ask = (request: T.AskRequest): Promise<T.Asked> => this.call("POST", "/v1/ask", request);
  delivered = (id: string, verify = false): Promise<T.Delivered> =>
    this.call("GET", `/v1/recommendations/${part(id)}`, undefined, { query: { verify } });

  // -- what shoppers say and decide
  exposed = (body: T.Exposure): Promise<T.Acknowledged> => this.call("POST", "/v1/exposures", body);
  judge = (reasonId: string, feedback: T.FeedbackKind): Promise<T.Acknowledged> =>
    this.call("POST", `/v1/reasons/${part(reasonId)}/feedback`, { feedback });
  correct = (shopper: string, correction: T.Correction, list?: T.Request): Promise<T.Effect> =>
    this.call("POST", `/v1/shoppers/${part(shopper)}/corrections`, list ? { correction, list } : { correction });
  corrections = (shopper: string): Promise<T.Kept[]> => this.call("GET", `/v1/shoppers/${part(shopper)}/corrections`);
  takeBack = (shopper: string, id: string): Promise<T.Effect> =>
    this.call("DELETE", `/v1/shoppers/${part(shopper)}/corrections/${part(id)}`);
  profile = (shopper: string): Promise<T.Profile> => this.call("GET", `/v1/shoppers/${part(shopper)}/profile`);
  preferences = (shopper: string): Promise<T.Preferences> =>
    this.call("GET", `/v1/shoppers/${part(shopper)}/preferences`);
  setPreferences = (shopper: string, body: T.Preferences): Promise<T.Preferences> =>
    this.call("PUT", `/v1/shoppers/${part(shopper)}/preferences`, body);
  nextSurvey = (query: { shopper?: string; lang?: T.Language } = {}): Promise<T.Next> =>
    this.call("GET", "/v1/surveys/next", undefined, { query });
  answerSurvey = (body: T.Answers): Promise<T.Answered> => this.call("POST", "/v1/surveys/answers", body);

  // -- for the shop's own server
  token = (body: T.TokenRequest): Promise<T.Token> => this.call("POST", "/v1/tokens", body);
  items = (query: { cursor?: string; limit?: number } = {}): Promise<T.ItemsPage> =>
    this.call("GET", "/v1/items", undefined, { query });
  item = (id: string): Promise<T.Item> => this.call("GET", `/v1/items/${part(id)}`);
  putItems = (items: T.Item[]): Promise<T.ItemsPut> => this.call("PUT", "/v1/items", { items });
  changeItem = (id: string, changes: Partial<T.Item>): Promise<T.Item> =>
    this.call("PATCH", `/v1/items/${part(id)}`, changes, { headers: { "content-type": "application/merge-patch+json" } });
  deleteItem = (id: string): Promise<void> => this.call("DELETE", `/v1/items/${part(id)}`);
  trust = (): Promise<Record<string, unknown>> => this.call("GET", "/v1/trust");
  exportShopper = (shopper: string): Promise<Record<string, unknown>> =>
    this.call("GET", `/v1/shoppers/${part(shopper)}/export`);
  erase = (shopper: string): Promise<Record<string, unknown>> => this.call("DELETE", `/v1/shoppers/${part(shopper)}`);
  ready = (): Promise<T.Ready> => this.call("GET", "/health/ready");

  /** Sends events at once. `track` batches them and survives a lost connection. */
  sendEvents = async (events: T.NativeEvent[], idempotencyKey = uuid()): Promise<T.Collected> =>
    events.length
      ? this.call("POST", "/v1/events", { events }, { headers: { "idempotency-key": idempotencyKey } })
      : { accepted: 0, known: 0, rejected: [] };

  /** Keeps an event until the server has it; one that is sent twice counts once. */
  track(event: T.NativeEvent): void {
    const entry = { at: this.now(), event: { message_id: uuid(), ...event } };
    this.store.set(`${PREFIX}${hex(entry.at)}.${hex(this.n++)}.${entry.event.message_id}`, JSON.stringify(entry));
    const waiting = this.waiting();
    const excess = waiting.slice(0, Math.max(0, waiting.length - (this.options.mostEvents ?? 1000)));
    for (const key of excess) this.store.remove(key);
    this.nDropped += excess.length;
    this.later(waiting.length >= this.size() ? 0 : undefined);
  }

  /** Sends what waits and resolves to how many events the server has now; never rejects. */
  flush(): Promise<number> {
    return (this.sending ??= this.send().finally(() => (this.sending = undefined)));
  }

  /** Sends what waits as the page goes away. It stays kept, since nobody hears the answer. */
  leave(): void {
    // Browsers take 64 kB in all; what does not fit is sent by the next page.
    const events: T.NativeEvent[] = [];
    let left = 60_000;
    for (const { event } of this.read(this.waiting())) {
      left -= 3 * JSON.stringify(event).length;
      if (left < 0) break;
      events.push(event);
    }
    if (!events.length) return;
    const body = JSON.stringify({ events });
    // A beacon carries no headers, so with a key only fetch will do.
    if (!this.options.key && typeof navigator !== "undefined" && navigator.sendBeacon) {
      if (navigator.sendBeacon(`${this.base}/v1/events`, new Blob([body], { type: "application/json" }))) return;
    }
    const headers = this.headers(this.held ?? (typeof this.options.token === "string" ? this.options.token : undefined));
    void this.fetched(`${this.base}/v1/events`, { method: "POST", body, headers, keepalive: true }).catch(() => {});
  }

  private size = () => this.options.batchSize ?? 100;
  private waiting = () => this.store.keys().filter((key) => key.startsWith(PREFIX)).sort();

  private later(ms = this.options.flushAfterMs ?? 2000): void {
    if (this.timer !== undefined) {
      if (ms) return;
      clearTimeout(this.timer);
    }
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, ms);
    // In Node a waiting batch does not keep the process alive.
    (this.timer as unknown as { unref?: () => void }).unref?.();
  }

  private read(keys: string[]): { key: string; event: T.NativeEvent }[] {
    const read = [];
    for (const key of keys) {
      try {
        const { at, event } = JSON.parse(this.store.get(key) ?? "");
        // By the server's clock: one that runs ahead would have the event refused.
        event.time ??= new Date(at + (this.skewMs ?? 0)).toISOString();
        read.push({ key, event });
      } catch {
        // Another tab has sent it, or something else wrote here.
        this.store.remove(key);
      }
    }
    return read;
  }

  private async send(): Promise<number> {
    let sent = 0;
    let size = this.size();
    for (;;) {
      let batch: { key: string; event: T.NativeEvent }[] = [];
      let refused: { index: number; message: string }[];
      try {
        const keys = this.waiting().slice(0, size);
        if (!keys.length) break;
        if (this.skewMs === undefined) await this.call("GET", "/health/live");
        batch = this.read(keys);
        if (!batch.length) continue;
        const done = await this.call<T.Collected>("POST", "/v1/events", { events: batch.map(({ event }) => event) });
        sent += done.accepted + done.known;
        refused = done.rejected;
        this.failures = 0;
      } catch (caught) {
        const error = caught as CandorError;
        const theirs = [400, 413, 422].includes(error.status);
        if (theirs && batch.length > 1) {
          size = error.status === 413 ? batch.length >> 1 : 1;
          continue;
        }
        if (!theirs) {
          this.options.onError?.(error);
          const wait = Math.min(LONGEST_WAIT_MS, 2000 * 2 ** this.failures++);
          // A wrong key does not become right by asking again.
          if (error.status !== 401 && error.status !== 403) this.later(Math.max(wait, error.retryAfterMs ?? 0));
          break;
        }
        refused = [{ index: 0, message: error.message }];
      }
      for (const { index, message } of refused) {
        const event = batch[index]?.event;
        if (event) this.options.onRejected?.(event, message);
      }
      for (const { key } of batch) this.store.remove(key);
    }
    return sent;
  }

  private headers(token: string | undefined): Record<string, string> {
    return {
      "content-type": "application/json",
      ...(this.options.key && { authorization: `Bearer ${this.options.key}` }),
      ...(token && { "x-candor-token": token }),
    };
  }

  private async tokenNow(): Promise<string | undefined> {
    const { token } = this.options;
    return typeof token === "function" ? (this.held ??= await token()) : token;
  }

  /** One request, repeated where it failed for a passing reason and writes nothing twice. */
  async call<R>(method: string, path: string, body?: unknown, how: Call = {}): Promise<R> {
    const query = Object.entries(how.query ?? {}).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(query.map(([name, value]) => [name, String(value)]));
    const url = `${this.base}${path}${query.length ? `?${search}` : ""}`;
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      let error: CandorError;
      let keyed = method !== "POST" || READING.test(path) || !!how.headers?.["idempotency-key"];
      try {
        const headers = { ...this.headers(await this.tokenNow()), ...how.headers };
        const response = await this.fetched(url, {
          method,
          headers,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const date = Date.parse(response.headers.get("date") ?? "");
        this.skewMs = date ? date - this.now() : (this.skewMs ?? 0);
        const text = await response.text();
        if (response.ok) return (text ? JSON.parse(text) : undefined) as R;
        error = refusal(response, text, this.now() + this.skewMs);
      } catch (failed) {
        const hint = "is the server up, and is this page's origin in serve.cors_origins?";
        error = new CandorError(0, "unreachable", `${method} ${url}: ${failed}`, hint);
      }
      if (error.code === "bad_token" && typeof this.options.token === "function" && !renewed) {
        renewed = true;
        this.held = undefined;
        continue;
      }
      keyed ||= ["too_many_requests", "not_ready", "stopping"].includes(error.code);
      const passing = [0, 429, 502, 503, 504].includes(error.status) && keyed;
      const wait = error.retryAfterMs ?? Math.min(8000, 250 * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
      if (!passing || attempt >= (this.options.attempts ?? 4) || wait > LONGEST_WAIT_MS) throw error;
      await this.sleep(wait);
    }
  }
}

function refusal(response: Response, text: string, now: number): CandorError {
  let told: Partial<T.ErrorDetail> = {};
  try {
    told = JSON.parse(text).error ?? {};
  } catch {
    /* the answer of something in between */
  }
  const after = response.headers.get("retry-after");
  const ms = after === null ? NaN : /^\d+$/.test(after) ? Number(after) * 1000 : Math.max(0, Date.parse(after) - now);
  return new CandorError(
    response.status,
    told.code ?? "unknown",
    told.message ?? "the answer is not one of the Candor API",
    told.hint ?? "check the address, and what stands between it and you",
    response.headers.get("x-request-id") ?? undefined,
    Number.isNaN(ms) ? undefined : ms,
  );
}
