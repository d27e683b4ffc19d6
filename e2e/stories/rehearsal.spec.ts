import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { doithoai } from "../server.ts";
import { demo, expect, look, type Page, sendSlip, test } from "../story.ts";

const server = demo();

/** The copies that lie in the data folder. */
function copies(): string[] {
  const folder = join(server.data, "dien-tap");
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** What the guide asks for next. */
const asks = (page: Page, what: string) => expect(page.locator(".dt-guide__next")).toContainText(what);

/** How many leaves the public record has, as it says to everybody. */
async function leaves(page: Page): Promise<number> {
  const checkpoint = await page.request.get("/so-doi-chung/checkpoint");
  return Number((await checkpoint.text()).split("\n")[1]);
}

test("who does this once a year rehearses it, and nothing is left", async ({ officer, visitor, expected }) => {
  const resident = await visitor(server);
  const before = await sendSlip(resident, { matters: ["Cống trước chợ tắc, mưa là ngập."], name: "Nguyễn Văn Trước" });
  await expect.poll(async () => leaves(resident)).toBeGreaterThan(0);
  await resident.waitForTimeout(1500); // the leaf of the slip is signed
  const size = await leaves(resident);

  const page = await officer(server, "thuky", { viewport: { width: 1366, height: 768 } });
  await test.step("the dialogue's page leads there; one page says what it is", async () => {
    await page.goto("/noi-bo/doi-thoai");
    await page.getByRole("link", { name: /Hội nghị đối thoại .* 2024/ }).first().click();
    await page.getByRole("button", { name: "Diễn tập" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "sổ đối chứng không có thêm gì" })).toBeVisible();
    await look(page, "rehearsal-offer");
    await page.getByRole("button", { name: "Bắt đầu diễn tập" }).click();
    await expect(page.locator(".dt-rehearsal")).toContainText("DIỄN TẬP: không ghi vào sổ, không gửi cho ai");
    expect(copies()).toHaveLength(1);
    await look(page, "rehearsal", false);
  });

  await test.step("1: somebody is noted as present", async () => {
    await asks(page, "Việc 1/9: Ghi có mặt một người.");
    await page.locator(".dt-guide__next").getByRole("link", { name: "Mở trang" }).click();
    await page.keyboard.type("ng");
    await page.getByRole("button", { name: "Có mặt Nguyễn Thị Tập Dượt" }).click();
    await asks(page, "Việc 2/9: Bắt đầu hội nghị.");
    await look(page, "rehearsal-reception", false);
  });

  await test.step("2 and 3: the dialogue begins, a speaker is called", async () => {
    await page.locator(".dt-guide__next").getByRole("link", { name: "Mở trang" }).click();
    await page.getByRole("button", { name: "Bắt đầu hội nghị" }).click();
    await asks(page, "Việc 3/9: Mời một người phát biểu.");
    await page.locator(".dt-waiting li").first().getByRole("button", { name: /^Mời/ }).click();
    await asks(page, "Việc 4/9: Ghi lời một người phát biểu.");
    await expect(page.locator("#ho-ten")).toHaveValue("Dương Thị Nói Thử");
  });

  await test.step("4: what they say is taken down", async () => {
    await page.keyboard.type("Chợ họp lấn ra lòng đường, xe không đi được.");
    await page.keyboard.press("Control+Enter");
    await expect(page.locator(".dt-done")).toContainText(/TAP-24-\d{4}/);
    await asks(page, "Việc 5/9: Ghi hướng xử lý bằng Alt+2.");
  });

  await test.step("5: who comes next had registered; their opinion is ruled by keys", async () => {
    await expect(page.locator(".dt-speaker__who")).toContainText("Nguyễn Thị Tập Dượt");
    await page.keyboard.press("Alt+Digit2");
    await page.keyboard.type("vp");
    await page.keyboard.press("Control+Enter");
    await expect(page.locator(".dt-done")).toContainText("Đã ghi hướng xử lý");
    await asks(page, "Việc 6/9: Gọi một người vắng mặt.");
  });

  await test.step("6: who is called is not there", async () => {
    await page.keyboard.press("F4");
    await asks(page, "Việc 7/9: Trả lời sau các ý kiến chưa nghe.");
  });
  await look(page, "rehearsal-console", false);

  await test.step("7: the rest is answered in writing", async () => {
    await page.locator(".dt-guide__next").getByRole("link", { name: "Mở trang" }).click();
    for (const unit of await page.locator("main select").all()) {
      if (!(await unit.inputValue())) await unit.selectOption({ index: 1 });
    }
    await page.getByRole("button", { name: /^Ghi \d+ ý kiến: trả lời sau/ }).click();
    await asks(page, "Việc 8/9: Bế mạc.");
  });

  await test.step("8 and 9: it ends, and its minutes are read", async () => {
    await page.locator(".dt-guide__next").getByRole("link", { name: "Mở trang" }).click();
    await page.getByRole("button", { name: "Bế mạc" }).click();
    await asks(page, "Việc 9/9: Soạn và đọc biên bản.");
    await page.getByRole("button", { name: /^Ghi\sý\skiến\sTAP/ }).click(); // what was taken down first
    await page.getByLabel("Trả lời ngay").check();
    await page.getByLabel("Nội dung trả lời tại chỗ").fill("Đã giải thích tại hội trường.");
    await page.locator("[data-done]").click();
    await page.getByRole("link", { name: "Tổng hợp", exact: true }).click();
    await page.getByRole("button", { name: "Soạn biên bản" }).click();
    await asks(page, "Đã làm đủ các việc");
    await page.getByRole("button", { name: "Đọc lại biên bản" }).click();
    await expect(page.locator(".dt-paper")).toContainText("Chợ họp lấn ra lòng đường");
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".dt-rehearsal")).toContainText("DIỄN TẬP");
    await page.emulateMedia({ media: "screen" });
    await look(page, "rehearsal-minutes", false);
  });

  await test.step("what is not of the hall is not of the rehearsal", async () => {
    await page.goto("/noi-bo/y-kien");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Trang này không có trong buổi diễn tập");
    await look(page, "rehearsal-absent", false);
  });

  const late = await page.context().newPage(); // a page of the rehearsal that stays open
  await late.goto(await page.getByRole("link", { name: "Về trang diễn tập" }).first().getAttribute("href") ?? "");
  expected.push(/dien-tap/, /noi-bo\/luong/);
  await test.step("it ends, and leaves nothing", async () => {
    await page.getByRole("button", { name: "Kết thúc diễn tập" }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Đã xóa bản diễn tập");
    await expect(page.locator("main")).toContainText("Sổ ý kiến và sổ đối chứng không có gì thay đổi.");
    await look(page, "rehearsal-over");
    expect(copies()).toEqual([]);
    await page.goto("/noi-bo/y-kien");
    await expect(page.locator("main")).not.toContainText("TAP-24");
    expect(await leaves(resident)).toBe(size);
    const next = await sendSlip(resident, { matters: ["Đèn đường hỏng."], name: "Nguyễn Văn Sau" });
    const serial = (number = "") => Number(number.slice(-4));
    expect(serial(next.numbers[0])).toBe(serial(before.numbers[0]) + 1);
    expect([0, 3]).toContain(doithoai("verify", "--data", server.data).code);
  });

  await test.step("what is still sent from a page of it reaches nothing real", async () => {
    await late.locator("#noi-dung").fill("Lời này không được vào sổ.");
    await late.locator("[data-done]").click();
    await expect(late.getByRole("heading", { level: 1 })).not.toHaveText(/đối thoại/);
    await page.goto("/noi-bo/y-kien");
    await expect(page.locator("main")).not.toContainText("Lời này không được vào sổ.");
  });
});

test("the chair finds it running, and rules", async ({ officer }) => {
  const page = await officer(server, "chutich", { viewport: { width: 1366, height: 768 } });
  await page.goto("/hoi-truong/2024-10-25/dien-tap");
  await page.getByRole("button", { name: "Bắt đầu diễn tập" }).click();
  await asks(page, "Việc 1/2: Cho hướng xử lý một ý kiến.");
  await look(page, "rehearsal-chair", false);
  await page.getByRole("button", { name: "Kết thúc diễn tập" }).first().click();
  expect(copies()).toEqual([]);
});
