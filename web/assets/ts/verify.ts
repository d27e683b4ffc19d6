/**
 * Checks a receipt in the browser, without any server: the same questions in the
 * same order as VerifyReceipt of package tlog, shown as portal/record_check.go
 * shows them. Where the browser lacks what this needs (a secure context, or
 * Ed25519), the form still goes to the server, and the page says so.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** A receipt as tlog.Receipt writes it; only what is checked. */
interface Receipt {
  demo: boolean;
  origin: string;
  key: string;
  register_numbers: string[];
  received: string;
  entries: Entry[];
}

interface Entry {
  leaf: Bytes;
  index: number;
  opening: Record<Field, string>;
  salts: Record<Field, Bytes>;
  proof: Bytes[];
  checkpoint: string;
}

const fields = ["number", "content", "act"] as const;
type Field = (typeof fields)[number];

/** What was found about one thing; a fault is its name in tlog, with underscores. */
type Finding = { fault?: string; open?: string; args?: Record<string, string> };

const maxReceipt = 1 << 20;
const maxSize = 2 ** 53 - 1;

class Malformed extends Error {}

function need(ok: unknown): asserts ok {
  if (!ok) throw new Malformed();
}

// ---- bytes ------------------------------------------------------------------

const utf8 = (s: string): Bytes => new TextEncoder().encode(s) as Bytes;

function join(...parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return all;
}

const base64 = (b: Bytes): string => btoa(String.fromCharCode(...b));

/** Canonical standard base64 only: no two texts stand for the same bytes. */
function unbase64(s: unknown, length?: number): Bytes {
  need(typeof s === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(s) && s.length % 4 === 0);
  const b = Uint8Array.from(atob(s), (c) => c.charCodeAt(0));
  need(base64(b) === s && (length === undefined || b.length === length));
  return b;
}

const equal = (a: Bytes, b: Bytes): boolean => a.length === b.length && a.every((x, i) => x === b[i]);

const sha256 = async (...parts: Bytes[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));

const leafHash = (leaf: Bytes) => sha256(Uint8Array.of(0), leaf);
const nodeHash = (left: Bytes, right: Bytes) => sha256(Uint8Array.of(1), left, right);

// ---- reading ----------------------------------------------------------------

function object(v: unknown, names: string[]): Record<string, unknown> {
  need(typeof v === "object" && v !== null && !Array.isArray(v));
  need(Object.keys(v).every((name) => names.includes(name)));
  return v as Record<string, unknown>;
}

function text(v: unknown): string {
  need(typeof v === "string");
  return v;
}

function list<T>(v: unknown, max: number, read: (v: unknown) => T): T[] {
  need(Array.isArray(v) && v.length <= max);
  return v.map(read);
}

/** The text of a file as Windows writes it: UTF-8 or UTF-16, with a byte-order mark or without. As FromFile in text. */
function decode(b: Uint8Array): string {
  const wide = b.length > 1 && (b[0] === 0) !== (b[1] === 0);
  const little = (b[0] === 0xff && b[1] === 0xfe) || (wide && b[1] === 0);
  const big = (b[0] === 0xfe && b[1] === 0xff) || (wide && b[0] === 0);
  return new TextDecoder(little ? "utf-16le" : big ? "utf-16be" : "utf-8").decode(b);
}

/**
 * JSON that went through a mail program: where it is none any more, curly quotation marks around strings become straight
 * ones, no-break spaces between them plain ones. As straightened in text.
 */
function straightened(s: string): string {
  try {
    JSON.parse(s);
    return s;
  } catch {
    // below
  }
  const chars = [...s];
  let out = "";
  let opened = "";
  let escaped = false;
  chars.forEach((c, i) => {
    const mark = /["“”„‟″＂]/.test(c);
    const ends = () => /^[ \t\r\n\u00a0\u202f]*($|[:,\]}])/.test(chars.slice(i + 1, i + 200).join(""));
    if (opened === "" && mark) {
      opened = c;
      out += '"';
    } else if (opened === "" && /[\u00a0\u202f\ufeff]/.test(c)) {
      out += " ";
    } else if (opened !== "" && !escaped && (opened === '"' ? c === '"' : mark && ends())) {
      opened = "";
      out += '"';
    } else if (escaped && mark) {
      out += '"'; // \" was made curly too
    } else {
      out += c;
    }
    escaped = opened !== "" && c === "\\" && !escaped;
  });
  return out;
}

/** Reads a receipt; throws Malformed. Of members that come twice it sees the last. */
function parseReceipt(data: string): Receipt {
  need(data.length <= maxReceipt);
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    throw new Malformed();
  }
  const r = object(json, [
    "schema", "how_to_verify", "demo", "demo_notice", "authority", "origin", "key", "register_numbers", "received", "entries",
  ]);
  need(r.schema === "doithoai-receipt/1" && typeof r.demo === "boolean");
  const received = text(r.received);
  need(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/.test(received) && !Number.isNaN(Date.parse(received)));
  const entries = list(r.entries, 256, parseEntry);
  need(entries.length > 0);
  return {
    demo: r.demo, origin: text(r.origin), key: text(r.key), received, entries,
    register_numbers: list(r.register_numbers, 256, text),
  };
}

function parseEntry(v: unknown): Entry {
  const e = object(v, ["leaf", "index", "opening", "proof", "checkpoint"]);
  const opening = object(e.opening, ["act", "number", "content", "salts"]);
  const salts = object(opening.salts, ["act", "number", "content"]);
  need(typeof e.index === "number" && Number.isSafeInteger(e.index) && e.index >= 0);
  const of = <T>(read: (name: Field) => T) => ({ act: read("act"), number: read("number"), content: read("content") });
  return {
    leaf: unbase64(e.leaf),
    index: e.index,
    opening: of((name) => text(opening[name])),
    salts: of((name) => unbase64(salts[name], 16)),
    proof: list(e.proof === undefined ? [] : e.proof, 64, (h) => unbase64(h, 32)),
    checkpoint: text(e.checkpoint === undefined ? "" : e.checkpoint),
  };
}

interface Leaf {
  time: Date;
  commitment: Record<Field, Bytes>;
}

/** Reads the canonical bytes of a leaf; null where they are no leaf. */
function parseLeaf(b: Bytes): Leaf | null {
  const hash = "([A-Za-z0-9+/]{43}=)";
  const form = new RegExp(
    `^doithoai leaf 1\\nauthority [a-z0-9-]{1,64}\\ntime (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d)Z\\nact ${hash}\\nnumber ${hash}\\ncontent ${hash}\\n$`,
  );
  try {
    const m = form.exec(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(b));
    need(m);
    const time = new Date(m[1] + ":00Z");
    need(!Number.isNaN(time.getTime()) && time.toISOString().startsWith(m[1]!));
    return { time, commitment: { act: unbase64(m[2], 32), number: unbase64(m[3], 32), content: unbase64(m[4], 32) } };
  } catch {
    return null;
  }
}

interface Key {
  name: string;
  hash: Bytes; // the 4 bytes by which a signature names its key
  key: Bytes;
}

/** Reads "<name>+<hash>+<base64>" (c2sp.org/signed-note, Ed25519); null where it is none. */
async function parseKey(vkey: string): Promise<Key | null> {
  const m = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey);
  if (!m) return null;
  try {
    const typed = unbase64(m[3], 33);
    const hash = (await sha256(utf8(m[1] + "\n"), typed)).slice(0, 4);
    need(typed[0] === 1 && [...hash].map((b) => b.toString(16).padStart(2, "0")).join("") === m[2]);
    return { name: m[1]!, hash, key: typed.slice(1) };
  } catch {
    return null;
  }
}

// ---- the signed record --------------------------------------------------------

interface Checkpoint {
  fault?: string;
  unsure?: boolean; // this browser can't check the signature
  size: number;
  root: Bytes;
}

/** Opens a signed checkpoint with the trusted key. */
async function openCheckpoint(note: string, origin: string, key: Key | null): Promise<Checkpoint> {
  const bad = (fault: string): Checkpoint => ({ fault, size: 0, root: new Uint8Array() });
  const cut = note.lastIndexOf("\n\n");
  const lines = note.slice(0, cut + 1).split("\n");
  const m = /^(0|[1-9]\d{0,15})$/.exec(lines[1] ?? "");
  if (cut < 0 || lines.length !== 4 || !m || Number(m[1]) > maxSize || !note.endsWith("\n")) return bad("checkpoint_malformed");
  let root: Bytes;
  let signatures: { name: string; bytes: Bytes }[];
  try {
    root = unbase64(lines[2], 32);
    signatures = note.slice(cut + 2, -1).split("\n").map((line) => {
      const s = /^— ([^+\s]+) (\S+)$/.exec(line);
      need(s);
      return { name: s[1]!, bytes: unbase64(s[2]) };
    });
  } catch {
    return bad("checkpoint_malformed");
  }
  const own = key && signatures.find((s) => s.name === key.name && equal(s.bytes.slice(0, 4), key.hash));
  if (!key || !own || lines[0] !== key.name) return bad("key_not_trusted");
  const right = await signedBy(key, utf8(note.slice(0, cut + 1)), own.bytes.slice(4));
  if (right === false) return bad("signature_wrong");
  if (lines[0] !== origin) return bad("origin_differs");
  return { size: Number(m[1]), root, unsure: right === null };
}

/** Checks an Ed25519 signature; null where this browser has no Ed25519. */
async function signedBy(key: Key, message: Bytes, signature: Bytes): Promise<boolean | null> {
  try {
    const imported = await crypto.subtle.importKey("raw", key.key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
  } catch {
    return null;
  }
}

/**
 * Tells whether the proof leads from the leaf to the root (RFC 9162, 2.1.3.2).
 * Indexes may exceed 32 bits, so they are halved and not shifted.
 */
async function included(index: number, leaf: Bytes, proof: Bytes[], size: number, root: Bytes): Promise<boolean> {
  if (index >= size) return false;
  const half = (n: number) => Math.floor(n / 2);
  let at = index;
  let last = size - 1;
  let hash = await leafHash(leaf);
  for (const beside of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = await nodeHash(beside, hash);
      while (at % 2 === 0 && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else {
      hash = await nodeHash(hash, beside);
    }
    at = half(at);
    last = half(last);
  }
  return last === 0 && equal(hash, root);
}

// ---- the check ----------------------------------------------------------------

interface Checked {
  outcome: "proven" | "not_yet_signed" | "wrong" | "unsure";
  demo: boolean;
  whole: [string, Finding][];
  entries: { number: string; content: string; rows: [string, Finding][] }[];
}

async function verify(r: Receipt, vkey: string, words: Words): Promise<Checked> {
  const key = await parseKey(vkey);
  const numbers = new Set(r.entries.map((e) => e.opening.number));
  const listed = new Set(r.register_numbers);
  const keyFault = r.key !== vkey ? "key_not_trusted" : key?.name !== r.origin ? "origin_differs" : undefined;
  const sameNumbers =
    listed.size === r.register_numbers.length && listed.size === numbers.size && [...listed].every((n) => numbers.has(n));
  const checked: Checked = {
    outcome: "proven",
    demo: r.demo,
    whole: [
      ["key", { fault: keyFault }],
      ["register", { fault: sameNumbers ? undefined : "register_differs" }],
    ],
    entries: [],
  };
  let unsigned = false;
  let unsure = false;
  for (const e of r.entries) {
    const rows = await verifyLeaf(e, r.received, words);
    const signed = e.checkpoint !== "" ? await openCheckpoint(e.checkpoint, r.origin, key) : null;
    rows.push(...(await verifyPlace(e, signed)));
    unsigned = unsigned || signed === null;
    unsure = unsure || signed?.unsure === true;
    checked.entries.push({ number: e.opening.number, content: e.opening.content, rows });
  }
  const all = checked.whole.concat(...checked.entries.map((e) => e.rows));
  if (all.some(([, f]) => f.fault)) checked.outcome = "wrong";
  else if (unsigned) checked.outcome = "not_yet_signed";
  else if (unsure) checked.outcome = "unsure";
  return checked;
}

async function verifyLeaf(e: Entry, received: string, words: Words): Promise<[string, Finding][]> {
  const leaf = parseLeaf(e.leaf);
  if (!leaf) {
    const open: Finding = { open: "no_leaf" };
    return [["leaf", { fault: "leaf_malformed" }], ...[...fields, "time"].map((name): [string, Finding] => [name, open])];
  }
  const rows: [string, Finding][] = [["leaf", { args: { time: words.time(leaf.time) } }]];
  for (const name of fields) {
    const same = equal(await sha256(e.salts[name], utf8(e.opening[name])), leaf.commitment[name]);
    rows.push([name, { fault: same ? undefined : `${name}_differs` }]);
  }
  const minute = (t: number) => Math.floor(t / 60000);
  const sameTime = minute(Date.parse(received)) === minute(leaf.time.getTime());
  rows.push(["time", { fault: sameTime ? undefined : "time_differs" }]);
  return rows;
}

async function verifyPlace(e: Entry, signed: Checkpoint | null): Promise<[string, Finding][]> {
  if (!signed) {
    const checkpoint: Finding = e.proof.length > 0 ? { fault: "checkpoint_malformed" } : { open: "not_signed" };
    return [["checkpoint", checkpoint], ["proof", { open: checkpoint.fault ? "no_checkpoint" : "not_signed" }]];
  }
  if (signed.fault) return [["checkpoint", { fault: signed.fault }], ["proof", { open: "no_checkpoint" }]];
  const checkpoint: Finding = signed.unsure ? { open: "no_signature_here" } : { args: { size: number(signed.size) } };
  const leads = await included(e.index, e.leaf, e.proof, signed.size, signed.root);
  const proof: Finding = leads ? { args: { line: number(e.index + 1) } } : { fault: "proof_does_not_lead" };
  return [["checkpoint", checkpoint], ["proof", proof]];
}

const number = (n: number): string => n.toLocaleString(document.documentElement.lang);

// ---- the page -------------------------------------------------------------------

/** The sentences of the page, in its language; fields stand in braces. */
class Words {
  constructor(private readonly form: HTMLFormElement) {}

  say(key: string, args: Record<string, string> = {}): string {
    const template = this.form.querySelector<HTMLTemplateElement>("template[data-verify-words]");
    const word = template?.content.querySelector(`[data-word="portal.${key}"]`)?.textContent ?? key;
    return word.replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? "");
  }

  /** The minute of a leaf on the clocks of Viet Nam (UTC+7). */
  time(t: Date): string {
    const local = new Date(t.getTime() + 7 * 3600 * 1000).toISOString();
    const [year, month, day] = local.slice(0, 10).split("-");
    const args: Record<string, string> = { hour: local.slice(11, 13), minute: local.slice(14, 16), date: `${day}/${month}/${year}` };
    const form = args.minute === "00" ? this.form.dataset.hour : this.form.dataset.time;
    return (form ?? "").replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? "");
  }
}

function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const e = document.createElement(tag);
  if (className) e.className = className;
  e.append(...children);
  return e;
}

const colours = { right: "govuk-tag--green", wrong: "govuk-tag--red", open: "govuk-tag--grey" };

function summary(rows: [string, Finding][], words: Words): HTMLElement {
  const dl = element("dl", "govuk-summary-list");
  for (const [name, f] of rows) {
    const state = f.fault ? "wrong" : f.open ? "open" : "right";
    const key = f.fault ? `fault.${f.fault}` : `verify.${f.open ?? name + "_right"}`;
    const tag = element("strong", `govuk-tag ${colours[state]}`, words.say(`verify.${state}`));
    dl.append(
      element(
        "div",
        "govuk-summary-list__row",
        element("dt", "govuk-summary-list__key", words.say(`verify.${name}`)),
        element("dd", "govuk-summary-list__value", tag, " " + words.say(key, f.args)),
      ),
    );
  }
  return dl;
}

/** Shows a heading and a sentence, and what else there is, where the server would; the heading takes the focus. */
function show(into: Element, words: Words, sentence: string, look: string, ...more: Node[]): void {
  const heading = element("h2", "govuk-heading-m", words.say("verify.title"));
  heading.id = "ket-qua";
  heading.tabIndex = -1;
  const section = element("section", "dt-section dt-check", heading, element("p", `govuk-body dt-check__summary${look}`, sentence), ...more);
  section.setAttribute("aria-labelledby", heading.id);
  into.replaceChildren(section);
  heading.focus();
}

function report(c: Checked, words: Words): Node[] {
  const parts: Node[] = c.demo ? [element("p", "govuk-body dt-muted", words.say("verify.demo"))] : [];
  for (const e of c.entries) {
    const open = element("summary", "govuk-details__summary", element("span", "govuk-details__summary-text", words.say("verify.shown")));
    const content = element("div", "govuk-details__text", element("pre", "dt-verbatim", e.content));
    parts.push(
      element("h3", "govuk-heading-s", words.say("verify.entry", { number: e.number })),
      summary(e.rows, words),
      element("details", "govuk-details", open, content),
    );
  }
  parts.push(element("h3", "govuk-heading-s", words.say("verify.whole")), summary(c.whole, words));
  return parts;
}

const looks = { proven: "", wrong: " dt-check__summary--wrong", not_yet_signed: " dt-check__summary--open", unsure: " dt-check__summary--open" };

/** Lets the form of the record's page check receipts here. */
export function startVerify(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-verify]");
  const into = document.querySelector("[data-verify-result]");
  if (!form || !into) return;
  const reveal = (name: string) => form.querySelector<HTMLElement>(`[data-verify-${name}]`)?.removeAttribute("hidden");
  if (!window.isSecureContext || !window.crypto?.subtle) {
    reveal("there");
    return;
  }
  reveal("here");
  const words = new Words(form);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-verify-server")) return;
    event.preventDefault();
    void check(form, into, words, reveal);
  });
}

async function check(form: HTMLFormElement, into: Element, words: Words, reveal: (name: string) => void): Promise<void> {
  const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
  const pasted = form.querySelector("textarea")?.value ?? "";
  const data = straightened((file ? decode(new Uint8Array(await file.arrayBuffer())) : pasted).trim());
  if (data === "") {
    show(into, words, words.say("verify.empty"), looks.wrong);
    return;
  }
  try {
    const checked = await verify(parseReceipt(data), form.dataset.verify ?? "", words);
    if (checked.outcome === "unsure") reveal("server");
    show(into, words, words.say(`outcome.${checked.outcome}`), looks[checked.outcome], ...report(checked, words));
  } catch (e) {
    if (!(e instanceof Malformed)) throw e;
    show(into, words, words.say("verify.unreadable"), looks.wrong);
  }
}
