import { demo, expect, look, test } from "../story.ts";

const server = demo();

test("a letter to units gets its number, the paper bears it, and a double is refused", async ({ officer }) => {
  test.setTimeout(150_000);
  const page = await officer(server, "vanphong");
  await page.goto("/noi-bo/cau-hoi");
  await page.locator('a[href$="/cau-hoi/cong-van"]').first().click();
  const number = page.getByLabel("Số, ký hiệu");
  await number.fill("87/TB-UBND"); // of the announcement
  await page.getByRole("button", { name: "Ghi số" }).click();
  await expect(page.getByRole("alert")).toContainText("Số này đã dùng cho một văn bản khác trong năm");
  await expect(number).toHaveValue("87/TB-UBND");
  await look(page, "documents-number-taken");
  await number.fill("125");
  await page.getByRole("button", { name: "Ghi số" }).click();
  await expect(page.getByRole("alert")).toContainText("Đã ghi số 125/UBND-VP");
  await expect(page.locator(".dt-printed")).toContainText("Số: 125/UBND-VP");
  await look(page, "documents-number");
  await page.getByRole("link", { name: "Văn bản", exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: "125/UBND-VP" })).toContainText("Giao chuẩn bị");
});

test("the office has the system give the numbers from a day on", async ({ officer }) => {
  test.setTimeout(150_000);
  const page = await officer(server, "vanphong");
  await page.goto("/noi-bo/thiet-lap/tham-so");
  await page.getByRole("link", { name: "Số của văn bản phát hành" }).click();
  await page.getByRole("radio", { name: "do hệ thống cấp, liên tục không cách số" }).check();
  await page.getByRole("button", { name: "Đổi mức từ ngày này" }).click();
  await expect(page.getByText("Đã đổi mức.")).toBeVisible();
  await look(page, "documents-numbering");
  // Of today, numbers are still typed as Văn thư gives them.
  await page.goto("/noi-bo/y-kien/ND-24-0038");
  await expect(page.getByLabel("Ký hiệu")).toHaveValue(/UBND/);
  await expect(page.getByText("cấp khi lưu")).toBeHidden();
});
