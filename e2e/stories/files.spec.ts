import { demo, expect, fillSlip, look, type Page, readReceipt, test } from "../story.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { doithoai } from "../server.ts";

const server = demo();

/** What a telephone says beside a picture that it took held upright: turn it by a quarter, and where it was. */
const place = "GPS 20.9 105.8";

function exif(): Buffer {
  const tiff = Buffer.from("4d4d002a00000008000101120003000000010006000000000000", "hex");
  const said = Buffer.concat([Buffer.from("Exif\0\0"), tiff, Buffer.from(place)]);
  return Buffer.concat([Buffer.from([0xff, 0xe1, 0, said.length + 2]), said]);
}

/** A picture as a telephone takes it, wider than high as it lies in the file. */
async function photo(page: Page): Promise<Buffer> {
  await page.setViewportSize({ width: 800, height: 600 });
  await page.goto("/");
  const jpeg = await page.screenshot({ type: "jpeg" });
  return Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]);
}

test("a telephone without scripts sends a picture; the office opens it upright and without its place",
    async ({ visitor, officer }) => {
  const taken = await photo(await visitor(server));
  const page = await visitor(server, { javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
  await page.goto("/gui-y-kien");
  await page.getByLabel("Nội dung câu hỏi, phản ánh hoặc kiến nghị").fill("Cống trước nhà tôi vỡ, nước tràn ra đường.");
  const field = page.getByLabel("Ảnh, tài liệu kèm theo (không bắt buộc)");
  await field.setInputFiles([
    { name: "cống\u202F vỡ.jpg".normalize("NFD"), mimeType: "image/jpeg", buffer: taken },
    { name: "IMG_7.HEIC", mimeType: "image/heic", buffer: Buffer.from("\0\0\0\x24ftypheic\0\0\0\0mif1heic", "latin1") },
  ]);
  await page.getByRole("button", { name: "Tiếp tục" }).first().click();
  await expect(page.getByRole("alert")).toContainText("“IMG_7.HEIC” là ảnh HEIC của iPhone");
  await expect(page.locator(".dt-files")).toContainText("cống vỡ.jpg");
  await page.getByRole("button", { name: "Tiếp tục" }).first().click();
  await page.getByLabel("Họ và tên").fill("Nguyễn Văn Gửi Ảnh");
  await page.getByRole("radio", { name: "Thôn 1", exact: true }).check();
  await page.getByRole("button", { name: "Tiếp tục" }).first().click();
  await page.getByRole("checkbox", { name: "Đến nhận tại trụ sở UBND xã" }).check();
  await page.getByRole("checkbox", { name: "Tôi đã đọc thông tin về dữ liệu cá nhân ở trên" }).check();
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await expect(page.getByRole("main")).toContainText("cống vỡ.jpg (JPG");
  await page.reload();
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  const { numbers, code } = await readReceipt(page);
  await expect(page.locator(".dt-receipt")).toContainText("Kèm theo 1 tệp.");

  const office = await officer(server, "vanphong");
  await office.goto(`/noi-bo/y-kien/${numbers[0]}`);
  await expect(office.locator(".dt-files img")).toHaveCount(0);
  await office.getByRole("button", { name: "Xem tệp" }).click();
  const picture = office.getByRole("img", { name: "Ảnh kèm theo: cống vỡ.jpg" });
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((i: HTMLImageElement) => [i.naturalWidth, i.naturalHeight])).toEqual([600, 800]);
  const path = (await picture.getAttribute("src")) ?? "";
  const seen = await office.request.get(path);
  expect((await seen.body()).includes(place)).toBe(false);
  expect(seen.headers()["content-security-policy"]).toContain("sandbox");
  const [original] = await Promise.all([
    office.waitForEvent("download"), office.getByRole("button", { name: "Mở ảnh gốc" }).click(),
  ]);
  expect(readFileSync(await original.path()).equals(taken)).toBe(true);
  for (const login of ["quantri", "diachinh", "tiepdan"] as const) {
    const other = await officer(server, login);
    expect([403, 404], login).toContain((await other.request.get(path)).status());
  }
  expect((await page.request.get(path, { maxRedirects: 0 })).status(), "the public").toBe(303);
  await look(office, "office-files");

  await page.goto("/tra-cuu");
  await page.getByLabel("Mã tra cứu trên biên nhận").fill(code);
  await page.getByRole("button", { name: "Tra cứu" }).click();
  await page.getByText("Ai đã xem họ tên, cách liên hệ, tệp kèm theo của ông/bà").click();
  await expect(page.getByText("Lý do: Xem tệp kèm theo").first()).toBeVisible();
});

test("hostile files are refused by a word, and the slip goes on without them", async ({ visitor }) => {
  const page = await visitor(server);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="document.title='hong'"><script>alert(1)</script></svg>`;
  const hostile: [string, string | Buffer, string][] = [
    ["ảnh.png", svg, "là hình vẽ SVG, có thể chứa lệnh nên không nhận"],
    ["../../../etc/passwd.jpg", "root:x:0:0", "“passwd.jpg” là loại tệp không nhận được"],
    ["đơn.pdf", "MZ\x90\0 chương trình", "là chương trình máy tính nên không nhận"],
    ["đơn.docx", "PK\x05\x06" + "\0".repeat(18), "là tệp nén hoặc loại tệp chưa nhận được"],
    ["\u202Egpj.exe.jpg", "", "là tệp rỗng"],
    ["lớn.jpg", Buffer.alloc(11 << 20, 0xff), "lớn quá 10 MB"],
    [`"><img src=x onerror=alert(1)>.png`, "\x89PNG\r\n\x1a\n", "bị hỏng hoặc chưa tải lên hết"],
  ];
  await fillSlip(page, { matters: ["Đề nghị xã sửa cống."], name: "Lê Thị Tệp Lạ" });
  for (const [name, held, says] of hostile) {
    const buffer = typeof held === "string" ? Buffer.from(held, "latin1") : held;
    await page.locator("#tep").setInputFiles({ name, mimeType: "image/jpeg", buffer });
    await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
    await expect(page.getByRole("alert"), name).toContainText(says);
    await expect(page.getByLabel("Họ và tên")).toHaveValue("Lê Thị Tệp Lạ");
    await expect(page).not.toHaveTitle("hong");
  }
  await look(page, "slip-files-refused");
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  await readReceipt(page);
});

test("a picture from Zalo is pasted into a typed slip, with when it was sent; all of it is in the backup",
    async ({ officer }, info) => {
  const page = await officer(server, "vanphong");
  await page.goto("/noi-bo/phieu-moi");
  await page.getByLabel("Nội dung câu hỏi, phản ánh hoặc kiến nghị").fill("Đèn đường trước chợ hỏng.");
  await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 200 });
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    const data = new DataTransfer();
    data.items.add(new File([blob ?? new Blob()], "image.png", { type: "image/png" }));
    document.activeElement?.dispatchEvent(new ClipboardEvent("paste", {
      clipboardData: data, bubbles: true, cancelable: true,
    }));
  });
  await page.getByRole("radio", { name: "Tin nhắn Zalo" }).check();
  await page.getByLabel("Ngày gửi (nếu khác hôm nay)").fill("hôm qua");
  await page.getByRole("button", { name: /Ghi phiếu, lập biên nhận/ }).click();
  await expect(page.getByRole("alert")).toContainText("Ghi họ và tên");
  await expect(page.locator(".dt-files")).toContainText("anh-dan-");
  await look(page, "office-slip-files");
  await page.getByLabel("Họ và tên").fill("Phạm Thị Nhắn Tin");
  await page.getByRole("radio", { name: /^Thôn 2/ }).check();
  await page.getByRole("checkbox", { name: /Nhận tại trụ sở/ }).check();
  await page.getByRole("button", { name: /Ghi phiếu, lập biên nhận/ }).click();
  await expect(page.locator(".dt-receipt")).toContainText("Ông/bà gửi ngày thứ Ba, ngày 22/10/2024.");
  await expect(page.locator(".dt-receipt")).toContainText("qua Zalo. Kèm theo 1 tệp.");

  const archive = info.outputPath("backup.tar.gz");
  const saved = doithoai("backup", "--data", server.data, archive);
  expect(saved.code, saved.out).toBe(0);
  expect(saved.out).toMatch(/and \d+ files, read back and whole/);
  const restored = info.outputPath("restored");
  expect(doithoai("restore", "--data", restored, archive).code).toBe(0);
  writeFileSync(`${restored}/record.pub`, readFileSync(`${server.data}/record.pub`));
  const verified = doithoai("verify", "--data", restored);
  expect([0, 3], verified.out).toContain(verified.code);
});
