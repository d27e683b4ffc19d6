import { demo, expect, look, test } from "../story.ts";

const server = demo();

test("the office changes a number from a later day on, and takes it back", async ({ officer }) => {
  test.setTimeout(150_000);
  const page = await officer(server, "vanphong");
  await page.getByRole("link", { name: "Thiết lập" }).click();
  await page.getByRole("link", { name: "Thời hạn, định mức" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Trả lời nội dung phức tạp" }))
    .toContainText("Xã quy định; pháp luật không ấn định");
  await look(page, "rules-parameters");
  await page.getByRole("link", { name: "Thông báo trước buổi đối thoại", exact: true }).click();
  await expect(page.getByLabel("Điều, khoản"), "a house default has no article").toBeHidden();
  await page.getByLabel("Giá trị mới").fill("mười");
  const basis = page.getByLabel("Căn cứ", { exact: true });
  const offered = () => basis.locator("option:not([hidden])").allInnerTexts();
  const all = (await offered()).length;
  expect(all).toBeGreaterThan(20);
  const filter = page.getByRole("searchbox", { name: "Gõ để tìm: tên, số văn bản" });
  await filter.fill("tiep cong dan");
  for (const name of (await offered()).slice(1)) expect(name).toMatch(/tiếp\scông\sdân/i);
  await filter.fill("cong dan 42");
  await expect(basis.locator("option:checked")).toHaveText("Luật Tiếp công dân số 42/2013/QH13");
  await filter.press("Enter"); // it finds, it does not send
  await expect(page.getByLabel("Giá trị mới")).toHaveValue("mười");
  await filter.fill("");
  expect(await offered()).toHaveLength(all);
  await page.getByRole("button", { name: "Đổi mức từ ngày này" }).click();
  await expect(page.getByRole("alert")).toContainText("số nguyên từ 0 đến");
  await look(page, "rules-parameter-error");
  await page.getByLabel("Giá trị mới").fill("10");
  await page.getByLabel("Từ ngày").fill("01/01/2025");
  await page.getByLabel("Điều, khoản").fill("Điều 5");
  await page.getByRole("radio", { name: "Đã đọc chính văn bản" }).check();
  await page.getByRole("button", { name: "Đổi mức từ ngày này" }).click();
  await expect(page.getByText("Đã đổi mức.")).toBeVisible();
  await look(page, "rules-parameter");
  await page.getByRole("button", { name: "Rút lại 10 ngày" }).click();
  await expect(page.getByText("Đã rút mức chưa đến ngày áp dụng.")).toBeVisible();
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
  const follower = page.getByLabel("Thay thế bởi").getByRole("option", { name: "12/QĐ-UBND" });
  await expect(follower, "what a document is about stands beside its number").toContainText("Quy chế đối thoại");
  await page.getByLabel("Thay thế bởi").selectOption(await follower.getAttribute("value"));
  await page.getByRole("button", { name: "Ghi vào danh mục" }).click();
  await page.getByRole("link", { name: /^Hết hiệu lực/ }).click();
  await expect(page.getByRole("row").filter({ hasText: "658/QĐ-UBND" })).toContainText("Hết hiệu lực từ 01/10/2024");
  await look(page, "rules-bases-expired");
});

test("the office takes a year's days off over, swaps a day, and decides which due date follows",
    async ({ officer }) => {
  test.setTimeout(180_000);
  const page = await officer(server, "vanphong");
  await page.goto("/noi-bo/thiet-lap");
  await page.getByRole("link", { name: "Lịch làm việc" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Lịch làm việc năm 2024" })).toBeVisible();
  await look(page, "rules-calendar");
  await page.getByRole("link", { name: "Ngày lễ theo pháp luật" }).click();
  await expect(page.getByRole("main")).toContainText("10/3 âm lịch");
  await look(page, "rules-holidays");
  await page.goto("/noi-bo/thiet-lap/lich?nam=2027");
  await expect(page.getByRole("checkbox", { name: "T7, 06/02/2027: Tết Nguyên đán (1/1 âm lịch)" })).toBeChecked();
  await look(page, "rules-calendar-proposed");
  await page.getByLabel("Quyết định, thông báo nghỉ lễ của năm").fill("Thông báo mô phỏng số 1");
  await page.getByRole("button", { name: "Đưa vào lịch" }).click();
  await expect(page.getByText("Đã ghi lịch mới.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "24/11/2027" })).toContainText("Ngày Văn hóa Việt Nam");

  await page.goto("/noi-bo/thiet-lap/lich");
  await page.getByRole("button", { name: "Thêm ngày nghỉ, ngày làm bù" }).click();
  await page.getByLabel("Ngày", { exact: true }).fill("28/10/2024");
  await page.getByRole("radio", { name: "Nghỉ hoán đổi, làm bù ngày khác" }).check();
  await page.getByLabel("Ngày làm bù").fill("30/11/2024");
  await look(page, "rules-calendar-day");
  await page.getByLabel("Văn bản quyết định").fill("Quyết định mô phỏng số 5");
  await page.getByRole("button", { name: "Ghi vào lịch" }).click();
  await expect(page.getByRole("heading", { name: "Hạn khác đi theo lịch mới" })).toBeVisible();
  await look(page, "rules-calendar-due");
  await page.getByRole("button", { name: /^Dời hạn/ }).first().click();
  await expect(page.getByText("Đã dời hạn.")).toBeVisible();
  await page.getByRole("link", { name: "Thay giờ làm việc" }).click();
  await look(page, "rules-hours");
});

test("an officer who cites a decree that is no longer in force is told while typing, and may go on",
    async ({ officer }) => {
  test.setTimeout(120_000);
  const office = await officer(server, "vanphong");
  await office.goto("/noi-bo/thiet-lap/can-cu/van-ban/nd-64-2014-nd-cp");
  await office.getByLabel("Ngày cuối cùng còn hiệu lực").fill("30/09/2024");
  await office.getByRole("button", { name: "Ghi vào danh mục" }).click();
  const page = await officer(server, "diachinh");
  await page.getByRole("button", { name: /Soạn trả lời|Sửa dự thảo/ }).first().click();
  await page.getByRole("textbox", { name: "Dự thảo trả lời" })
    .fill("UBND xã đã kiểm tra, hồ sơ có kết quả ngày 30/10/2024.");
  await page.getByRole("combobox", { name: "Căn cứ pháp lý" }).fill("Điều 5 Nghị định số 64/2014/NĐ-CP");
  await expect(page.getByText("Nghị định số 64/2014/NĐ-CP đã hết hiệu lực từ 01/10/2024")).toBeVisible();
  await look(page, "rules-citation");
  await page.getByRole("button", { name: "Trình duyệt" }).click();
  await expect(page.getByText("Đã trình dự thảo trả lời.")).toBeVisible();
});
