/** Types of /widget.js. */

/** Attributes of `<candor-recommendations>`. */
export interface CandorAttributes {
  /** For whom; the token's shopper, or nobody in particular, where missing. */
  shopper?: string;
  /** The visit of somebody without a name. */
  session?: string;
  surface?: "home" | "category" | "product" | "cart" | "message";
  lang?: "zh" | "en";
  /** How many, 1 to 24; 4 where missing. */
  limit?: string;
  /** Item ids that the page is about, separated by spaces. */
  seeds?: string;
  /** The publishable key, and a signed token of POST /v1/tokens. */
  key?: string;
  token?: string;
  /** Where an item's page is; `{id}` stands for its id. `/item/{id}` of the server where missing. */
  link?: string;
}

export interface CandorEvents {
  "candor-loaded": CustomEvent<{ request_id: string; item_ids: string[]; profiled: boolean }>;
  /** Once per item and answer, when half of it was in view for half a second. */
  "candor-exposed": CustomEvent<{ request_id: string; item_ids: string[] }>;
  /** Cancel it to keep the browser on the page. */
  "candor-clicked": CustomEvent<{ request_id: string; item_id: string; rank: number }>;
  "candor-opened": CustomEvent<{ reason_id: string; item_id: string }>;
  "candor-feedback": CustomEvent<{
    reason_id: string;
    item_id: string;
    feedback: "helpful" | "unclear" | "wrong" | "dont_use";
  }>;
  "candor-failed": CustomEvent<{ doing: string; status: number; message: string }>;
}

export interface CandorRecommendations extends HTMLElement {
  /** Asks again; resolves when the answer is shown. */
  refresh(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "candor-recommendations": CandorRecommendations;
  }
}
