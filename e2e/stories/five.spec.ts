import { demo, expect, look, type Receipt, sendSlip, test } from "../story.ts";

const server = demo();

const matters = [
  "Nước máy ở xóm tôi yếu từ đầu tháng, buổi tối không có nước dùng. Bao giờ xã khắc phục?",
  "Đề nghị xã cho biết bao giờ khắc phục nước máy yếu, buổi tối xóm tôi không có nước dùng.",
  "Từ đầu tháng nước máy yếu, buổi tối không có nước. Bao giờ được khắc phục?",
  "Nước máy yếu quá, tối không có nước dùng, đề nghị xã khắc phục.",
  "Buổi tối không có nước máy dùng, nước yếu từ đầu tháng. Bao giờ khắc phục?",
  "Nước máy yếu, và đồng hồ nước nhà tôi hỏng đã báo hai lần không ai thay.",
];
const answer = "Đường ống cấp nước của xóm được thay trong tháng 11/2024; từ 25/10 có xe bồn cấp nước buổi tối.";

test("five people ask the same: one answer, signed and sent once, five receipts, five notices, five ratings",
    async ({ officer, visitor }) => {
  test.setTimeout(240_000);
  const resident = await visitor(server);
  const receipts: Receipt[] = [];
  for (const matter of matters) {
    receipts.push(await sendSlip(resident, { matters: [matter], name: "Lương Thị Kiểm Thử" }));
  }
  const numbers = receipts.map((r) => r.numbers[0] ?? "");
  const at = (i: number) => `/noi-bo/y-kien/${numbers[i]}`;
  const office = await officer(server, "vanphong");
  const unit = await officer(server, "diachinh");
  const chair = await officer(server, "chutich");

  await test.step("the office puts them together and gives all of them to one unit", async () => {
    for (const number of numbers.slice(1)) {
      await office.goto(at(0));
      const proposed = office.getByRole("button", { name: `Cùng nội dung ${number}` });
      if (await proposed.count()) await proposed.click();
      else {
        await office.locator("summary", { hasText: "Ghi cùng nội dung với ý kiến khác" }).click();
        await office.locator("#trung-voi").fill(number);
        await office.getByRole("button", { name: "Ghi cùng nội dung" }).click();
      }
      await expect(office.getByRole("alert")).toContainText("Đã ghi cùng nội dung.");
    }
    for (const [i] of numbers.entries()) {
      await office.goto(at(i));
      await office.locator("input[name=huong][value='TL-SAU']").check();
      await office.locator("#don-vi").selectOption({ label: "Bộ phận Địa chính – Nông nghiệp – Xây dựng và Môi trường" });
      await office.getByRole("button", { name: "Ghi hướng xử lý" }).click();
      await expect(office.getByRole("alert")).toContainText("Đã ghi hướng xử lý.");
    }
    await office.goto(at(5)); // it asks something else as well
    await office.getByRole("button", { name: "Đưa ý kiến này ra khỏi nhóm" }).click();
  });

  await test.step("the unit writes once; a box that was cleared stays cleared in the draft", async () => {
    await unit.goto(at(0));
    const boxes = unit.getByRole("group", { name: "Trả lời chung cho các ý kiến cùng nội dung" });
    await expect(boxes.getByRole("checkbox")).toHaveCount(4);
    await expect(boxes.getByRole("checkbox", { checked: true })).toHaveCount(4);
    await look(unit, "five-draft");
    await boxes.getByRole("checkbox", { name: numbers[3] ?? "" }).uncheck();
    await unit.getByRole("textbox", { name: "Dự thảo trả lời" }).fill(answer);
    await expect(unit.getByText(/Nháp tự lưu lúc/)).toBeVisible();
    await unit.reload();
    await expect(boxes.getByRole("checkbox", { checked: true })).toHaveCount(3);
    await boxes.getByRole("checkbox", { name: numbers[3] ?? "" }).check();
    await unit.getByRole("button", { name: "Trình duyệt" }).click();
    await expect(unit.getByRole("alert")).toContainText("Chung cho 5 ý kiến cùng nội dung.");
  });

  await test.step("the chair has one line, and signs once", async () => {
    await chair.goto("/noi-bo");
    await expect(chair.getByText("và 4 ý kiến cùng nội dung")).toHaveCount(1);
    await chair.goto(at(2));
    await look(chair, "five-sign");
    await chair.getByRole("button", { name: /^Ký 5 ý kiến/ }).click();
    await expect(chair.getByRole("alert")).toContainText("Chung cho 5 ý kiến cùng nội dung.");
  });

  await test.step("the office types one number; the sixth, taken out before, is with its unit", async () => {
    await office.goto(at(4));
    await look(office, "five-dispatch");
    await office.getByLabel("Số văn bản").fill("301");
    await office.getByLabel("Ký hiệu").fill("UBND-ĐC");
    await office.getByRole("button", { name: /^Phát hành 5 ý kiến/ }).click();
    await expect(office.getByRole("alert")).toContainText("301/UBND-ĐC");
    await unit.goto(at(5));
    await expect(unit.getByRole("button", { name: "Trình duyệt" })).toBeVisible();
    await expect(unit.getByText("301/UBND-ĐC")).toHaveCount(0);
  });

  await test.step("each follows by their own code, reads it and says for themselves whether it helped", async () => {
    for (const [i, receipt] of receipts.slice(0, 5).entries()) {
      await resident.goto("/tra-cuu");
      await resident.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
      await resident.getByRole("button", { name: "Tra cứu" }).click();
      await expect(resident.getByText(numbers[i] ?? "").first()).toBeVisible();
      await expect(resident.getByText(answer)).toBeVisible();
      for (const other of numbers.filter((n) => n !== numbers[i])) {
        await expect(resident.getByText(other)).toHaveCount(0);
      }
      await resident.getByRole("radio", { name: i === 1 ? "Chưa giải quyết" : "Đã giải quyết xong" }).check();
      await resident.getByRole("radio", { name: i === 1 ? "Không hài lòng" : "Hài lòng", exact: true }).check();
      await resident.getByRole("button", { name: "Gửi đánh giá" }).click();
      await expect(resident.getByText("Đánh giá của ông/bà đã được ghi nhận.")).toBeVisible();
    }
  });

  await test.step("it is public once, and every number leads there", async () => {
    await office.goto(at(0));
    await office.getByRole("button", { name: /^Ghi\sđã\sbáo/ }).first().click();
    await expect(office.getByText("Đã ghi nhận việc báo kết quả.")).toBeVisible();
    await office.goto(at(0));
    await office.getByLabel("Tiêu đề", { exact: true }).fill("Nước máy yếu buổi tối");
    await office.getByRole("textbox", { name: "Câu hỏi" }).fill("Nước máy yếu từ đầu tháng, bao giờ khắc phục?");
    await office.getByLabel("Nội dung trả lời công khai").fill(answer);
    await office.getByRole("button", { name: "Đề nghị công khai" }).click();
    await chair.goto(`${at(0)}/xem-truoc`);
    await chair.getByRole("button", { name: /Duyệt công khai/ }).click();
    await resident.goto(`/hoi-dap/${numbers[3]}`);
    await expect(resident).toHaveURL(new RegExp(`/hoi-dap/${numbers[0]}$`));
    await expect(resident.getByText("Số ý kiến cùng nội dung")).toBeVisible();
    await look(resident, "five-public");
    await office.goto(at(3));
    await expect(office.getByText("đã công khai chung ở")).toBeVisible();
  });
});
