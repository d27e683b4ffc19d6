import type { Locator } from "@playwright/test";
import { expect, fits, type Login, look, type Page, tabTo, test } from "../story.ts";

/** What each role sees first, and the pages of its work. */
const staff: [Login, Record<string, string>][] = [
  ["vanphong", {
    desk: "/noi-bo", register: "/noi-bo/y-kien", "register-none": "/noi-bo/y-kien?so=ND-99-9999",
    dialogues: "/noi-bo/doi-thoai", "opinion-ruling": "/noi-bo/y-kien/ND-24-0046",
    "opinion-done": "/noi-bo/y-kien/ND-24-0028", slip: "/noi-bo/phieu-moi", list: "/noi-bo/danh-sach-thon",
    "sign-ins": "/noi-bo/dang-nhap-dang-mo",
    tasks: "/noi-bo/nhiem-vu?loc=tat-ca", "tasks-by-clause": "/noi-bo/nhiem-vu/theo-ke-hoach",
    plans: "/noi-bo/ke-hoach", "plan-new": "/noi-bo/ke-hoach/moi", "plan-import": "/noi-bo/ke-hoach/nhap",
    "dialogue-new": "/noi-bo/doi-thoai/moi", requests: "/noi-bo/yeu-cau-doi-thoai",
    incoming: "/noi-bo/cap-tren", "incoming-new": "/noi-bo/cap-tren/moi", notices: "/noi-bo/thong-bao",
    "period-forms": "/noi-bo/so-lieu-dinh-ky/bieu",
  }],
  ["chutich", {
    desk: "/noi-bo", week: "/noi-bo/giao-ban", board: "/noi-bo/dieu-hanh", directive: "/noi-bo/chi-dao",
    periodic: "/noi-bo/so-lieu-dinh-ky", "periodic-year": "/noi-bo/so-lieu-dinh-ky?ky=2024",
    "periodic-rows": "/noi-bo/so-lieu-dinh-ky/y-kien?ky=2024&cot=9",
  }],
  ["thuky", {
    desk: "/noi-bo", console: "/hoi-truong/2024-10-25", "console-opinion": "/hoi-truong/2024-10-25/y-kien/ND-24-0046",
    reception: "/hoi-truong/2024-10-25/don-tiep", "console-receipt-gone": "/hoi-truong/2024-10-25/bien-nhan/ND-24-0028",
    "over-sum": "/hoi-truong/2024-06-28/tong-hop", "over-minutes": "/hoi-truong/2024-06-28/bien-ban",
    "over-conclusion": "/hoi-truong/2024-06-28/ket-luan", "over-reception": "/hoi-truong/2024-06-28/don-tiep",
  }],
  ["diachinh", { desk: "/noi-bo", "not-allowed": "/hoi-truong/2024-10-25", "not-found": "/noi-bo/y-kien/ND-24-9999" }],
  ["quantri", { desk: "/noi-bo" }],
];

/** The pages of the demo's dialogue and how each is reached from its workspace, by those who work on them. */
const planning: [Login, Record<string, string>][] = [
  ["vanphong", {
    workspace: "", edit: "/sua", move: "/doi-ngay", programme: "/chuong-trinh", announcement: "/van-ban/thong-bao",
    rules: "/van-ban/noi-quy", host: "/van-ban/loi-dan", course: "/dien-bien", duty: "/moc/notice_media",
    people: "/thanh-phan", "people-new": "/thanh-phan/them", "people-order": "/thanh-phan/thu-tu",
    "people-introduce": "/thanh-phan/gioi-thieu", "people-sign": "/thanh-phan/ky-nhan",
    "people-contacts": "/thanh-phan/lien-he", questions: "/cau-hoi", figures: "/so-lieu", briefing: "/tap-tai-lieu",
    stock: "/phieu-giay", estimate: "/du-toan", logistics: "/hau-can", bulletin: "/phat-thanh", villages: "/thon",
  }],
  ["chutich", { workspace: "", briefing: "/tap-tai-lieu", estimate: "/du-toan" }],
];

for (const [login, pages] of planning) {
  test(`pages of a dialogue as ${login} prepares it`, async ({ shared, officer }) => {
    test.setTimeout(600_000);
    const page = await officer(shared, login);
    await page.goto("/noi-bo/doi-thoai");
    const at = await page.locator("tbody th a").first().getAttribute("href");
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${at}${path}`);
      await look(page, `${login}-dialogue-${name}`);
      const parts = page.getByRole("navigation", { name: "Các trang của buổi đối thoại" });
      if (!path.startsWith("/thanh-phan/")) await expect(parts, name).toBeVisible();
    }
  });
}

for (const [login, pages] of staff) {
  test(`staff pages of ${login}`, async ({ shared, officer }) => {
    test.setTimeout(150_000);
    const page = await officer(shared, login);
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path);
      await look(page, `${login}-${name}`);
    }
    if (login === "diachinh") await draftAndPreview(page);
  });
}

/** Who goes wherever links lead. */
const walkers: Login[] = ["vanphong", "truongthon4"];

for (const login of walkers) {
  test(`wherever links lead ${login}, there is a page, and it fits a telephone`, async ({ shared, officer }) => {
    test.setTimeout(600_000);
    const page = await officer(shared, login);
    const kind = (link: string) => link.replace(/[?#].*/, "").replace(/[0-9a-f-]{36}/g, "ID").replace(/ND-\d\d-\d{4}/, "NO");
    const known = new Set<string>(["/noi-bo/dang-xuat"]);
    const open = ["/noi-bo"];
    for (let link = open.shift(); link; link = open.shift()) {
      if (known.has(kind(link))) continue;
      known.add(kind(link));
      const head = await page.request.get(link);
      expect(head.status(), link).toBe(200);
      if (!head.headers()["content-type"]?.startsWith("text/html")) continue; // a file
      await page.goto(link);
      await fits(page, `${login}-${link.replace(/\W+/g, "-")}`);
      open.push(...await page.locator('a[href^="/noi-bo"]').evaluateAll((links) =>
        links.map((a) => a.getAttribute("href") ?? "")));
    }
    expect(known.size, "kinds of pages").toBeGreaterThan(login === "vanphong" ? 80 : 5);
  });
}

/** The page of an opinion as the unit's officer works on it. */
async function draftAndPreview(page: Page): Promise<void> {
  await page.goto("/noi-bo");
  await page.getByRole("button", { name: /Soạn trả lời|Sửa dự thảo/ }).first().click();
  await look(page, "diachinh-opinion-draft");
  await page.getByRole("textbox", { name: "Dự thảo trả lời" }).fill("");
  await page.getByRole("button", { name: "Trình duyệt" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await look(page, "diachinh-opinion-error");
}

test("the chair's page of an answer to sign", async ({ shared, officer }) => {
  const page = await officer(shared, "chutich");
  await page.getByRole("button", { name: /Xem, ký/ }).first().click();
  await look(page, "chutich-opinion-sign");
});

/** Bottom of a part of the page, in pixels of the window. */
const bottom = async (part: Locator) => {
  const box = await part.boundingBox();
  return (box?.y ?? Infinity) + (box?.height ?? 0);
};

for (const viewport of [{ width: 1366, height: 768 }, { width: 768, height: 1024 }]) {
  test(`who writes an answer and who signs it see the question beside it (${viewport.width} px)`,
      async ({ shared, officer }) => {
    for (const [login, button, part] of [
      ["diachinh", /Soạn trả lời|Sửa dự thảo/, "#tra-loi"], ["chutich", /Xem, ký/, ".dt-letter"],
    ] as const) {
      const page = await officer(shared, login, { viewport });
      const waiting = await page.getByRole("button", { name: button }).count();
      expect(waiting).toBeGreaterThan(0);
      for (let i = 0; i < waiting; i++) {
        await page.goto("/noi-bo");
        await page.getByRole("button", { name: button }).nth(i).click();
        const heading = page.getByRole("heading", { level: 1 });
        const size = await heading.evaluate((h) => getComputedStyle(h).fontSize);
        expect(size).toBe("24px");
        expect((await heading.boundingBox())?.height, "two lines").toBeLessThanOrEqual(68);
        expect(await bottom(page.locator(".dt-casehead__next")), "the next step").toBeLessThan(viewport.height / 2);
        await expect(page.locator(".dt-match__said > blockquote"), "the question").toBeInViewport({ ratio: 1 });
        await expect(page.locator(part), page.url()).toBeInViewport({ ratio: 0.75 });
      }
    }
  });
}

test("a wrong password", async ({ shared, visitor }) => {
  const page = await visitor(shared);
  await page.goto("/noi-bo");
  await page.getByLabel("Tên đăng nhập").fill("vanphong");
  await page.getByLabel("Mật khẩu").fill("khong-dung");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await look(page, "sign-in-error");
});

test("the keyboard reaches the work of the desk, and every stop on the way is seen", async ({ shared, officer }) => {
  const desk = await officer(shared, "diachinh");
  const first = desk.getByRole("button", { name: /Soạn trả lời|Sửa dự thảo/ }).first();
  await tabTo(desk, first);
  await first.click();
  await tabTo(desk, desk.getByRole("button", { name: "Trình duyệt" }));
});
