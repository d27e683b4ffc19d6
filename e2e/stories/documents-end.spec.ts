import { demo, expect, fits, look, test } from "../story.ts";

const server = demo();

test("a letter that went to a unit is withdrawn: its number stays taken, who got it reads so and gets what withdraws it",
    async ({ officer }) => {
  test.setTimeout(180_000);
  const office = await officer(server, "vanphong");
  const main = office.locator("main");
  let letter = "";

  await test.step("the letter has a number, and goes to a unit", async () => {
    await office.goto("/noi-bo/cau-hoi");
    await office.locator('a[href$="/cau-hoi/cong-van"]').first().click();
    await office.getByLabel("Số, ký hiệu").fill("125");
    await office.getByRole("button", { name: "Ghi số" }).click();
    await office.getByRole("link", { name: "Thu hồi hoặc thay thế văn bản" }).click();
    letter = new URL(office.url()).pathname;
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã gửi văn bản đến nơi nhận.");
  });

  await test.step("it is withdrawn by a paper of the office's own", async () => {
    await office.getByRole("button", { name: "Thu hồi văn bản" }).click();
    await expect(main).toContainText("Số 125/UBND-VP vẫn giữ trong sổ");
    await office.getByRole("button", { name: "Thu hồi văn bản" }).click();
    await expect(office.getByRole("alert")).toContainText("Nhập lý do thu hồi");
    await office.getByLabel("Lý do thu hồi").fill("Ban hành không đúng thẩm quyền.");
    await office.getByRole("radio", { name: /^Của (UBND|Ủy ban)/ }).check();
    await office.locator("[name=so-thu-hoi]").fill("126");
    await fits(office, "document-withdraw");
    await office.getByRole("button", { name: "Thu hồi văn bản" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã thu hồi văn bản.");
    await expect(main).toContainText("Văn bản này đã thu hồi từ");
    await expect(main).toContainText("126/TB-UBND");
    await expect(office.getByRole("button", { name: "Gửi nơi nhận" })).toHaveCount(0);
    await fits(office, "document-withdrawn");
  });

  await test.step("the unit reads that it is withdrawn, and by what", async () => {
    const unit = await officer(server, "tuphap");
    await unit.goto("/noi-bo/van-ban-den");
    const row = unit.getByRole("row").filter({ hasText: "125/UBND-VP" });
    await expect(row).toContainText("Đã thu hồi");
    await row.getByRole("link").first().click();
    await expect(unit.locator("main")).toContainText("bản điện tử thì hủy");
    await expect(unit.locator("main")).toContainText("126/TB-UBND");
    await look(unit, "document-withdrawn-received");
  });

  await test.step("what withdraws it goes to who had it", async () => {
    await office.goto(letter);
    await office.getByRole("link", { name: "Gửi văn bản số 126/TB-UBND" }).click();
    await expect(main).toContainText("chỉ gửi những nơi đã nhận văn bản bị thu hồi");
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã gửi văn bản đến nơi nhận.");
  });

  await test.step("the register shows it with its chip, and the number is not given again", async () => {
    await office.goto("/noi-bo/van-ban");
    await office.getByRole("link", { name: /Thu hồi, thay thế/ }).click();
    await expect(office.getByRole("row").filter({ hasText: "125/UBND-VP" })).toContainText("Đã thu hồi");
    await look(office, "documents-ended");
    await office.goto("/noi-bo/cau-hoi");
    await office.locator('a[href$="/cau-hoi/cong-van"]').first().click();
    await expect(main).toContainText("Số 125/UBND-VP đã thu hồi từ");
    await office.getByLabel("Số, ký hiệu").fill("125");
    await office.getByRole("button", { name: "Ghi số" }).click();
    await expect(office.getByRole("alert")).toContainText("Số này đã dùng cho một văn bản khác trong năm");
  });
});
