import { demo, expect, look, type Page, signIn, test } from "../story.ts";

const server = demo("--day", "2024-10-25");

test("people follow by telephone: step, queue, their own turn; a restart heals by itself", async ({
  officer, visitor, expected,
}) => {
  expected.push(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|net::ERR_/); // the server is stopped on purpose
  const desk = await officer(server, "thuky");
  await desk.goto("/hoi-truong/2024-10-25");
  const phone = await visitor(server, { viewport: { width: 360, height: 740 } });
  await phone.goto("/truc-tiep/2024-10-25");
  await expect(phone.getByRole("heading", { level: 1 })).toContainText("Hội nghị đối thoại");
  await look(phone, "screens-before");

  await test.step("the dialogue begins: the page goes on by itself", async () => {
    await desk.getByRole("button", { name: "Bắt đầu hội nghị" }).click();
    await expect(phone.locator(".dt-live strong")).toHaveText("Đang diễn ra");
    await desk.getByRole("button", { name: "Sang bước 3" }).click();
    await expect(phone.locator(".dt-now__step")).toContainText("Bước 3 trên 7");
    await look(phone, "screens-live");
  });

  await test.step("a hand is raised; the console has it, the telephone its turn", async () => {
    await phone.getByLabel("Họ và tên, để chủ trì mời").fill("Lê Văn Thử");
    await phone.getByRole("radio", { name: "Thôn 2" }).check();
    await phone.getByRole("button", { name: "Giơ tay", exact: true }).click();
    await expect(phone.locator(".dt-turn__no")).toBeVisible();
    await look(phone, "screens-turn");
    const row = desk.locator(".dt-waiting li", { hasText: "Lê Văn Thử" });
    await expect(row).toBeVisible({ timeout: 20_000 });
    await row.getByRole("button", { name: /^Mời/ }).click();
    await expect(phone.locator(".dt-turn__no")).toHaveText("Mời ông/bà phát biểu");
  });

  await test.step("nobody's name stands on somebody else's telephone", async () => {
    const other = await visitor(server, { javaScriptEnabled: false });
    await other.goto("/truc-tiep/2024-10-25");
    await expect(other.locator(".dt-now")).toContainText("người ở thôn 2");
    expect(await other.content()).not.toContain("Lê Văn Thử");
    await other.getByRole("link", { name: "Màn hình hội trường" }).click();
    await expect(other.getByLabel("Mã màn hình")).toBeVisible();
    expect(await other.content()).not.toContain("Lê Văn Thử");
  });

  await test.step("the server stops and comes back: nothing is reloaded, the next change is there", async () => {
    await phone.evaluate(() => document.body.setAttribute("data-same-page", "yes"));
    await server.stop();
    await expect(phone.locator("[data-seen]")).toHaveText("mất kết nối, đang nối lại");
    await server.start();
    await expect(phone.locator("[data-seen]")).toContainText("cập nhật", { timeout: 20_000 });
    await desk.goto("/hoi-truong/2024-10-25");
    await desk.getByRole("button", { name: "Sang bước 4" }).click();
    await expect(phone.locator(".dt-now__step")).toContainText("Bước 4 trên 7");
    await expect(phone.locator("body")).toHaveAttribute("data-same-page", "yes");
  });
});

test("seven tabs of one browser share one stream, and none freezes", async ({ visitor }) => {
  const first = await visitor(server);
  const tabs = [first];
  const streams = new Set<unknown>(); // that are open
  first.context().on("request", (r) => {
    if (r.url().endsWith("/luong")) streams.add(r);
  });
  first.context().on("requestfinished", (r) => streams.delete(r));
  first.context().on("requestfailed", (r) => streams.delete(r));
  for (let i = 1; i < 7; i++) tabs.push(await first.context().newPage());
  for (const tab of tabs) {
    await tab.goto("/truc-tiep/2024-10-25");
    await expect(tab.locator(".dt-live")).toBeVisible();
  }
  await expect.poll(() => streams.size).toBe(1);
  for (const tab of tabs) await tab.goto("/truc-tiep/2024-10-25/qr", { timeout: 5000 });
  for (const tab of tabs) await tab.goto("/truc-tiep/2024-10-25", { timeout: 5000 });
  await expect.poll(() => streams.size).toBe(1);
});

test("F9 blanks at once: without the network, at the projector itself, and after the session is over", async ({
  officer, visitor, expected,
}) => {
  expected.push(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|^401 for .*\/(tat-chieu|danh-sach|luong|ban-nhap)/);
  const hall = "/hoi-truong/2024-10-25";
  const desk = await officer(server, "thuky");
  await desk.goto(hall);
  const start = desk.getByRole("button", { name: "Bắt đầu hội nghị" });
  if (await start.isVisible()) await start.click();
  const code = (await desk.locator(".dt-run .dt-no").textContent()) ?? "";
  const open = async (page: Page) => {
    await page.goto("/man-hinh/2024-10-25");
    await page.getByLabel("Mã màn hình").fill(code);
    await page.keyboard.press("Enter");
    await expect(page.locator("#chieu")).toBeVisible();
  };
  const beside = await desk.context().newPage(); // on the console's machine
  const wall = await visitor(server);
  await open(beside);
  await open(wall);
  await desk.bringToFront();
  const question = (page: Page) => page.locator("#chieu").getByText("Chợ họp lấn ra lòng đường");
  const release = async () => {
    await desk.locator("#noi-dung").fill("Chợ họp lấn ra lòng đường, xe không đi được.");
    await desk.keyboard.press("F8");
    for (const page of [beside, wall]) await expect(question(page)).toBeVisible();
  };

  await test.step("no network at the console: its own screen is blank at once, the others as soon as it is back", async () => {
    await release();
    await desk.context().setOffline(true);
    await desk.keyboard.press("F9");
    await expect(question(beside)).toBeHidden();
    await expect(desk.locator(".dt-tally__saved")).toContainText("Máy chủ chưa nhận lệnh tắt chiếu");
    await expect(question(wall)).toBeVisible();
    await desk.context().setOffline(false);
    await expect(question(wall)).toBeHidden();
    await expect(desk.locator(".dt-tally__saved")).not.toContainText("chưa nhận lệnh");
  });

  await test.step("no network at the projector: F9 there; it stays blank when the network is back", async () => {
    await release();
    await wall.context().setOffline(true);
    await wall.keyboard.press("F9");
    await expect(question(wall)).toBeHidden();
    await wall.context().setOffline(false);
    await wall.reload();
    await expect(question(wall)).toBeHidden();
    await expect(question(beside)).toBeVisible();
    await release(); // what is released anew is shown
  });

  await test.step("the session is over: the console says so, and blanks once somebody has signed in again", async () => {
    await beside.goto("/noi-bo");
    await beside.getByRole("button", { name: "Đăng xuất" }).click();
    await desk.keyboard.press("F9");
    await expect(desk.locator(".dt-tally")).toContainText("Đã hết phiên làm việc");
    await expect(question(wall)).toBeVisible();
    await signIn(beside, "thuky");
    await expect(question(wall)).toBeHidden();
  });
});
