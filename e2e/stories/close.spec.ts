import { doithoai } from "../server.ts";
import { demo, expect, fits, look, type Page, test } from "../story.ts";

const server = demo("--day", "2024-10-25");
const hall = "/hoi-truong/2024-10-25";

/** Downloads the Word file of what is being written. */
async function download(page: Page, to: string): Promise<void> {
  const [file] = await Promise.all([
    page.waitForEvent("download"), page.getByRole("link", { name: "Tải về bản Word" }).click(),
  ]);
  await file.saveAs(to);
}

test("a dialogue is closed; its minutes are locked once every opinion has an outcome", async ({ officer }, info) => {
  const secretary = await officer(server, "thuky");
  const office = await officer(server, "vanphong");
  const chair = await officer(server, "chutich");

  await test.step("the dialogue begins, and somebody speaks", async () => {
    await office.goto("/noi-bo/doi-thoai");
    await office.locator('a[href^="/noi-bo/doi-thoai/0"]').first().click();
    await office.goto(`${office.url().split("?")[0]}/dien-bien`);
    await office.locator("main form").getByRole("button").click();
    await secretary.goto(hall);
    await secretary.locator("#ho-ten").fill("Cao Văn Ướm");
    await secretary.locator("#noi-dung").fill("Quầy tiếp nhận để dân chờ quá 11 giờ.");
    await secretary.locator("[data-done]").click();
    await secretary.getByRole("link", { name: "Tổng hợp", exact: true }).click();
    await expect(secretary.locator(".dt-step")).toContainText("ghi giờ bế mạc");
    await look(secretary, "close-running");
  });

  await test.step("closing is a fact with its hour; what is open keeps the minutes from being locked, and says so", async () => {
    await secretary.getByRole("button", { name: "Bế mạc" }).click();
    await expect(secretary.locator(".dt-tally")).toContainText("Đã bế mạc");
    const lock = secretary.getByRole("button", { name: "Khóa biên bản" });
    await expect(lock).toHaveAttribute("aria-disabled", "true");
    await expect(lock).toHaveAccessibleDescription(/còn\s\d+\s+ý\s+kiến\s+chưa/);
    await look(secretary, "close-open");
  });

  await test.step("the chair concludes; the table comes from the rulings", async () => {
    await chair.goto(`${hall}/ket-luan`);
    const words = chair.getByLabel("Đánh giá chung, chỉ đạo");
    await words.fill("Tổ chức theo Luật số 72/2025/QH15.");
    await chair.getByRole("button", { name: "Lưu kết luận" }).click();
    await expect(chair.getByRole("note")).toContainText(/72\/2025\/QH15\sđến\s16\/06\/2025\smới\scó\shiệu\slực/);
    await look(chair, "conclusion-doubtful");
    await words.fill("Ghi nhận, cảm ơn các ý kiến thẳng thắn.");
    await chair.getByRole("button", { name: "Lưu kết luận" }).click();
    await expect(chair.getByRole("note")).toHaveCount(0);
    await expect(chair.locator(".dt-paper")).toContainText("Ghi nhận, cảm ơn các ý kiến thẳng thắn.");
    await expect(chair.locator(".dt-paper table").first()).toContainText("Xác minh, trả lời sau");
    await look(chair, "conclusion");
  });

  await test.step("the conclusion comes back from Word: what the file says otherwise is listed, then taken", async () => {
    const file = info.outputPath("ket-luan.docx");
    await chair.getByText("Soạn trong Word").click();
    await download(chair, file);
    const words = chair.getByLabel("Đánh giá chung, chỉ đạo");
    await words.fill("Ghi nhận.");
    await chair.getByRole("button", { name: "Lưu kết luận" }).click();
    await chair.getByText("Soạn trong Word").click();
    await chair.getByRole("button", { name: "So với bản nháp" }).click();
    await expect(chair.locator("#soan-trong-word")).toContainText("Chọn tệp Word đã sửa.");
    await chair.getByLabel("Tệp Word đã sửa").setInputFiles(file);
    await chair.getByRole("button", { name: "So với bản nháp" }).click();
    await expect(chair.locator("del")).toHaveText(["Ghi nhận."]);
    await expect(chair.locator("ins")).toHaveText(["Ghi nhận, cảm ơn các ý kiến thẳng thắn."]);
    await look(chair, "conclusion-word");
    await fits(chair, "conclusion-word");
    await chair.getByRole("button", { name: "Lấy bản trong tệp làm bản nháp" }).click();
    await expect(words).toHaveValue("Ghi nhận, cảm ơn các ý kiến thẳng thắn.");
  });

  await test.step("the rest is ruled, one after the other, from the next step", async () => {
    const open = Number(/còn\s(\d+)/.exec(await secretary.locator("#tong").innerText())?.[1]);
    for (let left = open; left > 0; left--) {
      await secretary.locator(".dt-openlist a").first().click();
      await secretary.getByLabel("Trả lời ngay").check();
      await secretary.getByLabel("Nội dung trả lời tại chỗ").fill("Đã giải thích tại hội trường.");
      await secretary.locator("[data-done]").click();
      await secretary.goto(`${hall}/tong-hop`);
    }
    await expect(secretary.locator("#tong")).toContainText("đủ");
  });

  await test.step("the minutes are composed, read back, corrected with a trace, and read back again", async () => {
    await secretary.getByRole("button", { name: "Soạn biên bản" }).click();
    await secretary.getByRole("button", { name: "Đọc lại biên bản" }).click();
    await look(secretary, "minutes-draft");
    await secretary.getByRole("button", { name: "Ghi đã đọc lại" }).click();
    const file = info.outputPath("bien-ban.docx");
    await secretary.getByText("Soạn trong Word").click();
    await download(secretary, file);
    await secretary.getByRole("link", { name: /^Sửa Địa điểm/ }).click();
    await secretary.getByLabel("Nội dung thay vào").fill("Địa điểm: Nhà văn hóa xã.");
    await secretary.getByLabel("Lý do sửa").fill("Chuyển phòng lúc 7 giờ");
    await secretary.getByRole("button", { name: "Ghi nội dung sửa" }).click();
    await expect(secretary.locator(".dt-record__trace del")).toHaveText("Địa điểm: Hội trường UBND xã Nghĩa Dũng.");
    await look(secretary, "minutes-corrected");
    await secretary.getByText("Soạn trong Word").click();
    await secretary.getByLabel("Tệp Word đã sửa").setInputFiles(file);
    await secretary.getByRole("button", { name: "So với bản nháp" }).click();
    await expect(secretary.locator("ins")).toHaveText(["Địa điểm: Hội trường UBND xã Nghĩa Dũng."]);
    await look(secretary, "minutes-word");
    await secretary.getByRole("button", { name: "Lấy bản trong tệp làm bản nháp" }).click();
    await expect(secretary.locator("main")).toContainText("Ghi lý do sửa");
    await look(secretary, "minutes-word-refused");
    await secretary.getByRole("link", { name: "Giữ bản nháp" }).click();
    await secretary.getByLabel("Ý kiến sau khi đọc").fill("Ông Ướm đề nghị ghi đúng phòng họp; đã sửa.");
    await secretary.getByRole("button", { name: "Ghi đã đọc lại" }).click();
    await expect(secretary.locator(".dt-paper")).toContainText("đề nghị ghi đúng phòng họp");
  });

  await test.step("they are locked for good, and the public record commits to them", async () => {
    await secretary.goto(`${hall}/tong-hop`);
    await secretary.getByRole("button", { name: "Khóa biên bản" }).click();
    await expect(secretary.locator("#khoa-bien-ban")).toContainText("SHA-256");
    await look(secretary, "close-locked");
    await secretary.getByRole("button", { name: "Xem và in biên bản" }).click();
    await expect(secretary.getByRole("link", { name: /^Sửa / })).toHaveCount(0);
    await secretary.emulateMedia({ media: "print" });
    await expect(secretary.locator(".dt-record__trace")).toBeHidden();
    await expect(secretary.locator(".dt-paper__signature").first()).toBeVisible();
    await secretary.emulateMedia({ media: "screen" });
    const verified = doithoai("verify", "--data", server.data);
    expect([0, 3], verified.out).toContain(verified.code);
  });
});
