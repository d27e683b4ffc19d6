import { demo, expect, fits, type Login, look, sendSlip, test } from "../story.ts";

const server = demo();

const matter = "Sáng kiến: mỗi thôn có một tủ nhận hồ sơ, chiều thứ Sáu cán bộ xã đến lấy, ai bận đi làm thì bỏ vào tủ.";
const answer = "UBND xã cảm ơn đề xuất. Bộ phận Văn phòng làm thử tủ nhận hồ sơ trong tháng 11/2024 rồi báo kết quả.";
const not = "Hồ sơ có giấy tờ gốc, để trong tủ ngoài giờ không bảo đảm an toàn.";
const partly = "Làm thử ở thôn 2 từ ngày 04/11/2024, chỉ với hồ sơ không có giấy tờ gốc.";

test("what somebody proposes ends in applied or not, and why; the last word counts",
    async ({ visitor, officer }) => {
  test.setTimeout(240_000);
  const receipt = await sendSlip(await visitor(server), { matters: [matter], name: "Phan Thị Mô Phỏng" });
  const number = receipt.numbers[0] ?? "";
  const at = `/noi-bo/y-kien/${number}`;
  const open = async (login: Login) => {
    const page = await officer(server, login);
    await page.goto(at);
    return page;
  };
  const secretary = await open("thuky");
  const unit = await officer(server, "diachinh");
  const chair = await officer(server, "chutich");
  const office = await officer(server, "vanphong");
  const person = await visitor(server);
  const follow = async () => {
    await person.goto("/tra-cuu");
    if (await person.getByLabel("Mã tra cứu trên biên nhận").count()) {
      await person.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
      await person.getByRole("button", { name: "Tra cứu" }).click();
    }
    await person.goto("/tra-cuu/y-kien");
  };

  await test.step("it is an initiative, to be answered later", async () => {
    await expect(secretary.getByText("Sáng kiến (theo lời văn)")).toBeVisible();
    await secretary.getByRole("radio", { name: /^Sáng\skiến/ }).check();
    await secretary.getByRole("radio", { name: "Xác minh, trả lời sau" }).check();
    const lead = secretary.getByLabel("Đơn vị chủ trì");
    await lead.selectOption({ label: await lead.locator("option", { hasText: /Địa\schính/ }).innerText() });
    await secretary.getByRole("button", { name: /^Ghi\shướng\sxử\slý/ }).click();
    await expect(secretary.getByText(/Đã\sghi\shướng\sxử\slý/)).toBeVisible();
    await follow();
    await expect(person.getByText("Xã chưa kết luận.", { exact: false })).toBeVisible();
  });

  await test.step("the chair decides while signing; nothing chosen, or no reason, is said at its field", async () => {
    await unit.goto(at);
    await expect(unit.getByText("Chủ tịch chưa kết luận có áp dụng sáng kiến này hay không.")).toBeVisible();
    await expect(unit.getByRole("button", { name: "Ghi kết luận" })).toHaveCount(0);
    await unit.getByRole("textbox", { name: "Dự thảo trả lời" }).fill(answer);
    await unit.getByRole("button", { name: /^Trình/ }).first().click();
    await expect(unit.getByText(/Đã\strình\sdự\sthảo\strả\slời\./)).toBeVisible();
    await chair.goto(at);
    await chair.getByRole("button", { name: "Ghi kết luận" }).click();
    await expect(chair.getByText("Chọn có áp dụng hay không").first()).toBeVisible();
    await expect(chair.getByText("Ghi vì sao").first()).toBeVisible();
    await chair.getByRole("radio", { name: "Không áp dụng" }).check();
    await chair.getByLabel("Vì sao", { exact: true }).fill(`${not} Cảm ơn bà Phan Thị Mô Phỏng.`);
    await chair.getByRole("button", { name: "Ghi kết luận" }).click();
    await expect(chair.getByText("Bỏ tên, điện thoại, địa chỉ của người nêu", { exact: false }).first()).toBeVisible();
    await expect(chair.getByRole("radio", { name: "Không áp dụng" })).toBeChecked();
    await look(chair, "initiative-refused");
    await chair.getByLabel("Vì sao", { exact: true }).fill(not);
    await chair.getByRole("button", { name: "Ghi kết luận" }).click();
    await expect(chair.getByText(/Đã\sghi\skết\sluận\svề\ssáng\skiến/)).toBeVisible();
    await chair.getByRole("button", { name: /^Ký\svăn\sbản\strả\slời/ }).click();
    await office.goto(at);
    await office.getByLabel("Số văn bản").fill("932");
    await office.getByRole("button", { name: /^Phát\shành/ }).click();
    await follow();
    await expect(person.getByText(answer)).toBeVisible();
    await expect(person.getByText(not)).toBeVisible();
    await fits(person, "initiative-not-applied");
  });

  await test.step("another word later: the person is to be told, the register narrows to it", async () => {
    await chair.goto(at);
    await chair.getByText("Kết luận lại").click();
    await chair.getByRole("radio", { name: "Áp dụng một phần" }).check();
    await chair.getByLabel("Vì sao", { exact: true }).fill(partly);
    await chair.getByRole("button", { name: "Ghi kết luận" }).click();
    await expect(chair.getByText(/Đã\sghi\skết\sluận\svề\ssáng\skiến/)).toBeVisible();
    await office.goto(at);
    await expect(office.getByRole("button", { name: /Báo\skết\sluận\svề\ssáng\skiến/ })).toBeVisible();
    await office.goto("/noi-bo/y-kien?loc=tat-ca&loai=sang-kien-ap-dung-mot-phan");
    await expect(office.getByRole("row", { name: new RegExp(number) })).toBeVisible();
    await office.goto("/noi-bo/y-kien?loc=tat-ca&loai=sang-kien-chua-ket-luan");
    await expect(office.getByRole("row", { name: new RegExp(number) })).toHaveCount(0);
    await follow();
    await expect(person.getByText(partly)).toBeVisible();
    await expect(person.getByText(not)).toHaveCount(0);
  });
});
