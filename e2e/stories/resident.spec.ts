import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { demo, expect, fillSlip, type Page, readReceipt, test } from "../story.ts";

const server = demo();

/** An old telephone: the narrowest screen, and no script runs. */
const phone = { viewport: { width: 320, height: 640 }, javaScriptEnabled: false };

const matter = "Đường liên thôn 2 đoạn trước nhà văn hóa bị sụt một mảng lớn từ sau mưa tháng 9, " +
  "xe máy đi qua rất nguy hiểm.";

test("a resident with a small telephone and no scripts: plan, dialogue, slip, receipt, follow, rate",
    async ({ visitor }) => {
  const page = await visitor(server, phone);
  await page.goto("/");
  await calm(page);
  await page.getByRole("link", { name: "Kế hoạch đối thoại" }).first().click();
  await page.getByRole("link", { name: /2024/ }).first().click();
  await expect(page.getByText("KẾ HOẠCH", { exact: true })).toBeVisible();
  await expect(page.getByText("I. MỤC ĐÍCH, YÊU CẦU")).toBeVisible();
  await calm(page);

  await page.getByRole("main").getByRole("link", { name: /Hội nghị đối thoại với tổ chức, cá nhân/ }).click();
  await expect(page.getByRole("heading", { name: "Chương trình" })).toBeVisible();
  await calm(page);
  await page.getByRole("main").getByRole("button", { name: "Gửi câu hỏi" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Gửi ý kiến" })).toBeVisible();
  await calm(page);

  // Half filled in: what was written stays, and each thing that is missing is said at its field.
  await page.getByLabel("Nội dung câu hỏi, phản ánh hoặc kiến nghị").fill(matter);
  await page.getByRole("checkbox", { name: "Gọi điện hoặc nhắn tin" }).check();
  await page.getByLabel("Số điện thoại").fill("0901 23");
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await expect(page).toHaveTitle(/^Lỗi: /);
  const summary = page.getByRole("alert");
  await expect(summary).toContainText("Những gì ông/bà đã ghi vẫn còn nguyên.");
  for (const problem of [
    "Ghi họ và tên", "Chọn thôn, hoặc chọn nơi khác và ghi địa chỉ", "Số điện thoại còn thiếu 4 số",
    "Xác nhận đã đọc thông tin về dữ liệu cá nhân",
  ]) {
    await expect(summary.getByRole("link", { name: problem })).toBeVisible();
  }
  await expect(page.getByLabel("Nội dung câu hỏi, phản ánh hoặc kiến nghị")).toHaveValue(matter);
  await expect(page.getByLabel("Số điện thoại")).toHaveValue("0901 23");
  await calm(page);
  await summary.getByRole("link", { name: "Ghi họ và tên" }).click();
  await expect(page).toHaveURL(/#ho-ten$/);

  // The button that adds a field loses nothing either.
  await page.getByLabel("Họ và tên").fill("Nguyễn Thị Ví Dụ");
  await page.getByRole("radio", { name: "Thôn 2" }).check();
  await page.getByLabel("Số điện thoại").fill("0901 234 567");
  await page.getByRole("button", { name: "Thêm một việc khác" }).click();
  await page.getByLabel("Việc thứ 2").fill("Loa của thôn rè, nghe thông báo không rõ.");
  await page.getByRole("checkbox", { name: "Tôi đã đọc thông tin về dữ liệu cá nhân ở trên" }).check();
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Xem lại trước khi gửi" })).toBeVisible();
  for (const said of [matter, "Loa của thôn rè, nghe thông báo không rõ.", "Nguyễn Thị Ví Dụ", "Thôn 2"]) {
    await expect(page.getByText(said, { exact: true })).toBeVisible();
  }
  await expect(page.getByRole("definition").filter({ hasText: "0901 234 567" })).toBeVisible();
  await calm(page);

  // A last change leads back to its field with all the rest.
  await page.getByRole("button", { name: "Sửa Họ và tên" }).click();
  await expect(page.getByLabel("Việc thứ 2")).toHaveValue("Loa của thôn rè, nghe thông báo không rõ.");
  await page.getByLabel("Họ và tên").fill("Nguyễn Thị Thí Dụ");
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  const receipt = await readReceipt(page);
  expect(receipt.numbers).toHaveLength(2);
  await calm(page);

  // At home the receipt shows where things stand.
  await page.goto("/");
  await page.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code.toLowerCase().replaceAll("-", " "));
  await page.getByRole("button", { name: "Tra cứu" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("2 ý kiến gửi ngày");
  await expect(page).toHaveURL(/\/tra-cuu\/y-kien$/);
  await expect(page.getByText("Đã nhận qua trang của xã").first()).toBeVisible();
  await expect(page.getByText("Nguyễn Thị Thí Dụ")).toHaveCount(0);
  await calm(page);
  await page.getByRole("button", { name: "Đóng và xóa mã khỏi máy này" }).click();
  await page.goto("/tra-cuu/y-kien");
  await expect(page).toHaveURL(/\/tra-cuu$/);
});

test("the receipt is one sheet of A5, with number, code and what happens next", async ({ visitor }, info) => {
  const page = await visitor(server);
  await fillSlip(page, {
    matters: [matter, "Loa của thôn rè, nghe thông báo không rõ."], name: "Nguyễn Thị Ví Dụ", village: "Thôn 2",
    ways: ["Đến nhận tại trụ sở UBND xã", "Nhờ Trưởng thôn đọc giúp"],
  });
  await page.getByRole("radio", { name: "Phát biểu tại hội nghị" }).check();
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  const receipt = await readReceipt(page);

  const path = info.outputPath("receipt.pdf");
  writeFileSync(path, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const about = execFileSync("pdfinfo", [path], { encoding: "utf8" });
  expect(about).toMatch(/^Pages: +1$/m);
  expect(about).toMatch(/^Page size: +(?:419|420)(?:\.\d+)? x 59[4-6](?:\.\d+)? pts/m);
  const printed = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" }).replace(/\s+/g, "");
  for (const said of [...receipt.numbers, receipt.code, "DỮ LIỆU MÔ PHỎNG", "Việc tiếp theo", "/tra-cuu"]) {
    expect(printed).toContain(said.replace(/\s/g, ""));
  }
  execFileSync("pdftoppm", ["-png", "-r", "110", "-singlefile", path, info.outputPath("receipt")]);
});

test("the holder of an answered receipt changes what was said of the answer", async ({ visitor }) => {
  const page = await visitor(server, phone);
  await page.goto("/tra-cuu");
  await page.getByLabel("Mã tra cứu trên biên nhận").fill(server.codes[1] ?? "");
  await page.getByRole("button", { name: "Tra cứu" }).click();
  const result = page.getByRole("region", { name: "Ông/bà cho biết kết quả" });
  await expect(result).toContainText("ông/bà cho biết: mới giải quyết một phần");
  await result.getByText("Đổi đánh giá").click();
  await expect(result.getByRole("radio", { name: "Mới giải quyết một phần" })).toBeChecked();
  await calm(page);
  await result.getByRole("radio", { name: "Đã giải quyết xong" }).check();
  await result.getByRole("radio", { name: "Hài lòng", exact: true }).check();
  await result.getByRole("button", { name: "Gửi đánh giá" }).click();
  await expect(page.getByText("Đánh giá của ông/bà đã được ghi nhận.")).toBeVisible();
  await expect(result).toContainText("Ngày 23/10/2024, ông/bà cho biết: đã giải quyết xong; mức hài lòng: hài lòng.");
  await calm(page);
});

/**
 * Nothing reaches beyond the width. Every target has 24 px, or a circle of 24 px around its middle touches no other
 * target (WCAG 2.5.8); a link within a sentence has the height of its line.
 */
async function calm(page: Page): Promise<void> {
  await expect(page.locator(".dt-strip")).toContainText("DỮ LIỆU MÔ PHỎNG");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const small = await page.evaluate(() => {
    const kinds = "a, button, input:not([type=hidden]), select, textarea, summary";
    const targets = Array.from(document.querySelectorAll<HTMLElement>(kinds))
      .filter((e) => e.checkVisibility() && e.tabIndex >= 0 && !e.matches(".govuk-skip-link:not(:focus)"))
      .map((e) => ({ e, box: e.getBoundingClientRect() }));
    const inline = (e: HTMLElement) =>
      e.tagName === "A" && getComputedStyle(e).display === "inline" &&
      (e.parentElement?.textContent ?? "").trim() !== e.textContent?.trim();
    const near = (a: DOMRect, b: DOMRect) => {
      const [x, y] = [a.x + a.width / 2, a.y + a.height / 2];
      return Math.hypot(x - Math.max(b.left, Math.min(x, b.right)), y - Math.max(b.top, Math.min(y, b.bottom))) < 12;
    };
    return targets
      .filter(({ e, box }) => (box.height < 24 || box.width < 24) && !inline(e))
      .filter(({ e, box }) => targets.some((t) => t.e !== e && near(box, t.box)))
      .map(({ e, box }) => `${e.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  });
  expect(small, page.url()).toEqual([]);
}
