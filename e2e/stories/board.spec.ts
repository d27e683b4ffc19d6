import { demo, expect, look, test } from "../story.ts";

const server = demo();

test("the head begins at the board, orders what is late from its figure, and follows it as a task until it is done well", async ({
  officer,
}) => {
  test.setTimeout(120_000);
  const chair = await officer(server, "chutich");
  const justice = await officer(server, "tuphap");
  const unit = (name: string) => chair.getByRole("row").filter({ has: chair.getByRole("rowheader", { name }) });

  await test.step("one screen; a figure opens exactly what it counts", async () => {
    await chair.setViewportSize({ width: 1366, height: 768 });
    await chair.goto("/noi-bo/dieu-hanh");
    expect(await chair.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(768);
    await look(chair, "board");
    await unit("Lao động").getByRole("link", { name: "2 trên 2" }).click();
    await expect(chair.locator("tbody tr.dt-row--late")).toHaveCount(2);
    await chair.goBack();
    await unit("Lao động").getByRole("link", { name: /^16 ngày/ }).click();
    await expect(chair).toHaveURL(/ND-24-0021/);
  });

  await test.step("a directive needs its day, keeps what was typed, and is given once", async () => {
    await chair.goto("/noi-bo/dieu-hanh");
    await unit("Lao động").getByRole("link", { name: /^Chỉ đạo/ }).click();
    await expect(chair.getByLabel("Đơn vị thực hiện")).toHaveValue(/.+/);
    await chair.getByLabel("Việc phải làm").fill("Trả lời hai việc quá hạn, xin lỗi người nêu.");
    await chair.getByRole("button", { name: "Giao chỉ đạo" }).click();
    await expect(chair.getByRole("alert")).toContainText("Nhập hạn hoàn thành");
    await expect(chair.getByLabel("Việc phải làm")).toHaveValue("Trả lời hai việc quá hạn, xin lỗi người nêu.");
    await look(chair, "directive-refused");
    await chair.getByLabel("Hạn hoàn thành").fill("30/10/2024");
    await chair.getByRole("button", { name: "Giao chỉ đạo" }).click();
    await expect(chair.getByText("Đã giao chỉ đạo")).toBeVisible();
    await expect(chair.locator("#viec-lien-quan + *, section:has(#viec-lien-quan)").first()).toContainText("ND-24-0031");
    await look(chair, "directive");
  });

  await test.step("the unit has it on its desk, takes note and reports", async () => {
    await justice.goto("/noi-bo");
    await justice.getByRole("link", { name: /^Làm xong việc đã hứa với dân/ }).click();
    await justice.getByLabel("Kết quả và minh chứng").fill("Đã rà soát xong 12 quyển.");
    await justice.getByRole("button", { name: "Báo đã xong" }).click();
    await expect(justice.getByText("Hoàn thành").first()).toBeVisible();
  });

  await test.step("the head alone has it done again", async () => {
    await chair.goto("/noi-bo/dieu-hanh");
    await expect(chair.getByRole("link", { name: /^Làm xong việc đã hứa/ })).toHaveCount(0);
    await expect(chair.getByRole("link", { name: /^Trả lời hai việc quá hạn/ })).toHaveCount(1);
  });
});
