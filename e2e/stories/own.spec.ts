import { demo, expect, look, type Page, sendSlip, test } from "../story.ts";

const server = demo();

const land = "Bộ phận Địa chính – Nông nghiệp – Xây dựng và Môi trường";

/** Sends a slip and returns the number of its opinion. */
async function raise(page: Page, matter: string): Promise<string> {
  const receipt = await sendSlip(page, { matters: [matter], name: "Lê Thị Mô Phỏng" });
  return receipt.numbers[0] ?? "";
}

/** Gives an opinion to a unit, with others that coordinate. */
async function rule(page: Page, number: string, lead: string, others: string[] = []): Promise<void> {
  await page.goto(`/noi-bo/y-kien/${number}`);
  await page.locator("input[name=huong][value='TL-SAU']").check();
  await page.locator("#don-vi").selectOption({ label: lead });
  if (others.length > 0) await page.locator("summary", { hasText: "Đơn vị phối hợp" }).click();
  for (const other of others) await page.getByRole("checkbox", { name: other }).check();
  await page.getByRole("button", { name: "Ghi hướng xử lý" }).click();
  await expect(page.getByRole("alert")).toContainText("Đã ghi hướng xử lý.");
}

test("a unit that coordinates gives its part, the lead notes what it verified and with whom it spoke",
    async ({ officer, visitor }) => {
  test.setTimeout(150_000);
  const number = await raise(await visitor(server), "Đường vào nghĩa địa thôn bị rào, xin xã kiểm tra ranh giới đất.");
  const at = `/noi-bo/y-kien/${number}`;
  const office = await officer(server, "vanphong");
  const lead = await officer(server, "tuphap");
  const other = await officer(server, "diachinh");

  await test.step("who does not work on it does not open it", async () => {
    await rule(office, number, "Bộ phận Tư pháp – Hộ tịch");
    expect((await other.goto(at))?.status()).toBe(403);
    await office.goto(`${at}?doi-huong`);
    await office.locator("summary", { hasText: "Đơn vị phối hợp" }).click();
    await office.getByRole("checkbox", { name: land }).check();
    await office.getByRole("button", { name: "Ghi hướng xử lý" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã ghi hướng xử lý.");
  });

  await test.step("the part that is missing stands beside the draft", async () => {
    await lead.goto(at);
    await expect(lead.getByText(`Chưa có phần của: ${land}.`)).toBeVisible();
  });

  await test.step("the unit that coordinates finds it on its desk until it gave its part", async () => {
    await other.goto("/noi-bo");
    await other.getByRole("button", { name: `Góp ý kiến ${number}` }).click();
    await expect(other.getByRole("button", { name: "Trình Chủ tịch" })).toHaveCount(0);
    await look(other, "note-part");
    await other.getByRole("button", { name: "Lưu ghi chú" }).click();
    await expect(other.getByRole("alert").getByRole("link", { name: "Ghi nội dung ghi chú" })).toBeVisible();
    await other.getByLabel("Nội dung ghi chú").fill("Thửa 214 đã đo năm 2019, ranh giới đúng bản đồ.");
    await other.getByRole("button", { name: "Lưu ghi chú" }).click();
    await expect(other.getByRole("alert")).toContainText("Đã ghi chú vào hồ sơ.");
    await other.goto("/noi-bo");
    await expect(other.getByRole("button", { name: `Góp ý kiến ${number}` })).toHaveCount(0);
  });

  await test.step("the lead reads it where it writes, and notes a contact; what was typed is kept", async () => {
    await lead.goto(at);
    await expect(lead.getByText("Thửa 214 đã đo năm 2019")).toBeVisible();
    await expect(lead.getByText(`Chưa có phần của`)).toHaveCount(0);
    await lead.locator("summary", { hasText: "Thêm ghi chú" }).click();
    await lead.getByRole("radio", { name: "Trao đổi" }).check();
    await lead.getByLabel("Nội dung ghi chú").fill("Chi nhánh hẹn trả hồ sơ đo đạc thứ sáu.");
    await lead.getByLabel("Ngày", { exact: true }).fill("31/12/2099");
    await lead.getByRole("button", { name: "Lưu ghi chú" }).click();
    const problems = lead.getByRole("alert");
    await expect(problems.getByRole("link", { name: "Ghi tên cơ quan, đơn vị hoặc người đã trao đổi" })).toBeVisible();
    await expect(problems.getByRole("link", { name: /Ghi ngày theo ngày\/tháng\/năm và giờ/ })).toBeVisible();
    await expect(lead.getByLabel("Nội dung ghi chú")).toHaveValue("Chi nhánh hẹn trả hồ sơ đo đạc thứ sáu.");
    await look(lead, "note-error");
    await lead.getByLabel("Trao đổi với").fill("Chi nhánh Văn phòng đăng ký đất đai");
    await lead.getByLabel("Ngày", { exact: true }).fill("23/10/2024");
    await lead.getByLabel("Giờ", { exact: true }).fill("07:30");
    await lead.getByRole("button", { name: "Lưu ghi chú" }).click();
    await expect(lead.getByRole("heading", { name: /Trao đổi với Chi nhánh/ })).toBeVisible();
    await look(lead, "notes");
  });

  await test.step("its writer takes a note back on the same day", async () => {
    await lead.getByRole("button", { name: /Rút ghi chú/ }).click();
    await expect(lead.getByRole("alert")).toContainText("Đã rút ghi chú.");
    await expect(lead.getByRole("heading", { name: /Trao đổi với Chi nhánh/ })).toHaveCount(0);
  });

  await test.step("the secretary opens the opinion and sees no note", async () => {
    const secretary = await officer(server, "thuky");
    await secretary.goto(at);
    await expect(secretary.getByText("Thửa 214 đã đo năm 2019")).toHaveCount(0);
  });
});

test("the office hands an opinion over: the clock stays, the draft stays in the file, the count is shown",
    async ({ officer, visitor }) => {
  test.setTimeout(150_000);
  const number = await raise(await visitor(server), "Bìa đỏ của gia đình tôi ghi sai diện tích so với thực tế.");
  const at = `/noi-bo/y-kien/${number}`;
  const office = await officer(server, "vanphong");
  const before = await officer(server, "tuphap");
  const after = await officer(server, "diachinh");
  await rule(office, number, "Bộ phận Tư pháp – Hộ tịch");

  await before.goto(at);
  await before.getByRole("textbox", { name: "Dự thảo trả lời" }).fill("Đang đối chiếu sổ hộ tịch với bìa đất.");
  await expect(before.getByText(/Nháp tự lưu lúc/)).toBeVisible();

  await test.step("without unit and reason nothing happens, and what was typed is kept", async () => {
    await office.goto(at);
    await office.locator("summary", { hasText: "Chuyển đơn vị chủ trì" }).click();
    await office.getByLabel("Lý do chuyển").fill("Sai diện tích là việc đất đai.");
    await office.getByRole("button", { name: "Chuyển đơn vị" }).click();
    await expect(office.getByRole("alert").getByRole("link", { name: "Chọn đơn vị nhận" })).toBeVisible();
    await expect(office.getByLabel("Lý do chuyển")).toHaveValue("Sai diện tích là việc đất đai.");
    await look(office, "hand-over-error");
  });

  await test.step("handed over, it keeps its due date", async () => {
    const due = await office.getByRole("heading", { name: /^Hạn:/ }).innerText();
    await office.getByLabel("Đơn vị nhận").selectOption({ label: land });
    await office.getByRole("button", { name: "Chuyển đơn vị" }).click();
    await expect(office.getByRole("alert")).toContainText("Hạn trả lời không đổi.");
    await expect(office.getByRole("heading", { name: /^Hạn:/ })).toHaveText(due);
    await expect(office.getByText("chuyển 1 lần")).toBeVisible();
    await look(office, "handed-over");
  });

  await test.step("the new unit finds it, with the draft of the one before", async () => {
    await after.goto(at);
    await expect(after.getByText("Đang đối chiếu sổ hộ tịch với bìa đất.")).toBeVisible();
    expect((await before.goto(at))?.status()).toBe(403);
  });

  await test.step("many at once need a reason too", async () => {
    await office.goto(`/noi-bo/y-kien?so=${number}`);
    await office.getByRole("checkbox", { name: number }).check();
    const justice = await office.locator("#giao-cho option", { hasText: "Tư pháp" }).getAttribute("value");
    await office.locator("#giao-cho").selectOption(justice);
    await office.getByRole("button", { name: "Giao các ý kiến đã chọn" }).click();
    await expect(office.getByText("Ghi lý do chuyển", { exact: true })).toBeVisible();
    await expect(office.getByRole("checkbox", { name: number })).toBeChecked();
    await look(office, "hand-over-many");
    await office.getByLabel("Lý do chuyển").fill("Người nêu nói lại: cải chính hộ tịch.");
    await office.getByRole("button", { name: "Giao các ý kiến đã chọn" }).click();
    await expect(office.getByText("Đã giao 1 ý kiến.")).toBeVisible();
    await expect(office.getByText("chuyển 2 lần")).toBeVisible();
  });
});

test("a unit says that the matter is another's; the chair keeps it there, and hands another one over",
    async ({ officer, visitor }) => {
  test.setTimeout(150_000);
  const resident = await visitor(server);
  const office = await officer(server, "vanphong");
  const unit = await officer(server, "tuphap");
  const chair = await officer(server, "chutich");
  const dispute = async (matter: string) => {
    const number = await raise(resident, matter);
    await rule(office, number, "Bộ phận Tư pháp – Hộ tịch");
    await unit.goto(`/noi-bo/y-kien/${number}`);
    await unit.locator("summary", { hasText: "đề nghị chuyển" }).click();
    await unit.getByLabel("Lý do đề nghị").fill("Việc này không thuộc hộ tịch, chứng thực.");
    await unit.getByRole("button", { name: "Gửi đề nghị chuyển" }).click();
    await expect(unit.getByRole("alert").getByRole("link", { name: "Chọn đơn vị nhận" })).toBeVisible();
    await expect(unit.getByLabel("Lý do đề nghị")).toHaveValue("Việc này không thuộc hộ tịch, chứng thực.");
    await unit.getByLabel("Thuộc đơn vị").selectOption({ label: land });
    await unit.getByRole("button", { name: "Gửi đề nghị chuyển" }).click();
    await expect(unit.getByRole("alert")).toContainText("Đã gửi đề nghị đến Chủ tịch.");
    await expect(unit.getByText("Đơn vị đề nghị chuyển", { exact: true })).toBeVisible();
    return number;
  };

  const kept = await dispute("Cán bộ xã hẹn chứng thực hợp đồng thuê đất mà chưa làm.");
  await test.step("the work goes on, and it can't be said twice", async () => {
    await expect(unit.getByRole("button", { name: /Trình duyệt/ })).toBeVisible();
    await expect(unit.locator("summary", { hasText: "đề nghị chuyển" })).toHaveCount(0);
    await look(unit, "disputed");
  });

  await test.step("the office sees it and can't decide", async () => {
    await office.goto(`/noi-bo/y-kien/${kept}`);
    await expect(office.getByText("Đơn vị đề nghị chuyển", { exact: true })).toBeVisible();
    await expect(office.locator("summary", { hasText: "Giữ đơn vị chủ trì" })).toHaveCount(0);
  });

  await test.step("the chair finds it on the desk and keeps the unit, with a word why", async () => {
    await chair.goto("/noi-bo");
    await look(chair, "dispute-desk");
    await chair.getByRole("button", { name: `Quyết định đơn vị ${kept}` }).first().click();
    await chair.locator("summary", { hasText: "Giữ đơn vị chủ trì" }).click();
    await chair.getByRole("button", { name: "Quyết định giữ" }).click();
    await expect(chair.getByRole("alert").getByRole("link", { name: "Ghi vì sao giữ đơn vị chủ trì" })).toBeVisible();
    await look(chair, "dispute-chair");
    await chair.getByLabel("Vì sao giữ").fill("Chứng thực là việc của Tư pháp.");
    await chair.getByRole("button", { name: "Quyết định giữ" }).click();
    await expect(chair.getByRole("alert")).toContainText("Đã quyết định giữ đơn vị chủ trì.");
  });

  await test.step("another one the chair hands over", async () => {
    const number = await dispute("Mương nội đồng bị lấp, nước không về ruộng.");
    await chair.goto(`/noi-bo/y-kien/${number}`);
    await chair.locator("summary", { hasText: "Chuyển đơn vị chủ trì" }).click();
    await chair.getByLabel("Đơn vị nhận").selectOption({ label: land });
    await chair.getByLabel("Lý do chuyển").fill("Thủy lợi nội đồng thuộc Địa chính – Nông nghiệp.");
    await chair.getByRole("button", { name: "Chuyển đơn vị" }).click();
    await expect(chair.getByText("chuyển 1 lần")).toBeVisible();
    await expect(chair.getByText("Đơn vị đề nghị chuyển", { exact: true })).toHaveCount(0);
  });
});
