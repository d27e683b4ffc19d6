import { demo, expect, fillSlip, type Login, look, readReceipt, test } from "../story.ts";

const server = demo();

const name = "Lương Thị Thử Sửa";
const matter = "Cấp lại sổ hộ nghèo của gia đình tôi mất bao lâu, đã nộp từ đầu tháng 9.";
const wrong = "Thời hạn cấp lại là 30 ngày làm việc, tính từ ngày nộp đơn; gia đình được hẹn ngày 29/10/2024.";
const right = "Thời hạn cấp lại là 05 ngày làm việc; gia đình nhận sổ tại bộ phận một cửa từ ngày 25/10/2024.";
const reason = "Văn bản trước ghi nhầm thời hạn của thủ tục khác.";

test("an answer proves wrong: it is replaced, and nobody is left with the old one", async ({ visitor, officer }) => {
  test.setTimeout(240_000);
  const resident = await visitor(server);
  await fillSlip(resident, { matters: [matter], name, village: "Thôn 3" });
  await resident.getByRole("checkbox", { name: "Thư điện tử" }).check();
  await resident.getByLabel("Địa chỉ thư điện tử").fill("thusua@example.vn");
  await resident.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await resident.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  const receipt = await readReceipt(resident);
  const number = receipt.numbers[0] ?? "";
  const at = `/noi-bo/y-kien/${number}`;
  const open = async (login: Login) => {
    const page = await officer(server, login);
    await page.goto(at);
    return page;
  };

  const secretary = await open("thuky");
  const unit = await officer(server, "tuphap");
  const chair = await officer(server, "chutich");
  const office = await officer(server, "vanphong");
  await test.step("it is answered, told by hand, and public", async () => {
    await secretary.getByRole("radio", { name: "Xác minh, trả lời sau" }).check();
    const lead = secretary.getByLabel("Đơn vị chủ trì");
    await lead.selectOption({ label: await lead.locator("option", { hasText: /Tư\spháp/ }).innerText() });
    await secretary.getByRole("button", { name: /^Ghi\shướng\sxử\slý/ }).click();
    await expect(secretary.getByText(/Đã\sghi\shướng\sxử\slý/)).toBeVisible();
    await unit.goto(at);
    await unit.getByRole("textbox", { name: "Dự thảo trả lời" }).fill(wrong);
    await unit.getByRole("button", { name: "Trình duyệt" }).click();
    await expect(unit.getByText(/Đã\strình\sdự\sthảo\strả\slời\./)).toBeVisible();
    await chair.goto(at);
    await chair.getByRole("button", { name: /^Ký\svăn\sbản\strả\slời/ }).click();
    await office.goto(at);
    await office.getByLabel("Số văn bản").fill("901");
    await office.getByRole("button", { name: /^Phát\shành/ }).click();
    await office.goto(at);
    await office.getByRole("button", { name: /^Ghi\sđã\sbáo/ }).first().click();
    await office.goto(at);
    await office.getByLabel("Tiêu đề", { exact: true }).fill("Thời hạn cấp lại sổ hộ nghèo");
    await office.getByRole("textbox", { name: "Câu hỏi" }).fill("Cấp lại sổ hộ nghèo mất bao lâu?");
    await office.getByLabel("Nội dung trả lời công khai").fill("Thời hạn cấp lại là 30 ngày làm việc.");
    await office.getByRole("button", { name: "Đề nghị công khai" }).click();
    await chair.goto(`${at}/xem-truoc`);
    await chair.getByRole("button", { name: /^Duyệt\scông\skhai/ }).click();
    await expect(chair.getByText(/Đã\scông\skhai\snội\sdung\strả\slời\./)).toBeVisible();
  });

  await test.step("the unit hands another one in; without a reason it comes back", async () => {
    await unit.goto(at);
    await unit.getByText("Câu trả lời có chỗ sai: thay bằng văn bản khác").click();
    await unit.getByLabel("Nội dung trả lời thay thế").fill(right);
    await look(unit, "correction-form");
    await unit.getByRole("button", { name: "Trình văn bản thay thế" }).click();
    await expect(unit.getByRole("alert").getByRole("link", { name: /Ghi\slý\sdo\sthay\sthế/ })).toBeVisible();
    await expect(unit.getByLabel("Nội dung trả lời thay thế")).toHaveValue(right);
    await unit.getByLabel("Lý do thay thế").fill(reason);
    await unit.getByRole("button", { name: "Trình văn bản thay thế" }).click();
    await expect(unit.getByText(/Đã\strình\svăn\sbản\sthay\sthế\./)).toBeVisible();
  });

  await test.step("the chair finds it among what is to be signed", async () => {
    await chair.goto("/noi-bo");
    await look(chair, "correction-desk");
    await chair.getByRole("row").filter({ hasText: number })
      .getByRole("button", { name: /Ký\sbản\sthay\sthế/ }).click();
    await expect(chair.getByText(reason, { exact: true })).toBeVisible();
    await look(chair, "correction-sign");
    await chair.getByRole("button", { name: /^Ký\svăn\sbản\strả\slời/ }).click();
    await expect(chair.getByText(/Đã\ský\svăn\sbản\sthay\sthế\./)).toBeVisible();
  });

  await test.step("the office numbers and dispatches it; the number of the old one is taken", async () => {
    await office.goto(at);
    await office.getByLabel("Số văn bản").fill("901");
    await office.getByRole("button", { name: /^Phát\shành/ }).click();
    await expect(office.getByRole("alert").getByRole("link", { name: /Số\snày\sđã\sdùng/ })).toBeVisible();
    await look(office, "correction-dispatch");
    await office.getByLabel("Số văn bản").fill("902");
    await office.getByRole("button", { name: /^Phát\shành/ }).click();
    await expect(office.getByText(/Đã\sphát\shành\svăn\sbản\sthay\sthế\ssố\s902/)).toBeVisible();
    await office.goto(at);
    await expect(office.getByText("Báo câu trả lời thay thế tại trụ sở UBND xã").first()).toBeVisible();
    await look(office, "correction-replaced");
  });

  const anyone = await visitor(server);
  await test.step("everybody reads at once that the public answer was replaced", async () => {
    await anyone.goto(`/hoi-dap/${number}`);
    await expect(anyone.getByText(/Câu\strả\slời\sđã\sđược\sthay\sthế\sngày/)).toBeVisible();
    await look(anyone, "correction-public-marked");
    await anyone.goto("/hoi-dap?tim=cap+lai+so+ho+ngheo");
    await expect(anyone.getByRole("listitem").filter({ hasText: "Thời hạn cấp lại sổ hộ nghèo" }))
      .toContainText("Đã được thay thế");
    await look(anyone, "correction-search");
  });

  await test.step("the person is told the new one, by hand and by e-mail", async () => {
    await office.getByRole("button", { name: /^Ghi\sđã\sbáo/ }).first().click();
    await expect(async () => {
      await office.goto(at);
      await expect(office.getByRole("listitem").filter({ hasText: "Báo câu trả lời thay thế qua thư điện tử" }))
        .toContainText("đã báo", { timeout: 1000 });
    }).toPass({ timeout: 30_000 });
  });

  await test.step("who follows reads the new answer first, the old one struck with the reason", async () => {
    await resident.goto("/tra-cuu");
    await resident.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
    await resident.getByRole("button", { name: "Tra cứu" }).click();
    await expect(resident.getByText(right)).toBeVisible();
    await expect(resident.getByText(wrong)).toBeHidden();
    await resident.getByText(/^Câu\strả\slời\strước/).click();
    await expect(resident.getByText(wrong)).toBeVisible();
    await expect(resident.getByText(/Đã\sđược\sthay\sthế\sbằng\svăn\sbản\ssố\s902/)).toBeVisible();
    await look(resident, "correction-follow");
  });

  await test.step("the public summary is corrected with four eyes, and says when and why", async () => {
    await office.goto(at);
    await expect(office.getByLabel("Vì sao sửa")).toHaveValue(reason);
    await office.getByLabel("Nội dung trả lời công khai").fill("Thời hạn cấp lại là 05 ngày làm việc.");
    await look(office, "correction-summary");
    await office.getByRole("button", { name: "Đề nghị công khai" }).click();
    await expect(office.getByText(/Đã\sđề\snghị\scông\skhai\./)).toBeVisible();
    await chair.goto("/noi-bo");
    await chair.getByRole("row").filter({ hasText: number }).getByRole("button", { name: /Xem,\sduyệt/ }).click();
    await look(chair, "correction-approve");
    await chair.getByRole("button", { name: /^Duyệt\scông\skhai/ }).click();
    await anyone.goto(`/hoi-dap/${number}`);
    await expect(anyone.getByText("Thời hạn cấp lại là 05 ngày làm việc.", { exact: true })).toBeVisible();
    await expect(anyone.getByText(/Đã\ssửa\sngày/)).toBeVisible();
    await expect(anyone.getByText(/đã\sđược\sthay\sthế\sngày/)).toHaveCount(0);
    await look(anyone, "correction-public-corrected");
  });

  const mended = `${right} Nhận sổ trong giờ làm việc.`;
  const inked = `${right} Nhận sổ vào buổi sáng.`;
  await test.step("it is replaced once more, signed on paper: what the pen changed is shown before it is taken", async () => {
    await unit.goto(at);
    await unit.getByText("Câu trả lời có chỗ sai: thay bằng văn bản khác").click();
    await unit.getByLabel("Nội dung trả lời thay thế").fill(mended);
    await unit.getByLabel("Lý do thay thế").fill("Văn bản trước thiếu giờ nhận.");
    await unit.getByRole("button", { name: "Trình văn bản thay thế" }).click();
    await office.goto(at);
    await office.getByText("Ghi văn bản đã ký trên giấy").click();
    await office.getByLabel("Người ký trên giấy").selectOption({ index: 1 });
    await office.getByLabel("Nội dung theo văn bản đã ký").fill(inked);
    const form = office.locator("form[action$='/ky-giay-thay-the']");
    await form.locator("input[type=file]").first().setInputFiles({
      name: "ban-ky.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\nstartxref\n9\n%%EOF\n"),
    });
    await form.getByLabel("Số văn bản").fill("903");
    await form.getByLabel("Ngày văn bản").fill(await form.getByLabel("Ngày ký").inputValue());
    await look(office, "correction-paper");
    await office.getByRole("button", { name: "Ghi đã ký trên giấy" }).click();
    await expect(office.getByText(/Khác\svới\sbản\sđã\strình\.\sKiểm\stra/)).toBeVisible();
    await look(office, "correction-paper-compared");
    await office.getByRole("button", { name: "Ghi đã ký trên giấy" }).click();
    await expect(office.getByText(/Đã\sghi\svăn\sbản\sthay\sthế\ský\strên\sgiấy/)).toBeVisible();
    await look(office, "correction-paper-sent");
  });

  await test.step("whoever was told is told anew, and reads the words of the paper", async () => {
    await office.goto(at);
    await office.getByRole("button", { name: /^Ghi\sđã\sbáo/ }).first().click();
    await expect(async () => {
      await office.goto(at);
      await expect(office.getByRole("listitem").filter({ hasText: "Báo câu trả lời thay thế qua thư điện tử" }).first())
        .toContainText("đã báo", { timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    await resident.reload();
    await expect(resident.getByText(inked)).toBeVisible();
  });
});
