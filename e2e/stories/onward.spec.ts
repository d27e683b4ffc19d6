import { demo, expect, look, type Page, sendSlip, test } from "../story.ts";

const server = demo();

/** Opens a slip by its code, on a telephone of the smallest width. */
async function follow(page: Page, code: string): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/tra-cuu");
  await page.getByRole("textbox").first().fill(code);
  await page.getByRole("button", { name: /Tra cứu|Xem/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

test("a report to the superior: its wait is shown, it is urged and replied, the person is answered, and put right",
    async ({ officer, visitor }) => {
  test.setTimeout(180_000);
  const resident = await visitor(server);
  const receipt = await sendSlip(resident, {
    matters: ["Phần mềm một cửa bắt nộp bản giấy, xin xã báo cấp trên sửa."], name: "Lê Thị Mô Phỏng",
  });
  const at = `/noi-bo/y-kien/${receipt.numbers[0]}`;
  const office = await officer(server, "vanphong");
  await office.goto(at);
  await office.locator("input[name=huong][value='BC-CAP-TREN']").check();
  await office.locator("#don-vi").selectOption({ label: "Bộ phận Tư pháp – Hộ tịch" });
  await office.getByRole("button", { name: "Ghi hướng xử lý" }).click();
  await expect(office.getByRole("alert")).toContainText("Đã ghi hướng xử lý.");

  const lead = await officer(server, "tuphap");
  await test.step("what is missing is named, and what was typed is kept", async () => {
    await lead.goto(at);
    await lead.locator("summary", { hasText: "Ghi văn bản báo cáo cấp trên" }).click();
    await lead.getByLabel("Nội dung xin ý kiến, đề nghị").fill("Đề nghị bỏ yêu cầu đính kèm bản giấy.");
    await lead.getByRole("button", { name: "Ghi văn bản đã gửi" }).click();
    await expect(lead.getByRole("alert").getByRole("link", { name: /Ghi số, ký hiệu văn bản/ })).toBeVisible();
    await expect(lead.getByLabel("Nội dung xin ý kiến, đề nghị")).toHaveValue("Đề nghị bỏ yêu cầu đính kèm bản giấy.");
    await lead.locator("#gui-so").fill("131/UBND-VP");
    await lead.getByRole("button", { name: "Ghi văn bản đã gửi" }).click();
    await expect(lead.getByRole("alert")).toContainText("Đã ghi Văn bản số 131/UBND-VP.");
  });

  await test.step("the form of a pause proposes the letter; the clock stands still by it", async () => {
    await lead.locator("summary", { hasText: "Tạm dừng tính hạn" }).click();
    await expect(lead.locator("#tam-dung-so")).toHaveValue("131/UBND-VP");
    await lead.getByRole("button", { name: "Tạm dừng", exact: true }).click();
    await expect(lead.getByRole("alert")).toContainText("Đã tạm dừng tính hạn trả lời.");
    await expect(lead.getByText(/Đã\schờ\s0\sngày/)).toBeVisible();
  });

  await test.step("the body is urged, with a record", async () => {
    await lead.locator("summary", { hasText: "Đôn đốc cơ quan này" }).click();
    await lead.locator("#don-doc-noi-dung").fill("Hẹn trả lời trong tuần.");
    await lead.getByRole("button", { name: /Ghi đã đôn đốc/ }).click();
    await expect(lead.getByRole("alert")).toContainText("Đã ghi việc đôn đốc.");
    await look(lead, "onward-urged");
  });

  await test.step("the person reads to whom it went, and how long it waits; not what was said", async () => {
    await follow(resident, receipt.code);
    await expect(resident.locator("main")).toContainText(/đã\sbáo\scáo.*tại\sVăn\sbản\ssố\s+131/);
    await expect(resident.locator("main")).toContainText(/Đã\schờ\s0\sngày/);
    await expect(resident.getByText("Hẹn trả lời trong tuần.")).toHaveCount(0);
    await look(resident, "onward-follow");
  });

  await test.step("the reply lets the clock go on in the same act", async () => {
    await lead.locator("summary", { hasText: "Ghi nhận trả lời" }).click();
    await lead.locator("#phuc-dap-so").fill("1502/UBND-VP");
    await lead.locator("#phuc-dap-noi-dung").fill("Đã bỏ yêu cầu đính kèm bản giấy.");
    await lead.getByRole("button", { name: /Ghi nhận trả lời/ }).click();
    await expect(lead.getByRole("alert")).toContainText("Đã ghi nhận trả lời.");
    await expect(lead.locator("main")).toContainText(/Còn\sphải\strả\slời\sngười\snêu\strước/);
    await look(lead, "onward-replied");
    await resident.reload();
    await expect(resident.locator("main")).toContainText(
      /đã\scó\sý\skiến\stại\sVăn\sbản\ssố\s+1502.*trả\slời\sông\/bà\strước\sngày/);
  });

  const chair = await officer(server, "chutich");
  const first = "Theo ý kiến cấp trên, từ 01/12/2024 người dân nộp trực tuyến không phải mang bản giấy.";
  await test.step("the person is answered", async () => {
    await lead.getByRole("textbox", { name: "Dự thảo trả lời" }).fill(first);
    await lead.getByRole("button", { name: "Trình duyệt" }).click();
    await expect(lead.getByRole("alert")).toContainText("Đã trình dự thảo trả lời.");
    await chair.goto(at);
    await chair.getByRole("button", { name: /^Ký\svăn\sbản\strả\slời/ }).click();
    await office.goto(at);
    await office.getByLabel("Số văn bản").fill("951");
    await office.getByRole("button", { name: /^Phát\shành/ }).click();
    await expect(office.getByText(/Đã\sphát\shành\svăn\sbản\ssố\s951/)).toBeVisible();
    await follow(resident, receipt.code);
    await expect(resident.getByText(first)).toBeVisible();
  });

  await test.step("the day in it was wrong: the person reads the new answer, and that the old one was replaced", async () => {
    const right = first.replace("01/12/2024", "01/11/2024");
    await lead.goto(at);
    await lead.getByText("Câu trả lời có chỗ sai: thay bằng văn bản khác").click();
    await lead.getByLabel("Nội dung trả lời thay thế").fill(right);
    await lead.getByLabel("Lý do thay thế").fill("Văn bản trước ghi nhầm ngày bắt đầu.");
    await lead.getByRole("button", { name: "Trình văn bản thay thế" }).click();
    await expect(lead.getByText(/Đã\strình\svăn\sbản\sthay\sthế\./)).toBeVisible();
    await chair.goto(at);
    await chair.getByRole("button", { name: /^Ký\svăn\sbản\strả\slời/ }).click();
    await office.goto(at);
    await office.getByLabel("Số văn bản").fill("952");
    await office.getByRole("button", { name: /^Phát\shành/ }).click();
    await expect(office.getByText(/Đã\sphát\shành\svăn\sbản\sthay\sthế\ssố\s952/)).toBeVisible();
    await resident.reload();
    await expect(resident.getByText(right)).toBeVisible();
    await expect(resident.getByText(first)).toBeHidden();
    await look(resident, "onward-corrected");
  });
});

test("who is sent to another body finds it on the smallest telephone, and is told where the record went",
    async ({ officer, visitor }) => {
  test.setTimeout(150_000);
  const resident = await visitor(server);
  const receipt = await sendSlip(resident, {
    matters: ["Công ty điện lực ghi sai chỉ số, hỏi ở đâu?"], name: "Trần Văn Ví Dụ",
  });
  const at = `/noi-bo/y-kien/${receipt.numbers[0]}`;
  const office = await officer(server, "vanphong");
  await office.goto(at);
  await office.locator("input[name=huong][value='CQ-KHAC']").check();
  await office.getByLabel("Cơ quan giải quyết").fill("Điện lực thành phố Quảng Ngãi");
  await office.getByRole("button", { name: "Ghi hướng xử lý" }).click();
  await expect(office.getByRole("alert")).toContainText("Đã ghi hướng xử lý.");

  await test.step("the record itself is passed on", async () => {
    await office.goto(at); // the next task had opened
    await office.locator("summary", { hasText: "Chuyển hồ sơ đến cơ quan giải quyết" }).click();
    await office.locator("#chuyen-so").fill("132/UBND-VP");
    await office.getByLabel("Đã trao đổi với").fill("Ông Phan Văn Thử, trưởng phòng kinh doanh");
    await office.getByRole("button", { name: "Ghi đã chuyển hồ sơ" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã ghi chuyển hồ sơ theo Văn bản số 132/UBND-VP.");
    await look(office, "transfer");
    await office.getByRole("link", { name: "In Phiếu chuyển" }).click();
    await expect(office.getByText("Trần Văn Ví Dụ")).toHaveCount(0);
    await look(office, "transfer-slip");
  });

  await test.step("the resident reads it", async () => {
    await follow(resident, receipt.code);
    await expect(resident.locator("address")).toContainText("Điện lực thành phố Quảng Ngãi");
    await expect(resident.locator("main")).toContainText(/đã\sđược\schuyển\sđến\sĐiện\slực.*theo\sVăn\sbản\ssố\s+132/);
    await look(resident, "redirection-follow");
  });
});
