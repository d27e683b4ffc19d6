import { expectNowhere, hall } from "../nowhere.ts";
import { demo, expect, look, sendSlip, test } from "../story.ts";

const server = demo();

const rude = "Sáng thứ Hai 21/10, công chức tiếp tôi ở quầy hộ tịch cáu gắt, " +
  "bắt đi về hai lần vì thiếu giấy mà không nói trước.";
const question = "Sáng 21/10 bà trực quầy hộ tịch. Có trường hợp nào phải đi lại hai lần vì thiếu giấy không, vì sao?";
const person = "Mai Thị Giả Danh";

test("the officer of whom an opinion on conduct is sees the chair's question and nothing else",
    async ({ visitor, officer }) => {
  test.setTimeout(150_000);
  const receipt = await sendSlip(await visitor(server), {
    matters: [rude], name: person, village: "Thôn 1", phone: "0900 111 222",
  });
  const number = receipt.numbers[0] ?? "";
  const at = `/noi-bo/y-kien/${number}`;
  const office = await officer(server, "vanphong");
  const chair = await officer(server, "chutich");
  const named = await officer(server, "tuphap");

  await test.step("the office names her in the file", async () => {
    await office.goto(at);
    await office.getByText("Ý kiến nêu thái độ của cán bộ, công chức?").click();
    await office.getByRole("checkbox", { name: /Phạm Thị Minh Họa/ }).check();
    await look(office, "conduct-naming");
    await office.getByRole("button", { name: "Ghi người được nêu" }).click();
    await expect(office.getByText("Đã ghi người được nêu trong ý kiến.")).toBeVisible();
    await expect(office.getByText("Người này và đơn vị của họ không mở được ý kiến")).toBeVisible();
  });

  await test.step("her unit can't lead it: only the office and the chair are offered", async () => {
    await office.getByRole("radio", { name: "Xác minh, trả lời sau" }).check();
    await expect(office.getByLabel("Đơn vị chủ trì").getByRole("option", { name: /Tư pháp/ })).toHaveCount(0);
    await office.getByLabel("Đơn vị chủ trì").selectOption({ label: "Chủ tịch trực tiếp chủ trì" });
    await office.getByRole("button", { name: "Ghi hướng xử lý" }).click();
    await expect(office.getByRole("alert")).toContainText(`${number}: Đã ghi hướng xử lý.`);
    await office.goto(at);
    await expect(office.locator("section", { has: office.getByRole("heading", { name: "Phân công" }) }))
      .toContainText("Chủ tịch trực tiếp chủ trì");
  });

  await test.step("the chair asks her for an explanation; a question that tells who raised it is refused", async () => {
    await chair.goto(at);
    await chair.getByText("Yêu cầu giải trình", { exact: true }).first().click();
    await chair.getByLabel("Điều cần giải trình").fill(`Bà ${person} nói có đúng không?`);
    await chair.getByLabel("Hạn giải trình").fill("25/10/2024");
    await chair.getByRole("button", { name: "Gửi yêu cầu" }).click();
    await expect(chair.getByRole("alert").getByRole("link", { name: /còn họ tên, số điện thoại/ })).toBeVisible();
    await look(chair, "conduct-ask-error");
    await chair.getByLabel("Điều cần giải trình").fill(question);
    await chair.getByRole("button", { name: "Gửi yêu cầu" }).click();
    await expect(chair.getByText("Đã gửi yêu cầu giải trình.")).toBeVisible();
    await look(chair, "conduct-opinion");
  });

  await test.step("she tries page, register, search, exports, feeds, guessed addresses and every act by hand: nothing",
      async () => {
    const telling = [person, "0900 111 222", "0900111222", "cáu gắt", "bắt đi về hai lần"];
    await expectNowhere(named, number, telling);
    await expectNowhere(await visitor(server), number, telling, [401]);
    await named.goto(at);
    await look(named, "conduct-refused");
  });

  await test.step("the question waits on her desk; the draft saves itself; she answers", async () => {
    await named.goto("/noi-bo");
    await look(named, "conduct-desk");
    await named.getByRole("button", { name: "Viết giải trình" }).click();
    await expect(named.getByText(question)).toBeVisible();
    await named.getByLabel("Nội dung giải trình").fill("Hôm ấy mẫu tờ khai đổi, tôi chưa kịp dán bảng hướng dẫn mới.");
    await expect(named.getByText("Nháp tự lưu lúc")).toBeVisible();
    await named.reload();
    await expect(named.getByLabel("Nội dung giải trình")).toHaveValue(/mẫu tờ khai đổi/);
    await look(named, "conduct-explain");
    await named.getByRole("button", { name: "Gửi giải trình" }).click();
    await expect(named.getByText("Đã gửi giải trình đến Chủ tịch.")).toBeVisible();
  });

  await test.step("the chair reads it, and the person follows without seeing who works on it by name", async () => {
    await chair.goto(at);
    await expect(chair.getByText("tôi chưa kịp dán bảng hướng dẫn mới").first()).toBeVisible();
    await chair.getByText("Xem họ tên người nêu").click();
    await chair.getByLabel("Lý do xem").selectOption({ label: "Liên hệ xác minh" });
    await chair.getByRole("button", { name: "Xem họ tên" }).click();
    await expect(chair.getByText(person)).toBeVisible();
    const resident = await visitor(server);
    await resident.goto("/tra-cuu");
    await resident.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
    await resident.getByRole("button", { name: "Tra cứu" }).click();
    await resident.getByText("Ai đã xem họ tên, cách liên hệ, tệp kèm theo của ông/bà").click();
    await expect(resident.getByText("Chủ tịch UBND xã", { exact: true })).toBeVisible();
    await expect(resident.getByText("Lý do: Liên hệ xác minh")).toBeVisible();
    await expect(resident.getByText("Phạm Thị Minh Họa")).toHaveCount(0);
    await look(resident, "conduct-follow");
  });
});

test("an opinion on an officer of the office is nowhere for her and a colleague of her unit, whatever their roles open",
    async ({ visitor, officer }) => {
  test.setTimeout(150_000);
  const matter = "Người nhận hồ sơ của tôi ở văn phòng hay nói trống không, hỏi gì cũng gắt.";
  const receipt = await sendSlip(await visitor(server), {
    matters: [matter], name: "Bùi Văn Giả Tên", village: "Thôn 2", phone: "0900 333 444",
  });
  const number = receipt.numbers[0] ?? "";
  const telling = ["Bùi Văn Giả Tên", "0900 333 444", "0900333444", "nói trống không"];
  const colleague = await officer(server, "thuky");

  await test.step("before she is named, the colleague sees it in the hall", async () => {
    await colleague.goto(hall);
    const row = colleague.getByRole("link", { name: "Bùi Văn Giả Tên" });
    await expect(row).toBeVisible();
    await expect(row).toHaveAttribute("href", `${hall}/y-kien/${number}`);
  });

  await test.step("the chair names her", async () => {
    const chair = await officer(server, "chutich");
    await chair.goto(`/noi-bo/y-kien/${number}`);
    await chair.getByText("Ý kiến nêu thái độ của cán bộ, công chức?").click();
    await chair.getByRole("checkbox", { name: /Lê Thị Giả Dụ/ }).check();
    await chair.getByRole("button", { name: "Ghi người được nêu" }).click();
    await expect(chair.getByText("Đã ghi người được nêu trong ý kiến.")).toBeVisible();
  });

  await test.step("neither finds it in register, hall, audit or exports", async () => {
    const office = await officer(server, "vanphong");
    await expectNowhere(office, number, telling);
    const log = await office.request.post("/noi-bo/thiet-lap/nhat-ky/tep", { form: {} });
    expect(await log.text(), "the export has all else").toContain("ND-24-0028");
    await expectNowhere(colleague, number, telling);
  });
});
