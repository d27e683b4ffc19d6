import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { doithoai, root } from "../server.ts";
import { demo, expect, type Login, look, type Page, readReceipt, sendSlip, test } from "../story.ts";

const server = demo();

const name = "Trương Thị Kiểm Thử";
const land = "Hồ sơ tách thửa của gia đình tôi nộp ngày 12/8/2024, đã quá hẹn hơn một tháng. " +
  "Đề nghị xã cho biết vướng ở đâu và bao giờ có kết quả.";
const road = "Rãnh thoát nước trước chợ bị tắc, mỗi lần mưa nước tràn vào nhà dân.";
const spoken = "Đăng ký khai sinh cho cháu có làm được vào thứ Bảy không, vì cả tuần chúng tôi đi làm xa.";
const draft = "UBND xã đã kiểm tra: hồ sơ tách thửa thiếu bản vẽ có chữ ký giáp ranh của hộ liền kề.";
const answer = `${draft}\nCông chức Địa chính đo lại và lấy chữ ký tại thực địa ngày 29/10/2024; ` +
  "hồ sơ có kết quả trước ngày 15/11/2024.";

test("one opinion's whole life, from the slip to the receipt that a stranger verifies",
    async ({ visitor, officer, expected }, info) => {
  test.setTimeout(150_000);
  const resident = await visitor(server);
  const receipt = await sendSlip(resident, { matters: [land, road], name, village: "Thôn 3" });
  expect(receipt.numbers).toHaveLength(2);
  const number = receipt.numbers[0] ?? "";
  const open = async (login: Login) => {
    const page = await officer(server, login);
    await page.goto(`/noi-bo/y-kien/${number}`);
    return page;
  };

  const due = await test.step("the secretary sees the slip on the console and gives it to a unit, by the proposed day",
      async () => {
    const page = await officer(server, "thuky");
    await page.goto("/hoi-truong/2024-10-25");
    await page.getByRole("link", { name }).first().click();
    await expect(page.getByRole("heading", { name: `Ý kiến ${number}` })).toBeVisible();
    await expect(page.getByText(land)).toBeVisible();
    await page.keyboard.press("Alt+Digit2");
    await expect(page.getByRole("radio", { name: "Xác minh, trả lời sau" })).toBeChecked();
    await page.getByLabel("Đơn vị chủ trì").fill("dia chinh");
    await page.getByLabel("Hạn trả lời").focus();
    await expect(page.getByLabel("Đơn vị chủ trì")).toHaveValue(/^Bộ\sphận\sĐịa\schính/);
    const proposed = await page.getByLabel("Hạn trả lời").inputValue();
    expect(proposed).toMatch(/^\d\d\/\d\d\/2024$/);
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText(`Đã ghi hướng xử lý ý kiến ${number}: Xác minh, trả lời sau`)).toBeVisible();
    await expect(page.getByRole("link", { name: "In biên nhận" }), "its receipt was given long ago").toHaveCount(0);
    return proposed;
  });

  await test.step("the secretary takes down what is said and rules it on the spot, by keys alone", async () => {
    const page = await officer(server, "thuky");
    await page.goto("/hoi-truong/2024-10-25");
    await expect(page.getByRole("textbox", { name: "Người nêu", exact: true })).toBeFocused();
    await page.keyboard.insertText("Phan Văn Phát Biểu");
    await page.keyboard.press("Enter");
    await page.keyboard.press("3");
    await expect(page.getByRole("radio", { name: "Thôn 3" })).toBeChecked();
    await expect(page.getByLabel("Nội dung, ghi đúng lời")).toBeFocused();
    await page.keyboard.insertText(spoken);
    await page.keyboard.press("Alt+Digit1");
    await expect(page.getByLabel("Nội dung trả lời tại chỗ")).toBeFocused();
    await page.keyboard.insertText("Bộ phận một cửa nhận hồ sơ cả sáng thứ Bảy.");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText(/Đã\sghi\sý\skiến\sND-24-\d{4}\svà\shướng\sxử\slý:\sTrả\slời\sngay\./)).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Người nêu", exact: true }), "ready for the next speaker").toBeFocused();
    await expect(page.getByLabel("Nội dung, ghi đúng lời")).toHaveValue("");
    const slip = page.waitForEvent("popup");
    await page.getByRole("link", { name: "In biên nhận" }).click();
    expect((await readReceipt(await slip)).numbers).toHaveLength(1);
    await look(await slip, "thuky-receipt");
  });

  const unit = await officer(server, "diachinh");
  await test.step("the unit's officer finds it on the desk; the draft survives a reload and a restart of the server",
      async () => {
    await unit.getByRole("row").filter({ hasText: number }).getByRole("button", { name: /Soạn\strả\slời/ }).click();
    await expect(unit.getByText(land)).toBeVisible();
    await expect(unit.getByText(name), "who raised it is shown only for a reason").toHaveCount(0);
    await unit.getByRole("textbox", { name: "Dự thảo trả lời" }).fill(draft);
    await expect(unit.getByText("Nháp tự lưu lúc")).toBeVisible();
    await unit.reload();
    await expect(unit.getByRole("textbox", { name: "Dự thảo trả lời" })).toHaveValue(draft);
    expected.push(/net::ERR_/);
    await server.restart();
    await unit.reload();
    await expect(unit.getByRole("textbox", { name: "Dự thảo trả lời" })).toHaveValue(draft);
    await unit.getByRole("button", { name: "Trình duyệt" }).click();
    await expect(unit.getByText(/Đã\strình\sdự\sthảo\strả\slời\./)).toBeVisible();
  });

  const chair = await officer(server, "chutich");
  await test.step("the chair sends it back with a reason", async () => {
    await chair.getByRole("row").filter({ hasText: number }).getByRole("button", { name: /Xem,\ský/ }).click();
    await expect(chair.getByRole("article", { name: "Trả lời, như người nêu sẽ đọc" }).getByText(draft))
      .toBeInViewport();
    await expect(chair.getByText(land), "the question stands beside it").toBeInViewport();
    await chair.getByText("Trả lại", { exact: true }).click();
    await chair.getByRole("button", { name: "Trả lại đơn vị" }).click();
    await expect(chair.getByRole("alert").getByRole("link", {
      name: "Ghi lý do trả lại, để người soạn biết cần sửa gì",
    })).toBeVisible();
    await chair.getByLabel("Lý do trả lại").fill("Chưa nói rõ bao giờ người dân nhận được kết quả.");
    await chair.getByRole("button", { name: "Trả lại đơn vị" }).click();
    await expect(chair.getByText(/Đã\strả\slại\sdự\sthảo\./)).toBeVisible();
  });

  await test.step("the officer reads why, corrects and submits again; the chair signs", async () => {
    await unit.getByRole("navigation").getByRole("link", { name: "Bàn làm việc" }).click();
    await unit.getByRole("row").filter({ hasText: number }).getByRole("button", { name: /Sửa\sdự\sthảo/ }).click();
    await expect(unit.getByText("Chưa nói rõ bao giờ người dân nhận được kết quả.").first()).toBeVisible();
    await unit.getByRole("textbox", { name: "Dự thảo trả lời" }).fill(answer);
    await unit.getByRole("combobox", { name: "Căn cứ pháp lý" }).fill("Điều 220 Luật Đất đai 2024");
    await unit.getByRole("button", { name: "Trình duyệt" }).click();
    await expect(unit.getByText(/Đã\strình\sdự\sthảo\strả\slời\./)).toBeVisible();
    await chair.goto(`/noi-bo/y-kien/${number}`);
    await chair.getByRole("button", { name: /^Ký\svăn\sbản\strả\slời,\smở\sviệc\skế\stiếp/ }).click();
    await expect(chair.getByText(`${number}: Đã ký văn bản trả lời.`)).toBeVisible();
  });

  const office = await open("vanphong");
  await test.step("the office gives it number and date and sends it out", async () => {
    await expect(office.getByLabel("Số văn bản")).toBeFocused();
    await office.getByLabel("Số văn bản").fill("218");
    await office.getByLabel("Ký hiệu").fill("UBND-ĐC");
    await expect(office.getByLabel("Ngày văn bản")).toHaveValue("23/10/2024");
    await office.getByRole("button", { name: /^Phát\shành/ }).click();
    await expect(office.getByText(/Đã\sphát\shành\svăn\sbản\ssố\s218\/UBND-ĐC\.\sCòn\s\d\sviệc\sphải\sbáo/)).toBeVisible();
  });

  await test.step("the office tells the person by hand, and only then the public summary is its turn", async () => {
    await office.goto(`/noi-bo/y-kien/${number}`);
    await office.getByRole("button", { name: /^Ghi\sđã\sbáo/ }).first().click();
    await expect(office.getByText("Đã ghi nhận việc báo kết quả.")).toBeVisible();
    await office.goto(`/noi-bo/y-kien/${number}`);
  });

  await test.step("the office proposes a public summary; the person's name in it is refused at its field", async () => {
    await office.getByLabel("Tiêu đề", { exact: true }).fill("Hồ sơ tách thửa quá hẹn");
    await office.getByRole("textbox", { name: "Câu hỏi" }).fill(`Bà ${name} hỏi vì sao hồ sơ tách thửa quá hẹn hơn một tháng.`);
    await office.getByLabel("Nội dung trả lời công khai")
      .fill("Hồ sơ thiếu chữ ký giáp ranh; công chức Địa chính đo lại và trả kết quả trước ngày 15/11/2024.");
    await office.getByRole("button", { name: "Đề nghị công khai" }).click();
    await expect(office.getByRole("alert").getByRole("link", {
      name: /còn\shọ\stên,\ssố\sđiện\sthoại\shoặc\sđịa\schỉ\scủa\sngười\snêu/,
    })).toBeVisible();
    await expect(office.getByRole("textbox", { name: "Câu hỏi" })).toHaveAttribute("aria-describedby", /error/);
    await office.getByRole("textbox", { name: "Câu hỏi" }).fill("Vì sao hồ sơ tách thửa quá hẹn hơn một tháng?");
    await office.getByRole("button", { name: "Xem trước" }).click();
    await expect(office.getByText("Chưa ai ngoài cơ quan xem được.")).toBeVisible();
    await look(office, "vanphong-preview");
    await office.getByRole("button", { name: "Đề nghị công khai" }).click();
    await expect(office.getByText(/Đã\sđề\snghị\scông\skhai\./)).toBeVisible();
  });

  await test.step("another person approves it, and everybody finds it without typing diacritics", async () => {
    await chair.goto("/noi-bo");
    await chair.getByRole("row").filter({ hasText: number }).getByRole("button", { name: /Xem,\sduyệt/ }).click();
    await look(chair, "chutich-approve");
    await chair.getByRole("button", { name: /^Duyệt\scông\skhai/ }).click();
    await expect(chair.getByText(`${number}: Đã công khai nội dung trả lời.`)).toBeVisible();
    const anyone = await visitor(server);
    await anyone.goto("/hoi-dap");
    await anyone.getByRole("searchbox").fill("tach thua qua hen");
    await anyone.getByRole("button", { name: "Tìm" }).click();
    await anyone.getByRole("link", { name: "Hồ sơ tách thửa quá hẹn" }).click();
    await expect(anyone.getByText("218/UBND-ĐC")).toBeVisible();
    await expect(anyone.getByText(name)).toHaveCount(0);
  });

  const path = info.outputPath("receipt.json");
  await test.step("the resident follows by the code, reads the answer, says solved and satisfied, keeps the receipt",
      async () => {
    await resident.goto("/tra-cuu");
    await resident.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
    await resident.getByRole("button", { name: "Tra cứu" }).click();
    const matter = resident.getByRole("article", { name: /Hồ\ssơ\stách\sthửa/ });
    await expect(matter.getByText("đo lại và lấy chữ ký tại thực địa")).toBeVisible();
    await expect(matter.getByText("Đã gửi câu trả lời đến ông/bà")).toBeVisible();
    await matter.getByRole("button", { name: "Gửi đánh giá" }).click();
    await resident.getByRole("alert").getByRole("link", { name: "Chọn việc đã được giải quyết đến đâu" }).click();
    await matter.getByRole("radio", { name: "Đã giải quyết xong" }).check();
    await matter.getByRole("radio", { name: "Rất hài lòng", exact: true }).check();
    await matter.getByRole("button", { name: "Gửi đánh giá" }).click();
    await expect(resident.getByText("Đánh giá của ông/bà đã được ghi nhận.")).toBeVisible();
    const download = resident.waitForEvent("download");
    await resident.getByText("Chi tiết để tự kiểm chứng").click();
    await resident.getByRole("button", { name: "Tải biên nhận dạng tệp" })
      .or(resident.getByRole("link", { name: "Tải biên nhận dạng tệp" })).click();
    await (await download).saveAs(path);
  });

  await test.step("the program verifies the receipt without the server; one altered character is named", async () => {
    await server.stop();
    const right = doithoai("verify", path);
    expect(right.code, right.out).toBe(0);
    expect(right.out).toContain("ĐÚNG: biên nhận khớp với sổ đối chứng.");
    const altered = info.outputPath("altered.json");
    writeFileSync(altered, alter(readFileSync(path, "utf8")));
    const wrong = doithoai("verify", altered);
    expect(wrong.code, wrong.out).toBe(2);
    expect(wrong.out).toMatch(/SAI/);
    expect(wrong.out).toContain("Nội dung");
    await server.start();
  });

  await test.step("the page of the record verifies it in the browser, with the network cut", async () => {
    const page = await visitor(server);
    await page.goto("/so-doi-chung");
    await page.getByText("Kiểm tra bằng tệp biên nhận").click();
    await expect(page.getByText("Việc kiểm tra làm ngay trong trình duyệt này")).toBeVisible();
    await page.context().setOffline(true);
    await checks(page, readFileSync(path, "utf8"));
    const ways = JSON.parse(readFileSync(join(root, "text/filetest/cases.json"), "utf8")) as Way[];
    for (const way of ways) {
      await page.getByLabel("Hoặc chọn tệp biên nhận (.json)")
        .setInputFiles({ name: "bien-nhan.json", mimeType: "application/json", buffer: written(readFileSync(path, "utf8"), way) });
      await page.getByRole("button", { name: "Kiểm tra tệp" }).click();
      const says = way.readable ? "Biên nhận đúng." : "không phải biên nhận";
      await expect(page.locator(".dt-check__summary"), way.name).toContainText(says);
    }
  });

  await test.step("and without scripts, on the server", async () => {
    const page = await visitor(server, { javaScriptEnabled: false });
    await page.goto("/so-doi-chung");
    await checks(page, readFileSync(path, "utf8"));
    await page.goto("/so-doi-chung");
    await page.getByText("Kiểm tra bằng tệp biên nhận").click();
    await page.getByLabel("Hoặc chọn tệp biên nhận (.json)").setInputFiles(path);
    await page.getByRole("button", { name: "Kiểm tra tệp" }).click();
    await expect(page.getByText("Biên nhận đúng.")).toBeVisible();
  });

  expect(due).toBe("06/11/2024");
});

/** A way in which a file comes back from Windows or a mail program: filetest.Case. */
interface Way {
  name: string;
  encoding: "utf-8" | "utf-16le" | "utf-16be";
  mark?: boolean;
  crlf?: boolean;
  curly?: boolean;
  no_break?: boolean;
  cut?: boolean;
  readable: boolean;
}

/** As Case.Write of package filetest. */
function written(s: string, way: Way): Buffer {
  if (way.cut) s = s.slice(0, s.length / 2);
  let n = 0;
  if (way.curly) s = s.replace(/"/g, () => "“”"[n++ % 2] ?? "");
  if (way.no_break) s = s.replaceAll(": ", ":\u00a0").replaceAll("\n  ", "\n\u00a0 ");
  if (way.crlf) s = s.replaceAll("\n", "\r\n");
  if (way.mark) s = "\ufeff" + s;
  if (way.encoding === "utf-8") return Buffer.from(s);
  const wide = Buffer.from(s, "utf16le");
  return way.encoding === "utf-16be" ? wide.swap16() : wide;
}

/** One character of what the resident said is another. */
function alter(receipt: string): string {
  expect(receipt).toContain("quá hẹn hơn một tháng");
  return receipt.replace("quá hẹn hơn một tháng", "quá hẹn hơn mốt tháng");
}

/** The page finds the receipt right, and says what is wrong with one of which a character was altered. */
async function checks(page: Page, receipt: string): Promise<void> {
  const open = async () => {
    const details = page.locator("details", { hasText: "Kiểm tra bằng tệp biên nhận" });
    if (!await details.evaluate((e: HTMLDetailsElement) => e.open)) await details.locator("summary").click();
  };
  await open();
  await page.getByLabel("Nội dung tệp biên nhận").fill(receipt);
  await page.getByRole("button", { name: "Kiểm tra tệp" }).click();
  await expect(page.getByText("Biên nhận đúng. Ý kiến đã được ghi vào sổ đúng như trong biên nhận")).toBeVisible();
  // People count lines from 1.
  const { entries } = JSON.parse(receipt) as { entries: { index: number }[] };
  for (const { index } of entries) {
    await expect(page.locator(".dt-check")).toContainText(`Có mặt trong sổ đã chốt, là dòng ${index + 1}.`);
  }
  await expect(page.locator(".dt-check")).not.toContainText("chỉ số");
  await open();
  await page.getByLabel("Nội dung tệp biên nhận").fill(alter(receipt));
  await page.getByRole("button", { name: "Kiểm tra tệp" }).click();
  await expect(page.getByText("Biên nhận này không khớp với sổ đối chứng.")).toBeVisible();
  await expect(page.getByText("Nội dung trong biên nhận, hoặc mã kèm theo, khác với nội dung đã niêm phong."))
    .toBeVisible();
}
