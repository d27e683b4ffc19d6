import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../server.ts";
import { expect, fillSlip, fresh, look, type Page, readReceipt, test } from "../story.ts";

const server = fresh();

const words = "cây đa đầu thôn Đông";

/** The officers of the commune, with the unit or village they are of, and their roles. */
const people = {
  chutich: ["Đặng Văn Giả Định", "Chủ tịch UBND xã", "", "", "Chủ tịch UBND"],
  thuky: ["Lê Thị Giả Dụ", "Công chức Văn phòng – Thống kê", "Bộ phận Văn phòng – Thống kê", "",
    "Thư ký đối thoại", "Văn thư"],
  taichinh: ["Nguyễn Thị Mẫu", "Công chức Tài chính – Kế toán", "Bộ phận Tài chính – Kế toán", "",
    "Trưởng bộ phận", "Tài chính, kế toán"],
  vanhoa: ["Hồ Thị Giả Sử", "Công chức Văn hóa – Xã hội", "Bộ phận Văn hóa – Xã hội", "",
    "Trưởng bộ phận", "Văn hóa, đài truyền thanh"],
  tuphap: ["Phạm Văn Minh Họa", "Công chức Tư pháp – Hộ tịch", "Bộ phận Tư pháp – Hộ tịch", "", "Trưởng bộ phận"],
  diachinh: ["Võ Văn Mô Phỏng", "Công chức Địa chính – Xây dựng",
    "Bộ phận Địa chính – Nông nghiệp – Xây dựng và Môi trường", "", "Trưởng bộ phận"],
  thon1: ["Bùi Văn Thí Dụ", "Trưởng Thôn 1", "", "Thôn 1", "Trưởng thôn, tổ trưởng tổ dân phố"],
};

/** The link of the set-up that the console shows, once. */
function link(): string {
  return /http:\/\/\S+\/thiet-lap\/bat-dau\?ma=\S+/.exec(server.output)?.[0].replace("127.0.0.1", "localhost") ?? "";
}

/** A day as offices write it. */
function day(at: Date): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }).format(at);
}

/** Sets the commune of the plan up: its units under their names of then, its four villages. */
async function setUp(page: Page): Promise<void> {
  const next = () => page.getByRole("button", { name: "Tiếp tục" }).click();
  await page.goto(link());
  await page.getByLabel("xã", { exact: true }).check();
  await page.getByLabel("Tên", { exact: true }).fill("Nghĩa Dũng");
  await page.getByLabel("Cơ quan cấp trên").fill("Ủy ban nhân dân thành phố Quảng Ngãi");
  await next();
  await page.getByLabel("Mô hình trước 01/7/2025").check();
  await page.getByRole("button", { name: "Lấy danh sách theo mẫu" }).click();
  await expect(page.getByLabel("Bộ phận, phòng, đơn vị")).toHaveValue(/Bộ phận Tài chính – Kế toán/);
  await next();
  await page.getByLabel("Thôn, tổ dân phố", { exact: true }).fill("Thôn 1\nThôn 2\nThôn 3\nThôn 4");
  await next();
  await page.getByLabel("Tiếp công dân").fill("Chủ tịch UBND xã tiếp sáng thứ Năm hằng tuần, tại Phòng tiếp công dân");
  await page.getByLabel("Địa chỉ trụ sở").fill("Thôn 2, xã Nghĩa Dũng");
  await page.getByLabel("Điện thoại Văn phòng").fill("0255 000 0000");
  await next();
  await page.getByLabel("Không, chỉ dùng trong cơ quan").check();
  await next();
  await page.getByLabel("Họ và tên").fill("Trần Thị Ví Dụ");
  await page.getByLabel("Có", { exact: true }).check();
  await page.getByLabel("Tên đăng nhập").fill("vanphong");
  await page.getByLabel("Mật khẩu", { exact: true }).fill(words);
  await page.getByLabel("Nhập lại mật khẩu").fill(words);
  await next();
  await page.getByRole("button", { name: "Thiết lập" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Việc tiếp theo" })).toBeVisible();
}

/** Opens an account and gives the password that is shown once. */
async function open(admin: Page, login: string, [name, title, unit, village, ...roles]: string[]): Promise<string> {
  await admin.goto("/noi-bo/thiet-lap/tai-khoan/moi");
  await admin.getByLabel("Họ và tên").fill(name ?? "");
  await admin.getByLabel("Tên đăng nhập").fill(login);
  await admin.getByLabel("Chức danh").fill(title ?? "");
  if (unit) await admin.getByLabel("Bộ phận", { exact: true }).selectOption({ label: unit });
  if (village) await admin.getByLabel("Thôn", { exact: true }).selectOption({ label: village });
  for (const role of roles) await admin.getByLabel(role, { exact: true }).check();
  await admin.getByRole("button", { name: "Mở tài khoản và tạo mật khẩu" }).click();
  return admin.getByRole("alert").locator(".dt-secret").innerText();
}

/** Signs an officer in with the password that was given, and changes it. */
async function enter(page: Page, login: string, given: string): Promise<void> {
  await page.goto("/noi-bo/dang-nhap");
  await page.getByLabel("Tên đăng nhập").fill(login);
  await page.getByLabel("Mật khẩu").fill(given);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByLabel("Mật khẩu được cấp").fill(given);
  await page.getByLabel("Mật khẩu mới", { exact: true }).fill(`${words} xanh`);
  await page.getByLabel("Nhập lại mật khẩu mới").fill(`${words} xanh`);
  await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Bàn làm việc" })).toBeVisible();
}

/** What the office types for somebody who came, called or wrote: the person of the slip and how it came. */
async function typeSlip(office: Page, channel: string, name: string, matter: string): Promise<void> {
  if (channel) await office.getByRole("radio", { name: channel }).check();
  await office.locator("#noi-dung").fill(matter);
  await office.getByLabel("Họ và tên").fill(name);
  await office.getByRole("radio", { name: "Thôn 2" }).check();
  await office.getByRole("checkbox", { name: "Nhận tại trụ sở" }).check();
  for (const box of await office.locator('input[name="da-doc"], input[name="doc-lai"]').all()) await box.check();
}

/** The addresses of the tasks that a list shows. */
async function tasks(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  return page.locator("main tbody a[href*='/nhiem-vu/']").evaluateAll((all) =>
    all.map((a) => a.getAttribute("href") ?? ""));
}

/** Names somebody for each open place of a list of delegates that was downloaded. */
function named(csv: string): string {
  const lines = csv.replace(/^\uFEFF/, "").trim().split("\r\n").map((line) => line.split(";"));
  const column = lines[0]?.indexOf("Họ và tên") ?? -1;
  const tens = ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín"];
  for (const [n, line] of lines.entries()) {
    if (!line[column]) line[column] = `Người Mẫu ${tens[Math.floor(n / 9)]} ${tens[n % 9]}`;
  }
  return `\uFEFF${lines.map((line) => line.join(";")).join("\r\n")}\r\n`;
}

test("from importing the plan of 2024 to an announced dialogue", async ({ visitor }) => {
  test.setTimeout(600_000);
  const today = day(new Date());
  const office = await visitor(server);
  const officers = new Map<string, Page>();
  const of = (login: keyof typeof people): Page => officers.get(login) ?? office;
  let year = "";
  let at = "";

  await test.step("an empty commune, and its officers", async () => {
    await setUp(office);
    for (const [login, who] of Object.entries(people)) {
      const given = await open(office, login, who);
      const page = await visitor(server);
      await enter(page, login, given);
      officers.set(login, page);
    }
  });

  await test.step("the plan of 2024 is read, checked and taken over as it was issued", async () => {
    await office.getByRole("link", { name: "Kế hoạch" }).first().click();
    await look(office, "planning-plans-empty", false);
    await office.getByRole("link", { name: "Nhập từ văn bản" }).click();
    await office.getByLabel("Tệp kế hoạch").setInputFiles({
      name: "ke-hoach-2024.txt", mimeType: "text/plain",
      buffer: readFileSync(join(root, "plan/testdata/plan-2024.txt")),
    });
    await office.getByRole("button", { name: "Đọc kế hoạch" }).click();
    const main = office.locator("main");
    await expect(main).toContainText("4 căn cứ, 13 việc được giao");
    await expect(office.getByRole("region", { name: "Hiểu là" })).toContainText("Trưởng 04 thôn");
    await expect(office.getByLabel("Năm của kế hoạch")).toHaveValue("2024");
    await look(office, "planning-import", false);
    await office.getByRole("button", { name: "Nhập kế hoạch đã ban hành" }).click();
    await expect(office.getByRole("alert")).toContainText("Ghi ký hiệu của kế hoạch");
    await office.getByLabel("Ký hiệu").fill("KH-UBND");
    await office.getByRole("button", { name: "Nhập kế hoạch đã ban hành" }).click();
    await expect(office.getByRole("alert")).toHaveText("Đã nhập kế hoạch đã ban hành.");
  });

  await test.step("it is copied to this year, and what it cites is put right", async () => {
    await office.getByRole("link", { name: "Kế hoạch" }).first().click();
    await office.getByRole("button", { name: "Lập kế hoạch mới" }).click();
    year = await office.getByLabel("Năm của kế hoạch").inputValue();
    const copy = office.getByRole("option", { name: /^Chép kế hoạch năm 2024/ });
    await office.getByLabel("Bắt đầu từ").selectOption({ label: await copy.innerText() });
    await office.getByRole("button", { name: "Tạo dự thảo" }).click();
    await expect(office.locator("main")).toContainText("thay hoặc bỏ 1 căn cứ không còn hiệu lực");
    await office.getByRole("link", { name: "Sửa căn cứ" }).click();
    const opening = office.getByLabel("Đoạn mở đầu");
    await opening.fill((await opening.inputValue()).replace(/ và Kế hoạch 232[^,]*,/,
      "; Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15 ngày 10/11/2022,"));
    await office.getByRole("button", { name: "Lưu căn cứ" }).click();
    await expect(office.locator("main")).not.toContainText("căn cứ không còn hiệu lực");
    await expect(office.locator("main")).toContainText("10/2022/QH15");
    await look(office, "planning-plan-draft", false);
  });

  await test.step("submitted, returned, mended, signed and issued", async () => {
    const path = new URL(office.url()).pathname;
    const chair = of("chutich");
    await office.getByRole("button", { name: "Trình Chủ tịch ký" }).click();
    await chair.goto("/noi-bo");
    await expect(chair.locator("main")).not.toContainText("Hiện không có việc nào");
    await look(chair, "planning-desk-chair", false);
    await chair.getByRole("link", { name: `Kế hoạch đối thoại năm ${year}` }).click();
    await chair.getByText("Trả lại để sửa").first().click();
    await chair.getByLabel("Điều cần sửa").fill("Ghi rõ giờ bắt đầu của hội nghị trong mục thời gian.");
    await chair.getByRole("button", { name: "Trả lại để sửa" }).click();
    await expect(chair.getByRole("alert")).toHaveText("Đã trả lại để sửa.");

    await office.goto(path);
    await expect(office.locator("main")).toContainText("Ghi rõ giờ bắt đầu của hội nghị trong mục thời gian.");
    await office.getByRole("link", { name: "Sửa mục II.1" }).click();
    const points = office.getByLabel("Các ý");
    await points.fill((await points.inputValue()).replace(`năm ${year}.`, `năm ${year}, bắt đầu lúc 08 giờ.`));
    await office.getByRole("button", { name: "Lưu mục II.1" }).click();
    await office.getByRole("button", { name: "Trình Chủ tịch ký" }).click();
    await chair.goto(path);
    await expect(chair.locator("main")).toContainText("bắt đầu lúc 08 giờ");
    await chair.getByRole("button", { name: "Ký kế hoạch" }).click();
    await expect(chair.getByRole("alert")).toContainText("Đã ký");

    const clerk = of("thuky");
    await clerk.goto("/noi-bo");
    await clerk.getByRole("link", { name: `Kế hoạch đối thoại năm ${year}` }).click();
    await clerk.getByLabel("Số", { exact: true }).fill("12");
    await clerk.getByLabel("Ngày ban hành").fill(today);
    await clerk.getByRole("button", { name: "Ban hành" }).click();
    await expect(clerk.getByRole("alert")).toContainText("Kế hoạch đã lên trang công khai");
    await look(clerk, "planning-plan-issued", false);
    const resident = await visitor(server);
    await resident.goto(`/ke-hoach/${year}`);
    await expect(resident.locator("main")).toContainText("12/KH-UBND");
  });

  await test.step("the dialogue is made from the plan in one form", async () => {
    await office.getByRole("link", { name: "Đối thoại" }).first().click();
    await office.getByRole("button", { name: "Lập buổi đối thoại" }).click();
    await expect(office.getByRole("textbox", { name: "Địa điểm" })).toHaveValue("Hội trường UBND xã Nghĩa Dũng");
    await office.getByLabel("Giờ kết thúc dự kiến").fill("11:00");
    await office.getByLabel("Đồng chủ trì").fill("Ông Lý Văn Tượng Trưng, Phó Chủ tịch HĐND xã");
    await office.getByLabel("Thư ký").fill("Bà Lê Thị Giả Dụ, Văn phòng UBND xã");
    await office.getByLabel("Đầu mối liên hệ").fill("Bà Trần Thị Ví Dụ, Văn phòng UBND xã, 0255 000 0000");
    await look(office, "planning-dialogue-new", false);
    await office.getByRole("button", { name: "Lập buổi đối thoại" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã lập buổi đối thoại");
    at = new URL(office.url()).pathname;
    const gate = office.getByRole("region", { name: /việc phải xong trước/ });
    await expect(gate).toContainText("Ghi số phút của từng bước trong chương trình");
    await expect(gate, "nobody can tell the villages yet").not.toContainText("Thôn 1");
    await look(office, "planning-workspace-new", false);
  });

  await test.step("programme, house rules, the host's words", async () => {
    await office.getByRole("link", { name: "Ghi số phút của từng bước trong chương trình" }).click();
    for (const [i, minutes] of [10, 10, 10, 60, 60, 20, 10].entries()) {
      await office.getByLabel(`Số phút, dòng ${i + 1}`, { exact: true }).fill(String(minutes));
    }
    await office.getByRole("button", { name: "Lưu chương trình" }).click();
    await expect(office.locator("main")).toContainText("Vừa đúng giờ kết thúc dự kiến");
    await look(office, "planning-programme", false);
    for (const paper of ["Nội quy đối thoại", "Lời dẫn chương trình"]) {
      await office.goto(at);
      await office.getByRole("link", { name: paper, exact: true }).click();
      await office.getByRole("button", { name: "Lưu", exact: true }).click();
      await expect(office.getByRole("alert")).toHaveText("Đã lưu.");
    }
  });

  await test.step("the list of participants goes out as a file and comes back with names", async () => {
    await office.goto(at);
    await office.getByRole("link", { name: "Chưa có danh sách mời" }).click();
    await office.getByRole("button", { name: "Lập theo kế hoạch", exact: true }).click();
    await expect(office.getByRole("alert")).toContainText("Đã thêm 30 chỗ vào danh sách");
    await expect(office.locator("main")).toContainText("22 chỗ chờ cử người");
    const [file] = await Promise.all([
      office.waitForEvent("download"), office.getByRole("link", { name: "CSV" }).click(),
    ]);
    await office.getByRole("link", { name: "Nhập từ tệp" }).click();
    await office.locator("input[type=file]").setInputFiles({
      name: "thanh-phan.csv", mimeType: "text/csv", buffer: Buffer.from(named(readFileSync(await file.path(), "utf8"))),
    });
    await office.getByRole("button", { name: "Xem trước" }).click();
    await look(office, "planning-people-import", false);
    await office.getByRole("button", { name: "Nhập 22 mục" }).click();
    await expect(office.locator("main")).not.toContainText("chờ cử người");
    await expect(office.getByRole("link", { name: "Danh sách 30" })).toBeVisible();
  });

  await test.step("announced in time, with its number", async () => {
    await office.goto(at);
    await office.getByRole("link", { name: "Ban hành Thông báo" }).click();
    await office.getByLabel("Số thông báo").fill("87");
    await office.getByLabel("Ngày ban hành").fill(today);
    await office.getByRole("button", { name: "Lưu", exact: true }).click();
    await look(office, "planning-announcement", false);
    await office.getByRole("button", { name: "Thông báo", exact: true }).click();
    await expect(office.getByRole("alert")).toContainText("Trang công khai đã mở");
    const resident = await visitor(server);
    await resident.goto("/doi-thoai");
    await resident.getByRole("main").getByRole("link", { name: /Hội nghị đối thoại/ }).first().click();
    await expect(resident.locator("main")).toContainText("Hội trường UBND xã Nghĩa Dũng");
    await look(resident, "planning-public", false);
  });

  // What the loudspeakers' log and the villages' reports show needs no other proof.
  await test.step("posted at the office, with its proof", async () => {
    for (const [duty, doer, proof] of [
      ["Niêm yết thông báo", "Văn phòng", "Bảng tin trụ sở, biên bản niêm yết số 31"],
    ] as const) {
      await office.goto(at);
      await office.getByRole("row", { name: duty }).getByRole("link").first().click();
      await office.getByLabel("Người làm").fill(doer);
      await office.getByRole("textbox", { name: "Minh chứng" }).fill(proof);
      await office.getByRole("button", { name: "Ghi minh chứng" }).click();
      await expect(office.getByRole("alert")).toHaveText("Đã ghi minh chứng.");
    }
  });

  await test.step("invited, and their answers", async () => {
    await office.goto(`${at}/thanh-phan`);
    await office.getByRole("link", { name: "Chọn tất cả" }).click();
    await office.getByRole("button", { name: "Ghi đã mời" }).click();
    await expect(office.getByRole("alert")).toHaveText("Đã ghi mời 30 người.");
    await office.getByRole("link", { name: "Phạm Văn Minh Họa" }).click();
    await office.getByLabel("Nhận lời dự").check();
    await office.getByRole("button", { name: "Ghi trả lời" }).click();
    await office.getByRole("row", { name: "Hội Nông dân" }).getByRole("link").click();
    await office.getByLabel("Cử người dự thay").check();
    await office.getByLabel("Họ và tên người dự").fill("Đinh Văn Thay Mặt");
    await office.getByLabel("Chức vụ của người dự").fill("Phó Chủ tịch Hội Nông dân");
    await office.getByRole("button", { name: "Ghi trả lời" }).click();
    await office.getByRole("row", { name: "Hội Cựu chiến binh" }).getByRole("link").click();
    await office.getByLabel("Báo vắng").check();
    await office.getByLabel("Lý do vắng").fill("Đi họp ở tỉnh");
    await office.getByRole("button", { name: "Ghi trả lời" }).click();
    await expect(office.locator("main")).toContainText("Sẽ dự 2 đại biểu");
    await look(office, "planning-people", false);
  });

  await test.step("the bulletin is released and read out", async () => {
    const culture = of("vanhoa");
    await culture.goto(at);
    await culture.getByRole("link", { name: "Thông báo trên truyền thanh, trang của xã" }).first().click();
    await culture.getByRole("button", { name: "Lưu bài" }).click();
    await expect(culture.getByRole("region", { name: "Bản đọc" })).toContainText("Ủy ban nhân dân xã Nghĩa Dũng");
    await culture.getByRole("button", { name: "Cho phát bài này" }).click();
    await culture.getByRole("button", { name: "Lên lịch phát" }).click();
    await culture.getByRole("link", { name: "Ghi lần phát ngoài lịch" }).click();
    await culture.getByRole("button", { name: "Ghi nhật ký" }).click();
    await expect(culture.locator("main")).toContainText("Đã phát");
    await look(culture, "planning-bulletin", false);
  });

  await test.step("the checklist, done thing by thing", async () => {
    const culture = of("vanhoa");
    await culture.goto(`${at}/hau-can`);
    await culture.getByRole("button", { name: "Lập danh mục thường dùng" }).click();
    for (let done = 0; done < 10; done++) {
      await expect(culture.locator("main")).toContainText(`${done} trên 10 việc`);
      await culture.getByRole("button", { name: /^Xong/ }).first().click();
    }
    await expect(culture.locator("main")).toContainText("10 trên 10 việc");
    await look(culture, "planning-logistics", false);
  });

  await test.step("the estimate is submitted, approved and funded", async () => {
    await office.goto(`${at}/du-toan`);
    for (let line = 1; line <= 8; line++) {
      await office.getByLabel(`Số lượng, dòng ${line}`, { exact: true }).fill("10");
      await office.getByLabel(`Đơn giá (đồng), dòng ${line}`, { exact: true }).fill("20.000");
      await office.getByLabel(`Căn cứ định mức, dòng ${line}`, { exact: true }).fill("Báo giá mô phỏng 01");
    }
    await office.getByRole("button", { name: "Trình Chủ tịch" }).click();
    const chair = of("chutich");
    await chair.goto(`${at}/du-toan`);
    await expect(chair.locator("main")).toContainText("Một triệu sáu trăm nghìn đồng");
    await look(chair, "planning-estimate", false);
    await chair.getByRole("button", { name: "Duyệt", exact: true }).click();
    const finance = of("taichinh");
    await finance.goto(`${at}/du-toan`);
    await finance.getByLabel("Nguồn kinh phí").fill(`Ngân sách xã năm ${year}, chi thường xuyên`);
    await expect(finance.getByLabel("Số tiền")).toHaveValue("1.600.000");
    await finance.getByLabel("Số văn bản").fill("118/QĐ-UBND");
    await finance.getByLabel("Ngày văn bản").fill(today);
    await finance.getByRole("button", { name: "Ghi nguồn kinh phí" }).click();
    await expect(finance.getByRole("alert")).toHaveText("Đã ghi nguồn kinh phí.");
  });

  await test.step("the villages tell and post: a head on the telephone, the others by the office", async () => {
    const head = of("thon1");
    await head.setViewportSize({ width: 360, height: 720 });
    await head.goto("/noi-bo/thon");
    await look(head, "planning-village", false);
    await head.getByRole("button", { name: "Đã thông báo" }).click();
    await head.getByRole("button", { name: "Đã niêm yết" }).click();
    await expect(head.getByRole("alert")).toContainText("Đã ghi niêm yết");
    for (const village of ["Thôn 2", "Thôn 3", "Thôn 4"]) {
      const said = `Trưởng ${village}, qua điện thoại`;
      await office.goto(`${at}/thon`);
      await office.getByRole("link", { name: village, exact: true }).click();
      const told = office.locator("form[action$='/thong-bao']");
      await told.getByLabel("Loa thôn").check();
      await told.getByLabel("Theo lời ai").fill(said);
      await office.getByRole("button", { name: "Đã thông báo" }).click();
      await office.getByRole("link", { name: village, exact: true }).click();
      const posted = office.locator("form[action$='/niem-yet']");
      await posted.getByLabel("Nơi niêm yết").fill(`Nhà văn hóa ${village}`);
      await posted.getByLabel("Theo lời ai").fill(said);
      await office.getByRole("button", { name: "Đã niêm yết" }).click();
    }
    await expect(office.locator("main")).toContainText("4 trên 4 thôn đã thông báo");
    await look(office, "planning-villages", false);
  });

  await test.step("twelve opinions over six channels", async () => {
    for (const [name, matter] of [
      ["Nguyễn Văn Thí Điểm", "Lệ phí cấp bản sao giấy khai sinh niêm yết ở đâu, xin xã cho biết rõ."],
      ["Trần Thị Mô Phỏng", "Đề nghị một cửa nhận hồ sơ cả sáng thứ Bảy cho người đi làm xa."],
      ["Lê Văn Giả Định", "Hồ sơ đất đai nộp ba tháng chưa có kết quả, xin trả lời."],
    ] as const) {
      const resident = await visitor(server);
      await fillSlip(resident, { matters: [matter], name });
      await resident.getByRole("button", { name: "Xem lại trước khi gửi" }).click();
      await resident.getByRole("button", { name: "Gửi ý kiến", exact: true }).click();
      await readReceipt(resident);
    }
    for (const [channel, name, matter] of [
      ["Tại trụ sở", "Phạm Thị Thí Dụ", "Xin bố trí ghế ngồi chờ cho người già ở bộ phận một cửa."],
      ["Tại trụ sở", "Đỗ Văn Minh Họa", "Giấy hẹn trả kết quả ghi chưa rõ giờ, dân phải đi lại nhiều lần."],
      ["Qua điện thoại", "Võ Thị Mẫu Số", "Hỏi thủ tục đăng ký tạm trú cho con ở trọ."],
      ["Tin nhắn Zalo", "Bùi Văn Hình Dung", "Phiếu chụp gửi qua Zalo: xin cấp lại giấy khai sinh bị mất."],
    ] as const) {
      await office.goto("/noi-bo/phieu-moi");
      await typeSlip(office, channel, name, matter);
      if (channel === "Tin nhắn Zalo") {
        const picture = await office.screenshot({ type: "jpeg" });
        await office.locator("input[type=file]")
          .setInputFiles({ name: "zalo.jpg", mimeType: "image/jpeg", buffer: picture });
      }
      await office.getByRole("button", { name: "Ghi phiếu, lập biên nhận" }).click();
      await expect(office.getByRole("heading", { level: 1 })).toHaveText("Biên nhận của UBND xã Nghĩa Dũng");
    }
    await office.getByRole("link", { name: /^Mở ND-/ }).click();
    await expect(office.getByRole("button", { name: "Xem tệp" }), "the picture came with it").toBeVisible();

    await office.goto(`${at}/phieu-giay`);
    await office.getByLabel("Số phiếu cần in").fill("20");
    await office.getByRole("button", { name: "Cấp số" }).click();
    await office.getByLabel("Đến số").first().fill("0010");
    await office.getByLabel("Phát cho").selectOption({ label: "Thôn 2" });
    await office.getByLabel("Người nhận, chức vụ").fill("Trưởng Thôn 2");
    await office.getByRole("button", { name: "Ghi đã phát" }).click();
    await look(office, "planning-stock", false);
    await office.getByRole("button", { name: "Nhập phiếu thu về" }).click();
    await office.getByLabel("Số phiếu, hoặc quét mã QR").fill("0003");
    await office.keyboard.press("Enter");
    await expect(office.getByRole("heading", { level: 1 })).toHaveText("Nhập phiếu giấy số 0003");
    await typeSlip(office, "", "Hồ Văn Giấy Mẫu", "Đường bê tông xóm Đông hỏng, đề nghị xã sửa trước mùa mưa.");
    await office.keyboard.press("Control+Enter");
    await expect(office.getByRole("alert")).toContainText("Đã nhập phiếu 0003");

    await office.goto("/noi-bo/danh-sach-thon");
    await office.getByLabel("Nguyên văn danh sách").fill(
      "1. Đề nghị mở thêm giờ tiếp dân buổi chiều.\n2. Xin hướng dẫn nộp hồ sơ qua mạng cho người già.\n" +
      "3. Biển báo ở ngã ba thôn bị che khuất.\n4. Xin công khai danh sách hộ được hỗ trợ sửa nhà.");
    await office.getByLabel("Thôn", { exact: true }).selectOption({ label: "Thôn 3" });
    await office.getByLabel("Trưởng thôn báo có bao nhiêu ý kiến").fill("4");
    await office.getByRole("button", { name: "Tách thành từng ý kiến" }).click();
    await office.getByRole("button", { name: "Ghi 4 ý kiến, lập biên nhận" }).click();
    await expect(office.getByRole("heading", { level: 1 })).toHaveText("Biên nhận danh sách ý kiến, Thôn 3");
  });

  await test.step("the questions go to a unit, and its answers come back", async () => {
    await office.goto(`${at}/cau-hoi`);
    const boxes = office.locator("input[name=chon]");
    await expect(boxes).toHaveCount(12);
    for (const box of await boxes.all()) await box.check();
    await office.getByLabel("Đơn vị chuẩn bị").selectOption({ label: "Bộ phận Tư pháp – Hộ tịch" });
    await office.getByRole("button", { name: "Chuyển đến đơn vị" }).click();
    await expect(office.getByRole("alert")).toHaveText("Đã chuyển 12 câu hỏi.");
    const unit = of("tuphap");
    await unit.goto("/noi-bo");
    await look(unit, "planning-desk-unit", false);
    await unit.goto(`${at}/cau-hoi`);
    const questions = await unit.locator("main tbody a").evaluateAll((all) =>
      all.map((a) => a.getAttribute("href") ?? ""));
    expect(questions).toHaveLength(12);
    for (const question of questions) {
      await unit.goto(question);
      await unit.getByLabel("Dự thảo trả lời").fill("Bộ phận đã kiểm tra và xin trả lời cụ thể tại hội nghị.");
      await unit.getByRole("button", { name: "Lưu dự thảo" }).click();
      await office.goto(question);
      await office.getByRole("button", { name: "Xác nhận đã soát" }).click();
      await expect(office.getByRole("alert")).toContainText("Đã xác nhận soát dự thảo");
    }
    await look(office, "planning-question", false);
    const chair = of("chutich");
    await chair.goto(at);
    await chair.getByRole("link", { name: "Tập tài liệu cho người chủ trì" }).first().click();
    await expect(chair.locator("main")).toContainText("xin trả lời cụ thể tại hội nghị");
    await look(chair, "planning-briefing", false);
  });

  await test.step("every task of section IV is answered for", async () => {
    const own = { vanphong: 9, taichinh: 5, vanhoa: 6, tuphap: 4, diachinh: 4, thon1: 1 };
    for (const [login, count] of Object.entries(own)) {
      const page = login === "vanphong" ? office : of(login as keyof typeof people);
      const mine = await tasks(page, "/noi-bo/nhiem-vu?loc=cua-toi");
      expect(mine, login).toHaveLength(count);
      for (const task of mine) {
        await page.goto(task);
        await page.getByLabel("Kết quả và minh chứng").first().fill("Đã làm xong, có biên bản họp bộ phận kèm theo.");
        await page.getByRole("button", { name: "Báo đã xong" }).click();
        await expect(page.locator("main")).toContainText("Hoàn thành");
      }
    }
    const left = await tasks(office, "/noi-bo/nhiem-vu?loc=khong-han");
    expect(left, "those without an account").toHaveLength(11);
    for (const task of left) {
      await office.goto(task);
      await office.getByLabel("Kết quả và minh chứng").first().fill("Đã phổ biến, đã cử người dự hội nghị.");
      await office.getByLabel("Chức vụ người báo").first().fill("Người phụ trách");
      await office.getByRole("button", { name: "Ghi nhận đã xong" }).first().click();
      await expect(office.locator("main")).toContainText("Hoàn thành");
    }
    await office.goto("/noi-bo/nhiem-vu/theo-ke-hoach");
    await look(office, "planning-tasks", false);
  });

  await test.step("nothing blocks any more", async () => {
    await office.goto(at);
    await expect(office.getByRole("region", { name: /việc phải xong trước/ })).toHaveCount(0);
    await expect(office.getByRole("row", { name: /Dự thảo trả lời 12 câu hỏi/ })).toContainText("12 trên 12 câu");
    await look(office, "planning-workspace-ready", false);
  });
});
