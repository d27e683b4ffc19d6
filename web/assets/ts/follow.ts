import { Clock, parse, put, Stream } from "./states";

/**
 * A dialogue on people's telephones, live.
 *
 *   <div data-follow="/truc-tiep/SLUG" data-dialogue="ID" data-now="MS" data-updated="cập nhật {time}" data-off="…">
 *
 * One stream serves all tabs of a browser: the visible tab that holds a lock has it and passes on what it hears; when no
 * tab is visible nobody has one. Where a browser lacks locks or channels, and on pages that are no secure context, the
 * page asks each second while it is visible, and is mostly told that nothing changed.
 */

const pollEvery = 1000;

type Message = { kind: "state"; html: string } | { kind: "line"; on: boolean } | { kind: "ask" };

export function startFollow(): void {
  const root = document.querySelector<HTMLElement>("[data-follow]");
  if (!root) return;
  const path = root.dataset.follow ?? "";
  const clock = new Clock();
  clock.set(Number(root.dataset.now));
  const page = new Page(root, clock);
  clock.start();
  const visible = () => document.visibilityState === "visible";

  if (!("locks" in navigator) || !("BroadcastChannel" in window)) {
    let asking = false;
    const ask = async () => {
      if (!visible() || asking) return;
      asking = true;
      try {
        const answer = await fetch(`${path}/hien-tai`);
        if (!answer.ok) throw new Error(String(answer.status));
        page.state(await answer.text());
        page.line(true);
      } catch {
        page.line(false);
      } finally {
        asking = false;
      }
    };
    window.setInterval(() => void ask(), pollEvery);
    return;
  }

  const channel = new BroadcastChannel(`doi-thoai-theo-doi ${root.dataset.dialogue ?? ""}`);
  let newest = "";
  let leads = false;
  const tell = (m: Message) => channel.postMessage(m);
  const stream = new Stream(`${path}/luong`, {
    state: (html) => {
      newest = html;
      page.state(html);
      tell({ kind: "state", html });
    },
    now: (ms) => clock.set(ms),
    line: (on) => {
      page.line(on);
      tell({ kind: "line", on });
    },
  });
  channel.onmessage = (e: MessageEvent<Message>) => {
    const m = e.data;
    if (m.kind === "ask") {
      if (leads && newest !== "") tell({ kind: "state", html: newest });
    } else if (m.kind === "state") {
      page.state(m.html);
    } else {
      page.line(m.on);
    }
  };

  let release: (() => void) | null = null;
  let waiting: AbortController | null = null;
  const start = () => {
    if (waiting) return;
    waiting = new AbortController();
    tell({ kind: "ask" });
    navigator.locks
      .request(channel.name, { signal: waiting.signal }, () => {
        leads = true;
        stream.open();
        return new Promise<void>((resolve) => (release = resolve));
      })
      .catch(() => undefined); // aborted by stop
  };
  const stop = () => {
    waiting?.abort();
    waiting = null;
    leads = false;
    stream.close();
    release?.();
    release = null;
  };
  const follow = () => (visible() ? start() : stop());
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", (e) => e.persisted && follow());
  follow();
}

/** What one tab shows. */
class Page {
  constructor(private readonly root: HTMLElement, private readonly clock: Clock) {
    this.turn();
  }

  state(html: string): void {
    const fresh = parse(html);
    const old = document.getElementById("truc-tiep-nay");
    if (!fresh || !old || fresh.id !== old.id) return;
    if (fresh.dataset.state !== old.dataset.state) {
      location.reload(); // it began, or was closed: other things can be done
      return;
    }
    if (fresh.outerHTML !== old.outerHTML) old.replaceWith(fresh);
    this.line(true);
    this.turn();
  }

  line(on: boolean): void {
    const e = document.querySelector("[data-seen]");
    if (!e) return;
    put(e, on ? (this.root.dataset.updated ?? "").replace("{time}", this.clock.hour()) : (this.root.dataset.off ?? ""));
    e.classList.toggle("dt-due--late", !on);
  }

  /** One's own turn, from the line that is the same for all. */
  private turn(): void {
    const mine = document.querySelector<HTMLElement>(".dt-turn[data-ticket]");
    const state = document.getElementById("truc-tiep-nay");
    if (!mine || !state) return;
    const words = mine.dataset;
    const ticket = words.ticket ?? "";
    const line = (state.dataset.line ?? "").split(" ").filter((n) => n !== "");
    const ahead = line.indexOf(ticket);
    const speaking = state.dataset.speaking ?? "";
    let number = words.over ?? "";
    let when = "";
    if (speaking === ticket) {
      number = words.mine ?? "";
    } else if (ahead >= 0) {
      const wait = Math.floor(((ahead + (speaking === "" ? 0 : 1)) * Number(words.limit ?? 0)) / 60_000);
      number = ahead === 0 ? (words.next ?? "") : (words.ahead ?? "").replace("{n}", String(ahead));
      when = wait > 0 ? (words.about ?? "").replace("{n}", String(wait)) : (words.soon ?? "");
    }
    const at = (name: string) => mine.querySelector(`[data-turn="${name}"]`);
    const a = at("number");
    const b = at("when");
    if (a) put(a, number);
    if (b) put(b, when);
  }
}
