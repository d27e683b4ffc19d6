import type { Locator } from "@playwright/test";
import { expect, type Login, look, type Page, tabTo, test } from "../story.ts";

/** What each role sees first, and the pages of its work. */
const staff: [Login, Record<string, string>][] = [
  ["vanphong", {
    desk: "/noi-bo", register: "/noi-bo/y-kien", "register-none": "/noi-bo/y-kien?so=ND-99-9999",
    dialogues: "/noi-bo/doi-thoai", "opinion-ruling": "/noi-bo/y-kien/ND-24-0019",
    "opinion-done": "/noi-bo/y-kien/ND-24-0001", slip: "/noi-bo/phieu-moi", list: "/noi-bo/danh-sach-thon",
    "sign-ins": "/noi-bo/dang-nhap-dang-mo",
    tasks: "/noi-bo/nhiem-vu?loc=tat-ca", "tasks-by-clause": "/noi-bo/nhiem-vu/theo-ke-hoach",
    incoming: "/noi-bo/cap-tren", "incoming-new": "/noi-bo/cap-tren/moi", notices: "/noi-bo/thong-bao",
  }],
  ["chutich", { desk: "/noi-bo" }],
  ["thuky", {
    desk: "/noi-bo", console: "/hoi-truong/2024-10-25", "console-opinion": "/hoi-truong/2024-10-25/y-kien/ND-24-0019",
    "console-receipt-gone": "/hoi-truong/2024-10-25/bien-nhan/ND-24-0001",
  }],
  ["diachinh", { desk: "/noi-bo", "not-allowed": "/hoi-truong/2024-10-25", "not-found": "/noi-bo/y-kien/ND-24-9999" }],
  ["quantri", { desk: "/noi-bo" }],
];

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
        await expect(page.locator(".dt-match__said blockquote"), "the question").toBeInViewport({ ratio: 1 });
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
