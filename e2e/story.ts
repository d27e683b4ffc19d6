import {
  type BrowserContext, type BrowserContextOptions, expect, type Locator, type Page, test as base,
} from "@playwright/test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import { Server } from "./server.ts";

export { expect, type Page };

declare global {
  interface Window {
    axe: typeof axe;
    unread: Element[];
  }
}

/** The password of every account of the demo. */
export const password = "mo-phong-2024";

/** The accounts of the demo, as the guide prints them. */
export type Login =
  | "chutich" | "vanphong" | "thuky" | "tuphap" | "diachinh" | "quantri" | "phochutich" | "tiepdan" | "giamsat"
  | "truongthon4" | "tonghop";

/** A demo server for the stories of one file that change what is there: from before the first to after the last. */
export function demo(...flags: string[]): Server {
  const server = new Server(flags);
  test.beforeAll(() => server.start());
  test.afterAll(() => server.remove());
  return server;
}

/** A server that is not set up yet, for the stories of one file. */
export function fresh(...flags: string[]): Server {
  const server = new Server(flags, "serve");
  test.beforeAll(() => server.start());
  test.afterAll(() => server.remove());
  return server;
}

interface People {
  /** A browser of somebody without an account, at the server's address. */
  visitor(server: Server, options?: BrowserContextOptions): Promise<Page>;
  /** A browser in which an officer has signed in. */
  officer(server: Server, login: Login, options?: BrowserContextOptions): Promise<Page>;
  /** What may go wrong in this story, as far as the browsers' consoles say it: a network that the story cuts. */
  expected: RegExp[];
}

interface Place {
  /** A demo server for all stories of a worker that only look, or add what bothers nobody. */
  shared: Server;
}

/**
 * People with a browser each. A story fails when any of their pages has an error in a script, breaks the content
 * security policy, asks for anything at another origin, or asks for a file that isn't there.
 */
export const test = base.extend<People, Place>({
  shared: [async ({}, use) => {
    const server = new Server([]);
    await server.start();
    await use(server);
    await server.remove();
  }, { scope: "worker" }],
  expected: async ({}, use) => use([]),
  visitor: async ({ browser, expected }, use) => {
    const faults: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (server, options) => {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      contexts.push(context);
      watch(context, options?.baseURL ?? server.url, faults);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(faults.filter((fault) => !expected.some((e) => e.test(fault)))).toEqual([]);
  },
  officer: async ({ visitor }, use) => {
    await use(async (server, login, options) => {
      const page = await visitor(server, options);
      await signIn(page, login);
      return page;
    });
  },
});

/** Collects everything that pages must not do. */
function watch(context: BrowserContext, origin: string, faults: string[]): void {
  context.on("request", (r) => {
    const url = new URL(r.url());
    if (url.protocol.startsWith("http") && url.origin !== origin) faults.push(`asks for ${r.url()}`);
  });
  context.on("response", (r) => {
    if (r.status() >= 400 && !r.request().isNavigationRequest()) faults.push(`${r.status()} for ${r.url()}`);
  });
  context.on("weberror", (e) => faults.push(`script: ${e.error().stack}`));
  context.on("console", (m) => {
    // The status of a page that refuses is no fault; that of anything else was seen above.
    if (m.type() !== "error" || m.text().startsWith("Failed to load resource: the server responded")) return;
    faults.push(`console: ${m.text()}`);
  });
}

/** Signs an officer in, and waits for the desk: the head, who begins at the board, goes on to it. */
export async function signIn(page: Page, login: Login): Promise<void> {
  await page.goto("/noi-bo/dang-nhap");
  await page.getByLabel("Tên đăng nhập").fill(login);
  await page.getByLabel("Mật khẩu").fill(password);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  if (login === "chutich") {
    await expect(page.getByRole("heading", { level: 1, name: "Bảng điều hành" })).toBeVisible();
    await page.getByRole("link", { name: "Bàn làm việc" }).click();
  }
  await expect(page.getByRole("heading", { level: 1, name: "Bàn làm việc" })).toBeVisible();
}

/** What a resident writes on the slip. */
export interface Slip {
  matters: string[];
  name: string;
  village?: string;
  phone?: string;
  ways?: string[];
}

/** Fills the slip in, up to the button. Without scripts the page comes back for each further matter. */
export async function fillSlip(page: Page, slip: Slip): Promise<void> {
  await page.goto("/gui-y-kien");
  for (const [i, matter] of slip.matters.entries()) {
    if (i > 0) await page.getByRole("button", { name: "Thêm một việc khác" }).click();
    await page.locator(i === 0 ? "#noi-dung" : `#noi-dung-${i + 1}`).fill(matter);
  }
  await page.getByLabel("Họ và tên").fill(slip.name);
  const villages = page.locator("select#thon"); // where the commune has many
  if (await villages.count()) await villages.selectOption({ label: slip.village ?? "Thôn 1" });
  else await page.getByRole("radio", { name: slip.village ?? "Thôn 1", exact: true }).check();
  for (const way of slip.ways ?? ["Đến nhận tại trụ sở UBND xã"]) {
    await page.getByRole("checkbox", { name: way }).check();
  }
  if (slip.phone) {
    await page.getByRole("checkbox", { name: /^Gọi điện/ }).check();
    await page.getByLabel("Số điện thoại").fill(slip.phone);
  }
  await page.getByRole("checkbox", { name: "Tôi đã đọc thông tin về dữ liệu cá nhân ở trên" }).check();
}

/** What the receipt says. */
export interface Receipt {
  numbers: string[];
  code: string;
}

/** Sends a slip and reads the receipt. */
export async function sendSlip(page: Page, slip: Slip): Promise<Receipt> {
  await fillSlip(page, slip);
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  return readReceipt(page);
}

/** Reads number and code from the receipt that the page shows. */
export async function readReceipt(page: Page): Promise<Receipt> {
  await expect(page.locator(".dt-receipt")).toBeVisible();
  const text = (await page.locator(".dt-receipt").innerText()).replace(/\s+/g, " ");
  const code = /(?:[2-9A-HJKMNP-Z]{4}[ -]?){3}[2-9A-HJKMNP-Z]{4}/.exec(text)?.[0] ?? "";
  const numbers = [...new Set(text.match(/\b[A-Z]{2}-\d\d-\d{4}/g) ?? [])];
  expect(code, text).not.toBe("");
  expect(numbers.length, text).toBeGreaterThan(0);
  return { numbers, code };
}

/** A desk, and a small telephone: a desk at 400 % (WCAG 1.4.10). */
const desk = { width: 1440, height: 900 };
const telephone = { width: 320, height: 640 };
const tablet = { width: 768, height: 900 };

/** A desk at 200 % is measured when pictures are wanted (`make pictures`). */
const between = process.env.PICTURES ? [tablet, { width: 640, height: 900 }] : [tablet];

/** Checks that nothing reaches beyond the page at a width, and leaves a picture of it if they are wanted. */
async function fitsAt(page: Page, name: string, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  const beyond = await page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    return Array.from(document.querySelectorAll("body *"))
      .filter((e) => e.getBoundingClientRect().right > edge + 1)
      .map((e) => `${e.tagName}.${e.className}`);
  });
  expect(beyond, `${name} at ${size.width} px`).toEqual([]);
  if (process.env.PICTURES && size.width !== 640) {
    await page.screenshot({ path: `test-results/pages/${name}-${size.width}.png`, fullPage: true });
  }
}

/** Checks that a page fits a tablet and a small telephone: all that words of another language can break. */
export async function fits(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  for (const narrower of [...between, telephone]) await fitsAt(page, name, narrower);
  if (size) await page.setViewportSize(size);
}

/**
 * Checks a page as every page must be, and leaves pictures of it under test-results/pages if they are wanted.
 *
 * It has a title of its own, one h1, and says that its data are simulated, if they are. Neither at a desk nor on a
 * small telephone anything reaches beyond the page. At the desk axe-core finds nothing, targets of 24 px included
 * (2.5.8).
 */
export async function look(page: Page, name: string, simulated = true): Promise<void> {
  if (simulated) await expect(page.locator(".dt-strip")).toContainText(/DỮ LIỆU MÔ PHỎNG|SIMULATED DATA/);
  else await expect(page.locator(".dt-strip")).toHaveCount(0);
  await expect(page.locator("h1")).toHaveCount(1);
  expect((await page.title()).split(/ [–·|-] /)[0]?.trim().length, `title of ${name}`).toBeGreaterThan(2);
  await fitsAt(page, name, desk);
  expect(await breaches(page), name).toEqual([]);
  await fits(page, name);
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core found no fault with in this worker: the parts of which pages are made, and the looks of text. */
const known = { parts: new Set<string>(), looks: new Set<string>() };

/**
 * What axe-core finds against WCAG 2.2 AA and good practice. The pages have no frames, so it runs in the page alone.
 *
 * It takes more time than all else that is done with a page, and most pages are made of the parts of others. So a page
 * is read if it has a part that no page before had: an element of another kind, or within another. Contrast, the
 * slowest, is measured once for all text of one look: colour, type, and the backgrounds on which it stands.
 */
async function breaches(page: Page): Promise<string[]> {
  const fresh = await page.evaluate(([parts, looks]) => {
    const telling = (attribute: string) => /^(type|role|tabindex|disabled|aria-.*)$/.test(attribute);
    const kind = (e: Element | null) =>
      e && [e.tagName, e.getAttribute("class"), ...e.getAttributeNames().filter(telling)].join(" ");
    const seen = Array.from(document.querySelectorAll("body *")).filter((e) => e.checkVisibility());
    const freshParts = new Set(seen.map((e) => `${kind(e.parentElement)} > ${kind(e)}`));
    for (const part of parts) freshParts.delete(part);

    const freshLooks = new Map<string, Element>();
    const hasText = (n: Node) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim();
    const written = seen.filter((e) => e.matches("input, select, textarea") || Array.from(e.childNodes).some(hasText));
    for (const [i, e] of written.entries()) {
      if (e.getBoundingClientRect().width <= 1) continue;
      const type = getComputedStyle(e);
      const look = [type.color, type.fontSize, type.fontWeight, type.textShadow];
      let through = true;
      for (let under: Element | null = e; under; under = under.parentElement) {
        const ground = getComputedStyle(under);
        look.push(ground.opacity);
        // It stands on what isn't around it: a look of its own.
        if (/absolute|fixed|sticky/.test(ground.position)) look.push(`${location.pathname} ${i}`);
        if (through) look.push(ground.backgroundColor, ground.backgroundImage);
        through = through && !/^rgb\(/.test(ground.backgroundColor);
      }
      const key = look.join();
      if (!looks.includes(key) && !freshLooks.has(key)) freshLooks.set(key, e);
    }
    window.unread = [...freshLooks.values()];
    return { parts: [...freshParts], looks: [...freshLooks.keys()] };
  }, [[...known.parts], [...known.looks]] as const);
  if (fresh.parts.length + fresh.looks.length === 0) return [];

  await page.evaluate(axeSource);
  const violations = await page.evaluate(async ({ whole, options }) => {
    const contrast = { runOnly: ["color-contrast"], resultTypes: options.resultTypes };
    const seen = window.unread.length > 0
      ? (await window.axe.run({ include: window.unread }, contrast)).violations
      : [];
    return whole ? [...seen, ...(await window.axe.run(document, options)).violations] : seen;
  }, {
    whole: fresh.parts.length > 0,
    options: {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      rules: { "target-size": { enabled: true }, "color-contrast": { enabled: false } },
      // Only these are told element by element.
      resultTypes: ["violations"],
    } satisfies axe.RunOptions,
  });
  // A radio that reveals a field carries aria-expanded, as GOV.UK Frontend does on purpose
  // (alphagov/govuk-frontend#979): ARIA has no other word for it, and screen readers say it.
  const revealing = (rule: string, html: string) =>
    rule === "aria-allowed-attr" && /class="govuk-radios__input"[^>]* aria-expanded=/.test(html);
  for (const v of violations) v.nodes = v.nodes.filter((n) => !revealing(v.id, n.html));
  const found = violations.filter((v) => v.nodes.length > 0)
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  if (found.length === 0) {
    for (const part of fresh.parts) known.parts.add(part);
    for (const look of fresh.looks) known.looks.add(look);
  }
  return found;
}

/**
 * Goes through the page with the Tab key until the target has the focus. On the way each stop must be seen: within the
 * window, and looking otherwise than without the focus (WCAG 2.4.7, 2.4.11).
 */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await page.locator("body").evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const unseen = await page.evaluate(() => {
      const e = document.activeElement as HTMLElement;
      const box = e.getBoundingClientRect();
      const look = () => {
        // A radio or a box of the form is drawn by its label.
        const drawn = [e, e.nextElementSibling instanceof HTMLLabelElement ? e.nextElementSibling : null];
        const styles = drawn.map((d) => d && [getComputedStyle(d), getComputedStyle(d, "::before")]
          .map((s) => [s.outline, s.boxShadow, s.backgroundColor, s.borderColor, s.color].join()).join());
        return styles.join();
      };
      const focused = look();
      const inside = box.bottom > 0 && box.top < window.innerHeight;
      e.blur();
      const plain = look();
      e.focus();
      return inside && focused !== plain ? "" : `${e.outerHTML.slice(0, 120)} inside=${inside}`;
    });
    expect(unseen, "a stop that can't be seen").toBe("");
    if (await target.evaluate((e) => e === document.activeElement)) return;
  }
  throw new Error(`${target} is not reached by ${most} tabs`);
}
