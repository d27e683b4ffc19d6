import { demo, expect, fits, type Login, look, type Page, sendSlip, test } from "../story.ts";

const server = demo();

const matter = "Xin hỏi hồ sơ tách thửa của gia đình tôi ở xóm Gò còn thiếu giấy tờ gì.";
const asked = "Bản sao giấy chứng nhận quyền sử dụng đất và ngày nộp hồ sơ.";
const said = "Tôi nộp hồ sơ ngày 02/10/2024, giấy chứng nhận số CH 00123.";
const refusal = "Giấy tờ tùy thân ghi đúng như hồ sơ; mời ông/bà mang giấy tờ đến Văn phòng.";

test("with the receipt code a person adds what is asked, changes how they are told, and asks the office for the rest",
    async ({ browser, visitor, officer }) => {
  test.setTimeout(240_000);
  const receipt = await sendSlip(await visitor(server), { matters: [matter], name: "Phan Thị Mô Phỏng" });
  const number = receipt.numbers[0] ?? "";
  const at = `/noi-bo/y-kien/${number}`;
  const phone = await browser.newContext({
    baseURL: server.url, viewport: { width: 320, height: 640 }, javaScriptEnabled: false,
  });
  const person = await phone.newPage();
  const open = async (login: Login) => {
    const page = await officer(server, login);
    await page.goto(at);
    return page;
  };
  const follow = async (page: Page) => {
    await page.goto("/tra-cuu");
    if (await page.getByLabel("Mã tra cứu trên biên nhận").count()) {
      await page.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
      await page.getByRole("button", { name: "Tra cứu" }).click();
    }
    await page.goto("/tra-cuu/y-kien");
  };
  const lead = async (page: Page, name: string) => {
    await follow(page);
    await page.getByText(/^Đổi\scách\sbáo\stin,\ssửa\shọ\stên/).click();
    await page.getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  };

  const secretary = await open("thuky");
  await secretary.getByRole("radio", { name: "Xác minh, trả lời sau" }).check();
  const unitField = secretary.getByLabel("Đơn vị chủ trì");
  await unitField.selectOption({ label: await unitField.locator("option", { hasText: /Địa\schính/ }).innerText() });
  await secretary.getByRole("button", { name: /^Ghi\shướng\sxử\slý/ }).click();
  await expect(secretary.getByText(/Đã\sghi\shướng\sxử\slý/)).toBeVisible();
  const unit = await open("diachinh");

  await test.step("the unit asks for something; the person adds it, once", async () => {
    await unit.getByText(/^Đề\snghị\sngười\snêu\sbổ\ssung$/).click();
    await unit.getByLabel("Cần bổ sung").fill(asked);
    await unit.getByLabel("Vì sao cần").fill("Chưa rõ hồ sơ nộp ở đâu.");
    await look(unit, "own-data-ask");
    await unit.getByRole("button", { name: "Gửi đề nghị bổ sung" }).click();
    await expect(unit.getByText(/Đã\sđề\snghị\sngười\snêu\sbổ\ssung\./)).toBeVisible();
    await follow(person);
    await expect(person.getByText(asked)).toBeVisible();
    await fits(person, "own-data-asked");
    await person.getByRole("link", { name: "Bổ sung", exact: true }).click();
    await fits(person, "own-data-supplement");
    await person.getByRole("button", { name: "Gửi nội dung bổ sung" }).click();
    await expect(person.getByRole("link", { name: "Ghi nội dung bổ sung" })).toBeVisible();
    await person.getByLabel("Nội dung bổ sung").fill(said);
    await person.getByRole("button", { name: "Gửi nội dung bổ sung" }).click();
    await expect(person.getByText(/Đã\snhận\snội\sdung\sbổ\ssung/)).toBeVisible();
    await expect(person.getByRole("link", { name: "Bổ sung", exact: true })).toHaveCount(0);
    await unit.goto("/noi-bo/thong-bao");
    await unit.getByRole("link", { name: new RegExp(`${number}: người nêu đã bổ sung`) }).click();
    await expect(unit.getByText(said).first()).toBeVisible();
    await look(unit, "own-data-added");
  });

  await test.step("how the person is told changes at once, and nothing of it is shown", async () => {
    await lead(person, "Đổi cách báo tin, điện thoại, thư điện tử");
    await person.getByLabel("Gọi điện hoặc nhắn tin").check();
    await person.getByLabel("Số điện thoại").fill("123");
    await person.getByRole("button", { name: "Đổi cách báo tin" }).click();
    await expect(person.getByRole("link", { name: /Số\sđiện\sthoại/ })).toBeVisible();
    await fits(person, "own-data-contact");
    await person.getByLabel("Số điện thoại").fill("+84 900 000 019");
    await person.getByRole("button", { name: "Đổi cách báo tin" }).click();
    await expect(person.getByText(/Đã\sđổi\scách\sbáo\stin/)).toBeVisible();
    await expect(person.getByText(/900\s000\s019/)).toHaveCount(0);
  });

  await test.step("a name is asked for; the office sees it with a view on record, and answers", async () => {
    await lead(person, "Sửa họ tên, nơi ở");
    await fits(person, "own-data-identity");
    await person.getByLabel("Họ và tên đúng").fill("Phan Thị Mô Phóng");
    await person.getByRole("button", { name: "Gửi đề nghị sửa" }).click();
    await expect(person.getByText(/Đang\schờ\sVăn\sphòng\./)).toBeVisible();
    const office = await officer(server, "vanphong");
    await office.goto("/noi-bo");
    await look(office, "own-data-desk");
    await office.getByRole("row").filter({ hasText: number }).filter({ hasText: "Sửa họ tên" }).getByRole("link").first()
      .click();
    await expect(office.getByText("Phan Thị Mô Phóng")).toHaveCount(0);
    await office.getByRole("button", { name: "Xem họ tên, nơi ở mới" }).click();
    await expect(office.getByText("Phan Thị Mô Phóng").first()).toBeVisible();
    await office.getByText(/^Không\sđồng\sý$/).click();
    await look(office, "own-data-decide");
    await office.getByLabel("Lý do", { exact: true }).fill(refusal);
    await office.getByRole("button", { name: "Trả lời không đồng ý" }).click();
    await follow(person);
    await expect(person.getByText(refusal)).toBeVisible();
    await expect(person.getByText(/Ai\sđã\sxem\shọ\stên/)).toBeVisible();
    await fits(person, "own-data-answered");
  });

  await test.step("erasing waits for the end; withdrawing is confirmed by the office", async () => {
    await lead(person, "Xóa dữ liệu cá nhân");
    await expect(person.getByText(/Chưa\sxóa\sđược/)).toBeVisible();
    await fits(person, "own-data-not-yet");
    await lead(person, "Rút ý kiến");
    await fits(person, "own-data-withdraw");
    await person.getByRole("button", { name: "Gửi đề nghị rút ý kiến" }).click();
    await expect(person.getByText(/Ý\skiến\sđược\srút\skhi\sVăn\sphòng\sxác\snhận/)).toBeVisible();
    const office = await open("vanphong");
    await look(office, "own-data-withdrawal");
    await office.getByRole("button", { name: "Ghi rút lại" }).click();
    await follow(person);
    await expect(person.getByText(/đề\snghị\srút\sý\skiến.*Đã\sthực\shiện\./)).toBeVisible();
    await lead(person, "Xóa dữ liệu cá nhân");
    await fits(person, "own-data-erase");
  });
  await phone.close();
});
