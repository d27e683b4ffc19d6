/**
 * States of a dialogue as a stream sends them: the same bytes for all who watch.
 *
 * A stream that ends, is refused or falls silent is opened anew; each begins with the newest state, so that a cut or a
 * restart of the server heals without a reload. Where it can't be opened, `lost` is told once.
 */
export interface Listener {
  state(html: string): void;
  /** The server's clock, in milliseconds. */
  now(ms: number): void;
  /** The line is there, or broken. */
  line(on: boolean): void;
}

const retryEvery = 2000;
const silence = 40_000; // the server says something every 15 seconds

export class Stream {
  private source: EventSource | null = null;
  private retry = 0;
  private watchdog = 0;

  constructor(private readonly path: string, private readonly to: Listener) {}

  open(): void {
    this.close();
    const source = new EventSource(this.path);
    this.source = source;
    source.onopen = () => {
      this.heard();
      this.to.line(true);
    };
    source.addEventListener("state", (e) => {
      this.heard();
      this.to.state((e as MessageEvent<string>).data);
    });
    source.addEventListener("now", (e) => this.to.now(Number((e as MessageEvent<string>).data)));
    source.addEventListener("ping", () => this.heard());
    source.onerror = () => {
      this.to.line(false);
      // The browser comes back by itself from a broken line, not from a refusal.
      if (source.readyState === EventSource.CLOSED) this.again();
    };
    this.heard();
  }

  close(): void {
    window.clearTimeout(this.retry);
    window.clearTimeout(this.watchdog);
    this.source?.close();
    this.source = null;
  }

  private again(): void {
    window.clearTimeout(this.retry);
    this.retry = window.setTimeout(() => this.open(), retryEvery);
  }

  /** A line on which nothing comes any more is broken, though nobody said so. */
  private heard(): void {
    window.clearTimeout(this.watchdog);
    this.watchdog = window.setTimeout(() => {
      this.to.line(false);
      this.open();
    }, silence);
  }
}

/** The one element of a state. */
export function parse(html: string): HTMLElement | null {
  return new DOMParser().parseFromString(html, "text/html").body.firstElementChild as HTMLElement | null;
}

const clockOf = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" });

const two = (n: number) => String(n).padStart(2, "0");
const minutes = (ms: number) => `${two(Math.floor(ms / 60_000))}:${two(Math.floor(ms / 1000) % 60)}`;

/** Goes on with the timers and clocks of the page, by the server's clock. */
export class Clock {
  private ahead = 0; // of this machine's clock

  set(server: number): void {
    if (server > 0) this.ahead = server - Date.now();
  }

  start(): void {
    window.setInterval(() => this.tick(), 250);
  }

  tick(): void {
    const now = Date.now() + this.ahead;
    for (const e of document.querySelectorAll<HTMLElement>("[data-clock]")) put(e, clockOf.format(now));
    for (const e of document.querySelectorAll<HTMLElement>("[data-timer]")) put(e, timer(e, now));
    for (const e of document.querySelectorAll<HTMLElement>("[data-until]")) {
      const left = Math.ceil((Number(e.dataset.until) - now) / 60_000);
      put(e, left > 0 ? (e.dataset.left ?? "").replace("{n}", String(left)) : "");
    }
  }

  hour(): string {
    return clockOf.format(Date.now() + this.ahead);
  }
}

function timer(e: HTMLElement, now: number): string {
  const since = Number(e.dataset.since ?? 0);
  const limit = Number(e.dataset.limit ?? 0);
  const spoken = Number(e.dataset.spoken ?? 0) + (since > 0 ? Math.max(0, now - since) : 0);
  if (limit <= 0) return minutes(spoken);
  if (spoken > limit) return (e.dataset.over ?? "{time}").replace("{time}", minutes(spoken - limit));
  return `${minutes(spoken)} / ${minutes(limit)}`;
}

/** Changes a text only where it differs: a screen reader hears nothing of what stays. */
export function put(e: Element, text: string): void {
  if (e.textContent !== text) e.textContent = text;
}
