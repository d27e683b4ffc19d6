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

test("the office proposes not to accept an opinion, the chair decides, and the person reads why and what they may do",
    async ({ officer, visitor }) => {
  test.setTimeout(180_000);
  const resident = await visitor(server);
  const receipt = await sendSlip(resident, {
    matters: ["Đề nghị xã xem lại lần nữa việc đã trả lời hôm trước."], name: "Lê Thị Mô Phỏng",
  });
  const at = `/noi-bo/y-kien/${receipt.numbers[0]}`;
  const office = await officer(server, "vanphong");

  await test.step("the office can only propose it", async () => {
    await office.goto(at);
    await office.locator("input[name=huong][value='KTN']").check();
    await look(office, "refusal-form");
    await office.getByRole("button", { name: "Ghi hướng xử lý" }).click();
    await expect(office.getByRole("alert").getByRole("link", { name: "Chọn lý do không tiếp nhận" })).toBeVisible();
    await office.locator("#ly-do-khong-nhan").selectOption("repeated");
    await office.locator("#tra-loi").fill("UBND xã đã trả lời tại Văn bản số 19/UBND-ĐC, bà không nêu tình tiết mới.");
    await office.getByRole("button", { name: "Ghi hướng xử lý" }).click();
    await office.goto(at);
    await expect(office.locator("main")).toContainText("chờ Chủ tịch quyết định");
  });

  await test.step("until then the person is not told", async () => {
    await follow(resident, receipt.code);
    await expect(resident.locator("main")).not.toContainText("Không tiếp nhận");
  });

  const chair = await officer(server, "chutich");
  await test.step("it waits on the chair's desk, who decides", async () => {
    await chair.goto("/noi-bo");
    await chair.locator(`a[href*="${receipt.numbers[0]}"]`).first().click();
    await expect(chair.locator("main")).toContainText("chờ Chủ tịch quyết định");
    await look(chair, "refusal-proposed");
    await chair.getByRole("button", { name: "Không tiếp nhận như đề nghị" }).click();
    await chair.goto(at);
    await expect(chair.locator("main")).toContainText("Đã được trả lời, không có tình tiết mới");
    await look(chair, "refusal-decided");
  });

  await test.step("the notice is there to print", async () => {
    await office.goto(at);
    await office.getByRole("link", { name: "In Thông báo không tiếp nhận" }).click();
    await expect(office.locator(".dt-paper")).toContainText("Về việc không tiếp nhận phản ánh, kiến nghị");
    await expect(office.locator(".dt-paper")).not.toContainText("Lê Thị Mô Phỏng");
    await look(office, "refusal-notice");
  });

  await test.step("the person reads ground, basis, words and their right to complain", async () => {
    await follow(resident, receipt.code);
    for (const said of ["Không tiếp nhận", "không có tình tiết mới", "Căn cứ:", "19/UBND-ĐC", "quyền khiếu nại"]) {
      await expect(resident.locator("main")).toContainText(said);
    }
    await look(resident, "refusal-follow");
  });
});

test("who raises a complaint is guided, and nothing else of it stays here", async ({ officer, visitor }) => {
  test.setTimeout(150_000);
  const resident = await visitor(server);
  const receipt = await sendSlip(resident, {
    matters: ["Tôi không đồng ý với quyết định xử phạt."], name: "Trần Văn Ví Dụ",
  });
  const at = `/noi-bo/y-kien/${receipt.numbers[0]}`;
  const office = await officer(server, "vanphong");
  await office.goto(at);
  await office.locator("input[name=huong][value='KN']").check();
  await expect(office.locator("#tra-loi")).toBeHidden();
  await office.getByRole("radio", { name: "Lập đơn khiếu nại" }).check();
  await look(office, "complaint-form");
  await office.getByRole("button", { name: "Ghi hướng xử lý" }).click();
  await office.goto(at);
  await expect(office.locator("main")).toContainText("Đã hướng dẫn theo Luật Khiếu nại");
  await look(office, "complaint-pointer");
  await follow(resident, receipt.code);
  await expect(resident.locator("main")).toContainText("đã được hướng dẫn lập đơn khiếu nại");
  await expect(resident.locator("address")).toContainText("Nơi tiếp công dân");
  await look(resident, "complaint-follow");
});
