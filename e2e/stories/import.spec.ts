import { demo, expect, look, type Page, test } from "../story.ts";

const server = demo();

/** Chooses a list and a file, and looks at what it would do. */
async function upload(page: Page, list: string, name: string, body: Buffer | string): Promise<void> {
  await page.goto("/noi-bo/thiet-lap/nhap-danh-muc");
  await page.getByRole("radio", { name: list }).check();
  await page.getByLabel("Tệp XLSX hoặc CSV")
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(body) });
  await page.getByRole("button", { name: "Xem trước" }).click();
}

test("the office imports its outside bodies", async ({ officer }) => {
  test.setTimeout(150_000);
  const page = await officer(server, "vanphong");

  await test.step("the lists", async () => {
    await page.getByRole("link", { name: "Thiết lập" }).click();
    await page.getByRole("link", { name: "Danh mục", exact: true }).click();
    await look(page, "lists");
    await page.getByRole("link", { name: "Nhập từ tệp Cơ quan, đơn vị khác" }).click();
    await expect(page.getByRole("radio", { name: "Cơ quan, đơn vị khác" })).toBeChecked();
    await look(page, "import-form");
  });

  await test.step("a file that Excel saved as Unicode text", async () => {
    await upload(page, "Cơ quan, đơn vị khác", "co-quan.txt",
      Buffer.from("\uFEFFTên cơ quan hoặc đơn vị\tĐịa chỉ\r\nCông an xã\tx\r\n", "utf16le"));
    await expect(page.getByRole("alert")).toContainText("CSV UTF-8");
    await look(page, "import-encoding");
  });

  await test.step("a file with bad rows: nothing is imported", async () => {
    await upload(page, "Cơ quan, đơn vị khác", "co-quan.csv",
      "Tên cơ quan hoặc đơn vị;Điện thoại;Ghi chú\n" +
      "Công an xã Nghĩa Dũng;0255 000 0010;\nTòa án nhân dân;12;\ncông an xã nghĩa dũng;;trùng\n;0255 000 0011;\n");
    await expect(page.locator("main")).toContainText("Chưa có gì được nhập");
    await expect(page.locator("main")).toContainText("Trùng với dòng 2");
    await expect(page.locator("main")).toContainText("Ghi chú");
    await look(page, "import-faults");
    await page.getByRole("button", { name: "Chọn tệp đã sửa" }).click();
  });

  await test.step("the mended file", async () => {
    await upload(page, "Cơ quan, đơn vị khác", "co-quan.csv",
      "Tên cơ quan hoặc đơn vị;Việc giải quyết;Địa chỉ;Điện thoại;Giờ làm việc\n" +
      "Công an xã Nghĩa Dũng;Cư trú, căn cước;Trụ sở Công an xã;0255 000 0010;Thứ Hai đến thứ Sáu\n" +
      "Tòa án nhân dân;Tranh chấp đất đai;;;\n");
    await expect(page.locator("#them-moi")).toHaveText("Thêm mới (2)");
    await look(page, "import-preview");
    await page.getByRole("button", { name: "Nhập 2 mục" }).click();
    await expect(page.getByRole("alert")).toContainText("Đã nhập");
    await look(page, "list-outside-bodies");
  });

  await test.step("what is downloaded and changed is imported again", async () => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
    let csv = "";
    for await (const chunk of await file.createReadStream()) csv += String(chunk);
    await upload(page, "Cơ quan, đơn vị khác", "co-quan.csv", csv);
    await expect(page.locator("main")).toContainText("không có gì để nhập");
    await upload(page, "Cơ quan, đơn vị khác", "co-quan.csv",
      csv.replace("Tranh chấp đất đai", "Tranh chấp đất đai, thừa kế"));
    await expect(page.locator("#thay-doi")).toHaveText("Thay đổi (1)");
    await look(page, "import-change");
    await page.getByRole("button", { name: "Nhập 1 mục" }).click();
    await expect(page.locator("main")).toContainText("Tranh chấp đất đai, thừa kế");
  });

  await test.step("a long list is searched", async () => {
    await page.goto("/noi-bo/thiet-lap/danh-muc/thu-tuc");
    await page.getByRole("textbox", { name: "Tìm trong danh mục" }).fill("ket hon");
    await page.getByRole("button", { name: "Tìm", exact: true }).click();
    await expect(page.locator("tbody tr")).toHaveCount(4);
    await look(page, "list-procedures");
  });
});

test("fifty thousand bodies come in from a file, go out as a workbook, and come back unchanged",
    async ({ officer }) => {
  test.setTimeout(150_000);
  const page = await officer(server, "vanphong");
  page.setDefaultTimeout(60_000); // reading the workbook takes some seconds of a processor, which others use too
  const rows = Array.from({ length: 50_000 }, (_, n) => `Cơ quan số ${String(n)};12 Trần Hưng Đạo`);
  await upload(page, "Cơ quan, đơn vị khác", "co-quan.csv", ["Tên cơ quan hoặc đơn vị;Địa chỉ", ...rows].join("\n"));
  await expect(page.locator("#them-moi")).toHaveText("Thêm mới (50.000)");
  await page.getByRole("button", { name: "Nhập 50.000 mục" }).click();
  await expect(page.getByRole("alert")).toContainText("Đã nhập");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Excel" }).click()]);
  const parts: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) parts.push(Buffer.from(chunk as Uint8Array));
  await upload(page, "Cơ quan, đơn vị khác", "co-quan.xlsx", Buffer.concat(parts));
  await expect(page.locator("main")).toContainText("không có gì để nhập");
});

test("the chair reads lists and can't import", async ({ officer }) => {
  const page = await officer(server, "chutich");
  await page.goto("/noi-bo/thiet-lap/danh-muc");
  await expect(page.getByRole("link", { name: /Nhập từ tệp/ })).toHaveCount(0);
  expect((await page.goto("/noi-bo/thiet-lap/nhap-danh-muc"))?.status()).toBe(403);
});
