import { demo, expect, fits, look, test } from "../story.ts";

const server = demo();

const first = "Trích lục của ông/bà trả chậm 6 ngày làm việc.\nBản trích lục đã có tại Bộ phận Một cửa.";
const second = "Trích lục của ông/bà trả chậm.\nBản trích lục đã có tại Bộ phận Một cửa.";

test("the draft of an answer goes out to Word and comes back; what differs is listed before it is taken",
    async ({ officer }, info) => {
  const page = await officer(server, "tuphap");
  const file = info.outputPath("tra-loi.docx");
  await page.goto("/noi-bo/y-kien/ND-24-0043");
  const draft = page.getByRole("textbox", { name: "Dự thảo trả lời" });
  const kept = () => Promise.all([
    page.waitForResponse((r) => r.url().endsWith("/ban-nhap") && r.ok()), page.keyboard.press("Tab"),
  ]);

  await test.step("it goes out as it is kept", async () => {
    await draft.fill(first);
    await kept();
    await page.getByText("Soạn trong Word").click();
    const [download] = await Promise.all([
      page.waitForEvent("download"), page.getByRole("link", { name: "Tải về bản Word" }).click(),
    ]);
    await download.saveAs(file);
  });

  await test.step("what is no Word file is refused at its field, and the draft stays", async () => {
    await page.getByRole("button", { name: "So với bản nháp" }).click();
    await expect(page.locator("#soan-trong-word")).toContainText("Chọn tệp Word đã sửa.");
    await page.getByLabel("Tệp Word đã sửa").setInputFiles({
      name: "anh.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n"),
    });
    await page.getByRole("button", { name: "So với bản nháp" }).click();
    await expect(page.locator("#soan-trong-word")).toContainText("Tệp PDF");
    await expect(draft).toHaveValue(first);
    await look(page, "word-refused");
  });

  await test.step("the draft went on meanwhile: what the file says otherwise is listed, and nothing is taken yet", async () => {
    await draft.fill(second);
    await kept();
    await page.getByLabel("Tệp Word đã sửa").setInputFiles(file);
    await page.getByRole("button", { name: "So với bản nháp" }).click();
    await expect(page.locator("del")).toHaveText(["Trích lục của ông/bà trả chậm."]);
    await expect(page.locator("ins")).toHaveText(["Trích lục của ông/bà trả chậm 6 ngày làm việc."]);
    await look(page, "word-differs");
    await fits(page, "word-differs");
    await page.getByRole("link", { name: "Giữ bản nháp" }).click();
    await expect(draft).toHaveValue(second);
  });

  await test.step("it becomes the draft once its writer says so", async () => {
    await page.getByText("Soạn trong Word").click();
    await page.getByLabel("Tệp Word đã sửa").setInputFiles(file);
    await page.getByRole("button", { name: "So với bản nháp" }).click();
    await page.getByRole("button", { name: "Lấy bản trong tệp làm bản nháp" }).click();
    await expect(draft).toHaveValue(first);
  });
});
