/**
 * Keeps the regions of a staff page up to date.
 *
 * The server sends "topic version", never content; the page fetches its regions anew under its own rights. One stream
 * serves all tabs of a browser (six would freeze the site over HTTP/1.1): the visible tab that holds a lock has it and
 * tells the others; when no tab is visible nobody has one. Where a browser lacks locks or channels, and on pages that
 * are no secure context, the page asks every 15 seconds instead, and says so.
 *
 *   <div data-live="dialogue/ID" data-live-version="…" data-live-from="/path"
 *        data-live-on="…" data-live-off="…" data-live-poll="…" data-live-out="…">
 *
 * The fragment at data-live-from carries its own data-live-version; each child with an id takes the place of the page's
 * element of that id. The words are shown in the page's .dt-tally__network.
 */

const streamPath = "/noi-bo/luong";
const pollEvery = 15_000;
const retryEvery = 5_000;
const name = "doi-thoai-luong";

type Message =
  | { kind: "want"; topics: string[] } // a tab asks the one that has the stream
  | { kind: "leads" } // a tab has the stream from now on: say what you want
  | { kind: "news"; topic: string; version: string }
  | { kind: "state"; on: boolean };

type Words = "on" | "off" | "poll" | "out";

/** One region of the page. */
class Region {
  readonly topic: string;
  private version: string;
  private wanted = "";
  private busy = false;
  private out = false; // signed out: that is why the line is broken

  constructor(private readonly root: HTMLElement) {
    this.topic = root.dataset.live ?? "";
    this.version = root.dataset.liveVersion ?? "";
  }

  say(words: Words): void {
    if (this.out) words = "out";
    const key = `live${words[0]?.toUpperCase()}${words.slice(1)}`;
    const text = this.root.dataset[key] ?? "";
    const place = document.querySelector(".dt-tally__network");
    if (!place || place.textContent === text) return;
    place.textContent = text;
    place.classList.toggle("dt-due--late", words === "off" || words === "out");
  }

  /** The server says which version there is. */
  news(version: string): void {
    if (version === this.version) return;
    this.wanted = version;
    void this.refresh();
  }

  /** Fetches the region; a change that is told meanwhile is fetched after it. False: the server can't be reached. */
  async refresh(): Promise<boolean> {
    if (this.busy) return true;
    this.busy = true;
    try {
      const answer = await fetch(this.root.dataset.liveFrom ?? "", { credentials: "same-origin" });
      this.out = answer.redirected || answer.status === 401 || answer.status === 403;
      if (this.out) {
        this.say("out");
        return true;
      }
      if (!answer.ok) return false;
      this.put(await answer.text());
      return true;
    } catch {
      return false; // no network: the stream or the next poll says so
    } finally {
      this.busy = false;
      if (this.wanted !== "" && this.wanted !== this.version) {
        this.wanted = "";
        window.setTimeout(() => void this.refresh(), 1000);
      }
    }
  }

  private put(html: string): void {
    const fragment = new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>("[data-live-version]");
    if (!fragment) return;
    this.version = fragment.dataset.liveVersion ?? "";
    if (this.wanted === this.version) this.wanted = "";
    for (const fresh of Array.from(fragment.children)) {
      const old = document.getElementById(fresh.id);
      if (old && old.innerHTML !== fresh.innerHTML) replace(old, fresh);
    }
  }
}

/** Takes over what is new, keeping the focus, how far it was scrolled, and what scripts say in the strip. */
function replace(old: Element, fresh: Element): void {
  const focused = old.contains(document.activeElement) ? mark(document.activeElement) : null;
  const scrolled = old.scrollTop;
  const open = new Set(Array.from(old.querySelectorAll("details[open] > summary"), label));
  for (const kept of [".dt-tally__network", ".dt-tally__saved"]) {
    const mine = old.querySelector(kept);
    if (mine) fresh.querySelector(kept)?.replaceWith(mine);
  }
  old.replaceChildren(...Array.from(fresh.childNodes));
  old.scrollTop = scrolled;
  for (const s of old.querySelectorAll("details > summary")) if (open.has(label(s))) s.parentElement?.setAttribute("open", "");
  if (focused) old.querySelector<HTMLElement>(focused)?.focus();
}

/** What finds a link or a button again in what is new: where it leads, or what it does to what. */
function mark(e: Element | null): string | null {
  const href = e?.getAttribute("href");
  if (href) return `[href="${CSS.escape(href)}"]`;
  if (e instanceof HTMLButtonElement && e.form) {
    const action = CSS.escape(e.form.getAttribute("action") ?? "");
    return `form[action="${action}"] button[name="${CSS.escape(e.name)}"][value="${CSS.escape(e.value)}"]`;
  }
  return null;
}

/** What a folded part is called, so that it stays open when it comes anew; numbers in it may have changed. */
function label(s: Element): string {
  return (s.getAttribute("aria-label") ?? s.textContent ?? "").replace(/\d+/g, "").trim();
}

/** The stream that the tabs of this browser share, as one tab sees it. */
class Shared {
  private readonly channel = new BroadcastChannel(name);
  private readonly topics = new Set<string>(); // of all tabs, while this one leads
  private readonly known = new Map<string, string>();
  private source: EventSource | null = null;
  private release: (() => void) | null = null;
  private waiting: AbortController | null = null;
  private retry = 0;

  constructor(
    private readonly mine: string[],
    private readonly news: (topic: string, version: string) => void,
    private readonly state: (on: boolean) => void,
  ) {
    this.channel.onmessage = (e: MessageEvent<Message>) => this.hear(e.data);
  }

  /** The tab is seen: it wants news, and has the stream if no other tab has it. */
  start(): void {
    if (this.waiting) return;
    this.waiting = new AbortController();
    this.channel.postMessage({ kind: "want", topics: this.mine } satisfies Message);
    navigator.locks
      .request(name, { signal: this.waiting.signal }, () => {
        this.lead();
        return new Promise<void>((resolve) => (this.release = resolve));
      })
      .catch(() => undefined); // aborted by stop
  }

  /** The tab is not seen any more: another one may have the stream. */
  stop(): void {
    this.waiting?.abort();
    this.waiting = null;
    this.close();
    this.release?.();
    this.release = null;
  }

  private lead(): void {
    this.topics.clear();
    for (const t of this.mine) this.topics.add(t);
    this.open();
    this.channel.postMessage({ kind: "leads" } satisfies Message);
  }

  private hear(m: Message): void {
    switch (m.kind) {
      case "leads":
        if (this.waiting) this.channel.postMessage({ kind: "want", topics: this.mine } satisfies Message);
        break;
      case "want":
        if (this.source) this.add(m.topics);
        break;
      case "news":
        this.news(m.topic, m.version);
        break;
      case "state":
        this.state(m.on);
    }
  }

  private add(topics: string[]): void {
    const fresh = topics.filter((t) => !this.topics.has(t));
    for (const t of fresh) this.topics.add(t);
    if (fresh.length > 0) this.open();
    for (const t of topics) {
      const version = this.known.get(t);
      if (version) this.channel.postMessage({ kind: "news", topic: t, version } satisfies Message);
    }
    this.channel.postMessage({ kind: "state", on: this.source?.readyState === EventSource.OPEN } satisfies Message);
  }

  private open(): void {
    this.close();
    const query = [...this.topics].map((t) => `nghe=${encodeURIComponent(t)}`).join("&");
    const source = new EventSource(`${streamPath}?${query}`);
    this.source = source;
    source.onopen = () => this.tellState(true);
    source.onmessage = (e: MessageEvent<string>) => {
      const [topic = "", version = ""] = e.data.split(" ");
      this.known.set(topic, version);
      this.news(topic, version);
      this.channel.postMessage({ kind: "news", topic, version } satisfies Message);
    };
    source.onerror = () => {
      this.tellState(false);
      // The browser comes back by itself from a broken line, not from a refusal.
      if (source.readyState === EventSource.CLOSED) this.retry = window.setTimeout(() => this.open(), retryEvery);
    };
  }

  private close(): void {
    window.clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
  }

  private tellState(on: boolean): void {
    this.state(on);
    this.channel.postMessage({ kind: "state", on } satisfies Message);
  }
}

/** Starts the regions of the page, if it has any. */
export function live(): void {
  const regions = Array.from(document.querySelectorAll<HTMLElement>("[data-live]"), (e) => new Region(e));
  if (regions.length === 0) return;
  const visible = () => document.visibilityState === "visible";
  // Something was done in this page: it need not wait to be told.
  document.addEventListener("dt:changed", () => {
    for (const r of regions) void r.refresh();
  });

  if (!("locks" in navigator) || !("BroadcastChannel" in window) || !("EventSource" in window)) {
    const ask = () => {
      if (!visible()) return;
      for (const r of regions) void r.refresh().then((reached) => r.say(reached ? "poll" : "off"));
    };
    window.setInterval(ask, pollEvery);
    document.addEventListener("visibilitychange", ask);
    ask();
    return;
  }

  const shared = new Shared(
    regions.map((r) => r.topic),
    (topic, version) => {
      for (const r of regions) if (r.topic === topic && visible()) r.news(version);
    },
    (on) => {
      for (const r of regions) {
        r.say(on ? "on" : "off");
        // A refused stream may mean that the sign-in is over: the region's own answer tells.
        if (!on && visible()) void r.refresh();
      }
    },
  );
  const follow = () => (visible() ? shared.start() : shared.stop());
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", () => shared.stop());
  window.addEventListener("pageshow", (e) => e.persisted && follow());
  follow();
}
