import { demo, expect, fillSlip, look, readReceipt, test } from "../story.ts";

const server = demo();

test("people are told as they chose: a message ready to send, letters in one run, a sheet for the village",
    async ({ officer, visitor }) => {
  test.setTimeout(150_000);
  const page = await visitor(server);
  let number = "";

  await test.step("who gives a telephone may ask for Zalo at the same number, which is a mobile one", async () => {
    await fillSlip(page, {
      matters: ["Đèn đường ngõ 3 thôn 1 hỏng đã hai tháng."], name: "Lê Thị Mô Phỏng", phone: "0255 382 1234",
      ways: ["Nhờ Trưởng thôn đọc giúp"],
    });
    await page.getByRole("checkbox", { name: /^Số này dùng Zalo/ }).check();
    await look(page, "ways-slip");
    await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
    await expect(page.getByRole("alert")).toContainText("Số này là máy bàn, không nhận được Zalo");
    await page.getByLabel("Số điện thoại").fill("0905 123 456");
    await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
    await expect(page.getByText("Nhắn qua Zalo: 0905 123 456")).toBeVisible();
    await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
    number = (await readReceipt(page)).numbers[0] ?? "";
    await expect(page.locator(".dt-receipt")).toContainText("qua Zalo");
  });

  const office = await officer(server, "vanphong");
  const row = office.locator(".dt-tell > li", { hasText: number });

  await test.step("the office has the message ready, without a name and without what was said", async () => {
    await office.goto(`/noi-bo/y-kien/${number}`);
    await office.getByRole("button", { name: "Báo tình hình cho người nêu" }).click();
    await office.getByRole("link", { name: "Báo cho người nêu", exact: true }).click();
    await expect(row.locator(".dt-copy__text")).toContainText(`ý kiến số ${number} đã được tiếp nhận`);
    await expect(row).not.toContainText("Mô Phỏng");
    await row.getByRole("button", { name: "Chép tin" }).click();
    await expect(row.getByRole("status")).toHaveText("Đã chép");
    await look(office, "ways-tell");
  });

  await test.step("it is recorded where the number is shown, and then stands there no more", async () => {
    await row.getByRole("button", { name: "Báo và ghi lại" }).click();
    const told = office.locator(".dt-told__list > li", { hasText: "qua Zalo" });
    await told.getByRole("button", { name: "Ghi đã báo" }).click();
    await expect(told).toContainText("đã báo");
    await office.goto("/noi-bo/bao-tin");
    await expect(row).toHaveCount(0);
  });

  await test.step("the village head has a sheet without names; what was read is recorded at once", async () => {
    await office.getByRole("link", { name: /^Thôn 1: / }).click();
    await expect(office.locator(".dt-readings")).toContainText(number);
    await expect(office.locator(".dt-readings")).not.toContainText("Mô Phỏng");
    await look(office, "ways-readings");
    await office.getByRole("button", { name: "Ghi đã đọc những tin đã chọn" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã ghi");
    await expect(office.getByText("Không có tin nào cần đọc.")).toBeVisible();
  });

  await test.step("letters are printed one a page after their addresses; printing is a view on record", async () => {
    await office.goto("/noi-bo/bao-tin/thu");
    await look(office, "ways-letters");
    await office.getByRole("button", { name: "Xem để in thư đã chọn" }).click();
    await expect(office.locator(".dt-letters article")).toHaveCount(2);
    await expect(office.locator(".dt-letters article").last()).toContainText("Kính gửi: Ông/bà Võ Thị Tạm Ghi");
    await look(office, "ways-print");
    await office.getByRole("link", { name: "Văn bản gửi qua bưu điện" }).click();
    await office.getByRole("button", { name: "Ghi đã gửi những thư đã chọn" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã ghi 1 việc báo.");
    await expect(office.getByText("Không có thư nào chờ gửi.")).toBeVisible();
  });
});
