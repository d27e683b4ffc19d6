import { demo, expect, look, type Page, test } from "../story.ts";

const server = demo();

const reason = "Bão số 6 đổ bộ vào đúng ngày hội nghị";
const late = "Kỳ họp Hội đồng nhân dân bắt đầu ngay sau đó";
const announced = "/doi-thoai/2024-10-25";

/** What the code of a receipt opens. */
async function followed(page: Page, code: string): Promise<string> {
  await page.goto("/tra-cuu");
  await page.locator("#ma").fill(code);
  await page.locator("#ma").press("Enter");
  await expect(page).toHaveURL(/y-kien$/);
  return page.locator("main").innerText();
}

/** The calendar file that the public page offers. */
async function calendar(page: Page): Promise<string> {
  await page.goto(announced);
  const path = (await page.getByRole("main").locator("a[href$='.ics']").first().getAttribute("href")) ?? "";
  return (await page.request.get(path)).text();
}

/** Opens the form that moves the dialogue and types its new day and why. */
async function move(office: Page, at: string, day: string, slips: string): Promise<void> {
  await office.goto(`${at}/doi-ngay`);
  await office.getByRole("textbox", { name: "Ngày", exact: true }).fill(day);
  await office.getByLabel("Hạn nhận phiếu trước hội nghị: ngày").fill(slips);
  await office.locator("form[action$='/doi-ngay']").getByLabel("Lý do", { exact: true }).fill(reason);
}

test("a storm moves the dialogue, then puts it off, then it has a day again", async ({ officer, visitor }) => {
  test.setTimeout(240_000);
  const office = await officer(server, "vanphong");
  const resident = await visitor(server);
  const code = server.codes[0] ?? "";
  const before = await followed(resident, code);
  const number = /ND-24-\d{4}/.exec(before)?.[0] ?? "";
  expect(number).not.toBe("");
  expect(await calendar(resident)).toContain("20241025T");
  let at = "";

  await test.step("a day too near for the law's notice needs a reason of its own", async () => {
    await office.getByRole("link", { name: "Đối thoại" }).first().click();
    await office.getByRole("main").locator("tbody").getByRole("link").first().click();
    at = new URL(office.url()).pathname;
    await office.getByRole("button", { name: "Đổi ngày, hoãn, hủy" }).click();
    await look(office, "storm-form");
    await move(office, at, "28/10/2024", "27/10/2024");
    await office.getByRole("button", { name: "Đổi lịch" }).click();
    await expect(office.getByRole("alert")).toContainText("Hạn thông báo theo luật là ngày 21/10/2024");
    await expect(office.getByRole("textbox", { name: "Ngày", exact: true })).toHaveValue("28/10/2024");
    await expect(office.locator("form[action$='/doi-ngay']").getByLabel("Lý do", { exact: true })).toHaveValue(reason);
    await look(office, "storm-late");
    await office.getByLabel("Lý do thông báo trễ hạn").fill(late);
    await office.getByRole("button", { name: "Đổi lịch" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã đổi lịch");
  });

  await test.step("the workspace says whom to tell again, and keeps why", async () => {
    const main = office.locator("main");
    await expect(main).toContainText(reason);
    await expect(main).toContainText(late);
    await look(office, "storm-workspace");
    await office.goto(`${at}/thanh-phan`);
    await expect(office.getByRole("link", { name: /^Phải báo lại/ })).toBeVisible();
    await look(office, "storm-people");
    await office.goto(`${at}/thon`);
    await expect(office.getByRole("row", { name: /^Thôn 1/ })).toContainText("Phải thông báo lại");
    await look(office, "storm-villages");
    await office.goto(`${at}/phat-thanh`);
    await expect(office.locator("main")).toContainText("Bài đã rút");
    await office.goto(`${at}/moc/notice_media`);
    await expect(office.locator("main")).toContainText("chỉ tính những lần thông báo từ ngày ấy");
    await look(office, "storm-notice");
  });

  await test.step("the page keeps its address and says the new day; so does its calendar file", async () => {
    const ics = await calendar(resident);
    expect(ics).toContain("20241028T");
    expect(ics).not.toContain("DTSTART:20241025T");
    const main = resident.locator("main");
    await expect(main).toContainText("28/10/2024");
    await expect(main).toContainText(reason);
    await expect(main).toContainText(late);
    await look(resident, "storm-public");
    expect(await followed(resident, code)).toContain(number);
  });

  await test.step("put off without a day, slips are still taken", async () => {
    await office.goto(`${at}/doi-ngay`);
    await office.getByText("Hoãn, chưa có ngày mới").click();
    const form = office.locator("form[action$='/hoan']");
    await form.getByRole("textbox").first().fill("Nước chưa rút, đường vào hội trường còn ngập");
    await office.getByRole("button", { name: "Hoãn buổi đối thoại" }).click();
    await expect(office.getByRole("alert")).toBeVisible();
    await look(office, "storm-postponed");
    await resident.goto(announced);
    await expect(resident.locator("main")).toContainText(/hoãn/i);
    await look(resident, "storm-public-postponed");
    expect(await calendar(resident)).toContain("CANCELLED");
    await resident.goto("/gui-y-kien");
    await expect(resident.locator("#noi-dung")).toBeVisible();
  });

  await test.step("a new day far enough ahead needs no such reason, and the clock runs anew", async () => {
    await office.goto(at);
    await office.getByRole("button", { name: "Ấn định ngày mới" }).click();
    await move(office, at, "08/11/2024", "07/11/2024");
    await office.getByRole("button", { name: "Đổi lịch" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã đổi lịch");
    await expect(office.locator("main")).toContainText("Nước chưa rút");
    await resident.goto(announced);
    await expect(resident.locator("main")).toContainText("08/11/2024");
    expect(await followed(resident, code)).toContain(number);
  });
});

test("a dialogue is cancelled: its opinions are still answered", async ({ officer, visitor }) => {
  const office = await officer(server, "vanphong");
  await office.getByRole("link", { name: "Đối thoại" }).first().click();
  await office.getByRole("main").locator("tbody").getByRole("link").first().click();
  await office.getByRole("button", { name: "Đổi ngày, hoãn, hủy" }).click();
  await office.getByText("Hủy, không tổ chức nữa").click();
  const form = office.locator("form[action$='/huy']");
  await form.getByRole("textbox").first().fill("Xã nhập vào đơn vị mới, buổi đối thoại do xã mới tổ chức");
  await office.getByRole("button", { name: "Hủy buổi đối thoại" }).click();
  await expect(office.getByRole("alert")).toBeVisible();
  await expect(office.getByRole("region", { name: /việc phải xong trước/ })).toHaveCount(0);
  await look(office, "storm-cancelled");
  const resident = await visitor(server);
  await resident.goto(announced);
  await expect(resident.locator("main")).toContainText(/hủy/i);
  await look(resident, "storm-public-cancelled");
  await followed(resident, server.codes[0] ?? "");
});
