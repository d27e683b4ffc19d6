import { demo, expect, look, type Page, test } from "../story.ts";

const server = demo();

/** A keyboard that counts: keys that are no text, and letters. */
function keyboard(page: Page) {
  const count = { control: 0, letters: 0 };
  return {
    count,
    async press(...keys: string[]) {
      count.control += keys.length;
      for (const key of keys) await page.keyboard.press(key);
    },
    async type(text: string) {
      count.letters += text.length;
      await page.keyboard.insertText(text);
    },
    taken() {
      const { control } = count;
      count.control = 0;
      return control;
    },
  };
}

const focused = (page: Page, id: string) => expect(page.locator(`#${id}`)).toBeFocused();
const noted = (page: Page) => page.locator(".dt-done");

/** The page prints as one sheet of A5. */
async function isOneSheet(page: Page): Promise<void> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const boxes = pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g);
  const sheets = Array.from(boxes, (m) => [Number(m[1]), Number(m[2])]);
  expect(sheets, "one sheet").toHaveLength(1);
  expect(sheets[0]?.map(Math.round), "of A5").toEqual([420, 595]);
}

test("the secretary takes down five opinions in a row by keys alone", async ({ officer }, info) => {
  const page = await officer(server, "thuky", { viewport: { width: 1366, height: 768 } });
  await page.goto("/hoi-truong/2024-10-25");
  const queue = await page.locator(".dt-queue li")
    .evaluateAll((all) => all.map((e) => e.getBoundingClientRect().height));
  expect(queue.length).toBeGreaterThanOrEqual(10);
  expect(Math.max(...queue), "an entry of the queue").toBeLessThanOrEqual(60);
  const keys = keyboard(page);
  const each: number[] = [];
  const started = Date.now();

  for (const [name, village, said, unit, lead] of [
    ["NGUYỄN THỊ Ế", "2", "Rãnh nước trước chợ tắc, mưa là ngập.", "vp", "Văn phòng"],
    ["Phan Văn Phát Biểu", "4", "Hồ sơ tách thửa nộp ngày 1/2 nay chưa xong.", "dc", "Địa chính"],
  ] as const) {
    await test.step(`${name}: name, village by a digit, what is said, ruling, unit by two letters`, async () => {
      await focused(page, "ho-ten");
      await keys.type(name);
      await keys.press("Enter", village);
      await expect(page.getByRole("radio", { name: `Thôn ${village}` })).toBeChecked();
      await focused(page, "noi-dung");
      await keys.type(said);
      await keys.press("Alt+Digit2");
      await keys.type(unit);
      await keys.press("Control+Enter");
      await expect(noted(page)).toContainText(/Đã\sghi\sý\skiến\sND-24-\d{4}\s/);
      await expect(noted(page)).toContainText(`và hướng xử lý: Xác minh, trả lời sau: ${lead}, hạn 06/11/2024.`);
      await expect(page.locator("#unruled"), "those that wait stay in view").toBeInViewport();
      each.push(keys.taken());
    });
  }

  await test.step("the finder leaves no heading over nothing", async () => {
    await page.keyboard.press("Alt+Digit9");
    await page.keyboard.insertText("phan van phat bieu");
    await expect(page.locator("#unruled")).toBeHidden();
    await expect(page.locator("#hall-list h2:visible")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(page.locator("#unruled")).toBeVisible();
  });

  const unnamed = await test.step("one who sits down without a name: counted, without a receipt", async () => {
    await focused(page, "ho-ten");
    await keys.press("Enter", "Enter");
    await keys.type("Sao hôm qua quầy một cửa đóng?");
    await keys.press("Alt+Digit1");
    await keys.type("Hôm qua mất điện cả xã.");
    await keys.press("Tab");
    await keys.type("minh họa");
    await keys.press("Control+Enter");
    await expect(noted(page)).toContainText("Chưa rõ tên người nêu, lập biên nhận khi đã ghi họ tên.");
    await expect(page.getByRole("link", { name: "In biên nhận" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "1 chưa rõ tên" })).toBeVisible();
    each.push(keys.taken());
    return /ND-24-\d{4}/.exec(await noted(page).innerText())?.[0] ?? "";
  });

  await test.step("two who had registered: to the list, a few letters or the number, Enter, ruled", async () => {
    for (const [letters, who] of [["ha thi", "Hà Thị Thử Việc"], ["45", "Kiều Văn Lệ Thường"]] as const) {
      await keys.press("Alt+Digit9");
      await focused(page, "tim");
      await keys.type(letters);
      await keys.press("Enter");
      await expect(page.locator(".dt-console__said")).toContainText(who);
      expect(keys.taken(), "to open one that had registered").toBe(2);
      await expect(page.locator("input[name=huong]:focus"), "the cursor is where ruling begins").toHaveCount(1);
      await keys.press("Alt+Digit2");
      await keys.type("vp");
      await keys.press("Control+Enter");
      await expect(noted(page)).toContainText("Đã ghi hướng xử lý ý kiến");
      await expect(page.locator("#unruled"), "those that wait stay in view").toBeInViewport();
      await expect(page.getByRole("link", { name: "In biên nhận" })).toHaveCount(0);
      each.push(2 + keys.taken());
    }
  });
  info.annotations.push({ type: "control keys", description: `${each.join(", ")}; ${Date.now() - started} ms` });
  expect(Math.max(...each), "control keys for one opinion").toBeLessThanOrEqual(5);

  await test.step("a digit is text while one types a text, and Enter in it a line", async () => {
    await page.locator("#noi-dung").focus();
    await page.keyboard.type("a1\n2");
    await expect(page.locator("#noi-dung")).toHaveValue("a1\n2");
    await expect(page).toHaveURL(/xong=huong/);
    await expect(page.locator(".dt-tally__saved")).toContainText("Nháp tự lưu lúc");
    await page.reload();
    await expect(page.locator("#noi-dung"), "a reload loses nothing").toHaveValue("a1\n2");
    await page.locator("#noi-dung").fill("");
  });

  await test.step("what is wrong is said at its field, and the header stays", async () => {
    await page.setViewportSize({ width: 1366, height: 625 });
    await page.goto("/hoi-truong/2024-10-25/y-kien/ND-24-0046");
    await page.keyboard.press("Alt+Digit2");
    await page.keyboard.insertText("b");
    await page.keyboard.press("Tab");
    await page.keyboard.insertText("30/2");
    await page.keyboard.press("Control+Enter");
    await focused(page, "don-vi");
    await expect(page.locator("header")).toBeInViewport();
    await expect(page.locator("[data-done]")).toBeInViewport();
    const [unit, due] = [await page.locator("#don-vi").boundingBox(), await page.locator("#han").boundingBox()];
    expect(unit?.y, "the pair keeps its line").toBe(due?.y);
  });

  await test.step("the name comes later, and with it the receipt, in a page of its own", async () => {
    await page.getByRole("link", { name: "1 chưa rõ tên" }).click();
    await expect(page.getByRole("heading", { name: `Ý kiến ${unnamed}` })).toBeVisible();
    await focused(page, "ho-ten");
    await page.keyboard.insertText("Lê Văn Nháp");
    await page.getByRole("button", { name: "Ghi họ tên" }).click();
    await expect(noted(page)).toContainText(`Đã ghi họ tên người nêu ý kiến ${unnamed}.`);
    await expect(page.getByLabel("Người trả lời")).toHaveValue(/^Bà Phạm Thị Minh Họa, công chức/);
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: `In biên nhận số ${unnamed}` }).click();
    const receipt = await opened;
    await expect(receipt.locator(".dt-receipt")).toContainText(unnamed);
    await receipt.emulateMedia({ media: "print" });
    await expect(receipt.locator("body")).not.toContainText(/Võ Văn Thử/, { useInnerText: true });
    await isOneSheet(receipt);
    await look(page, "console-named");
  });
});

test("the office types slips from a pile by keys alone", async ({ officer }, info) => {
  const page = await officer(server, "vanphong", { viewport: { width: 1366, height: 768 } });
  const keys = keyboard(page);
  await page.goto("/noi-bo/phieu-moi");
  const whole = () => page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight);
  expect(await whole(), "one screen").toBe(true);
  const started = Date.now();
  const each: number[] = [];
  for (let i = 1; i <= 10; i++) {
    await focused(page, "noi-dung");
    await keys.type(`Việc thứ ${i}: đường vào thôn 3 ngập khi mưa.`);
    await keys.press("Tab");
    await keys.type(`Người Kê Khai ${i}`);
    await keys.press("Enter");
    if (i === 1) await keys.press("3");
    else await keys.press("Enter");
    await keys.press("1");
    await keys.type("0905123456");
    await keys.press("Enter", "Space");
    if (i === 1) expect(await whole(), "one screen").toBe(true);
    await keys.press("Control+Enter");
    await expect(page.getByRole("heading", { level: 1, name: /^Biên nhận/ })).toBeVisible();
    each.push(keys.taken());
    await page.reload();
    await expect(page.locator(".dt-receipt"), "reload keeps the receipt").toBeVisible();
    if (i === 1) {
      const paper = await page.context().newPage();
      await paper.goto(page.url());
      await expect(paper.locator(".dt-receipt")).toBeVisible();
      await isOneSheet(paper);
      await paper.emulateMedia({ media: "print" });
      await expect(paper.locator("body")).not.toContainText(/Lê Thị Giả Dụ/, { useInnerText: true });
      await paper.close();
    }
    await page.getByRole("button", { name: "Phiếu tiếp theo cùng thôn" }).click();
    await expect(page.getByRole("radio", { name: "Thôn 3", exact: true })).toBeChecked();
  }
  info.annotations.push({ type: "control keys", description: `${each.join(", ")}; ${Date.now() - started} ms` });
  expect(Math.max(...each)).toBeLessThanOrEqual(7);
  await look(page, "slip-typed");
});
