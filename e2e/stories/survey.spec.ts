import { demo, expect, fits, look, test } from "../story.ts";

const server = demo();
const june = "/doi-thoai/2024-06-28";

test("people say how satisfied they are on a telephone and on paper, and one result counts both",
    async ({ visitor, officer }) => {
  test.setTimeout(240_000);
  const phone = await visitor(server);
  await phone.setViewportSize({ width: 360, height: 740 });

  await test.step("a telephone answers on procedures, skips a question, and its second word counts", async () => {
    await phone.goto("/khao-sat");
    await look(phone, "survey-phone");
    await fits(phone, "survey-phone");
    await phone.getByRole("button", { name: "Gửi phiếu khảo sát" }).click();
    await expect(phone.getByRole("alert")).toContainText("Chọn có hay không");
    await phone.getByLabel("Có", { exact: true }).check();
    for (const question of [1, 2, 4, 6]) {
      await phone.locator(`input[name="muc-${question}"][value="4"]`).check();
    }
    await phone.getByLabel("Điều gì nên làm khác đi?").fill("Thêm ghế ngồi chờ.");
    await phone.getByRole("button", { name: "Gửi phiếu khảo sát" }).click();
    await expect(phone.getByText("Đã nhận phiếu khảo sát, cảm ơn ông/bà")).toBeVisible();
    await look(phone, "survey-thanks");
    await phone.getByRole("link", { name: "Sửa phiếu vừa gửi" }).click();
    await expect(phone.locator("#muc-6-4")).toBeChecked();
    await expect(phone.locator('input[name="muc-3"]:checked')).toHaveCount(0);
    await phone.locator('input[name="muc-6"][value="5"]').check();
    await phone.getByRole("button", { name: "Gửi phiếu đã sửa" }).click();
    await expect(phone.getByText("Đã nhận phiếu khảo sát, cảm ơn ông/bà")).toBeVisible();
  });

  const office = await officer(server, "vanphong");
  await test.step("the office reads one slip more, and what was added", async () => {
    await office.goto("/noi-bo/khao-sat");
    await expect(office.getByRole("main")).toContainText("8 phiếu tính kết quả");
    await expect(office.getByRole("main")).toContainText("Thêm ghế ngồi chờ.");
    await look(office, "survey-office");
  });

  await phone.goto(june);
  await expect(phone.locator("#khao-sat")).toContainText("78,95");
  await test.step("a clerk types three slips of the dialogue with the keyboard alone", async () => {
    await office.goto("/noi-bo/doi-thoai");
    await office.getByRole("link", { name: /đợt\s1/ }).first().click();
    await office.getByRole("link", { name: "Khảo sát", exact: true }).click();
    await office.getByRole("button", { name: "Nhập một tập phiếu giấy" }).click();
    await office.getByLabel("Số phiếu phát ra").fill("4");
    await office.getByLabel("Số phiếu thu về").fill("3");
    await office.keyboard.press("Enter");
    for (const [n, digits] of ["55555555", "4444444", "45 4 435"].entries()) {
      await expect(office.locator("#phieu")).toBeFocused();
      await expect(office.getByText(new RegExp(`Phiếu\\s${n + 1}\\strên\\s3`))).toBeVisible();
      if (n === 1) {
        await look(office, "survey-stack");
      }
      await office.keyboard.type(digits);
      await office.keyboard.press("Enter");
    }
    await expect(office.getByText("Đã nhập đủ 3 phiếu")).toBeVisible();
  });

  await test.step("what a village counted is put right, and what stood there stays", async () => {
    await office.getByRole("link", { name: "Kết quả khảo sát" }).click();
    await office.getByRole("link", { name: /Bảng tổng hợp số/ }).click();
    await office.getByRole("link", { name: "Sửa số liệu" }).click();
    await office.locator("#dem-8-4").fill("7");
    await office.getByLabel("Lý do sửa").fill("Một phiếu trắng.");
    await office.getByRole("button", { name: "Lưu phần sửa" }).click();
    await expect(office.getByRole("main")).toContainText("0-1-2-8-5");
    await expect(office.getByRole("main")).toContainText("Một phiếu trắng.");
    await look(office, "survey-tally");
  });

  await test.step("the public result agrees with what was typed and put right", async () => {
    await phone.goto(june);
    await expect(phone.locator("#khao-sat")).toContainText("79,31");
    await phone.getByRole("link", { name: "Kết quả từng câu hỏi" }).click();
    await expect(phone.getByRole("main")).toContainText("61 phiếu thu về, 1 phiếu không hợp lệ, 60 phiếu");
    await look(phone, "survey-result");
    await fits(phone, "survey-result");
    const file = await phone.request.get(`${june}/khao-sat/ket-qua.csv`);
    expect(await file.text()).toContain("79,31 %");
  });
});
