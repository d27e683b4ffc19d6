import { demo, expect, fits, type Login, look, type Page, sendSlip, test } from "../story.ts";

const server = demo();

const matter = "Cống đầu xóm Gò tắc từ tháng 8, nước bẩn tràn vào sân nhà tôi mỗi khi mưa.";
const first = "Bộ phận Địa chính kiểm tra ngày 24/10/2024: cống đã được khơi thông, nước không còn tràn.";
const second = "Kiểm tra lại ngày 25/10/2024: tấm đan cuối cống vỡ; xã thay xong trước ngày 01/11/2024.";
const third = "Có biên bản của thôn ngày 26/10/2024: xã đào lại đoạn cống cuối, hoàn thành ngày 05/11/2024.";
const refusal = "Ảnh gửi kèm là ảnh trước khi khơi cống; nội dung đã được trả lời ngày 25/10/2024.";

test("who does not agree is heard once more, then with new facts only, and each request is answered",
    async ({ browser, visitor, officer }) => {
  test.setTimeout(240_000);
  const receipt = await sendSlip(await visitor(server), { matters: [matter], name: "Phan Thị Mô Phỏng" });
  const number = receipt.numbers[0] ?? "";
  const at = `/noi-bo/y-kien/${number}`;
  const phone = await browser.newContext({ baseURL: server.url, viewport: { width: 320, height: 640 } });
  const person = await phone.newPage();
  const open = async (login: Login) => {
    const page = await officer(server, login);
    await page.goto(at);
    return page;
  };
  const secretary = await open("thuky");
  const unit = await officer(server, "diachinh");
  const chair = await officer(server, "chutich");
  const office = await officer(server, "vanphong");

  const answer = async (words: string, paper: string) => {
    await unit.goto(at);
    await unit.getByRole("textbox", { name: "Dự thảo trả lời" }).fill(words);
    await unit.getByRole("button", { name: /^Trình/ }).first().click();
    await expect(unit.getByText(/Đã\strình\sdự\sthảo\strả\slời\./)).toBeVisible();
    await chair.goto(at);
    await chair.getByRole("button", { name: /^Ký\svăn\sbản\strả\slời/ }).click();
    await office.goto(at);
    await office.getByLabel("Số văn bản").fill(paper);
    await office.getByRole("button", { name: /^Phát\shành/ }).click();
  };
  const follow = async (page: Page) => {
    await page.goto("/tra-cuu");
    if (await page.getByLabel("Mã tra cứu trên biên nhận").count()) {
      await page.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
      await page.getByRole("button", { name: "Tra cứu" }).click();
    }
    await page.goto("/tra-cuu/y-kien");
  };
  const say = async (how: string, words: string, button: string) => {
    await follow(person);
    await person.getByText(new RegExp(`^${how.replaceAll(" ", "\\s")}$`)).click();
    await person.getByLabel("Ông/bà chưa đồng ý ở chỗ nào, có gì mới").fill(words);
    await person.getByRole("button", { name: button }).click();
  };

  await test.step("it is answered, and the person rates it as not solved", async () => {
    await secretary.getByRole("radio", { name: "Xác minh, trả lời sau" }).check();
    const lead = secretary.getByLabel("Đơn vị chủ trì");
    await lead.selectOption({ label: await lead.locator("option", { hasText: /Địa\schính/ }).innerText() });
    await secretary.getByRole("button", { name: /^Ghi\shướng\sxử\slý/ }).click();
    await expect(secretary.getByText(/Đã\sghi\shướng\sxử\slý/)).toBeVisible();
    await answer(first, "931");
    await follow(person);
    await expect(person.getByText(first)).toBeVisible();
    await person.getByRole("radio", { name: "Chưa giải quyết" }).check();
    await person.getByRole("radio", { name: "Rất không hài lòng" }).check();
    await person.getByRole("button", { name: /^Gửi\sđánh\sgiá/ }).click();
    await fits(person, "reopen-rated");
  });

  await test.step("it is looked at again at the person's word", async () => {
    await say("Tôi chưa đồng ý", "Nước vẫn tràn vào sân, không ai đến xem cuối cống.", "Đề nghị xem lại");
    await expect(person.getByText(/Đã\sghi\slời\scủa\sông\/bà/)).toBeVisible();
    await expect(person.getByText(/^Đang\sxem\slại$/)).toBeVisible();
    await expect(person.getByText(/Câu\strả\slời\strước,\svăn\sbản\ssố\s931.*đúng\shạn/)).toBeVisible();
    await fits(person, "reopen-again");
    await unit.goto("/noi-bo");
    await expect(unit.getByRole("row").filter({ hasText: number })).toBeVisible();
    await unit.goto(at);
    await look(unit, "reopen-unit");
    await answer(second, "932");
  });

  await test.step("then with new facts only; the chair refuses with a ground", async () => {
    await say("Có tình tiết mới, tôi đề nghị xem lại", "Tôi có ảnh chụp nước tràn.", "Gửi đề nghị đến Chủ tịch");
    await expect(person.getByText(/Đề\snghị\sđang\schờ\sChủ\stịch\sxem\sxét/)).toBeVisible();
    await expect(person.getByText(/^Có\stình\stiết\smới,\stôi\sđề\snghị\sxem\slại$/)).toHaveCount(0);
    await chair.goto("/noi-bo");
    await chair.getByRole("row").filter({ hasText: number }).getByRole("button", { name: /Quyết\sđịnh\sxem\slại/ }).click();
    await chair.getByText(/^Không\sxem\slại$/).click();
    await chair.getByRole("button", { name: "Ghi quyết định không xem lại" }).click();
    await expect(chair.getByRole("alert").getByRole("link", { name: "Chọn lý do không xem lại" })).toBeVisible();
    await chair.getByLabel("Lý do", { exact: true }).selectOption({ label: "Không có tình tiết mới" });
    await chair.getByLabel("Căn cứ pháp lý").fill("Nghị định số 154/2026/NĐ-CP, Điều 4");
    await chair.getByLabel("Giải thích cho người nêu").fill(refusal);
    await look(chair, "reopen-refuse");
    await chair.getByRole("button", { name: "Ghi quyết định không xem lại" }).click();
    await expect(chair.getByText(/Đã\sghi\squyết\sđịnh\skhông\sxem\slại\./)).toBeVisible();
    await follow(person);
    await expect(person.getByText(refusal)).toBeVisible();
    await fits(person, "reopen-refused");
  });

  await test.step("with new facts it is looked at again, and answered a third time", async () => {
    await say("Có tình tiết mới, tôi đề nghị xem lại", "Thôn lập biên bản ngày 26/10, tôi nộp kèm.",
      "Gửi đề nghị đến Chủ tịch");
    await chair.goto(at);
    await chair.getByRole("button", { name: "Đồng ý xem lại" }).click();
    await expect(chair.getByText(/Đã\sđồng\sý\sxem\slại,\shạn\strả\slời/)).toBeVisible();
    await answer(third, "933");
    await follow(person);
    await expect(person.getByText(third)).toBeVisible();
    await expect(person.getByText(/Câu\strả\slời\strước,\svăn\sbản\ssố\s931/)).toBeVisible();
    await expect(person.getByText(/Câu\strả\slời\strước,\svăn\sbản\ssố\s932/)).toBeVisible();
    await fits(person, "reopen-third");
    await look(office, "reopen-office");
  });
  await phone.close();
});
