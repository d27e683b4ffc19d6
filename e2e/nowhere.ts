import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "./story.ts";
import { root } from "./server.ts";

/** The dialogue for which the demo's slips are. */
export const hall = "/hoi-truong/2024-10-25";

/** Every address of one opinion, as the staff site's own tables of routes and acts have them, and those of the hall. */
function routesOf(number: string): { method: string; path: string }[] {
  const table = readFileSync(join(root, "office/routes.go"), "utf8")
    .replaceAll('" + pagePreview', '/xem-truoc"')
    .replaceAll('" + denunciationsPath + "', "/noi-bo/to-cao");
  const list = Array.from(
    table.matchAll(/"(GET|POST) (\/noi-bo\/(?:y-kien|to-cao)\/{number}[^"]*)"/g),
    (m) => ({ method: m[1] ?? "", path: m[2] ?? "" }),
  );
  const acts = readFileSync(join(root, "office/acts.go"), "utf8");
  for (const [, slug, more = ""] of acts.matchAll(/\bslug:\s*"([^"]+)"(?:,\s*more:\s*"([^"]*)")?/g)) {
    list.push({ method: "POST", path: `/noi-bo/y-kien/{number}/${slug}${more}` });
  }
  expect(list.length, "routes of an opinion").toBeGreaterThanOrEqual(23);
  list.push({ method: "GET", path: `${hall}/y-kien/{number}` }, { method: "POST", path: `${hall}/y-kien/{number}` });
  return list.map(({ method, path }) => ({
    method,
    path: path.replace("{number}", number).replace("{act}", "vi-sao")
      .replace("{delivery}", "00000000-0000-7000-8000-000000000000"),
  }));
}

/**
 * Where a number comes back that was only asked for, one that was never given out as well: the register and the answers
 * that know nothing of it, and the line of the audit log that says what an export was of.
 */
const asked = new RegExp([
  String.raw`<p[^>]*>Không có ý\skiến nào mang số .*?</p>`,
  String.raw`<h1[^>]*>Chưa công\skhai trả\slời ý\skiến số .*?</h1>`,
  String.raw`Bộ\slọc: [^<]*<span class="dt-no">[^<]*</span>`,
].join("|"), "g");

/** Fills in every form of an opinion, so that what is refused is refused for want of permission. */
const typed = {
  "phien-ban": "1", "ly-do-xem": "verify", huong: "KN", "tra-loi": "Trả lời thử.", "ly-do": "Lý do thử.",
  so: "999/UBND-VP", ngay: "23/10/2024", "tieu-de": "Thử", "cau-hoi": "Thử?", "tom-tat": "Thử.",
  "tam-dung-ly-do": "agency", "tam-dung-so": "9/UBND", "tam-dung-ngay": "23/10/2024", "tam-dung-noi-dung": "Thử.",
  "gia-han-den": "20/11/2024", "gia-han-ly-do": "Thử.", "cau-hoi-giai-trinh": "Thử?", "han-giai-trinh": "25/10/2024",
};

/**
 * What an address answers to who asks by hand: its status, 401 where it leads to the sign-in, and all it says but what
 * a field of a form gives back to its reader.
 */
async function answer(
  page: Page, path: string, form?: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const r = form
    ? await page.request.post(path, { form, maxRedirects: 0, headers: { Accept: "application/json" } })
    : await page.request.get(path);
  const status = (r.headers()["location"] ?? r.url()).includes("/noi-bo/dang-nhap") ? 401 : r.status();
  return { status, body: (await r.body()).toString().replaceAll(/ value="[^"]*"/g, "") };
}

/**
 * Checks that an opinion doesn't exist for whoever uses the page, an officer or a visitor.
 *
 * Its own pages and acts, called by hand, are refused: a visitor (401) has to sign in first. Registers, searches,
 * exports and feeds may open, and say neither its number nor any of the secrets: what was written, who wrote it, how
 * to reach them.
 */
export async function expectNowhere(
  page: Page, number: string, secrets: string[], refused = [403, 404],
): Promise<void> {
  const leaks: string[] = []; // told at once: an expect of its own for each would take longer than all requests
  for (const { method, path } of routesOf(number)) {
    const { status, body } = await answer(page, path, method === "POST" ? typed : undefined);
    if (!refused.includes(status)) leaks.push(`${status} for ${method} ${path}`);
    for (const secret of secrets) if (body.includes(secret)) leaks.push(`${secret} at ${method} ${path}`);
  }
  const words = secrets.map((s) => encodeURIComponent(s));
  const size = (await answer(page, "/so-doi-chung/checkpoint")).body.split("\n")[1] ?? "";
  expect(Number(size), "lines of the public record").toBeGreaterThan(0);
  const lists: [path: string, form?: Record<string, string>][] = [
    ["/noi-bo"], ["/noi-bo/doi-thoai"], ["/noi-bo/y-kien"], [`/noi-bo/y-kien?so=${number}`],
    ["/noi-bo/y-kien?loc=cho-phan-loai"], ["/noi-bo/y-kien?loc=dang-xu-ly"],
    ...words.map((w): [string] => [`/noi-bo/y-kien?so=${w}`]),
    ["/noi-bo/to-cao"], ["/noi-bo/bao-tin"], ["/noi-bo/bao-tin/thu"],
    [hall], [`${hall}/danh-sach?mo=${number}`], [`${hall}/bien-nhan/${number}`],
    ["/noi-bo/ban-nhap", { ...typed, nhap: `answer:${number}`, ve: `/noi-bo/y-kien/${number}` }],
    ["/noi-bo/thiet-lap/lich"],
    ["/noi-bo/thiet-lap/nhat-ky"], [`/noi-bo/thiet-lap/nhat-ky?so=${number}`], ["/noi-bo/thiet-lap/nhat-ky/tep", {}],
    ["/noi-bo/thiet-lap/nhat-ky/tep", { so: number }],
    ...["thon", "linh-vuc", "can-bo"].flatMap((list) =>
      ["csv", "xlsx"].map((form): [string] => [`/noi-bo/thiet-lap/danh-muc/${list}/tep/${form}`])),
    ["/"], ["/hoi-dap"], [`/hoi-dap/${number}`], ...words.map((w): [string] => [`/hoi-dap?tim=${w}`]),
    ["/doi-thoai/2024-10-25"], ["/doi-thoai/2024-10-25/lich.ics"],
    ["/tra-cuu", { ma: number }], ["/bien-nhan/tep", { ma: number }],
    ["/so-doi-chung"], [`/so-doi-chung/tile/0/000.p/${size}`], [`/so-doi-chung/tile/entries/000.p/${size}`],
  ];
  for (const [path, form] of lists) {
    const { status, body } = await answer(page, path, form);
    if (status >= 500) leaks.push(`${status} for ${path}`);
    // What was looked for comes back in words.
    const sought = decodeURIComponent(/[?&](?:so|tim)=(.*)/.exec(path)?.[1] ?? "");
    const told = secrets.filter((s) => !sought.includes(s));
    const written = [">N<", '/N"', '"N"', ";N;", "\nN;", ",N,", "\nN,"].map((form) => form.replace("N", number));
    for (const secret of told) if (body.includes(secret)) leaks.push(`${secret} at ${path}`);
    const known = body.replaceAll(asked, "");
    for (const form of written) if (known.includes(form)) leaks.push(`${form} at ${path}`);
  }
  expect(leaks).toEqual([]);
}
