/**
 * Makes a form marked data-keys keyboard first.
 *
 * Enter goes on to the next field and never sends; in a text of many lines it stays a line break. Ctrl+Enter presses
 * the button marked data-done. Where the focus is on one of a group of choices marked data-digits, the digit shown
 * beside a choice (data-digit) makes it: of one of several, and goes on; of any of several, and asks what it needs.
 *
 * Vietnamese typing programs send backspaces and compose, and in VNI a digit is a tone: no digit is taken while one
 * types a text, no key while a word is being composed. Without this file the same form works with Tab and the mouse.
 */

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement;

const typed = (e: Field) => e instanceof HTMLInputElement && !["radio", "checkbox"].includes(e.type);
const choice = (e: Element | null): e is HTMLInputElement =>
  e instanceof HTMLInputElement && ["radio", "checkbox"].includes(e.type);

/** The fields through which Enter goes: those that are seen, of a group of choices the one that is made, or the first. */
function stops(form: HTMLFormElement): Field[] {
  const groups = new Set<string>();
  const all: Field[] = [];
  for (const e of form.querySelectorAll<Field>("input:not([type=hidden]), select, textarea, [data-done]")) {
    if (e.disabled || !e.checkVisibility()) continue;
    if (choice(e)) {
      if (groups.has(e.name)) continue;
      groups.add(e.name);
      const made = Array.from(form.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(e.name)}"]`));
      all.push(made.find((c) => c.checked) ?? e);
    } else all.push(e);
  }
  return all;
}

/** Puts the focus into the field after another one; of a group, after all of it. */
function goOn(form: HTMLFormElement, from: Field): void {
  const all = stops(form);
  const here = all.findIndex((e) => e === from || (choice(e) && choice(from) && e.name === from.name));
  all[here + 1]?.focus();
}

function press(form: HTMLFormElement, digit: string, on: HTMLInputElement): boolean {
  const group = on.closest("[data-digits]");
  const made = group?.querySelector<HTMLInputElement>(`[data-digit="${digit}"]`);
  if (!made) return false;
  made.focus();
  made.checked = made.type === "radio" || !made.checked;
  made.dispatchEvent(new Event("input", { bubbles: true }));
  made.dispatchEvent(new Event("change", { bubbles: true }));
  const next = made.closest("[class$=__item]")?.nextElementSibling;
  const asked = next?.matches("[class*=__conditional]") ? next.querySelector<HTMLElement>("input") : null;
  if (made.checked && asked?.checkVisibility()) asked.focus();
  else if (made.type === "radio") goOn(form, made);
  return true;
}

function listen(form: HTMLFormElement): void {
  form.addEventListener("keydown", (e) => {
    const on = e.target as Field;
    if (e.isComposing || e.keyCode === 229 || e.altKey || e.metaKey || e.ctrlKey || e.shiftKey) return;
    if (e.key === "Enter" && (typed(on) || choice(on) || on instanceof HTMLSelectElement)) {
      e.preventDefault();
      goOn(form, on);
    } else if (/^\d$/.test(e.key) && choice(on) && press(form, e.key, on)) {
      e.preventDefault();
    }
  });
  const done = form.querySelector<HTMLButtonElement>("[data-done]");
  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.metaKey || e.shiftKey || e.altKey) return;
    if (!e.ctrlKey || e.key !== "Enter" || !done) return;
    e.preventDefault();
    if (!e.repeat) form.requestSubmit(done);
  });

  // A form is sent once, however often the keys are pressed. Back from the next page it can be sent again.
  let sent = false;
  form.addEventListener("submit", (e) => {
    if (sent) e.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));
}

/** Starts the forms of the page that are keyboard first. */
export function startKeys(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keys]")) listen(form);
}
