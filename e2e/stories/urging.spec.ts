import { demo, expect, look, test } from "../story.ts";

const server = demo();

test("the office urges several by one paper, the unit replies, the chair reads the briefing and prints it",
    async ({ officer }) => {
  test.setTimeout(150_000);
  const office = await officer(server, "vanphong");
  const unit = await officer(server, "diachinh");
  const chair = await officer(server, "chutich");
  const late = "ND-24-0032";

  await test.step("the desk says what is to be urged, at which step, and of whom people are to be told", async () => {
    await office.goto("/noi-bo");
    await expect(office.getByRole("heading", { name: /^Cần đôn đốc/ })).toBeVisible();
    await expect(office.getByRole("button", { name: `Nhắc trước hạn ${late}` })).toBeVisible();
    await expect(office.getByRole("heading", { name: /^Báo tình hình cho người nêu/ })).toBeVisible();
    await look(office, "urging-desk");
    await office.getByRole("link", { name: "Đôn đốc nhiều ý kiến một lần" }).click();
  });

  await test.step("several at once, by one number; what was typed and ticked is kept while the number is missing",
      async () => {
    const boxes = await office.getByRole("checkbox").all();
    expect(boxes.length).toBeGreaterThan(1);
    for (const box of boxes) await box.check();
    await office.locator("summary", { hasText: "Đôn đốc nhiều ý kiến một lần" }).click();
    await expect(office.getByLabel("Nội dung đôn đốc")).toHaveValue(/nêu rõ nguyên nhân chậm và thời gian hoàn thành/);
    await office.getByRole("button", { name: "Đôn đốc các ý kiến đã chọn" }).click();
    await expect(office.getByRole("alert").getByRole("link", { name: "Ghi số công văn" })).toBeVisible();
    await expect(office.getByRole("checkbox", { checked: true })).toHaveCount(boxes.length);
    await look(office, "urging-error");
    await office.getByLabel("Số công văn").fill("126/UBND-VP");
    await office.getByRole("button", { name: "Đôn đốc các ý kiến đã chọn" }).click();
    await expect(office.getByText(`Đã ghi đôn đốc ${boxes.length} ý kiến.`)).toBeVisible();
    await look(office, "urging-done");
    await office.getByRole("link", { name: "In công văn: Địa chính" }).click();
    await expect(office.locator(".dt-paper")).toContainText("Số: 126/UBND-VP");
    await expect(office.locator(".dt-paper")).toContainText(late);
    await look(office, "urging-letter");
  });

  await test.step("the unit finds it on its desk, and replies; its due date stays", async () => {
    await unit.goto("/noi-bo");
    await unit.getByRole("button", { name: `Trả lời đôn đốc ${late}` }).click();
    const due = await unit.getByRole("heading", { name: /^Hạn:/ }).innerText();
    await unit.getByLabel("Tình hình, nguyên nhân chậm").fill("Còn một thửa chờ đo lại.");
    await unit.getByRole("button", { name: "Ghi trả lời đôn đốc" }).click();
    await expect(unit.getByRole("alert").getByRole("link", { name: /Ghi ngày hẹn xong/ })).toBeVisible();
    await expect(unit.getByLabel("Tình hình, nguyên nhân chậm")).toHaveValue("Còn một thửa chờ đo lại.");
    await unit.getByLabel("Hẹn xong ngày").fill("28/10/2024");
    await unit.getByRole("button", { name: "Ghi trả lời đôn đốc" }).click();
    await expect(unit.getByRole("alert")).toContainText("Hạn trả lời không đổi");
    await expect(unit.getByRole("heading", { name: /^Hạn:/ })).toHaveText(due);
    await look(unit, "urging-replied");
    await unit.goto("/noi-bo");
    await expect(unit.getByRole("button", { name: `Trả lời đôn đốc ${late}` })).toHaveCount(0);
  });

  await test.step("the chair reads what is late by unit, each figure opens its rows, and prints it", async () => {
    await chair.goto("/noi-bo");
    await chair.getByRole("link", { name: "Giao ban" }).click();
    await expect(chair.getByRole("main")).toContainText("hẹn xong 28/10/2024");
    await look(chair, "week");
    await chair.getByRole("link", { name: /đến hạn trong tuần/ }).click();
    await expect(chair.locator("#sap-den-han")).toBeInViewport();
    await chair.emulateMedia({ media: "print" });
    await expect(chair.getByRole("button", { name: "In", exact: true })).toBeHidden();
    await expect(chair.locator(".moj-side-navigation")).toBeHidden();
    expect((await chair.pdf({ format: "A4" })).length).toBeGreaterThan(1000);
    await chair.emulateMedia({ media: "screen" });
    await chair.getByRole("link", { name: /cần báo tình hình/ }).click();
    await expect(chair.locator("tbody")).toContainText("ND-24-0031");
  });

  await test.step("the office tells them how their opinions stand; what to say stands there", async () => {
    await office.goto("/noi-bo/y-kien?loc=can-bao-tinh-hinh");
    const boxes = await office.getByRole("checkbox").all();
    for (const box of boxes) await box.check();
    await office.getByRole("button", { name: "Báo tình hình cho người nêu" }).click();
    await expect(office.getByText(`Đã chuyển báo tình hình của ${boxes.length} ý kiến.`)).toBeVisible();
    await office.goto("/noi-bo/y-kien/ND-24-0031");
    await expect(office.locator("strong", { hasText: "Báo tình hình qua điện thoại" })).toBeVisible();
    await look(office, "status-told");
  });
});
