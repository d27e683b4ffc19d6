/**
 * The queue of the hall: a speaker's time goes on, and what is done to the queue leaves the page as it is, with all that
 * is typed in it.
 *
 * Each form marked data-turn is sent in the background; then the live regions are fetched anew. Where who speaks has
 * changed and nothing is typed, the page goes to where they are taken down (data-turn-speaker). F2, F4 and F7 press the
 * button marked so (data-key). Without this file every button loads the page anew, and the time stands as it was.
 */

const form = () => document.querySelector<HTMLFormElement>("form[data-console]");
/** What turns into another speaker. */
const callers = ["moi", "moi-tiep", "vang", "xong"];

const started = new WeakMap<Element, number>();

/** 130000 gives "02:10". */
function clock(ms: number): string {
  const s = Math.floor(ms / 1000);
  return `${String(Math.floor(s / 60)).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}`;
}

/** Writes a speaker's time. What was not there a moment ago came with the time as it was when it was sent. */
export function tick(now = performance.now()): void {
  for (const e of document.querySelectorAll<HTMLElement>("[data-timer]")) {
    if (!started.has(e)) started.set(e, now);
    const since = e.dataset.timer === "1" ? now - (started.get(e) ?? now) : 0;
    const spoken = Number(e.dataset.spoken) + since;
    const limit = Number(e.dataset.limit);
    const words =
      limit > 0 && spoken > limit
        ? (e.dataset.over ?? "{time}").replace("{time}", clock(spoken - limit))
        : clock(spoken) + (limit > 0 ? ` / ${clock(limit)}` : "");
    if (e.textContent !== words) e.textContent = words;
    e.classList.toggle("dt-speaker__over", limit > 0 && spoken > limit);
  }
}

/** Whether the console holds words that are not recorded. */
function typed(): boolean {
  return ["noi-dung", "tra-loi", "ten-goi", "han-ly-do", "trung-lap"].some(
    (name) => (form()?.querySelector<HTMLTextAreaElement>(`[name="${name}"]`)?.value ?? "").trim() !== "",
  );
}

function say(words: string): void {
  const strip = document.querySelector(".dt-tally__saved");
  if (!strip) return;
  strip.textContent = words;
  strip.className = "dt-tally__saved dt-due--late";
}

/** What the server answered to an act: that it was done, as it then leads on; or that it was not, and why. */
const done = (answer: Response) => answer.type === "opaqueredirect" || answer.ok;
const signedOut = (answer: Response) => answer.status === 401;
const out = () => document.querySelector<HTMLElement>("[data-live-out]")?.dataset.liveOut;
const refused = (answer: Response, otherwise: string | undefined) => (signedOut(answer) && out()) || (otherwise ?? "");

async function send(f: HTMLFormElement, button: HTMLButtonElement | null): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(f)) if (typeof value === "string") body.append(name, value);
  if (button?.name) body.append(button.name, button.value);
  const hand = "turnHand" in f.dataset;
  try {
    const answer = await fetch(f.action, {
      method: "POST",
      body,
      credentials: "same-origin",
      redirect: hand ? "follow" : "manual",
    });
    if (hand) return await added(f, answer);
    if (!done(answer)) say(refused(answer, f.dataset.turnRefused));
    if (done(answer) && callers.includes(button?.value ?? "") && f.dataset.turnSpeaker && !typed()) {
      location.assign(f.dataset.turnSpeaker);
      return;
    }
    document.dispatchEvent(new Event("dt:changed"));
  } catch {
    say(f.dataset.turnUnreached ?? "");
  }
}

/** Somebody was added who raised a hand: the form is empty again, under a key of its own. Else it says what is wrong. */
async function added(f: HTMLFormElement, answer: Response): Promise<void> {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-turn-hand]");
  if (!fresh) {
    say(refused(answer, f.dataset.turnRefused));
    return;
  }
  const within = f.contains(document.activeElement) || document.activeElement === document.body;
  f.replaceChildren(...Array.from(fresh.childNodes));
  if (within) f.querySelector<HTMLElement>("input:not([type=hidden])")?.focus();
  document.dispatchEvent(new Event("dt:changed"));
}

function bodyOf(button: HTMLButtonElement): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(button.form as HTMLFormElement)) {
    if (typeof value === "string") body.append(name, value);
  }
  if (button.name) body.append(button.name, button.value);
  return body;
}

const post = (path: string, body: URLSearchParams, redirect: RequestRedirect = "manual") =>
  fetch(path, { method: "POST", body, credentials: "same-origin", redirect });

/** Releases what is typed to the screens. Where the server refuses, it says why beside the button. */
async function show(button: HTMLButtonElement): Promise<void> {
  const place = document.getElementById("hall-shown");
  try {
    const answer = await post(button.getAttribute("formaction") ?? "", bodyOf(button));
    if (signedOut(answer)) return say(out() ?? "");
    const shown = answer.type === "opaqueredirect";
    if (shown) blanking = "";
    const said = shown ? null : new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("hall-shown");
    place?.replaceChildren(...Array.from(said?.childNodes ?? []));
    document.dispatchEvent(new Event("dt:changed"));
  } catch {
    say(document.querySelector<HTMLElement>("[data-turn-unreached]")?.dataset.turnUnreached ?? "");
  }
}

/** The order to blank that the server has not taken yet; "": none. A question that is shown later takes it back. */
let blanking = "";

/** Blanks the screens of this browser at once, and all others as soon as the server is reached. */
function blank(button: HTMLButtonElement): void {
  const dialogue = button.dataset.dialogue ?? "";
  if ("BroadcastChannel" in window) {
    const channel = new BroadcastChannel("doi-thoai-chieu");
    channel.postMessage({ kind: "blank", dialogue });
    channel.close();
  }
  document.getElementById("hall-shown")?.replaceChildren();
  const order = (blanking = String(performance.now()));
  const path = button.getAttribute("formaction") ?? "";
  let said = false;
  const send = async (): Promise<void> => {
    if (blanking !== order) return;
    try {
      const answer = await post(path, new URLSearchParams());
      if (done(answer) || (answer.status < 500 && !signedOut(answer))) {
        blanking = "";
        if (said) say("");
        document.dispatchEvent(new Event("dt:changed"));
        return;
      }
      say(refused(answer, button.dataset.unreached));
    } catch {
      say(button.dataset.unreached ?? ""); // no network
    }
    said = true;
    window.setTimeout(() => void send(), 1000);
  };
  void send();
}

/** Starts the queue, if the page has one. */
export function startTurns(): void {
  if (!document.querySelector(".dt-console, [data-timer]")) return;
  tick();
  window.setInterval(tick, 250);
  let last = Promise.resolve();
  const under = new Set<string>(); // what was pressed and is not answered yet: a second click does nothing
  document.addEventListener("submit", (e) => {
    const f = e.target;
    if (!(f instanceof HTMLFormElement) || !("turn" in f.dataset)) return;
    e.preventDefault();
    const button = e.submitter instanceof HTMLButtonElement ? e.submitter : null;
    button?.closest("details.dt-turnmore")?.removeAttribute("open");
    const press = `${f.action} ${button?.value ?? ""}`;
    if (under.has(press)) return;
    under.add(press);
    last = last.then(() => send(f, button)).finally(() => under.delete(press));
  });
  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey || e.shiftKey || e.repeat) return;
    const chosen = e.target instanceof HTMLSelectElement ? e.target.form : null;
    if (e.key === "Enter" && chosen && "turnHand" in chosen.dataset) { // Enter would open the list of villages
      e.preventDefault();
      chosen.requestSubmit();
      return;
    }
    if (e.altKey && e.code === "KeyG") {
      const name = document.querySelector<HTMLInputElement>("#ho-ten-gio-tay");
      if (!name) return;
      e.preventDefault();
      name.focus();
      return;
    }
    if (e.altKey || !/^F\d+$/.test(e.key)) return;
    const button = document.querySelector<HTMLButtonElement>(`button[data-key="${e.key}"]`);
    if (!button) return;
    e.preventDefault();
    button.click();
  });
  document.addEventListener("click", (e) => {
    const button = e.target instanceof Element ? e.target.closest<HTMLButtonElement>("button[data-screen]") : null;
    if (!button?.form) return;
    e.preventDefault(); // nothing is recorded, and what is typed stays
    if (button.dataset.screen === "blank") blank(button);
    else void show(button);
  });
  // The first word of a speech starts its time: nobody has a hand free for it.
  form()?.addEventListener("input", (e) => {
    if (!(e.target instanceof HTMLTextAreaElement) || e.target.name !== "noi-dung") return;
    const timer = document.querySelector<HTMLElement>('[data-timer="0"][data-spoken="0"]');
    const start = timer?.closest("form")?.querySelector<HTMLButtonElement>('button[value="chay"]');
    if (!timer || !start) return;
    timer.dataset.timer = "1";
    start.form?.requestSubmit(start);
  });
}
