import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { demo, expect, fillSlip, type Page, readReceipt, sendSlip, test } from "../story.ts";

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

  await page.getByRole("main").getByRole("link", { name: /Hội nghị đối thoại với tổ chức, cá nhân.*năm 2024$/ }).click();
  await expect(page.getByRole("heading", { name: "Chương trình" })).toBeVisible();
  await calm(page);
  await page.getByRole("main").getByRole("button", { name: "Gửi câu hỏi" }).click();
  // One question a screen: the first shows its field and its button at once.
  const question = page.getByLabel("Nội dung câu hỏi, phản ánh hoặc kiến nghị");
  await expect(page.getByText("Bước 1 trên 4")).toBeVisible();
  const on = page.getByRole("button", { name: "Tiếp tục" });
  const button = await on.boundingBox();
  expect((button?.y ?? 640) + (button?.height ?? 0)).toBeLessThan(640);
  await calm(page);
  await on.click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText(["Ghi nội dung ý kiến"]);
  await question.fill(matter);
  await on.click();

  // What is wrong is said of this question alone, at the field that must change; a reload loses nothing.
  await expect(page.getByRole("heading", { level: 1, name: "Xã trả lời cho ai?" })).toBeVisible();
  await calm(page);
  await page.getByRole("radio", { name: "Nơi khác" }).check();
  await on.click();
  await expect(page).toHaveTitle(/^Lỗi: /);
  const summary = page.getByRole("alert");
  await expect(summary).toContainText("Những gì ông/bà đã ghi vẫn còn nguyên.");
  await expect(summary.getByRole("link")).toHaveText(["Ghi họ và tên", "Ghi địa chỉ nơi ở"]);
  await calm(page);
  await page.reload();
  await expect(page.getByRole("radio", { name: "Nơi khác" })).toBeChecked();
  await summary.getByRole("link", { name: "Ghi họ và tên" }).click();
  await expect(page).toHaveURL(/#ho-ten$/);
  await page.getByLabel("Họ và tên").fill("Nguyễn Thị Ví Dụ");
  await page.getByRole("radio", { name: "Thôn 2" }).check();

  // The other language keeps what was just typed, too, without any script.
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByLabel("Full name")).toHaveValue("Nguyễn Thị Ví Dụ");
  await page.getByRole("button", { name: "Tiếng Việt" }).click();
  await on.click();

  await page.getByRole("checkbox", { name: "Gọi điện hoặc nhắn tin" }).check();
  await page.getByLabel("Số điện thoại").fill("0901 23");
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  for (const problem of ["Số điện thoại còn thiếu 4 số", "Xác nhận đã đọc thông tin về dữ liệu cá nhân"]) {
    await expect(summary.getByRole("link", { name: problem })).toBeVisible();
  }
  await calm(page);
  await page.getByLabel("Số điện thoại").fill("0901 234 567");
  await page.getByRole("checkbox", { name: "Tôi đã đọc thông tin về dữ liệu cá nhân ở trên" }).check();
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await expect(page.getByText("Bước 4 trên 4")).toBeVisible();

  // One more matter, from the check of the first.
  await page.getByRole("button", { name: "Thêm việc thứ 2" }).click();
  await page.getByLabel("Việc thứ 2").fill("Loa của thôn rè, nghe thông báo không rõ.");
  await on.click();
  await on.click();
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Xem lại trước khi gửi" })).toBeVisible();
  for (const said of [matter, "Loa của thôn rè, nghe thông báo không rõ.", "Nguyễn Thị Ví Dụ", "Thôn 2"]) {
    await expect(page.getByText(said, { exact: true })).toBeVisible();
  }
  await expect(page.getByRole("definition").filter({ hasText: "0901 234 567" })).toBeVisible();
  await page.reload();
  await calm(page);

  // A last change leads back to its field with all the rest.
  await page.getByRole("button", { name: "Sửa Họ và tên" }).click();
  await expect(page.locator("#noi-dung-2")).toHaveValue("Loa của thôn rè, nghe thông báo không rõ.");
  await page.getByLabel("Họ và tên").fill("Nguyễn Thị Thí Dụ");
  await on.click();
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  const receipt = await readReceipt(page);
  expect(receipt.numbers).toHaveLength(2);
  await calm(page);
  for (const part of [page.locator(".dt-code__value"), page.locator(".dt-qr svg")]) { // on the first screen
    const box = await part.boundingBox();
    expect((box?.y ?? 640) + (box?.height ?? 0)).toBeLessThan(640);
  }

  // Back to the form, forward and a reload find the receipt again.
  await page.goBack();
  expect(await readReceipt(page)).toEqual(receipt);
  await page.goForward();
  await page.reload();
  expect(await readReceipt(page)).toEqual(receipt);

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

test("what is typed and not posted stays in the tab until it is sent", async ({ visitor }) => {
  const page = await visitor(server);
  await fillSlip(page, { matters: [matter, "Loa của thôn rè."], name: "Nguyễn Thị Ví Dụ", village: "Thôn 2" });
  await page.goto("/");
  await page.goto("/gui-y-kien"); // as after a tab that was dropped
  await expect(page.locator("textarea")).toHaveCount(2);
  await expect(page.locator("#noi-dung-2")).toHaveValue("Loa của thôn rè.");
  await expect(page.getByLabel("Họ và tên")).toHaveValue("Nguyễn Thị Ví Dụ");
  await expect(page.getByRole("radio", { name: "Thôn 2" })).toBeChecked();
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  expect((await readReceipt(page)).numbers).toHaveLength(2);
  await page.goto("/gui-y-kien");
  await expect(page.getByLabel("Họ và tên")).toHaveValue("");
});

test("on a shared computer what is half written is deleted, in the tab and on the server", async ({ visitor }) => {
  const page = await visitor(server);
  const gone = async () => {
    await expect(page.getByText("Đã xóa những gì ông/bà viết trên phiếu này.")).toBeVisible();
    await expect(page.getByLabel("Họ và tên")).toHaveValue("");
    for (const way of [() => page.goBack(), () => page.goto("/gui-y-kien")]) {
      await way();
      await expect(page.getByLabel("Họ và tên")).toHaveValue("");
      await expect(page.locator("#noi-dung")).toHaveValue("");
    }
  };
  await fillSlip(page, { matters: [matter], name: "Nguyễn Thị Ví Dụ", village: "Thôn 2" }); // nothing posted yet
  await page.getByRole("button", { name: "Xóa những gì đã viết" }).click();
  await gone();
  await fillSlip(page, { matters: [matter], name: "Nguyễn Thị Ví Dụ", village: "Thôn 2" });
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await page.getByRole("button", { name: "Xóa những gì đã viết" }).click();
  await gone();
});

test("a browser that keeps no cookies and runs no scripts: slip, receipt, follow", async ({ visitor }) => {
  const proxy = createServer((asked, answer) => { // takes every cookie away
    const onward = request(
      { host: "127.0.0.1", port: server.port, path: asked.url, method: asked.method, headers: asked.headers }, (got) => {
        const { "set-cookie": _, ...headers } = got.headers;
        answer.writeHead(got.statusCode ?? 500, headers);
        got.pipe(answer);
      });
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const baseURL = `http://localhost:${(proxy.address() as AddressInfo).port}`;
  const page = await visitor(server, { baseURL, javaScriptEnabled: false });
  const receipt = await sendSlip(page, {
    matters: [matter, "Loa của thôn rè."], name: "Nguyễn Thị Ví Dụ", village: "Thôn 2",
  });
  expect(receipt.numbers).toHaveLength(2);
  expect(await page.context().cookies()).toEqual([]);
  await page.getByRole("button", { name: "Xem ý kiến vừa gửi" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("2 ý kiến gửi ngày");
  await page.getByText("Chi tiết để tự kiểm chứng").click();
  await page.getByRole("button", { name: "Xem, in lại biên nhận" }).click();
  expect(await readReceipt(page)).toEqual(receipt);
  await page.goto("/tra-cuu");
  await page.getByLabel("Mã tra cứu trên biên nhận").fill("ABCD");
  await page.getByRole("button", { name: "Tra cứu" }).click();
  await expect(page.getByRole("alert")).toContainText("mới nhập 4 ký tự");
  await page.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
  await page.getByRole("button", { name: "Tra cứu" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("2 ý kiến gửi ngày");
  proxy.close();
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
  expect(printed.split("/tra-cuu"), "the address of the look-up stands there once").toHaveLength(2);
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
