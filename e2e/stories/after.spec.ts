import { readFileSync } from "node:fs";
import { expect, fits, look, test } from "../story.ts";

const june = "/doi-thoai/2024-06-28";

test("after a dialogue its figures open their rows, which are narrowed, taken along, and lead to the answers", async ({
  shared, visitor,
}) => {
  test.setTimeout(150_000);
  const page = await visitor(shared);
  await page.goto(june);
  await look(page, "after");
  const figures = page.locator(".dt-counted li");
  const names = ["ý kiến đã nhận", "đã được trả lời", "chờ trả lời", "quá hạn", "xác nhận đã xong"];
  await expect(figures).toContainText(names.map((name) => new RegExp(name.replaceAll(" ", "\\s"))));
  const untold = Number(/(\d+)\sý\skiến\sgiải\squyết\stheo\sLuật\sKhiếu/.exec(
    await page.locator(".dt-counted__sum").innerText())?.[1] ?? 0);
  for (const i of names.keys()) {
    await page.goto(june);
    const count = Number(await figures.nth(i).locator("strong").innerText());
    const link = figures.nth(i).getByRole("link");
    if (count === 0) {
      await expect(link).toHaveCount(0);
      continue;
    }
    await link.click();
    const all = page.getByRole("link", { name: /^Cả/ });
    if (await all.count() > 0) await all.click();
    await expect(page.locator(".dt-matter")).toHaveCount(i === 0 ? count - untold : count);
  }

  await test.step("the list is narrowed to a ruling and a village", async () => {
    await page.goto(june);
    await page.getByLabel("Hướng xử lý", { exact: true }).selectOption({ label: "Trả lời ngay (3)" });
    await page.getByLabel("Thôn", { exact: true }).selectOption("Thôn 4");
    await page.getByRole("button", { name: "Lọc" }).click();
    await expect(page.getByRole("heading", { level: 2, name: /trả lời ngay, Thôn 4/ })).toBeVisible();
    await expect(page.locator(".dt-matter")).toHaveCount(1);
    await look(page, "after-narrowed");
    await page.getByRole("link", { name: "Bỏ lọc" }).click();
    await expect(page.getByLabel("Hướng xử lý", { exact: true })).toHaveValue("");
    await expect(page.locator(".dt-matter")).toHaveCount(10);
    await page.getByRole("link", { name: /tiếp theo/ }).click();
    await expect(page.locator(".dt-pages")).toContainText("Ý kiến 11–15 trong 15");
  });

  await test.step("the whole list is a file", async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"), page.getByRole("link", { name: "Tải danh sách (CSV)" }).click(),
    ]);
    const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n");
    expect(lines).toHaveLength(1 + 15);
    expect(lines[0]).toContain("Số đăng ký;Nội dung;Lĩnh vực");
  });

  await test.step("an answer, and back to the list as it was", async () => {
    await page.goto(`${june}/y-kien?so=da-tra-loi`);
    const first = page.locator(".dt-matter").first().getByRole("link");
    const title = await first.innerText();
    await first.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await page.goBack();
    await expect(page).toHaveURL(/so=da-tra-loi$/);
    await page.goto(june);
    await page.getByRole("link", { name: "Thông báo, chương trình, nội quy" }).click();
    await expect(page.getByRole("heading", { name: "Chương trình" })).toBeVisible();
    await page.getByRole("link", { name: "Trang của buổi đối thoại" }).click();
    await expect(page).toHaveURL(new RegExp(`${june}$`));
  });

  await test.step("English", async () => {
    await page.goto(`/ngon-ngu?sang=en&ve=${june}`);
    await fits(page, "after-en");
    await page.goto(`${june}/y-kien?so=cho-tra-loi`);
    await fits(page, "after-list-en");
  });
});
