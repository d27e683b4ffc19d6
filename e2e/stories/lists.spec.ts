import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { demo, expect, look, type Page, test } from "../story.ts";

const server = demo();

/** What of a list stands on the first screen. */
async function measured(page: Page) {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll(".dt-list tbody tr:not(.dt-list__group)")]
      .map((row) => row.getBoundingClientRect()).filter((box) => box.height > 1);
    return {
      whole: rows.filter((box) => box.bottom <= innerHeight).length,
      highest: Math.max(...rows.map((box) => box.height)),
      room: Math.floor((innerHeight - (rows[0]?.top ?? innerHeight)) / (rows[0]?.height ?? 1)),
      wide: document.documentElement.scrollWidth - innerWidth,
    };
  });
}

test("a clerk's lists: ten rows on the first screen, found by words, narrowed, named, printed as a register",
    async ({ officer }, info) => {
  test.setTimeout(180_000);
  const page = await officer(server, "vanphong", { viewport: { width: 1366, height: 768 } });

  await test.step("the register: one matter, one line, the longest late first", async () => {
    await page.goto("/noi-bo/y-kien");
    await expect(page.locator(".moj-sub-navigation [aria-current=page]")).toContainText("Của tôi");
    await page.getByRole("link", { name: /^Đang xử lý/ }).click();
    await expect(page.locator(".moj-sub-navigation .dt-due--late")).toContainText("Quá hạn");
    const first = page.locator("tbody tr").first();
    await expect(first).toHaveClass(/dt-row--late/);
    await expect(first).toContainText(/quá\shạn\s\d+\sngày/);
    await page.goto("/noi-bo/y-kien?loc=tat-ca");
    const seen = await measured(page);
    expect(seen.whole).toBeGreaterThanOrEqual(10);
    expect(seen.highest).toBeLessThanOrEqual(44);
    expect(seen.wide).toBe(0);
    await look(page, "register-all");
  });

  await test.step("values and legal bases: one a line too", async () => {
    for (const list of ["tham-so", "can-cu"]) {
      await page.goto(`/noi-bo/thiet-lap/${list}`);
      const seen = await measured(page);
      expect(seen.whole).toBeGreaterThanOrEqual(15);
      expect(seen.wide).toBe(0);
    }
  });

  await test.step("the desk: as dense, what is late on top whoever it waits for", async () => {
    await page.goto("/noi-bo");
    const seen = await measured(page);
    expect(seen.room).toBeGreaterThanOrEqual(10);
    expect(seen.highest).toBeLessThanOrEqual(44);
    await expect(page.locator("tbody").first()).toHaveAttribute("id", "qua-han");
    const chair = await officer(server, "chutich", { viewport: { width: 1366, height: 768 } });
    await chair.goto("/noi-bo");
    await expect(chair.locator("tbody").first()).toHaveAttribute("id", "cho-ky");
    await expect(chair.getByRole("heading", { name: "Đơn vị theo mức độ quá hạn" })).toBeInViewport();
    await expect(chair.locator("details.dt-rest")).not.toHaveAttribute("open");
  });

  await test.step("the journal as dense; accounts in two lines at most", async () => {
    const chair = await officer(server, "chutich", { viewport: { width: 1366, height: 768 } });
    await chair.goto("/noi-bo/thiet-lap/nhat-ky");
    const journal = await measured(chair);
    expect(journal.whole).toBeGreaterThanOrEqual(10);
    expect(journal.highest).toBeLessThanOrEqual(86); // where it says what stood before, and what now
    const admin = await officer(server, "quantri", { viewport: { width: 1366, height: 768 } });
    await admin.goto("/noi-bo/thiet-lap/tai-khoan");
    const accounts = await measured(admin);
    expect(accounts.room).toBeGreaterThanOrEqual(10);
    expect(accounts.highest).toBeLessThanOrEqual(62);
    for (const seen of [journal, accounts]) expect(seen.wide).toBe(0);
  });

  await test.step("words without marks, and a filter beside them", async () => {
    await page.goto("/noi-bo/y-kien");
    await page.getByLabel("Số hoặc từ ngữ").fill("rac thon 4");
    await page.getByRole("button", { name: "Tìm" }).click();
    await expect(page.locator("tbody tr").first(), "what says all the words stands first").toContainText("ND-24-0032");
    await page.getByLabel("Số hoặc từ ngữ").fill("0004");
    await page.getByRole("button", { name: "Tìm" }).click();
    await expect(page.locator("tbody tr")).toHaveCount(1);
    await page.goto("/noi-bo/y-kien?loc=tat-ca");
    await page.getByLabel("Chủ trì", { exact: true }).selectOption({ label: "Địa chính" });
    await page.getByRole("button", { name: "Tìm" }).click();
    for (const row of await page.locator("tbody tr").all()) await expect(row).toContainText("Địa chính");
  });

  await test.step("a headline that somebody set is what lists say", async () => {
    await page.goto("/noi-bo/y-kien/ND-24-0039");
    await page.locator("summary", { hasText: "Đặt tiêu đề" }).click();
    await page.getByLabel("Tiêu đề trong sổ").fill("Bảng thủ tục, lệ phí ở nhà văn hóa thôn");
    await page.getByRole("button", { name: "Ghi tiêu đề" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Bảng thủ tục, lệ phí ở nhà văn hóa thôn");
    await page.goto("/noi-bo/y-kien?so=bang+thu+tuc");
    await expect(page.locator("tbody")).toContainText("ND-24-0039");
  });

  await test.step("on paper: A4 landscape, one line a row; no search, no tabs, no addresses of pages", async () => {
    await page.goto("/noi-bo/y-kien?loc=tat-ca");
    await page.getByLabel("Buổi đối thoại", { exact: true }).selectOption({ label: "Hội nghị 25/10/2024" });
    await page.getByRole("button", { name: "Tìm" }).click();
    await expect(page.locator("tbody")).not.toContainText("ND-24-0017");
    const path = info.outputPath("register.pdf");
    writeFileSync(path, await page.pdf({ preferCSSPageSize: true }));
    expect(execFileSync("pdfinfo", [path], { encoding: "utf8" }))
      .toMatch(/^Page size: +84[12]\.\d+ x 59[45]\.\d+ pts/m);
    const lines = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" }).split("\n");
    const rows = lines.slice(lines.findIndex((line) => line.startsWith("Số ")) + 1)
      .filter((line) => line.trim() && !/^\f?Số /.test(line)); // the head stands on each page
    expect(rows.length).toBe(await page.locator("tbody tr").count());
    for (const row of rows) expect(row).toMatch(/^ND-24-\d{4} /);
    expect(lines.join("\n")).not.toMatch(/\(\//);
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".dt-find")).toBeHidden();
    await expect(page.locator(".moj-sub-navigation")).toBeHidden();
    await expect(page.getByText("Tất cả · in ngày")).toBeVisible();
    const address = await page.locator("tbody a").first()
      .evaluate((link) => getComputedStyle(link, "::after").content);
    expect(address).toBe("none");
    await page.emulateMedia({ media: "screen" });
  });

  await test.step("on a phone a card says no more than it needs", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ["/noi-bo", "/noi-bo/y-kien?loc=tat-ca"]) {
      await page.goto(path);
      expect((await measured(page)).highest).toBeLessThanOrEqual(200); // a clause of the plan is long
      expect((await measured(page)).wide).toBe(0);
    }
    await expect(page.locator("tbody td[data-label]")).toHaveCount(0);
  });
});
