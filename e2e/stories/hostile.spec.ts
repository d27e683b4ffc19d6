import { demo, expect, fillSlip, type Login, look, type Page, readReceipt, test } from "../story.ts";
import { doithoai } from "../server.ts";

const server = demo();
const matter = "Nội dung câu hỏi, phản ánh hoặc kiến nghị";

/** Opens what a receipt code opens. */
async function follow(page: Page, code: string): Promise<void> {
  await page.goto("/tra-cuu");
  await page.getByLabel("Mã tra cứu trên biên nhận").fill(code);
  await page.getByRole("button", { name: "Tra cứu" }).click();
}

test("emoji, control characters and taken-apart diacritics arrive as clean text", async ({ visitor }) => {
  const page = await visitor(server);
  const said = "Đường ngập 🌊👨‍👩‍👧 sau mưa\u0007\u0000\u202E, đề nghị xã khơi thông.";
  await fillSlip(page, { matters: [said.normalize("NFD")], name: "Nguyễn Thị Tổ Hợp".normalize("NFD") });
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  const { code } = await readReceipt(page);
  await follow(page, code);
  // A compound is shown with U+00A0 between its syllables: no line ends within it.
  const shown = (await page.getByRole("main").innerText()).replaceAll("\u00A0", " ");
  expect(shown).toContain("Đường ngập 🌊");
  expect(shown).toContain("sau mưa, đề nghị xã khơi thông.");
  expect(shown).toBe(shown.normalize("NFC"));
  expect(shown).not.toMatch(/[\u0000\u0007\u202E]/);
});

test("the counter under a text counts as the server does, however letters are made", async ({ visitor }) => {
  const page = await visitor(server);
  const ways = { "half composed": "ê\u0301", decomposed: "e\u0302\u0301", emoji: "🌊" };
  for (const [name, letter] of Object.entries(ways)) {
    await fillSlip(page, { matters: [letter.repeat(3000)], name: "Lê Thị Đếm Chữ" });
    const counter = page.locator(".govuk-character-count__status");
    await expect(counter, name).toHaveText("Còn được ghi 2.000 ký tự");
    await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
    await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
    expect((await readReceipt(page)).numbers, name).toHaveLength(1);
  }
});

test("20,000 characters are refused at their field, and not one is lost", async ({ visitor }) => {
  const page = await visitor(server);
  const long = "Đường làng hỏng nặng. ".repeat(910).slice(0, 20_000).trimEnd();
  await fillSlip(page, { matters: [long], name: "Lê Văn Dài Dòng" });
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await page.getByRole("alert").getByRole("link", { name: /Nội dung dài quá 5\.?000 ký tự, cần bớt 1[0-9.]+ ký tự/ })
    .click();
  await expect(page.getByLabel(matter)).toBeFocused();
  await expect(page.getByLabel(matter)).toHaveValue(long);
  await expect(page.getByLabel("Họ và tên")).toHaveValue("Lê Văn Dài Dòng");
});

test("two quick clicks and a form sent again give one receipt", async ({ visitor }) => {
  const page = await visitor(server);
  await fillSlip(page, { matters: ["Đề nghị xã lắp thêm thùng rác ở chợ."], name: "Phạm Văn Bấm Hai Lần" });
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  const sent = page.waitForRequest((r) => r.method() === "POST" && r.url().endsWith("/gui-y-kien/bien-nhan"));
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).dblclick();
  const body = (await sent).postData() ?? "";
  const receipt = await readReceipt(page);
  const again = await page.request.post("/gui-y-kien/bien-nhan", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" }, data: body,
  });
  expect(again.status()).toBe(200);
  expect(await again.text()).toContain(receipt.numbers[0]);
  await page.goto("/gui-y-kien");
  await page.evaluate((form) => {
    const f = document.createElement("form");
    f.method = "post";
    f.action = "/gui-y-kien/bien-nhan";
    for (const [name, value] of new URLSearchParams(form)) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      f.append(input);
    }
    document.body.append(f);
    f.submit();
  }, body);
  expect(await readReceipt(page)).toEqual(receipt);

  // The same key with other words is no repeat: it is asked whether that is another slip.
  const other = body.replace(/noi-dung=[^&]*/, "noi-dung=" + encodeURIComponent("Nội dung khác hẳn."));
  const refused = await page.request.post("/gui-y-kien/bien-nhan", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" }, data: other,
  });
  expect(await refused.text()).toContain("Phiếu này đã được gửi trước đó");
});

test("ids and codes that are none of this authority's are refused at their fields", async ({ visitor }) => {
  const page = await visitor(server);
  await fillSlip(page, { matters: ["Đề nghị xã sửa loa của thôn."], name: "Đỗ Thị Sửa Trang" });
  await page.getByRole("radio", { name: "Thôn 1" })
    .evaluate((e: HTMLInputElement) => (e.value = "01a20422-0000-7000-8000-000000000000"));
  await page.getByLabel("Lĩnh vực (không bắt buộc)").evaluate((e: HTMLSelectElement) => {
    e.add(new Option("x", "khong-co"));
    e.value = "khong-co";
  });
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await expect(page.getByRole("alert")).toContainText("Chọn thôn hoặc nơi khác");
  await expect(page.getByRole("alert")).toContainText("Chọn lĩnh vực trong danh sách, hoặc để xã phân loại");
  await expect(page.getByLabel(matter)).toHaveValue("Đề nghị xã sửa loa của thôn.");
});

test("script in every field is shown as the text that it is", async ({ visitor, officer }) => {
  const evil = `"><script>document.title='hong'</script><img src=x onerror="document.title='hong'">`;
  const page = await visitor(server);
  await fillSlip(page, { matters: [`Nội dung ${evil}`], name: `Tên ${evil}` });
  await page.getByRole("radio", { name: "Nơi khác, ngoài xã" }).check();
  await page.getByLabel("Địa chỉ", { exact: true }).fill(`Nhà ${evil}`);
  await page.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  for (const shown of ["Nội dung", "Tên", "Nhà"]) await expect(page.getByText(`${shown} ${evil}`)).toBeVisible();
  await page.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  const { numbers, code } = await readReceipt(page);
  await follow(page, code);
  await expect(page.getByText(`Nội dung ${evil}`).first()).toBeVisible();
  const secretary = await officer(server, "thuky");
  await secretary.goto(`/hoi-truong/2024-10-25/y-kien/${numbers[0]}`);
  await expect(secretary.getByText(`Nội dung ${evil}`).first()).toBeVisible();
  await expect(secretary.getByText(`Tên ${evil}`).first()).toBeVisible();
  for (const p of [page, secretary]) await expect(p).not.toHaveTitle("hong");
  await page.goto(`/hoi-dap?tim=${encodeURIComponent(evil)}`);
  await expect(page).not.toHaveTitle("hong");
});

test("an act in a page that somebody overtook is refused, with the text kept and the other's act named",
    async ({ officer }) => {
  const [first, second] = [await officer(server, "diachinh"), await officer(server, "diachinh")];
  for (const page of [first, second]) {
    await page.getByRole("button", { name: /Soạn trả lời|Sửa dự thảo/ }).first().click();
    await expect(page.getByRole("textbox", { name: "Dự thảo trả lời" })).toBeVisible();
  }
  await second.getByRole("textbox", { name: "Dự thảo trả lời" }).fill("Bản soạn trong thẻ thứ hai, chưa kịp trình.");
  await first.getByRole("textbox", { name: "Dự thảo trả lời" }).fill("Bản soạn trong thẻ thứ nhất.");
  await first.getByRole("button", { name: "Trình duyệt" }).click();
  await expect(first.getByText("Đã trình dự thảo trả lời.")).toBeVisible();
  const answer = second.waitForResponse((r) => r.request().method() === "POST" && r.url().endsWith("/trinh"));
  await second.getByRole("button", { name: "Trình duyệt" }).click();
  expect((await answer).status()).toBe(409);
  await expect(second.getByRole("alert")).toContainText("Thay đổi mới nhất");
  await expect(second.locator("textarea").filter({ hasText: "Bản soạn trong thẻ thứ hai, chưa kịp trình." }))
    .toBeVisible();
  await look(second, "diachinh-opinion-conflict");
});

test("an officer gets no further than the role: by no address and by no field of a form", async ({ officer }) => {
  const unit = await officer(server, "tuphap");
  const denied: [string, string, Record<string, string>?][] = [
    ["GET", "/hoi-truong/2024-10-25"],
    ["POST", "/hoi-truong/2024-10-25", {
      khoa: "00112233445566778899aabbccddeeff", "ho-ten": "Ai Đó", "noi-dung": "Ghi thay thư ký.", vai: "secretary",
      role: "secretary",
    }],
    ["POST", "/noi-bo/y-kien/ND-24-0028/ky", { "phien-ban": "1", role: "chair" }],
    ["GET", "/noi-bo/phieu-moi"],
  ];
  for (const [method, path, form] of denied) {
    const answer = await unit.request.fetch(path, { method, form, maxRedirects: 0 });
    expect(answer.status(), `${method} ${path}`).toBe(403);
    expect((await answer.text()).replaceAll("\u00A0", " "))
      .toContain("Việc này không thuộc quyền của tài khoản ông/bà đang dùng.");
  }
  const admin = await officer(server, "quantri");
  for (const path of ["/noi-bo/y-kien", "/noi-bo/y-kien/ND-24-0028"]) {
    expect((await admin.request.get(path)).status(), path).toBe(403);
  }
});

test("a form that comes from another site is refused, and nothing is taken", async ({ officer }) => {
  const page = await officer(server, "vanphong");
  const others: Record<string, string>[] = [{ "Sec-Fetch-Site": "cross-site" }, { Origin: "https://la.example" }];
  for (const headers of others) {
    for (const path of ["/noi-bo/dang-xuat", "/gui-y-kien/bien-nhan", "/noi-bo/ban-nhap"]) {
      const answer = await page.request.post(path, { headers, form: { a: "b" }, maxRedirects: 0 });
      expect(answer.status(), path).toBe(403);
      expect(await answer.text()).toContain("được gửi từ một trang khác");
    }
  }
  await page.reload();
  await expect(page.getByRole("button", { name: "Đăng xuất" }), "still signed in").toBeVisible();
});

test("the sign-in of an officer whose account is closed ends at the next page", async ({ officer }) => {
  const page = await officer(server, "tuphap");
  const done = doithoai("user", "deactivate", "tuphap", "--data", server.data);
  expect(done.code, done.out).toBe(0);
  await page.getByRole("link", { name: "Ý kiến, phản ánh" }).click();
  await expect(page.getByLabel("Mật khẩu")).toBeVisible();
  await page.getByLabel("Tên đăng nhập").fill("tuphap");
  await page.getByLabel("Mật khẩu").fill("mo-phong-2024");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await expect(page.getByRole("alert")).toContainText("Tên đăng nhập hoặc mật khẩu không đúng");
});

test("a whole office signs in at the same minute from one address, while guesses at one name are stopped",
    async ({ visitor, officer }) => {
  const logins: Login[] = ["chutich", "vanphong", "thuky", "diachinh", "quantri", "vanphong", "thuky"];
  for (const login of logins) await officer(server, login);
  const page = await visitor(server);
  const statuses: number[] = [];
  for (let i = 0; i < 8; i++) {
    const form = { ten: "chutich", "mat-khau": `doan-${i}` };
    statuses.push((await page.request.post("/noi-bo/dang-nhap", { form })).status());
  }
  expect(statuses[0]).not.toBe(429);
  expect(statuses.at(-1)).toBe(429);
});

test("wrong receipt codes are stopped after a few, while a right one opens", async ({ visitor }) => {
  const page = await visitor(server);
  const wrong = "2222 2222 2222 2222";
  await follow(page, wrong);
  await expect(page.getByRole("alert")).toContainText("Không có ý kiến nào mang mã này, xin xem lại biên nhận");
  await expect(page, "the address names no code").toHaveURL(/\/tra-cuu\?giu=[\w-]{12}$/);
  await expect(page.getByLabel("Mã tra cứu trên biên nhận")).toHaveValue(wrong);
  const form = { ma: "2222222222222222" };
  const answers = await Promise.all(Array.from({ length: 14 }, () => page.request.post("/tra-cuu", { form })));
  expect(answers.map((a) => a.status())).toContain(429);
  await expect(async () => { // every six seconds the address has a try again
    const answer = page.waitForResponse((r) => r.request().method() === "POST");
    await follow(page, wrong);
    expect((await answer).status()).toBe(429);
  }).toPass();
  await expect(page.getByRole("alert")).toContainText(/nhiều\smã\skhông\sđúng.*thử\slại\ssau\s[1-6]\sgiây/);
  await expect(page).toHaveURL(/\/tra-cuu$/);
  await expect(page.getByLabel("Mã tra cứu trên biên nhận")).toHaveValue(wrong);
  await follow(page, server.codes[0] ?? "");
  await expect(page).toHaveURL(/\/tra-cuu\/y-kien$/);
  await expect(page.getByRole("button", { name: "Đóng và xóa mã khỏi máy này" })).toBeVisible();
});
