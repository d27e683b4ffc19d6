import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { demo, expect, type Login, look, type Page, password, test } from "../story.ts";

const server = demo();

/** The code that an app shows for a secret now, or some steps of 30 seconds later (RFC 6238). */
function codeOf(secret: string, steps = 0): string {
  const bits = Array.from(secret.replace(/\s/g, ""),
    (c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = (mac[19] ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Fills in the sign-in form and sends it. */
async function tryToSignIn(page: Page, login: string, word: string): Promise<void> {
  await page.goto("/noi-bo/dang-nhap");
  await page.getByLabel("Tên đăng nhập").fill(login);
  await page.getByLabel("Mật khẩu").fill(word);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
}

const ownWords = "con bò vàng ăn cỏ trên đồi";
const administrator: Login = "quantri";

test("an administrator opens an account; its officer changes the password and turns on the second step",
    async ({ officer, visitor }) => {
  test.setTimeout(150_000);
  const admin = await officer(server, administrator);
  await admin.goto("/noi-bo/thiet-lap");
  await look(admin, "accounts-settings");
  await admin.getByRole("link", { name: "Tài khoản", exact: true }).click();
  await look(admin, "accounts-list");
  await admin.getByRole("button", { name: "Mở tài khoản" }).click();
  await admin.getByRole("button", { name: "Mở tài khoản và tạo mật khẩu" }).click();
  await look(admin, "accounts-new-error");
  await admin.getByLabel("Họ và tên").fill("Trần Thị Mới Đến");
  await admin.getByLabel("Tên đăng nhập").fill("moiden");
  await admin.getByLabel("Chức danh").fill("Công chức Tư pháp – Hộ tịch");
  await admin.getByLabel("Bộ phận", { exact: true }).selectOption({ label: "Bộ phận Tư pháp – Hộ tịch" });
  await admin.getByLabel("Cán bộ, công chức bộ phận").check();
  await admin.getByRole("button", { name: "Mở tài khoản và tạo mật khẩu" }).click();
  await expect(admin.getByRole("alert")).toContainText("Mật khẩu chỉ hiện một lần này");
  await look(admin, "accounts-opened");
  const given = await admin.getByRole("alert").locator(".dt-secret").innerText();
  await admin.getByRole("link", { name: "Tài khoản", exact: true }).click();
  await expect(admin.getByRole("row", { name: /Trần Thị Mới Đến/ })).toContainText("Chờ đổi mật khẩu");

  const her = await visitor(server);
  await tryToSignIn(her, "moiden", given);
  await expect(her.getByRole("heading", { level: 1, name: "Đổi mật khẩu" })).toBeVisible();
  await her.goto("/noi-bo/y-kien");
  await expect(her.getByRole("heading", { level: 1, name: "Đổi mật khẩu" }), "nothing else opens before").toBeVisible();
  await her.getByLabel("Mật khẩu được cấp").fill(given);
  await her.getByLabel("Mật khẩu mới", { exact: true }).fill("matkhau12345");
  await her.getByLabel("Nhập lại mật khẩu mới").fill("matkhau12345");
  await her.getByRole("button", { name: "Đổi mật khẩu" }).click();
  await expect(her.getByRole("alert")).toContainText("quá dễ đoán");
  await look(her, "accounts-password-error");
  await her.getByLabel("Mật khẩu được cấp").fill(given);
  await her.getByLabel("Mật khẩu mới", { exact: true }).fill(ownWords);
  await her.getByLabel("Nhập lại mật khẩu mới").fill(ownWords);
  await her.getByRole("button", { name: "Đổi mật khẩu" }).click();
  await expect(her.getByRole("heading", { level: 1, name: "Ý kiến, phản ánh" }), "on to where she wanted to go")
    .toBeVisible();

  await her.getByRole("link", { name: "Tài khoản của tôi" }).click();
  await look(her, "accounts-own");
  await her.getByRole("button", { name: "Bật xác nhận hai bước" }).click();
  const secret = await her.locator(".dt-secret").innerText();
  await look(her, "accounts-second-step");
  await her.getByLabel("Mã sáu chữ số").fill("12345");
  await her.getByRole("button", { name: "Xác nhận và bật" }).click();
  await look(her, "accounts-second-step-error");
  await her.getByLabel("Mã sáu chữ số").fill(codeOf(secret));
  await her.getByRole("button", { name: "Xác nhận và bật" }).click();
  await expect(her.locator(".dt-secrets li")).toHaveCount(8);
  await look(her, "accounts-recovery");
  const recovery = await her.locator(".dt-secrets li").first().innerText();
  await her.getByRole("button", { name: "Tôi đã cất mã dự phòng" }).click();
  await look(her, "accounts-own-on");
  await her.getByText("Tạo mã dự phòng mới").first().click();
  await her.getByLabel("Mã sáu chữ số").fill("12345x");
  await her.getByRole("button", { name: "Tạo mã dự phòng mới" }).click();
  await expect(her.getByRole("alert")).toContainText("Mã không đúng");
  await look(her, "accounts-renew-error");
  await her.getByRole("button", { name: "Đăng xuất" }).click();

  await tryToSignIn(her, "moiden", ownWords);
  await expect(her.getByRole("heading", { level: 1, name: "Nhập mã xác nhận" })).toBeVisible();
  await her.goto("/noi-bo");
  await expect(her.getByRole("heading", { level: 1, name: "Nhập mã xác nhận" }), "nothing else opens before")
    .toBeVisible();
  await her.getByLabel("Mã xác nhận").fill("000000");
  await her.getByRole("button", { name: "Xác nhận" }).click();
  await look(her, "accounts-code-error");
  await her.getByLabel("Mã xác nhận").fill(codeOf(secret, 1));
  await her.getByRole("button", { name: "Xác nhận" }).click();
  await expect(her.getByRole("heading", { level: 1, name: "Bàn làm việc" })).toBeVisible();
  await her.getByRole("link", { name: "Tài khoản của tôi" }).click();
  await her.getByRole("link", { name: "Phiên đăng nhập" }).click();
  await expect(her.getByRole("row", { name: /Sai mã xác nhận/ }).first()).toBeVisible();
  await look(her, "accounts-sign-ins");
  await her.getByRole("button", { name: "Đăng xuất" }).first().click();

  await tryToSignIn(her, "moiden", ownWords);
  await her.getByLabel("Mã xác nhận").fill(recovery);
  await her.getByRole("button", { name: "Xác nhận" }).click();
  await expect(her.getByRole("heading", { level: 1, name: "Bàn làm việc" })).toBeVisible();
});

test("a login is shut after wrong tries and unlocked; its officer leaves; the audit shows it all",
    async ({ officer, visitor }) => {
  test.setTimeout(150_000);
  const stranger = await visitor(server);
  for (let i = 0; i < 4; i++) {
    await tryToSignIn(stranger, "diachinh", "không phải mật khẩu");
    await expect(stranger.getByRole("alert")).toContainText("Tên đăng nhập hoặc mật khẩu không đúng");
  }
  await tryToSignIn(stranger, "diachinh", "không phải mật khẩu");
  await expect(stranger.getByRole("alert")).toContainText("chờ 15 phút");
  await look(stranger, "accounts-shut");
  await tryToSignIn(stranger, "diachinh", password);
  await expect(stranger.getByRole("alert"), "not even with the right one")
    .toContainText("người quản trị của cơ quan mở khóa ngay");

  const admin = await officer(server, administrator);
  await admin.goto("/noi-bo/thiet-lap/tai-khoan");
  await expect(admin.getByRole("row", { name: /diachinh/ })).toContainText("Khóa tạm");
  await admin.getByRole("row", { name: /diachinh/ }).getByRole("link").click();
  await look(admin, "accounts-shut-account");
  await admin.getByRole("button", { name: "Mở khóa" }).click();
  await expect(admin.getByRole("alert")).toContainText("Đã mở khóa");
  await tryToSignIn(stranger, "diachinh", password);
  await expect(stranger.getByRole("heading", { level: 1, name: "Bàn làm việc" })).toBeVisible();

  await admin.getByRole("button", { name: "Ngừng sử dụng tài khoản" }).click();
  await look(admin, "accounts-leaving");
  await admin.getByRole("button", { name: "Ngừng sử dụng tài khoản" }).click();
  await expect(admin.getByRole("alert")).toContainText("Đã ngừng sử dụng tài khoản");
  await look(admin, "accounts-left");
  await stranger.goto("/noi-bo");
  await expect(stranger.getByRole("heading", { level: 1, name: "Đăng nhập" }), "whoever was signed in is out")
    .toBeVisible();

  await admin.goto("/noi-bo/thiet-lap/nhat-ky");
  await expect(admin.getByRole("row", { name: /ngừng sử dụng tài khoản/ })).toContainText("diachinh");
  await expect(admin.getByRole("row", { name: /Sai quá nhiều lần/ })).toBeVisible();
  await expect(admin.locator("main"), "the administrator sees no act on an opinion").not.toContainText("ND-24-");
  await look(admin, "accounts-audit-administrator");

  const chair = await officer(server, "chutich");
  await chair.goto("/noi-bo/thiet-lap/nhat-ky");
  await look(chair, "accounts-audit");
  await chair.getByRole("link", { name: "Cũ hơn" }).click();
  await expect(chair.locator("main")).toContainText("ND-24-");
  await chair.getByLabel("Từ ngày").fill("31/02/2024");
  await chair.getByRole("button", { name: "Lọc" }).click();
  await look(chair, "accounts-audit-error");
  await chair.getByLabel("Từ ngày").fill("");
  await chair.getByLabel("Người làm").selectOption({ label: "Lý Văn Tượng Trưng" });
  await chair.getByLabel("Việc").selectOption({ label: "ngừng sử dụng tài khoản" });
  await chair.getByRole("button", { name: "Lọc" }).click();
  await expect(chair.locator("tbody tr")).toHaveCount(1);
  await look(chair, "accounts-audit-filtered");
  const [file] = await Promise.all([
    chair.waitForEvent("download"), chair.getByRole("button", { name: "Tải bảng về (CSV)" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^nhat-ky-\d{4}-\d\d-\d\d\.csv$/);
  const table = readFileSync(await file.path(), "utf8");
  expect(table.startsWith("\uFEFFThời điểm;")).toBe(true);
  expect(table.trim().split("\r\n")).toHaveLength(2);
  expect(table).toContain("ngừng sử dụng tài khoản;diachinh");
  await chair.goto("/noi-bo/thiet-lap/nhat-ky");
  await expect(chair.getByRole("row", { name: /tải nhật ký về/ })).toBeVisible();
});
