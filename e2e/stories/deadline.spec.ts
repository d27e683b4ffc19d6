import { demo, expect, type Login, look, type Page, sendSlip, test } from "../story.ts";

const server = demo();

const matter = "Hồ sơ tách thửa của gia đình tôi nộp từ tháng 8, " +
  "đề nghị xã cho biết còn thiếu giấy tờ gì và bao giờ xong.";
const awaited = "Bản chính giấy chứng nhận quyền sử dụng đất và bản vẽ có chữ ký giáp ranh của hộ liền kề.";
const reason = "Phải đo đạc lại thửa đất tại thực địa cùng hộ liền kề.";

/** Unfolds a part of the page. */
async function unfold(page: Page, summary: string): Promise<void> {
  await page.locator("summary", { hasText: summary }).click();
}

test("an answer's due date: why, paused by a document, going on, put off by the chair, and what the person reads of it",
    async ({ visitor, officer }) => {
  test.setTimeout(180_000);
  const resident = await visitor(server);
  const receipt = await sendSlip(resident, { matters: [matter], name: "Huỳnh Thị Thời Hạn", village: "Thôn 2" });
  const number = receipt.numbers[0] ?? "";
  const open = async (login: Login) => {
    const page = await officer(server, login);
    await page.goto(`/noi-bo/y-kien/${number}`);
    return page;
  };

  await test.step("the office rules by the day that the parameter proposes", async () => {
    const page = await open("vanphong");
    await page.getByRole("radio", { name: "Xác minh, trả lời sau" }).check();
    await page.getByLabel("Đơn vị chủ trì").selectOption({
      label: "Bộ phận Địa chính – Nông nghiệp – Xây dựng và Môi trường",
    });
    await page.getByRole("button", { name: "Ghi hướng xử lý" }).click();
    await expect(page.getByText("Đã ghi hướng xử lý.")).toBeVisible();
  });

  const land = await open("diachinh");
  await test.step("the unit reads why it is that day", async () => {
    await unfold(land, "Vì sao hạn là 06/11/2024?");
    const why = land.locator(".dt-why");
    await expect(why).toContainText("10 ngày làm việc, tính từ ngày ghi hướng xử lý T4, 23/10/2024.");
    await expect(why).toContainText("Xã quy định; pháp luật không ấn định.");
    await expect(why).toContainText("T7, 26/10/2024: nghỉ cuối tuần, không tính");
    await expect(why).toContainText("T4, 06/11/2024: ngày 10");
    await look(land, "deadline-why");
  });

  await test.step("it can't stop the clock without a document", async () => {
    await unfold(land, "Tạm dừng tính hạn");
    await land.getByLabel("Chờ gì").fill(awaited);
    await land.getByRole("button", { name: "Tạm dừng" }).click();
    await expect(land.getByRole("alert")).toContainText("Chọn đang chờ ai");
    await expect(land.getByLabel("Chờ gì")).toHaveValue(awaited);
    await look(land, "deadline-pause-error");
  });

  await test.step("it stops the clock by a document, and the answer waits", async () => {
    await land.getByRole("radio", { name: "Người nêu bổ sung" }).check();
    await land.getByLabel("Số văn bản").fill("57/UBND-ĐC");
    await land.getByRole("button", { name: "Tạm dừng" }).click();
    await expect(land.getByText("Đã tạm dừng tính hạn trả lời.")).toBeVisible();
    await expect(land.locator(".dt-clock")).toContainText("tạm dừng, còn 10 ngày làm việc");
    await expect(land.getByRole("button", { name: "Trình duyệt" })).toHaveCount(0);
    await look(land, "deadline-paused");
  });

  await test.step("the person reads what to bring", async () => {
    await resident.goto("/tra-cuu");
    await resident.getByRole("textbox").first().fill(receipt.code);
    await resident.getByRole("button", { name: /Tra cứu|Xem/ }).click();
    await expect(resident.locator(".dt-state")).toContainText("Tạm dừng");
    await expect(resident.locator(".moj-timeline")).toContainText("Tạm dừng, chờ ông/bà bổ sung");
    await expect(resident.locator(".moj-timeline")).toContainText(awaited);
    await look(resident, "deadline-follow-paused");
  });

  await test.step("the clock goes on with what was left", async () => {
    await land.getByRole("button", { name: "Tính tiếp hạn trả lời" }).click();
    await expect(land.getByText("Đã cho tính tiếp, hạn mới T4, 06/11/2024.")).toBeVisible();
    await expect(land.locator(".dt-clock")).toContainText("T4, 06/11/2024");
    await expect(land.getByRole("button", { name: "Trình duyệt" })).toBeVisible();
  });

  await test.step("the chair puts it off, to a working day and with a reason", async () => {
    const page = await open("chutich");
    await unfold(page, "Gia hạn trả lời");
    await page.getByLabel("Hạn mới").fill("10/11/2024");
    await page.getByLabel("Lý do gia hạn").fill(reason);
    await page.getByRole("button", { name: "Gia hạn" }).click();
    await expect(page.getByRole("alert")).toContainText("10/11/2024 là ngày nghỉ; ngày làm việc kế tiếp là");
    await look(page, "deadline-extend-error");
    await page.getByLabel("Hạn mới").fill("13/11/2024");
    await page.getByRole("button", { name: "Gia hạn" }).click();
    await expect(page.getByText("Đã gia hạn trả lời đến T4, 13/11/2024.")).toBeVisible();
    await expect(page.locator(".dt-clock")).toContainText("T4, 13/11/2024");
    await unfold(page, "Vì sao hạn là 13/11/2024?");
    await expect(page.locator(".dt-why")).toContainText("hạn chuyển từ T4, 06/11/2024 sang T4, 13/11/2024");
    await look(page, "deadline-extended");
  });

  await test.step("the person reads the new day, why, and how long it has taken", async () => {
    await resident.reload();
    await expect(resident.locator(".dt-state")).toContainText("thứ Tư, ngày 13/11/2024");
    await expect(resident.locator(".moj-timeline")).toContainText(reason);
    await expect(resident.locator("main")).toContainText("Nhận hôm nay, thứ Tư, ngày 23/10/2024.");
    await unfold(resident, "Vì sao hạn là 13/11/2024?");
    await look(resident, "deadline-follow-extended");
  });

  await test.step("the office is asked to tell the person by hand what has changed", async () => {
    const page = await open("vanphong");
    await expect(page.locator("section:has(#muc-bao)")).toContainText("Báo hạn mới tại trụ sở UBND xã · chưa báo");
    await expect(page.locator("section:has(#muc-bao)"), "of a pause that moved nothing nobody is told").not.toContainText("tạm dừng");
    await look(page, "deadline-tell");
  });
});
