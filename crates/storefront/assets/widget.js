// <candor-recommendations shopper="…" surface="…" lang="…">: recommendations with their reasons.
//
// One element, no dependency. Whatever comes from the server is put in as text, never as markup.
// Colours are CSS variables: --candor-ink, -quiet, -card, -line, -accent, -radius, -width.
// Its events are described in widget.d.ts.
"use strict";

(() => {
  const SERVER = new URL(document.currentScript.src).origin;
  const SURFACES = ["home", "category", "product", "cart", "message"];
  const IN_VIEW_MS = 500;

  const WORDS = {
    en: {
      heading: "Recommended for you", why: "Why?", close: "Close", facts: "Verified facts",
      helpful: "Helpful", unclear: "Unclear", wrong: "Wrong", dont_use: "Don’t use this",
      thanks: "Noted, thank you.", failed: "Nothing can be recommended right now.",
      nothing: "There is nothing to recommend.", simulated: "Simulated data", made_of: "What the score is made of",
      ai: "Worded by a language model", sold_out: "Sold out", no_price: "Price not given",
    },
    zh: {
      heading: "为您推荐", why: "为什么？", close: "关闭", facts: "核实过的事实",
      helpful: "有帮助", unclear: "看不懂", wrong: "不对", dont_use: "不要用这些",
      thanks: "已记下，谢谢。", failed: "暂时无法推荐。",
      nothing: "没有可以推荐的商品。", simulated: "模拟数据", made_of: "得分构成",
      ai: "措辞由语言模型生成", sold_out: "暂时缺货", no_price: "价格未标",
    },
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; color: var(--candor-ink, #1d2526); font: inherit; line-height: 1.5; }
    h2 { font-size: 1.15rem; margin: 0 0 .75rem; }
    ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--candor-width, 14rem)), 1fr)); }
    ol > li { display: flex; flex-direction: column; min-width: 0; overflow: hidden; overflow-wrap: anywhere;
      background: var(--candor-card, #fff); border: 1px solid var(--candor-line, #e2e0d9);
      border-radius: var(--candor-radius, .9rem); padding: 0 .9rem .9rem; }
    img { display: block; width: calc(100% + 1.8rem); margin: 0 -.9rem .7rem; aspect-ratio: 4 / 3; object-fit: cover; }
    p { margin: 0 0 .3rem; }
    ol a { color: inherit; text-decoration: none; font-weight: 600;
      display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
    ol a:hover { text-decoration: underline; }
    .quiet { color: var(--candor-quiet, #5c6a6c); font-size: .85rem; }
    .line { margin: .4rem 0; padding-left: .7rem; border-left: 3px solid var(--candor-accent, #0b6e63); font-size: .92rem;
      display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 6; overflow: hidden; }
    button { font: inherit; font-size: .9rem; cursor: pointer; border-radius: .5rem; padding: .4rem .8rem;
      color: var(--candor-accent, #0b6e63); background: none; border: 1px solid currentColor; }
    .why { align-self: start; margin-top: auto; border: 0; padding: .4rem 0; font-weight: 600; }
    :focus-visible { outline: 2px solid var(--candor-accent, #0b6e63); outline-offset: 2px; }
    .proof { max-width: min(36rem, calc(100vw - 2rem)); max-height: 80vh; overflow: auto; box-sizing: border-box;
      color: var(--candor-ink, #1d2526); background: var(--candor-card, #fff);
      border: 1px solid var(--candor-line, #e2e0d9); border-radius: var(--candor-radius, .9rem); padding: 1.1rem 1.3rem; overflow-wrap: anywhere; }
    .proof h3 { margin: 0 0 .6rem; font-size: 1.05rem; }
    .proof h4 { margin: 1rem 0 .3rem; font-size: .9rem; }
    .proof ul { margin: 0; padding-left: 1.1rem; }
    .row { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: 1rem; }
    .bar { display: flex; height: .55rem; border-radius: .3rem; overflow: hidden; background: var(--candor-line, #e2e0d9); }
    .proof .legend { list-style: none; padding: 0; margin-top: .4rem; display: flex; flex-wrap: wrap; gap: .1rem .9rem; font-size: .85rem; }
    .legend li::before { content: ""; display: inline-block; width: .65em; height: .65em; border-radius: .15em; margin-right: .35em; }
    .bar span:nth-child(4n+1), .legend li:nth-child(4n+1)::before { background: #0b7a6e; }
    .bar span:nth-child(4n+2), .legend li:nth-child(4n+2)::before { background: #d98a2b; }
    .bar span:nth-child(4n+3), .legend li:nth-child(4n+3)::before { background: #7d6fb3; }
    .bar span:nth-child(4n), .legend li:nth-child(4n)::before { background: #5b8fd0; }
  `);

  /** An element with text in it; `text` is never read as markup. */
  const made = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  class CandorRecommendations extends HTMLElement {
    static observedAttributes = ["shopper", "session", "surface", "lang", "limit", "seeds", "key", "token"];

    #root = this.attachShadow({ mode: "open" });
    #asked = 0;
    #planned = false;
    #watcher = null;
    #timers = new Map();

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      this.#plan();
    }

    disconnectedCallback() {
      this.#forget();
      this.#asked += 1;
    }

    attributeChangedCallback(name, before, after) {
      if (this.isConnected && before !== after) this.#plan();
    }

    /** Several attributes that change together are one question. */
    #plan() {
      if (this.#planned) return;
      this.#planned = true;
      queueMicrotask(() => {
        this.#planned = false;
        if (this.isConnected) this.refresh();
      });
    }

    get #lang() {
      const named = this.getAttribute("lang") ?? document.documentElement.lang;
      return named.toLowerCase().startsWith("zh") ? "zh" : "en";
    }

    get #words() {
      return WORDS[this.#lang];
    }

    async refresh() {
      const asked = ++this.#asked;
      const limit = Number.parseInt(this.getAttribute("limit") ?? "4", 10);
      const surface = this.getAttribute("surface");
      const request = {
        surface: SURFACES.includes(surface) ? surface : "home",
        k: Math.min(Math.max(Number.isNaN(limit) ? 4 : limit, 1), 24),
        lang: this.#lang,
        seed_items: (this.getAttribute("seeds") ?? "").split(/\s+/).filter(Boolean),
      };
      for (const name of ["shopper", "session"]) {
        if (this.getAttribute(name)) request[name] = this.getAttribute(name);
      }
      const answer = await this.#post("recommend", "/v1/cards", request);
      if (asked !== this.#asked) return;
      this.#forget();
      if (!answer) return this.#root.replaceChildren(made("p", this.#words.failed, "quiet"));
      this.#show(answer);
      const item_ids = answer.items.map((item) => item.item_id);
      this.#tell("loaded", { request_id: answer.request_id, item_ids, profiled: answer.profiled });
    }

    #show(answer) {
      const words = this.#words;
      const list = made("ol");
      list.append(...answer.items.map((item) => this.#card(answer, item)));
      const parts = [made("h2", words.heading)];
      if (answer.simulated) parts.push(made("p", words.simulated, "quiet"));
      parts.push(answer.items.length ? list : made("p", words.nothing, "quiet"));
      this.#root.replaceChildren(...parts);
      this.#watch(answer, list);
    }

    #card(answer, item) {
      const card = made("li");
      card.dataset.itemId = item.item_id;
      const image = made("img");
      image.alt = "";
      image.loading = "lazy";
      image.src = `${SERVER}/art/${encodeURIComponent(item.item_id)}`;
      const link = made("a", item.title);
      link.href = this.#address(answer, item);
      link.addEventListener("click", (event) => this.#clicked(event, answer, item));
      const over = [item.brand, item.category].filter(Boolean).join(" · ");
      card.append(image);
      if (over) card.append(made("p", over, "quiet"));
      card.append(link, made("p", item.price || this.#words.no_price, item.price ? "" : "quiet"));
      if (!item.in_stock) card.append(made("p", this.#words.sold_out, "quiet"));
      if (item.why) {
        const proof = this.#proof(item);
        const why = made("button", this.#words.why, "why");
        why.type = "button";
        why.popoverTargetElement = proof;
        why.setAttribute("aria-label", `${this.#words.why} ${item.title}`);
        card.append(made("p", item.why.line, "line"), why, proof);
      }
      return card;
    }

    /** The shop's own pages, or the server's; never a script. */
    #address(answer, item) {
      const pattern = this.getAttribute("link");
      const id = encodeURIComponent(item.item_id);
      const from = encodeURIComponent(answer.request_id);
      const raw = pattern ? pattern.replaceAll("{id}", id) : `${SERVER}/item/${id}?from=${from}`;
      const url = new URL(raw, document.baseURI);
      return ["http:", "https:"].includes(url.protocol) ? url.href : "#";
    }

    #proof(item) {
      const { why } = item;
      const words = this.#words;
      const proof = made("div", undefined, "proof");
      proof.popover = "auto";
      proof.setAttribute("role", "dialog");
      proof.setAttribute("aria-label", `${words.why} ${item.title}`);
      const sentences = made("ul");
      sentences.append(...why.sentences.map((sentence) => made("li", sentence)));
      const facts = made("div");
      for (const fact of why.facts) {
        const mark = fact.verified ? "✓" : "✗";
        facts.append(made("p", `${fact.label}: ${fact.detail} (${mark} ${fact.verdict})`, "quiet"));
      }
      const bar = made("div", undefined, "bar");
      bar.setAttribute("role", "img");
      bar.setAttribute("aria-label", item.bars.map((part) => `${part.label} ${part.share}`).join(", "));
      for (const part of item.bars) {
        const piece = made("span");
        piece.style.width = `${Number.parseFloat(part.width) || 0}%`;
        piece.title = `${part.label} ${part.share}`;
        bar.append(piece);
      }
      const legend = made("ul", undefined, "legend");
      legend.append(...item.bars.map((part) => made("li", `${part.label} ${part.share}`)));
      const row = made("div", undefined, "row");
      const status = made("p", "", "quiet");
      status.setAttribute("role", "status");
      for (const kind of ["helpful", "unclear", "wrong", "dont_use"]) {
        const button = made("button", words[kind]);
        button.type = "button";
        button.addEventListener("click", () => this.#judge(item, kind, status));
        row.append(button);
      }
      const close = made("button", words.close);
      close.type = "button";
      close.addEventListener("click", () => proof.hidePopover());
      row.append(close);
      proof.append(made("h3", item.title), sentences);
      if (why.ai_generated) proof.append(made("p", words.ai, "quiet"));
      proof.append(made("h4", words.facts), facts, made("h4", words.made_of), bar, legend, row, status);
      proof.addEventListener("toggle", (event) => {
        if (event.newState !== "open") return;
        this.#post("opened", this.#of_reason(item), { feedback: "opened" });
        this.#tell("opened", { reason_id: why.reason_id, item_id: item.item_id });
      });
      return proof;
    }

    #of_reason(item) {
      return `/v1/reasons/${encodeURIComponent(item.why.reason_id)}/feedback`;
    }

    async #judge(item, feedback, status) {
      const taken = await this.#post("feedback", this.#of_reason(item), { feedback });
      if (!taken) return;
      status.textContent = this.#words.thanks;
      this.#tell("feedback", { reason_id: item.why.reason_id, item_id: item.item_id, feedback });
      // From the next answer on it holds, so the next answer is what to show.
      if (feedback === "wrong" || feedback === "dont_use") this.refresh();
    }

    #clicked(event, answer, item) {
      const detail = { request_id: answer.request_id, item_id: item.item_id, rank: item.rank };
      if (!this.#tell("clicked", detail)) event.preventDefault();
      const who = {};
      for (const name of ["shopper", "session"]) {
        if (this.getAttribute(name)) who[name] = this.getAttribute(name);
      }
      // The server's own item page notes the click itself; a shop's page does not.
      if (!this.getAttribute("link") || (!who.shopper && !who.session && !this.getAttribute("token"))) return;
      const click = { ...who, kind: "click", item_id: item.item_id, request_id: answer.request_id };
      this.#post("click", "/v1/events", click);
    }

    /** An item counts as seen when half of it was in view for a while, once per answer. */
    #watch(answer, list) {
      const seen = (card) => {
        this.#timers.delete(card);
        this.#watcher?.unobserve(card);
        const told = { request_id: answer.request_id, item_ids: [card.dataset.itemId] };
        this.#post("expose", "/v1/exposures", told);
        this.#tell("exposed", told);
      };
      this.#watcher = new IntersectionObserver((entries) => {
        for (const { target, isIntersecting } of entries) {
          clearTimeout(this.#timers.get(target));
          this.#timers.delete(target);
          if (isIntersecting) this.#timers.set(target, setTimeout(seen, IN_VIEW_MS, target));
        }
      }, { threshold: 0.5 });
      for (const card of list.children) this.#watcher.observe(card);
    }

    #forget() {
      this.#watcher?.disconnect();
      this.#watcher = null;
      this.#timers.forEach((timer) => clearTimeout(timer));
      this.#timers.clear();
    }

    /** Sends an event; false when somebody on the page cancelled it. */
    #tell(kind, detail) {
      const told = new CustomEvent(`candor-${kind}`, { detail, bubbles: true, composed: true, cancelable: true });
      return this.dispatchEvent(told);
    }

    /** The answer to a call, or nothing where it failed. */
    async #post(doing, path, body) {
      const headers = { "content-type": "application/json" };
      if (this.getAttribute("key")) headers.authorization = `Bearer ${this.getAttribute("key")}`;
      if (this.getAttribute("token")) headers["x-candor-token"] = this.getAttribute("token");
      let [status, message] = [0, "the server cannot be reached"];
      try {
        const sent = { method: "POST", headers, body: JSON.stringify(body), keepalive: true, credentials: "omit" };
        const response = await fetch(SERVER + path, sent);
        const answer = await response.json();
        if (response.ok) return answer;
        [status, message] = [response.status, answer?.error?.message ?? ""];
      } catch (error) {
        message = String(error?.message ?? error);
      }
      this.#tell("failed", { doing, status, message });
      return null;
    }
  }

  if (!customElements.get("candor-recommendations")) {
    customElements.define("candor-recommendations", CandorRecommendations);
  }
})();
