/**
 * Makes the secretary's console keyboard first: Alt+1 … Alt+8 choose the ruling, Ctrl+Enter records.
 *
 * Vietnamese typing programs send backspaces and compose: no other key is listened to, and none while a word is being
 * composed. Plain digits are tones in VNI. Without this file the same form works with the mouse, Tab and access keys.
 */

/** A name as NearKey of package text has it: words without marks, no signs, no zeros before numbers, lý as lí. */
function fold(s: string): string {
  return s
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[đðɖ]/g, "d")
    .split(/[^\p{L}\p{N}]+/u)
    .map((w) => w.replace(/^0+(?=\d)/, "").replace(/^([^aeiouy]+)y$/, "$1i"))
    .join(" ")
    .trim();
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((w) => w[0] ?? "")
    .filter((c) => c >= "a" && c <= "z")
    .join("");
}

/** The one unit that a few letters mean, as matchUnits in hall/form.go finds it; null where none or several. */
function unitFor(typed: string, units: string[]): string | null {
  const t = fold(typed);
  if (t === "") return null;
  for (const fits of [
    (n: string) => n === t,
    (n: string) => ` ${n}`.includes(` ${t}`),
    (n: string) => initials(n).includes(t),
  ]) {
    const found = units.filter((u) => fits(fold(u)));
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null;
  }
  return null;
}

/** Starts the console, if the page is one. */
export function startConsole(): void {
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
  const form = document.querySelector<HTMLFormElement>("form[data-console]");
  if (!form) return;
  const rulings = Array.from(form.querySelectorAll<HTMLInputElement>("input[name=huong]"));
  const unit = form.querySelector<HTMLInputElement>("#don-vi");
  const due = form.querySelector<HTMLInputElement>("#han");
  const text = form.querySelector<HTMLTextAreaElement>("#tra-loi");
  const done = form.querySelector<HTMLButtonElement>("[data-console-done]");

  // The browser's own access keys would choose a second time.
  for (const r of rulings) r.removeAttribute("accesskey");

  const proposals = new Set(rulings.map((r) => r.dataset.due ?? "-"));
  /** Proposes the ruling's due date, unless another one was typed. */
  const propose = (r: HTMLInputElement) => {
    const proposed = r.dataset.due ?? "-";
    if (due && proposed !== "-" && (due.value.trim() === "" || proposals.has(due.value.trim()))) due.value = proposed;
  };
  for (const r of rulings) r.addEventListener("change", () => propose(r));
  for (const r of rulings) if (r.checked) propose(r);

  const confirm = form.querySelector<HTMLInputElement>("#da-chuyen");
  const choose = (r: HTMLInputElement) => {
    r.checked = true;
    r.dispatchEvent(new Event("change", { bubbles: true }));
    const asks = (r.dataset.asks ?? "").split(" ");
    if (asks.includes("unit")) unit?.focus();
    else if (asks.includes("text")) text?.focus();
    else if (asks.includes("tc")) confirm?.focus();
    else r.focus();
  };

  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.metaKey || e.shiftKey) return;
    if (e.ctrlKey && !e.altKey && e.key === "Enter" && done) {
      e.preventDefault();
      if (!e.repeat) form.requestSubmit(done);
    }
    const digit = /^Digit([1-8])$/.exec(e.code)?.[1];
    if (e.altKey && !e.ctrlKey && digit) {
      const r = rulings[Number(digit) - 1];
      if (!r) return;
      e.preventDefault();
      choose(r);
    }
  });

  // A form is sent once, however often the keys are pressed. Back from the next page it can be sent again.
  let sent = false;
  form.addEventListener("submit", (e) => {
    if (sent) e.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));

  unit?.addEventListener("change", () => {
    const units = Array.from(document.querySelectorAll<HTMLOptionElement>("#don-vi-co option"), (o) => o.value);
    const found = unitFor(unit.value, units);
    if (found) unit.value = found;
  });

  // The strip on top says when the draft was saved, or that it was not.
  const status = form.querySelector("[data-draft-status]");
  const mirror = () => {
    const strip = document.querySelector(".dt-tally__saved");
    if (!strip || !status) return;
    strip.textContent = status.textContent;
    strip.className = `dt-tally__saved ${status.className}`;
  };
  if (status) new MutationObserver(mirror).observe(status, { childList: true, characterData: true, subtree: true, attributes: true });

  document.querySelector(".dt-queue__new, .dt-queue [aria-current]")?.scrollIntoView({ block: "nearest" });
}
