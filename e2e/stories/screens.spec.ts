import { demo, expect, look, test } from "../story.ts";

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
  for (const over of ["requestfinished", "requestfailed"] as const) {
    first.context().on(over, (r) => streams.delete(r));
  }
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
