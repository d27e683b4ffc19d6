import { demo, expect, look, type Page, test } from "../story.ts";

const server = demo("--day", "2024-10-25");

// A picture of one point: what a scanner or a telephone would send.
const scan = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/** Opens what the code of a receipt follows. */
async function followed(page: Page, code: string): Promise<void> {
  await page.goto("/tra-cuu");
  await page.locator("#ma").fill(code);
  await page.locator("#ma").press("Enter");
  await expect(page).toHaveURL(/y-kien$/);
}

test("what the hall did not hear is answered, and what was written by hand is counted", async ({ officer, visitor }) => {
  const hall = "/hoi-truong/2024-10-25";
  const resident = await visitor(server);
  const code = server.codes[5] ?? ""; // of a slip that nobody has ruled
  await followed(resident, code);
  const number = /ND-24-\d{4}/.exec(await resident.locator("main").innerText())?.[0] ?? "";
  expect(number).not.toBe("");
  const secretary = await officer(server, "thuky");

  await test.step("blank sheets are printed before the dialogue", async () => {
    await secretary.goto(hall);
    await secretary.getByRole("link", { name: "Tờ ghi tay" }).click();
    await secretary.getByRole("link", { name: "In tờ trắng" }).click();
    await expect(secretary.locator(".dt-paper")).toContainText("Tờ số 1");
    await expect(secretary.getByRole("link", { name: "PDF" })).toHaveAttribute("href", /in\.pdf\?so=5&tu=1$/);
    await look(secretary, "hand-sheet-blank");
  });

  await test.step("the dialogue begins", async () => {
    const office = await officer(server, "vanphong");
    await office.getByRole("link", { name: "Đối thoại" }).first().click();
    await office.getByRole("main").locator("tbody").getByRole("link").first().click();
    await office.goto(`${new URL(office.url()).pathname}/dien-bien`);
    await office.getByRole("button", { name: "Ghi giờ khai mạc" }).click();
  });

  await test.step("the power fails: a sheet is typed later, with its scan", async () => {
    await secretary.goto(`${hall}/to-ghi-tay`);
    await secretary.getByLabel("Tờ số").fill("1");
    await secretary.getByLabel("Người ghi trên tờ").fill("Bà Lê Thị Giả Dụ");
    await secretary.getByLabel("Số dòng đã ghi trên tờ").fill("3");
    await secretary.locator("#noi-dung-1").fill("Đường vào xóm 3 lầy lội.");
    await secretary.locator("#ho-ten-1").fill("Trần Văn Nháp");
    await secretary.locator("#thon-1").selectOption({ label: "Thôn 3" });
    await secretary.locator("#noi-dung-3").fill("Đèn đường tắt.");
    await secretary.locator("#gio-3").fill("khoảng chín giờ");
    await secretary.getByLabel(/^Ảnh quét/).setInputFiles({ name: "to-1.png", mimeType: "image/png", buffer: scan });
    await look(secretary, "hand-sheet");
    await secretary.getByRole("button", { name: "Ghi các dòng này" }).click();
    await expect(secretary.getByRole("alert")).toContainText("Dòng 2: ghi giờ:phút");
    await secretary.locator("#gio-2").fill("");
    await secretary.getByRole("button", { name: "Ghi các dòng này" }).click();
    await expect(secretary.getByRole("main")).toContainText("3 dòng đã ghi = 2 ý kiến + 0 không dùng");
    await expect(secretary.getByRole("main")).toContainText("còn 1 dòng chưa nhập");
    await look(secretary, "hand-sheet-typed");
    await secretary.getByRole("link", { name: "Mở ảnh quét" }).click();
    await secretary.getByRole("button", { name: "Xem tệp" }).click();
    await expect(secretary.locator("main img")).toHaveCount(1);
  });

  await test.step("the same number is refused, with the way to the first; the last line is no opinion", async () => {
    await secretary.goto(`${hall}/to-ghi-tay`);
    await secretary.getByLabel("Tờ số").fill("1");
    await secretary.getByLabel("Người ghi trên tờ").fill("Bà Lê Thị Giả Dụ");
    await secretary.getByLabel("Số dòng đã ghi trên tờ").fill("1");
    await secretary.locator("#noi-dung-1").fill("Đèn đường tắt.");
    await secretary.getByRole("button", { name: "Ghi các dòng này" }).click();
    await secretary.getByRole("link", { name: "Mở tờ số 1 đã nhập" }).click();
    await secretary.locator("#bo-vi-1").fill("Viết nhầm rồi gạch");
    await secretary.getByRole("button", { name: "Ghi các dòng này" }).click();
    await expect(secretary.getByRole("main")).toContainText("3 dòng đã ghi = 2 ý kiến + 1 không dùng");
  });

  await test.step("somebody shouts: a line for the minutes, put right once", async () => {
    await secretary.goto(`${hall}/ghi-chu`);
    await secretary.getByRole("button", { name: "Ghi", exact: true }).click();
    await expect(secretary.getByRole("alert")).toContainText("Ghi nội dung");
    await secretary.getByLabel("Nội dung").first().fill("Một người dự nói to, chủ trì mời trao đổi riêng.");
    await secretary.getByRole("button", { name: "Ghi", exact: true }).click();
    await expect(secretary.locator(".dt-notes__list")).toContainText("chủ trì mời trao đổi riêng");
    await look(secretary, "hall-notes");
  });

  await test.step("at the end the slips that were not reached are ruled in one act", async () => {
    await secretary.goto(`${hall}/tra-loi-sau`);
    await expect(secretary.locator(".dt-unheard")).toContainText("Chưa đến lượt");
    await look(secretary, "unheard");
    const boxes = secretary.getByRole("checkbox");
    const all = await boxes.count();
    await secretary.getByRole("checkbox", { name: number }).uncheck();
    await secretary.getByRole("button", { name: `Ghi ${all - 1} ý kiến: trả lời sau bằng văn bản` }).click();
    await expect(secretary.getByRole("main")).toContainText(`Đã ghi ${all - 1} ý kiến`);
    await expect(secretary.getByRole("checkbox")).toHaveCount(1);
  });

  await test.step("who raised the last one withdraws it, and reads so", async () => {
    await secretary.goto(`${hall}/y-kien/${number}`);
    await secretary.getByText("Người nêu rút lại ý kiến").click();
    await secretary.getByRole("button", { name: "Ghi rút lại" }).click();
    await expect(secretary.getByRole("alert")).toContainText("Ghi rõ ai nói rút");
    await secretary.getByLabel("Ai nói rút").fill("Bà Thí Dụ nói tại hội trường lúc 10:15, thôn đã sửa cống.");
    await look(secretary, "console-withdraw");
    await secretary.getByRole("button", { name: "Ghi rút lại" }).click();
    await expect(secretary.locator(".dt-done")).toContainText("người nêu rút lại");
    await followed(resident, code);
    await expect(resident.getByRole("main")).toContainText("Ông/bà đã rút lại ý kiến");
    await look(resident, "follow-withdrawn");
  });
});
