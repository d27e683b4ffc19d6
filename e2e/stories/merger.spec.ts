import { type Server } from "../server.ts";
import { demo, expect, look, type Page, sendSlip, test } from "../story.ts";

const before = demo();
const after = demo("--day", "2025-07-02");

/** Opens the slip of the guide's first code on the public site. */
async function follow(page: Page, server: Server): Promise<void> {
  await page.goto("/tra-cuu");
  await page.locator("#ma").fill(server.codes[0] ?? "");
  await page.locator("#ma").press("Enter");
  await expect(page).toHaveURL(/y-kien$/);
}

test("a commune that merged keeps its records, under another letterhead", async ({ visitor, officer }) => {
  const page = await visitor(after);
  await page.goto("/");
  await expect(page.locator("header").first()).toContainText("An Phú");
  await look(page, "merger-home");

  // What was published in 2024 stands under its old address and number.
  await page.goto("/hoi-dap/ND-24-0028");
  await expect(page.locator("h1")).toBeVisible();
  await look(page, "merger-answer");
  await page.goto("/hoi-dap");
  await page.getByRole("link", { name: /Thứ Bảy/ }).first().click();
  await expect(page.getByRole("main")).toContainText("UBND xã Nghĩa Dũng");
  await page.goto("/doi-thoai/2024-10-25");
  await expect(page.locator("h1")).toBeVisible();
  await page.goto("/ke-hoach");
  await page.getByRole("main").getByRole("link", { name: /2024/ }).first().click();
  await expect(page.getByText("ỦY BAN NHÂN DÂN THÀNH PHỐ QUẢNG NGÃI")
    .or(page.getByText("UBND THÀNH PHỐ QUẢNG NGÃI")).first()).toBeVisible();
  await follow(page, after);
  await look(page, "merger-follow");

  // A new opinion gets a number of the new commune, and may come from a village of it.
  const receipt = await sendSlip(page, { matters: ["Đường nối hai thôn cũ chưa có đèn."], name: "Trần Văn Sáp Nhập" });
  expect(receipt.numbers[0]).toMatch(/^AP-25-/);
  await page.goto("/gui-y-kien");
  const villages = page.getByLabel("Nơi ở", { exact: true });
  await expect(villages.getByRole("option", { name: "Thôn 1 Nghĩa Hà" })).toBeAttached();
  await expect(page.getByLabel("Địa chỉ", { exact: true })).toBeHidden();
  await look(page, "merger-slip");
  await villages.selectOption({ label: "Nơi khác, ngoài xã" });
  await expect(page.getByLabel("Địa chỉ", { exact: true })).toBeVisible();
  await look(page, "merger-slip-elsewhere");

  // The work of a unit that is over is with the one that succeeded it, and the timeline says so.
  const office = await officer(after, "vanphong");
  await office.goto("/noi-bo/y-kien/ND-24-0031");
  await expect(office.getByRole("main")).toContainText("Phòng Văn hóa – Xã hội");
  await expect(office.getByRole("main")).toContainText("do sắp xếp lại đơn vị");
  await look(office, "merger-opinion");
  await office.goto("/noi-bo/thiet-lap/to-chuc");
  await expect(office.getByRole("main")).toContainText("sau đó là Phòng Kinh tế");
  await look(office, "merger-organisation");
  const land = await officer(after, "diachinh");
  await expect(land.getByRole("main")).toContainText(/ND-24-/);
});

test("the office records a merger ahead", async ({ officer }) => {
  const page = await officer(before, "vanphong");
  await page.goto("/noi-bo/thiet-lap");
  await look(page, "settings");
  await page.getByRole("link", { name: "Cơ quan, đơn vị, thôn" }).click();
  await page.getByRole("button", { name: "Đổi tên, sáp nhập" }).click();
  await page.getByLabel("Ký hiệu số đăng ký").fill("ap 1");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("alert")).toContainText("1 đến 6 chữ in hoa");
  await look(page, "organisation-rename-error");
  await page.getByLabel("Ký hiệu số đăng ký").fill("AP");
  await page.getByLabel("Từ ngày").fill("01/07/2025");
  await page.getByLabel("Căn cứ").fill("Nghị quyết số 1677/NQ-UBTVQH15");
  await page.getByLabel("Tên gọi").fill("UBND xã An Phú");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByText("Đã ghi tên gọi mới.")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Từ 01/07/2025: UBND xã An Phú");

  await page.getByRole("button", { name: "Đổi nơi mở trang" }).click();
  await page.getByLabel("Chỉ trong cơ quan").check();
  await look(page, "organisation-portal");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("main")).toContainText("Không giấy tờ, trang nào chỉ người dân đến địa chỉ");

  await page.getByRole("button", { name: "Thêm đơn vị" }).click();
  await page.getByLabel("Tên đơn vị").fill("Phòng Kinh tế");
  await page.getByLabel("Từ ngày").fill("01/07/2025");
  await look(page, "organisation-unit-new");
  await page.getByRole("button", { name: "Lưu" }).click();
  await page.getByRole("link", { name: /Địa chính/ }).click();
  await page.getByRole("button", { name: "Kết thúc hoạt động" }).click();
  await expect(page.getByRole("alert")).toContainText("ngày cuối cùng");
  await page.getByLabel("Ngày cuối cùng").fill("30/06/2025");
  await page.getByLabel("Đơn vị kế thừa").selectOption({ label: "Phòng Kinh tế" });
  await look(page, "organisation-unit");
  await page.getByRole("button", { name: "Kết thúc hoạt động" }).click();
  await expect(page.getByRole("main")).toContainText("đến 30/06/2025, sau đó là Phòng Kinh tế");

  await page.getByRole("button", { name: "Thêm thôn" }).click();
  await page.getByLabel("Tên thôn, tổ dân phố").fill("Thôn 7\nThôn 1");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("alert")).toContainText("“Thôn 1” đã có");
  await expect(page.getByLabel("Tên thôn, tổ dân phố")).toHaveValue("Thôn 7\nThôn 1");
  await page.getByLabel("Tên thôn, tổ dân phố").fill("Thôn 7\nThôn 8");
  await page.getByLabel("Từ ngày").fill("01/07/2025");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("main")).toContainText("Thôn 8");
  await look(page, "organisation");
});
