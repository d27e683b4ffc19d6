import { expect, fresh, look, test } from "../story.ts";

const server = fresh();

/** The link that the console shows, once. */
function link(): string {
  return /http:\/\/\S+\/thiet-lap\/bat-dau\?ma=\S+/.exec(server.output)?.[0].replace("127.0.0.1", "localhost") ?? "";
}

test("from an empty database to the first slip", async ({ visitor }) => {
  test.setTimeout(180_000);
  const page = await visitor(server);
  const other = await visitor(server);
  const question = (name: string | RegExp) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const next = () => page.getByRole("button", { name: "Tiếp tục" }).click();

  await test.step("nothing is served before the set-up", async () => {
    for (const path of ["/", "/noi-bo", "/gui-y-kien", "/thiet-lap/bat-dau?ma=khong-phai"]) {
      const answer = await other.goto(path);
      expect(answer?.status(), path).toBe(path.includes("?") ? 403 : 503);
    }
    await other.goto("/");
    await look(other, "setup-not-yet", false);
  });

  await test.step("the link opens once", async () => {
    await page.goto(link());
    await question("Cơ quan nào dùng phần mềm này?");
    await other.goto(link());
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Đường dẫn thiết lập không còn dùng được");
    await look(other, "setup-link-used", false);
  });

  await test.step("the authority", async () => {
    await next();
    await expect(page.getByRole("alert")).toContainText("Ghi đủ tên cơ quan cấp trên");
    await look(page, "setup-authority-error", false);
    await page.getByLabel("xã", { exact: true }).check();
    await page.getByLabel("Tên", { exact: true }).fill("An Phú");
    await page.getByLabel("Cơ quan cấp trên").fill("Ủy ban nhân dân tỉnh Quảng Ngãi");
    await next();
  });

  await test.step("its units, from a preset", async () => {
    await question("Cơ quan có những đơn vị nào?");
    await expect(page.getByLabel("Bộ phận, phòng, đơn vị")).toHaveValue(/^Văn phòng HĐND và UBND\nPhòng Kinh tế\n/);
    await page.getByLabel("Mô hình trước 01/7/2025").check();
    await page.getByRole("button", { name: "Lấy danh sách theo mẫu" }).click();
    await expect(page.getByLabel("Bộ phận, phòng, đơn vị")).toHaveValue(/^Bộ phận Văn phòng – Thống kê\n/);
    await page.getByLabel("Mô hình hai cấp, từ 01/7/2025").check();
    await page.getByRole("button", { name: "Lấy danh sách theo mẫu" }).click();
    await look(page, "setup-units", false);
    await next();
  });

  await test.step("its villages, typed and from a file", async () => {
    await question(/thôn, tổ dân phố nào/);
    await page.getByLabel("Thôn, tổ dân phố", { exact: true }).fill("Thôn 1\nThôn 2");
    await page.getByText("Lấy từ tệp Excel hoặc CSV").click();
    await page.getByLabel("Tệp XLSX hoặc CSV").setInputFiles({
      name: "thon.csv", mimeType: "text/csv", buffer: Buffer.from("Tên thôn hoặc tổ dân phố\nThôn 2\nThôn Đông Yên\n"),
    });
    await page.getByRole("button", { name: "Thêm từ tệp" }).click();
    await expect(page.getByLabel("Thôn, tổ dân phố", { exact: true })).toHaveValue("Thôn 1\nThôn 2\nThôn Đông Yên");
    await look(page, "setup-villages", false);
    await next();
  });

  await test.step("hours, and a way back that loses nothing", async () => {
    await question("Giờ làm việc và nơi liên hệ");
    await page.getByLabel("Tiếp công dân")
      .fill("Chủ tịch UBND xã tiếp sáng thứ Năm hằng tuần, tại Phòng tiếp công dân");
    await page.getByLabel("Địa chỉ trụ sở").fill("Thôn 1, xã An Phú");
    await page.getByLabel("Điện thoại Văn phòng").fill("0255 000 0000");
    await look(page, "setup-hours", false);
    await next();
    await question(/qua Internet/);
    await look(page, "setup-internet", false);
    await page.getByRole("link", { name: "Quay lại" }).click();
    await expect(page.getByLabel("Địa chỉ trụ sở")).toHaveValue("Thôn 1, xã An Phú");
    await next();
  });

  await test.step("no Internet, and the first account", async () => {
    await page.getByLabel("Không, chỉ dùng trong cơ quan").check();
    await next();
    await question("Tài khoản quản trị đầu tiên");
    await page.getByLabel("Họ và tên").fill("Trần Thị Ví Dụ");
    await page.getByLabel("Có", { exact: true }).check();
    await page.getByLabel("Tên đăng nhập").fill("vanphong");
    await page.getByLabel("Mật khẩu", { exact: true }).fill("ngắn");
    await next();
    await expect(page.getByRole("alert")).toBeVisible();
    await look(page, "setup-account-error", false);
    await page.getByLabel("Mật khẩu", { exact: true }).fill("cây đa đầu thôn Đông");
    await page.getByLabel("Nhập lại mật khẩu").fill("cây đa đầu thôn Đông");
    await next();
  });

  await test.step("the answers, one of them changed", async () => {
    await question("Xem lại trước khi thiết lập");
    // As the letterhead stands on paper: in two lines.
    await expect(page.locator("main")).toContainText(/Ủy\s+ban\s+nhân\s+dân\s*xã\s+An\s+Phú/);
    await look(page, "setup-check", false);
    await page.getByRole("link", { name: "Sửa Giấy tờ sẽ ghi" }).click();
    await next();
    await question("Xem lại trước khi thiết lập");
    await page.getByRole("button", { name: "Thiết lập" }).click();
  });

  await test.step("signed in, with what comes next", async () => {
    await question("Việc tiếp theo");
    await look(page, "setup-next", false);
    await page.getByRole("link", { name: "Ghi phiếu đầu tiên" }).click();
  });

  await test.step("the first slip", async () => {
    await page.getByLabel("Tại trụ sở").first().check();
    await page.locator("#noi-dung").fill("Đề nghị niêm yết lại lệ phí cấp bản sao giấy khai sinh tại bộ phận một cửa");
    await page.getByLabel("Họ và tên").fill("Nguyễn Thị Minh Họa");
    await page.getByRole("radio", { name: "Thôn Đông Yên" }).check();
    await page.getByRole("checkbox", { name: /nhận tại trụ sở/i }).check();
    for (const box of await page.locator('input[name="da-doc"], input[name="doc-lai"]').all()) await box.check();
    await page.getByRole("button", { name: "Ghi phiếu, lập biên nhận" }).click();
    await question("Biên nhận của UBND xã An Phú");
    await expect(page.locator("main")).toContainText(/AP-\d\d-0001/);
    // The portal is not on the Internet: the paper sends nobody there.
    await expect(page.locator("main svg")).toHaveCount(0);
    await expect(page.locator("main")).not.toContainText("localhost");
    await expect(page.locator("main")).toContainText(/gọi\s[^.]*\(0255\)\s000\s0000/);
    await look(page, "setup-receipt", false);
  });

  // The link is spent for good: the set-up is over.
  expect((await other.goto("/thiet-lap"))?.status()).toBe(404);
});
