import { demo, expect, fillSlip, type Login, look, readReceipt, test } from "../story.ts";

const server = demo();

const matter = "Bảng giờ làm việc ở quầy chứng thực bị mờ, tôi đọc không được.";
const kept = "Thay bảng giờ làm việc ở quầy chứng thực";
const broken = "Lắp thêm màn hình gọi số ở quầy chứng thực";
const shown = "Đã thay bảng, chữ cao 4 cm; biên bản ngày 23/10/2024.";
const why = "Dự toán năm nay không có kinh phí mua màn hình.";

test("what an answer promises is counted down, kept and broken before everybody", async ({ visitor, officer }) => {
  test.setTimeout(150_000);
  const resident = await visitor(server);
  await fillSlip(resident, { matters: [matter], name: "Lương Thị Hứa Thử", village: "Thôn 3" });
  await resident.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
  await resident.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
  const receipt = await readReceipt(resident);
  const number = receipt.numbers[0] ?? "";
  const at = `/noi-bo/y-kien/${number}`;
  const open = async (login: Login) => {
    const page = await officer(server, login);
    await page.goto(at);
    return page;
  };
  const secretary = await open("thuky");
  await secretary.getByRole("radio", { name: "Xác minh, trả lời sau" }).check();
  const lead = secretary.getByLabel("Đơn vị chủ trì");
  await lead.selectOption({ label: await lead.locator("option", { hasText: /Tư\spháp/ }).innerText() });
  await secretary.getByRole("button", { name: /^Ghi\shướng\sxử\slý/ }).click();
  await expect(secretary.getByText(/Đã\sghi\shướng\sxử\slý/)).toBeVisible();

  const unit = await open("tuphap");
  await test.step("the unit promises two things; a day off comes back", async () => {
    await unit.getByRole("textbox", { name: "Dự thảo trả lời" }).fill("Phản ánh đúng, bảng đã mờ.");
    await unit.getByLabel("Việc 1: việc gì").fill(kept);
    const doer = unit.getByLabel("Việc 1: ai làm");
    await doer.selectOption({ label: await doer.locator("option", { hasText: /Tư\spháp/ }).innerText() });
    await unit.getByLabel("Việc 1: bao giờ xong").fill("27/10/2024");
    await unit.getByText("Thêm việc", { exact: true }).click();
    await unit.getByLabel("Việc 2: việc gì").fill(broken);
    await unit.getByLabel("Việc 2: ai làm").selectOption({ index: 1 });
    await unit.getByLabel("Việc 2: bao giờ xong").fill("29/11/2024");
    await look(unit, "promise-form");
    await unit.getByRole("button", { name: "Trình duyệt" }).click();
    await expect(unit.getByRole("alert").getByRole("link", { name: /27\/10\/2024\slà\sngày\snghỉ/ })).toBeVisible();
    await expect(unit.getByLabel("Việc 2: việc gì")).toHaveValue(broken);
    await unit.getByLabel("Việc 1: bao giờ xong").fill("28/10/2024");
    await unit.getByRole("button", { name: "Trình duyệt" }).click();
    await expect(unit.getByText(/Đã\strình\sdự\sthảo\strả\slời\./)).toBeVisible();
  });

  const chair = await open("chutich");
  const office = await officer(server, "vanphong");
  await test.step("who signs reads it beside the answer; it begins when the letter goes out", async () => {
    await expect(chair.getByText(kept).first()).toBeVisible();
    await look(chair, "promise-sign");
    await chair.getByRole("button", { name: /^Ký\svăn\sbản\strả\slời/ }).click();
    await office.goto(at);
    await office.getByLabel("Số văn bản").fill("911");
    await office.getByRole("button", { name: /^Phát\shành/ }).click();
    await office.goto(at);
    await expect(office.getByRole("heading", { name: "Việc đã hứa" })).toBeVisible();
    await look(office, "promise-opinion");
    await office.getByRole("button", { name: /^Ghi\sđã\sbáo/ }).first().click();
    await office.goto(at);
    await office.getByLabel("Tiêu đề", { exact: true }).fill("Bảng giờ làm việc bị mờ");
    await office.getByRole("textbox", { name: "Câu hỏi" }).fill("Bảng giờ làm việc ở quầy chứng thực bị mờ.");
    await office.getByLabel("Nội dung trả lời công khai").fill("Phản ánh đúng, bảng đã mờ.");
    await office.getByRole("button", { name: "Đề nghị công khai" }).click();
    await chair.goto(`${at}/xem-truoc`);
    await chair.getByRole("button", { name: /^Duyệt\scông\skhai/ }).click();
  });

  const anyone = await visitor(server);
  await test.step("everybody reads the countdown", async () => {
    await anyone.goto(`/hoi-dap/${number}`);
    await expect(anyone.getByText(kept)).toBeVisible();
    await expect(anyone.getByText(/còn\s3\sngày\slàm\sviệc/)).toBeVisible();
    await look(anyone, "promise-answer");
    await anyone.goto("/cam-ket");
    await expect(anyone.getByRole("link", { name: kept })).toBeVisible();
    await look(anyone, "promise-ledger");
  });

  await test.step("its unit records that it is done; who signs, that the other will not be", async () => {
    await unit.goto("/noi-bo/viec-da-hua?loc=chua-den");
    await look(unit, "promise-list");
    await unit.getByRole("link", { name: kept }).click();
    await unit.getByLabel("Đã làm gì, có gì chứng minh").fill(shown);
    await look(unit, "promise-keep");
    await unit.getByRole("button", { name: "Ghi đã làm xong" }).click();
    await expect(unit.getByText(/Đã\sghi\sviệc\snày\slàm\sxong/)).toBeVisible();
    await chair.goto("/noi-bo/viec-da-hua?loc=chua-den");
    await chair.getByRole("link", { name: broken }).click();
    await chair.getByText("Không thực hiện được việc này").click();
    await chair.getByLabel("Vì sao không thực hiện").fill(why);
    await chair.getByRole("button", { name: "Ghi không thực hiện" }).click();
    await expect(chair.getByText(/Đã\sghi\sviệc\snày\skhông\sthực\shiện/)).toBeVisible();
  });

  await test.step("the public reads both, and never that the matter is solved", async () => {
    await anyone.goto(`/hoi-dap/${number}`);
    await expect(anyone.getByText("Xong đúng hạn")).toBeVisible();
    await expect(anyone.getByText(shown)).toBeVisible();
    await expect(anyone.getByText(why)).toBeVisible();
    await expect(anyone.getByText("Đã trả lời", { exact: true }).first()).toBeVisible();
    await look(anyone, "promise-kept");
    await resident.goto("/tra-cuu");
    await resident.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
    await resident.getByRole("button", { name: "Tra cứu" }).click();
    await expect(resident.getByText(shown)).toBeVisible();
    await look(resident, "promise-follow");
  });
});
