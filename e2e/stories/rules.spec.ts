import { demo, expect, look, test } from "../story.ts";

const server = demo();

test("the office changes a number from a later day on, and takes it back", async ({ officer }) => {
  test.setTimeout(150_000);
  const page = await officer(server, "vanphong");
  await page.getByRole("link", { name: "Thiết lập" }).click();
  await page.getByRole("link", { name: "Tham số" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Trả lời nội dung phức tạp" })).toContainText("Mặc định, chưa có căn cứ pháp lý");
  await look(page, "rules-parameters");
  await page.getByRole("link", { name: "Thay giá trị Thông báo trước buổi đối thoại" }).click();
  await expect(page.getByLabel("Điều, khoản"), "a house default has no article").toBeHidden();
  await page.getByLabel("Giá trị mới").fill("mười");
  await page.getByLabel("Căn cứ", { exact: true }).selectOption({ label: "Luật Tiếp công dân số 42/2013/QH13" });
  await page.getByRole("button", { name: "Thay giá trị từ ngày này" }).click();
  await expect(page.getByRole("alert")).toContainText("số nguyên từ 0 đến");
  await look(page, "rules-parameter-error");
  await page.getByLabel("Giá trị mới").fill("10");
  await page.getByLabel("Từ ngày").fill("01/01/2025");
  await page.getByLabel("Điều, khoản").fill("Điều 5");
  await page.getByRole("radio", { name: "Đã đọc chính văn bản" }).check();
  await page.getByRole("button", { name: "Thay giá trị từ ngày này" }).click();
  await expect(page.getByText("Đã đặt giá trị mới.")).toBeVisible();
  await look(page, "rules-parameter");
  await page.getByRole("button", { name: "Rút lại 10 ngày" }).click();
  await expect(page.getByText("Đã rút giá trị chưa đến ngày áp dụng.")).toBeVisible();
});

test("the office lists a new decision, and marks the one that it replaces", async ({ officer }) => {
  test.setTimeout(150_000);
  const page = await officer(server, "vanphong");
  await page.goto("/noi-bo/thiet-lap/can-cu");
  await look(page, "rules-bases");
  await page.getByRole("button", { name: "Thêm văn bản" }).click();
  await page.getByLabel("Số, ký hiệu").fill("12/QĐ-UBND");
  await page.getByRole("button", { name: "Ghi vào danh mục" }).click();
  await expect(page.getByRole("alert")).toContainText("Ghi cơ quan ban hành");
  await look(page, "rules-basis-error");
  await page.getByLabel("Loại văn bản").fill("Quyết định");
  await page.getByLabel("Cơ quan ban hành").fill("UBND tỉnh Quảng Ngãi");
  await page.getByLabel("Ngày ban hành").fill("01/10/2024");
  await page.getByLabel("Trích yếu").fill("Ban hành Quy chế đối thoại về thủ tục hành chính");
  await page.getByRole("button", { name: "Ghi vào danh mục" }).click();
  await expect(page.getByText("Đã ghi Quyết định số 12/QĐ-UBND.")).toBeVisible();
  await page.getByRole("link", { name: "Quyết định 658/QĐ-UBND" }).click();
  await page.getByLabel("Ngày cuối cùng còn hiệu lực").fill("30/09/2024");
  await page.getByLabel("Thay thế bởi").selectOption({ label: "Quyết định số 12/QĐ-UBND" });
  await page.getByRole("button", { name: "Ghi vào danh mục" }).click();
  await page.getByRole("link", { name: /^Hết hiệu lực/ }).click();
  await expect(page.getByRole("row").filter({ hasText: "658/QĐ-UBND" })).toContainText("Hết hiệu lực từ 01/10/2024");
  await look(page, "rules-bases-expired");
});
