import { get } from "node:https";
import { demo, expect, look, sendSlip, signIn, test } from "../story.ts";

/** The name under which an office's computers reach the server: not localhost, and no certificate bought for it. */
const name = "doi-thoai.test";

test.describe("an office's own certificate authority", () => {
  const server = demo("--tls", "self", "--public-url", `https://${name}:PORT`);

  test("the certificate is vouched for by the authority that the program prints, under the office's name", async () => {
    expect(server.output).toMatch(/SHA-256 fingerprint: (?:[0-9A-F]{2}:){31}[0-9A-F]{2}/);
    const path = /import on staff computers: (.+)/.exec(server.output)?.[1] ?? "";
    const ca = server.file(path.slice(server.data.length));
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = get({ host: "127.0.0.1", port: server.port, servername: name, path: "/", ca }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject);
    });
    expect(status).toBe(200);
  });

  test("an officer signs in under the office's name, with a cookie bound to that host", async ({ visitor }) => {
    const page = await visitor(server, { baseURL: `https://${name}:${server.port}`, ignoreHTTPSErrors: true });
    await signIn(page, "thuky");
    const cookies = await page.context().cookies();
    expect(cookies.map((c) => [c.name, c.secure, c.httpOnly, c.path]))
      .toContainEqual(["__Host-doi-thoai", true, true, "/"]);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
    await page.getByRole("link", { name: "Ý kiến, phản ánh" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Ý kiến");
    await page.getByRole("button", { name: "Đăng xuất" }).click();
    await page.goto("/noi-bo");
    await expect(page).toHaveURL(/\/noi-bo\/dang-nhap/);
  });
});

test.describe("plain http under the office's name", () => {
  test("the staff site explains itself instead of a sign-in that browsers would forget",
      async ({ shared, visitor }) => {
    const page = await visitor(shared, { baseURL: `http://${name}:${shared.port}` });
    const answer = await page.goto("/noi-bo/dang-nhap");
    expect(answer?.status()).toBe(403);
    await expect(page.getByText("chỉ mở qua kết nối an toàn (https)")).toBeVisible();
    await expect(page.getByLabel("Mật khẩu")).toHaveCount(0);
    await look(page, "staff-needs-https");
  });

  test("the public site takes a slip, and checks a receipt on the server", async ({ shared, visitor }) => {
    const page = await visitor(shared, { baseURL: `http://${name}:${shared.port}` });
    expect((await sendSlip(page, {
      matters: ["Đèn đường ngõ 4 hỏng đã hai tuần, đề nghị xã cho sửa."], name: "Trần Thị Thử Nghiệm",
    })).numbers).toHaveLength(1);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    await page.goto("/so-doi-chung");
    await page.getByText("Kiểm tra bằng tệp biên nhận").click();
    await expect(page.getByText("nên biên nhận sẽ gửi đến máy chủ của trang để kiểm tra")).toBeVisible();
  });
});
