import { Clock, parse, Stream } from "./states";

/**
 * The picture on the wall.
 *
 *   <body data-projector="/man-hinh/SLUG" data-dialogue="ID" data-now="MS">
 *
 * F9 here, or a message of the console in the same browser, shows the title at once, with or without a network. It stays
 * until the server says a newer version that is not blank; a reload changes nothing in that.
 */

/** What the console posts on this channel: { kind: "blank", dialogue: ID }. */
export const blankChannel = "doi-thoai-chieu";

export function startProjector(): void {
  const path = document.body.dataset.projector;
  const frame = document.getElementById("chieu-khung");
  const title = document.getElementById("chieu-tat");
  if (!path || !frame || !title) return;
  const dialogue = document.body.dataset.dialogue ?? "";
  const clock = new Clock();
  clock.set(Number(document.body.dataset.now));

  const kept = `doi-thoai-chieu-tat ${dialogue}`;
  let blanked = Number(sessionStorage.getItem(kept) ?? "-1"); // the version that was blanked here; -1: none
  const version = () => Number(document.getElementById("chieu")?.dataset.version ?? "0");
  const show = () => {
    const e = document.getElementById("chieu");
    if (blanked >= 0 && version() > blanked && e?.dataset.blank === "false") {
      blanked = -1;
      sessionStorage.removeItem(kept);
    }
    frame.hidden = blanked >= 0;
    title.hidden = blanked < 0;
  };
  const blank = () => {
    blanked = Math.max(blanked, version());
    sessionStorage.setItem(kept, String(blanked));
    show();
  };

  document.addEventListener("keydown", (e) => {
    if (e.key === "F9") {
      e.preventDefault();
      blank();
    } else if (e.key.toLowerCase() === "n" && !e.ctrlKey && !e.altKey && !e.metaKey) {
      const dark = document.body.classList.toggle("dt-projected--dark");
      history.replaceState(null, "", dark ? `${path}?nen=toi` : path);
    }
  });
  if ("BroadcastChannel" in window) {
    new BroadcastChannel(blankChannel).onmessage = (e: MessageEvent<{ kind?: string; dialogue?: string }>) => {
      if (e.data.kind === "blank" && e.data.dialogue === dialogue) blank();
    };
  }
  show();

  const offline = document.getElementById("chieu-mat-mang");
  let broken = 0;
  new Stream(`${path}/luong`, {
    state: (html) => {
      const fresh = parse(html);
      if (!fresh || fresh.id !== "chieu") return;
      frame.replaceChildren(fresh);
      show();
      clock.tick();
    },
    now: (ms) => clock.set(ms),
    line: (on) => {
      window.clearTimeout(broken);
      if (!offline) return;
      if (on) offline.hidden = true;
      else broken = window.setTimeout(() => (offline.hidden = false), 3000); // a restart is over by then
    },
  }).open();
  clock.start();
  clock.tick();
}
