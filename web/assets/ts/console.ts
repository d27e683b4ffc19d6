/**
 * What the secretary's console has beyond the keys of every form (keys.ts): Alt+1 … Alt+8 choose the ruling, a few
 * letters mean a unit, the strip on top says when something was saved.
 *
 * Vietnamese typing programs send backspaces and compose: no key is listened to while a word is being composed. Without
 * this file the same form works with the mouse, Tab and access keys.
 */
import { fold } from "./fold";

function initials(words: string[]): string {
  return words
    .map((w) => w[0] ?? "")
    .filter((c) => c >= "a" && c <= "z")
    .join("");
}

function withoutAnd(name: string): string[] {
  return name.split(/\s+/).filter((w) => w !== "va");
}

/** Whether each part of what was typed begins a word, or is the initials of two words and more, in their order. */
function spelt(words: string[], typed: string[]): boolean {
  const [part, ...rest] = typed;
  if (part === undefined) return true;
  const n = part.length;
  return (
    (words[0]?.startsWith(part) && spelt(words.slice(1), rest)) ||
    (n > 1 && n <= words.length && initials(words.slice(0, n)) === part && spelt(words.slice(n), rest))
  );
}

/** The one name that a few letters mean, as matches in hall/form.go finds it; null where none or several. */
function meant(typed: string, names: string[]): string | null {
  const t = fold(typed);
  if (t === "") return null;
  for (const fits of [
    (n: string) => n === t,
    (n: string) => ` ${n}`.includes(` ${t}`),
    (n: string) => initials(n.split(/\s+/)).includes(t) || initials(withoutAnd(n)).includes(t),
    (n: string) => withoutAnd(n).some((_, i, words) => spelt(words.slice(i), withoutAnd(t))),
  ]) {
    const found = names.filter((u) => fits(fold(u)));
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null;
  }
  return null;
}

/** The units that were typed, parted by commas, each by the name that it means; a whole name may hold a comma. */
function several(typed: string, names: string[]): string {
  const words = typed.split(/[,;]/);
  const meanings: string[] = [];
  while (words.length > 0) {
    let n = words.length;
    const first = () => words.slice(0, n).join(",").trim();
    while (n > 1 && !names.some((name) => fold(name) === fold(first()))) n--;
    if (first() !== "") meanings.push(meant(first(), names) ?? first());
    words.splice(0, n);
  }
  return meanings.join(", ");
}

/** The one outside body that was meant, as meantBody in hall/match.go finds it: what may be a person means none. */
function meantBody(typed: string, names: string[]): string | null {
  const t = fold(typed);
  if (t === "" || /^(ông|bà|anh|chị)\s/i.test(typed.trim().normalize("NFC"))) return null;
  const words = t.includes(" ");
  const capitals = t.length > 1 && typed.trim() === typed.trim().toUpperCase();
  const letters = !words && (capitals || (t.length > 2 && !/[aeiouy]/.test(t)));
  for (const fits of [
    (n: string) => n === t,
    (n: string) => words && ` ${n}`.includes(` ${t}`),
    (n: string) => letters && (initials(n.split(/\s+/)).includes(t) || initials(withoutAnd(n)).includes(t)),
  ]) {
    const found = names.filter((b) => fits(fold(b)));
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null;
  }
  return null;
}

/** Chooses an outside body by a few letters, and proposes where it is to be found, where nothing else was typed. */
function startBodies(form: HTMLFormElement): void {
  const by = form.querySelector<HTMLInputElement>("#nguoi-tra-loi");
  const text = form.querySelector<HTMLTextAreaElement>("#tra-loi");
  let proposed = "";
  by?.addEventListener("change", () => {
    const bodies = Array.from(by.list?.options ?? []).filter((o) => o.dataset.contact !== undefined);
    const name = meantBody(by.value, bodies.map((o) => o.value));
    const body = bodies.find((o) => o.value === name);
    if (!body) return;
    by.value = body.value;
    const sent = form.querySelector("[data-asks~=cq_khac]:checked");
    if (!text || !sent || (text.value.trim() !== "" && text.value !== proposed)) return;
    text.value = proposed = body.dataset.contact ?? "";
  });
}

/** Starts the console, if the page is one. */
export function startConsole(): void {
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
  const form = document.querySelector<HTMLFormElement>("form[data-console]");
  if (!form) return;
  const rulings = Array.from(form.querySelectorAll<HTMLInputElement>("input[name=huong]"));
  const unit = form.querySelector<HTMLInputElement>("#don-vi");
  const due = form.querySelector<HTMLInputElement>("#han");
  const coUnits = form.querySelector<HTMLInputElement>("#phoi-hop");
  const by = form.querySelector<HTMLInputElement>("#nguoi-tra-loi");
  const same = form.querySelector<HTMLInputElement>("#cung-so");
  const text = form.querySelector<HTMLTextAreaElement>("#tra-loi");

  // The browser's own access keys would choose a second time.
  for (const e of [...rulings, ...(same ? [same] : [])]) e.removeAttribute("accesskey");

  const proposals = new Set(rulings.map((r) => r.dataset.due ?? "-"));
  /** Proposes the ruling's due date, unless another one was typed. */
  const propose = (r: HTMLInputElement) => {
    const proposed = r.dataset.due ?? "-";
    if (due && proposed !== "-" && (due.value.trim() === "" || proposals.has(due.value.trim()))) due.value = proposed;
  };
  for (const r of rulings) r.addEventListener("change", () => propose(r));
  for (const r of rulings) if (r.checked) propose(r);

  const confirm = form.querySelector<HTMLInputElement>("#da-chuyen");
  const ground = form.querySelector<HTMLSelectElement>("#ly-do-khong-nhan");
  const choose = (r: HTMLInputElement) => {
    r.checked = true;
    r.dispatchEvent(new Event("change", { bubbles: true }));
    const asks = (r.dataset.asks ?? "").split(" ");
    if (asks.includes("unit")) unit?.focus();
    else if (asks.includes("cq_khac")) by?.focus();
    else if (asks.includes("ktn")) ground?.focus();
    else if (asks.includes("text")) text?.focus();
    else if (asks.includes("tc")) confirm?.focus();
    else r.focus();
  };

  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.metaKey || e.shiftKey) return;
    const digit = /^Digit([1-8])$/.exec(e.code)?.[1];
    if (e.altKey && !e.ctrlKey && digit) {
      const r = rulings[Number(digit) - 1];
      if (!r) return;
      e.preventDefault();
      choose(r);
    } else if (e.altKey && !e.ctrlKey && e.code === "Digit0" && same) {
      e.preventDefault();
      same.focus();
      same.select();
    }
  });

  const units = () => Array.from(unit?.list?.options ?? [], (o) => o.value);
  unit?.addEventListener("change", () => {
    unit.value = meant(unit.value, units()) ?? unit.value;
  });
  coUnits?.addEventListener("change", () => {
    coUnits.value = several(coUnits.value, units());
  });
  startBodies(form);

  // The strip on top says when the draft was saved, or that it was not.
  const status = form.querySelector("[data-draft-status]");
  const mirror = () => {
    const strip = document.querySelector(".dt-tally__saved");
    if (!strip || !status) return;
    strip.textContent = status.textContent;
    strip.className = `dt-tally__saved ${status.className}`;
  };
  if (status) new MutationObserver(mirror).observe(status, { childList: true, characterData: true, subtree: true, attributes: true });

  // Those that wait for a ruling stay in view, where the list has a window of its own: what was ruled just now is said
  // above, and stands below them. The page stays where it is, with the question.
  const row = document.querySelector<HTMLElement>(".dt-queue__unruled.dt-queue__new, .dt-queue [aria-current]");
  const list = row?.closest<HTMLElement>(".dt-console__list");
  if (row && list && getComputedStyle(list).overflowY === "auto") {
    const [r, l] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
    list.scrollTop += Math.max(0, r.bottom - l.bottom) - Math.max(0, l.top - r.top);
  }
}
