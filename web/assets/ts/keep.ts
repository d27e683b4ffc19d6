/**
 * Keeps what is typed into a form marked data-keep in this tab alone, until it
 * was sent or deleted, or for half an hour after the last key: a reload, or a
 * telephone that drops the tab, loses nothing. The server keeps its own copy of what was
 * posted: what was typed before that is forgotten here once the server shows it.
 *
 * Without this script the form is kept from one post to the next.
 */
interface Kept {
  form: string; // the form's own key, to tell whether the page shows the same
  turn: number; // how often it had been posted when this was typed
  at: number; // when, in milliseconds
  fields: [string, string][];
}

const PREFIX = "doithoai.keep.";
const KEPT_FOR = 30 * 60 * 1000; // as long as the server keeps what was posted
const KEY = "khoa"; // name of the field that holds the form's own key
const TURN = "lan"; // name of the field that counts how often the form was posted; 0 on an empty form
const OURS = ["giu", "o-buoc", "doi-thoai", "tep-giu", TURN]; // of the page, not of who typed

function read(name: string): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "null") as Kept | null;
    return kept && Date.now() - kept.at < KEPT_FOR ? kept : null;
  } catch {
    return null; // storage refused, or not ours
  }
}

function write(name: string, kept: Kept): boolean {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(kept));
    return true;
  } catch {
    return false; // full, or refused: the page itself still has it
  }
}

/** Forgets what was typed. */
function forget(name: string): void {
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // storage refused: nothing was kept
  }
}

/** Remembers the key of the form that this tab shows, or that it was sent or deleted: its old page may come back as it was left. */
function mark(name: string, key: string): void {
  try {
    sessionStorage.setItem(PREFIX + name, key);
  } catch {
    // storage refused: nothing was kept
  }
}

function marked(name: string): string {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? "";
  } catch {
    return "";
  }
}

function fieldsOf(form: HTMLFormElement): [string, string][] {
  const fields: [string, string][] = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !OURS.includes(name)) fields.push([name, value]);
  }
  return fields;
}

/** Gives the form as many textareas of a name as were filled in, each with ids of its own. */
function grow(form: HTMLFormElement, name: string, wanted: number): void {
  const areas = () => form.querySelectorAll<HTMLTextAreaElement>(`textarea[name="${name}"]`);
  const first = areas()[0]?.closest<HTMLElement>(".govuk-character-count, .govuk-form-group");
  for (let n = areas().length + 1; first && n <= wanted; n++) {
    const more = first.cloneNode(true) as HTMLElement;
    for (const e of more.querySelectorAll<HTMLElement>("[id]")) e.id = e.id.replace(name, `${name}-${n}`);
    for (const e of more.querySelectorAll<HTMLLabelElement>("label")) e.htmlFor = `${name}-${n}`;
    for (const e of more.querySelectorAll(".govuk-hint:not(.govuk-character-count__message)")) e.remove();
    const area = more.querySelector("textarea");
    area?.setAttribute("aria-describedby", `${name}-${n}-info`);
    const all = form.querySelectorAll<HTMLElement>(`textarea[name="${name}"]`);
    all[all.length - 1]?.closest(".govuk-character-count, .govuk-form-group")?.after(more);
  }
}

function restore(form: HTMLFormElement, fields: [string, string][]): void {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  grow(form, "noi-dung", values.get("noi-dung")?.length ?? 0);
  const met = new Map<string, number>();
  for (const e of Array.from(form.elements)) {
    if (e instanceof HTMLInputElement && (e.type === "radio" || e.type === "checkbox")) {
      e.checked = values.get(e.name)?.includes(e.value) ?? false;
    } else if (e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement) {
      if (!e.name || OURS.includes(e.name)) continue;
      const n = met.get(e.name) ?? 0;
      met.set(e.name, n + 1);
      const value = values.get(e.name)?.[n];
      if (value !== undefined) e.value = value;
    }
  }
}

function keep(form: HTMLFormElement): void {
  const name = form.dataset.keep ?? "";
  const field = (of: string) => form.querySelector<HTMLInputElement>(`[name="${of}"]`)?.value ?? "";
  const turn = Number(field(TURN));
  mark(`${name}.shown`, field(KEY));
  const kept = read(name);
  if (kept && turn > kept.turn) forget(name); // the server has what was typed, and shows it
  else if (kept && (turn === 0 || kept.form === field(KEY))) restore(form, kept.fields);

  const save = () =>
    marked(`${name}.sent`) !== field(KEY) &&
    write(name, { form: field(KEY), turn, at: Date.now(), fields: fieldsOf(form) });
  const note = form.querySelector<HTMLElement>("[data-keep-note]");
  if (note && save()) note.hidden = false;
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  // On the way back a browser fills in by itself what once stood here, also when it was sent or deleted meanwhile.
  window.addEventListener("pageshow", (e) => {
    const last = read(name);
    if (marked(`${name}.sent`) === field(KEY)) {
      form.reset();
      location.replace(form.action);
    } else if (e.persisted) save();
    else if (last?.form === field(KEY)) restore(form, last.fields);
  });

  // Enter goes on to the next question on a telephone, and to the check at a desk.
  const enter = Array.from(form.elements).find((e) => e.matches("[data-keep-enter]"));
  const phone = window.matchMedia("(max-width: 640px)");
  const tell = () => {
    if (!(enter instanceof HTMLButtonElement)) return;
    enter.name = "buoc";
    enter.value = phone.matches ? "tiep" : "xem";
  };
  phone.addEventListener("change", tell);
  tell();
}

/** Starts keeping the marked forms of the page, and forgets those that it says were sent or deleted. */
export function keepForms(): void {
  for (const e of document.querySelectorAll<HTMLElement>("[data-keep-sent]")) {
    const name = e.dataset.keepSent ?? "";
    forget(name);
    mark(`${name}.sent`, marked(`${name}.shown`));
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep]")) keep(form);
}
