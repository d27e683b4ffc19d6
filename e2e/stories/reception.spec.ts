import { film } from "../camera.ts";
import { demo, expect, look, sendSlip, signIn, test } from "../story.ts";

const server = demo("--day", "2024-10-25");

test("reception notes who comes, at two tables at once", async ({ officer }) => {
  const door = await officer(server, "thuky");
  const desk = await officer(server, "vanphong");
  await desk.goto("/noi-bo");
  await desk.getByRole("link", { name: "Đón tiếp" }).click();
  await door.goto("/hoi-truong/2024-10-25/don-tiep");
  await look(door, "reception");

  await test.step("two letters find a name; one tap notes it, and the next letters go on", async () => {
    await expect(door.getByLabel(/^Tìm tên/)).toBeFocused();
    await door.keyboard.type("phan");
    await expect(door.locator(".dt-hits__row:visible")).toHaveCount(1);
    await door.getByRole("button", { name: "Có mặt Phan Văn Nháp" }).click();
    await expect(door.getByRole("status").first()).toHaveText("Đã ghi có mặt.");
    await expect(door.getByLabel(/^Tìm tên/)).toBeFocused();
    await expect(door.locator(".dt-heads__all")).toContainText("1");
  });

  await test.step("the other table sees it", async () => {
    await expect(desk.locator(".dt-heads__all")).toContainText("1", { timeout: 20_000 });
  });

  await test.step("a scanner sends what stands in a receipt's QR", async () => {
    const code = /[2-9A-HJKMNP-Z-]{19}(?=  mới gửi)/.exec(server.output)?.[0] ?? "";
    await door.getByLabel(/^Mã trên/).fill(`${server.url}/tra-cuu#${code.replaceAll("-", "")}`);
    await door.keyboard.press("Enter");
    await expect(door).toHaveURL(/quet=1/);
    await expect(door.locator(".dt-heads__all")).toContainText("2");
    await expect(door.getByLabel(/^Mã trên/)).toBeFocused();
    await door.keyboard.type("ABCD-EFGH");
    await door.keyboard.press("Enter");
    await expect(door.getByRole("alert")).toContainText("Mã không phải của giấy mời");
  });

  await test.step("somebody on no list, in three fields", async () => {
    const form = desk.locator("form.dt-walkin");
    await form.getByRole("button", { name: "Có mặt" }).click();
    await expect(desk.getByRole("alert")).toContainText("Ghi họ và tên người đến");
    await form.getByLabel("Họ và tên").fill("Nguyễn Thị Thí Dụ");
    await form.getByLabel("Thôn 2").check();
    await form.getByLabel("Muốn phát biểu").check();
    await form.getByRole("button", { name: "Có mặt" }).click();
    await expect(desk.locator(".dt-heads__all")).toContainText("3");
  });

  await test.step("somebody else comes in another's place, and the chair is another", async () => {
    await door.goto("/hoi-truong/2024-10-25/don-tiep");
    await door.getByRole("link", { name: "Người dự thay Bạch Thị Điền Sau" }).click();
    await look(door, "reception-substitute");
    await door.getByLabel("Họ và tên người đến").fill("Lê Văn Dự Thay");
    await door.getByLabel("Chức vụ", { exact: true }).fill("Phó Trưởng Trạm");
    await door.locator("form:has(#chuc-vu)").getByRole("button", { name: "Có mặt" }).click();
    await expect(door.locator(".dt-hits__row--in", { hasText: "Lê Văn Dự Thay" })).toContainText("dự thay Bạch Thị Điền Sau");
    await door.getByText("Đổi người chủ trì").click();
    await door.getByLabel("Ông/bà, chức vụ").fill("Bà Cao Thị Giả Thiết, Phó Chủ tịch UBND xã");
    await door.getByLabel(/^Từ lúc/).fill("08:00");
    await door.getByLabel("Lý do").fill("Chủ tịch được triệu tập họp khẩn");
    await door.getByRole("button", { name: "Ghi người chủ trì" }).click();
    await expect(door.locator(".dt-preside")).toContainText("Bà Cao Thị Giả Thiết");
    await look(door, "reception-presiding");
  });
});

test("a telephone's camera reads a receipt that is held up, once", async ({
  visitor, playwright, launchOptions,
}, info) => {
  const resident = await visitor(server);
  await sendSlip(resident, { matters: ["Cống trước nhà văn hóa thôn tắc, mưa là ngập."], name: "Phùng Thị Soi Mã" });
  const path = info.outputPath("receipt.y4m");
  await film(resident.locator(".dt-receipt svg").first(), path);

  const browser = await playwright.chromium.launch({
    ...launchOptions, args: [
      ...(launchOptions.args ?? []), "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${path}`,
    ],
  });
  const door = await browser.newPage({ baseURL: server.url, viewport: { width: 360, height: 740 } });
  await signIn(door, "thuky");
  await door.goto("/hoi-truong/2024-10-25/don-tiep");
  const before = Number.parseInt(await door.locator(".dt-heads__all").innerText());
  await door.getByRole("button", { name: "Quét mã bằng camera" }).click();
  await expect(door.getByRole("status").first()).toHaveText("Đã ghi có mặt.", { timeout: 20_000 });
  await expect(door.locator(".dt-heads__all")).toContainText(String(before + 1));
  await expect(door.locator(".dt-hits__row--in", { hasText: "Phùng Thị Soi Mã" })).toHaveCount(1);

  // It is held up still: the camera is on, and reads it no more.
  await expect(door.locator("[data-scan] video")).toBeVisible();
  let sent = 0;
  door.on("request", (r) => {
    if (r.method() === "POST" && r.url().endsWith("/don-tiep/ma")) sent++;
  });
  await expect.poll(() => door.locator("[data-scan] video").evaluate((v: HTMLVideoElement) => v.currentTime)).toBeGreaterThan(2);
  expect(sent).toBe(0);
  await browser.close();
});
