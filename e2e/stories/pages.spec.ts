import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { expect, fillSlip, fits, look, sendSlip, tabTo, test } from "../story.ts";

/** Pages that anybody opens by an address. */
const open = {
  home: "/", slip: "/gui-y-kien", lookup: "/tra-cuu", answers: "/hoi-dap",
  "answers-none": "/hoi-dap?tim=khong-co-gi-nhu-the", answer: "/hoi-dap/ND-24-0028",
  plans: "/ke-hoach", dialogues: "/doi-thoai", dialogue: "/doi-thoai/2024-10-25",
  "dialogue-over": "/doi-thoai/2024-06-28", record: "/so-doi-chung",
  privacy: "/du-lieu-ca-nhan", accessibility: "/tro-nang", "not-found": "/khong-co-trang-nay",
  "sign-in": "/noi-bo/dang-nhap",
};

for (const [lang, check] of [["vi", look], ["en", fits]] as const) {
  test(`public pages (${lang})`, async ({ shared, visitor }) => {
    test.setTimeout(150_000);
    const page = await visitor(shared);
    await page.goto(`/ngon-ngu?sang=${lang}&ve=/`);
    for (const [name, path] of Object.entries(open)) {
      await page.goto(path);
      expect(await page.locator("html").getAttribute("lang")).toBe(lang);
      if (name !== "sign-in") await check(page, `${lang}-${name}`);
    }
    await page.goto("/ke-hoach");
    await page.getByRole("main").getByRole("link", { name: /2024/ }).first().click();
    await check(page, `${lang}-plan`);
  });

  test(`a slip with errors, its summary, its receipt, what it opens (${lang})`, async ({ shared, visitor }) => {
    test.setTimeout(150_000);
    const page = await visitor(shared);
    await fillSlip(page, {
      matters: ["Đường liên thôn hỏng sau mưa, đề nghị xã sửa trước mùa gặt.", "Loa của thôn rè, nghe không rõ."],
      name: "Trần Văn Xem Trang",
    });
    await page.goto(`/ngon-ngu?sang=${lang}&ve=/gui-y-kien`);
    // The other language keeps what was typed: what is to be wrong is emptied.
    await expect(page.locator("#ho-ten")).toHaveValue("Trần Văn Xem Trang");
    for (const field of ["#noi-dung", "#noi-dung-2", "#ho-ten"]) await page.locator(field).fill("");
    for (const name of ["nhan-tra-loi", "da-doc"]) await page.locator(`input[name='${name}']:checked`).uncheck();
    await page.locator("form[action='/gui-y-kien'] button[value='xem']").click();
    await expect(page.getByRole("alert")).toBeVisible();
    await check(page, `${lang}-slip-errors`);
    await page.goto("/ngon-ngu?sang=vi&ve=/");
    const receipt = await sendSlip(page, {
      matters: ["Đường liên thôn hỏng sau mưa, đề nghị xã sửa trước mùa gặt.", "Loa của thôn rè, nghe không rõ."],
      name: "Trần Văn Xem Trang",
    });
    await page.goto(`/ngon-ngu?sang=${lang}&ve=/tra-cuu`);
    await page.locator("#ma").fill("2345");
    await page.locator("#ma").press("Enter");
    await expect(page.getByRole("alert")).toBeVisible();
    await check(page, `${lang}-lookup-error`);
    const [answered, elsewhere, late, , two] = shared.codes;
    const codes = lang === "en" ? { answered } : { received: receipt.code, answered, elsewhere, late, two };
    for (const [name, code] of Object.entries(codes)) {
      await page.goto("/tra-cuu");
      await page.locator("#ma").fill(code ?? "");
      await page.locator("#ma").press("Enter");
      await expect(page).toHaveURL(/y-kien$/);
      await check(page, `${lang}-follow-${name}`);
    }
  });
}

test("summary and receipt of a slip", async ({ shared, visitor }) => {
  const page = await visitor(shared);
  await fillSlip(page, {
    matters: ["Đường liên thôn hỏng sau mưa, đề nghị xã sửa trước mùa gặt."], name: "Trần Văn Xem Trang",
  });
  await look(page, "vi-slip-filled");
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await look(page, "vi-slip-check");
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  await look(page, "vi-receipt");
  await page.emulateMedia({ media: "print" });
  await page.goto("/ke-hoach");
  await page.getByRole("main").getByRole("link", { name: /2024/ }).first().click();
  await page.screenshot({ path: "test-results/pages/vi-plan-printed.png", fullPage: true });
});

test("announcement and answer on paper name no page of the site", async ({ shared, visitor }, info) => {
  const page = await visitor(shared);
  for (const path of ["/doi-thoai/2024-10-25", "/hoi-dap/ND-24-0028"]) {
    await page.goto(path);
    const file = info.outputPath("printed.pdf");
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
    const printed = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
    expect(printed.replace(/\s+/g, " ")).toContain(path.startsWith("/hoi-dap") ? "ND-24-0028" : "Chương trình");
    expect(printed).not.toMatch(/\(\s*(https?:\/)?\//);
  }
});

test("the keyboard reaches what each page is for, and every stop on the way is seen", async ({ shared, visitor }) => {
  const page = await visitor(shared);
  await page.goto("/");
  await tabTo(page, page.getByRole("main").getByRole("button", { name: "Gửi câu hỏi" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Xem lại trước khi gửi" }));
  await page.goto("/tra-cuu");
  await tabTo(page, page.getByRole("main").getByRole("button", { name: "Tra cứu" }));
  await page.goto("/hoi-dap");
  await tabTo(page, page.getByRole("button", { name: "Tìm" }));
  await page.goto("/so-doi-chung");
  await tabTo(page, page.getByRole("button", { name: "Kiểm tra", exact: true }));
});
