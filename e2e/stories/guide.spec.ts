import { demo, expect, fits, look, test } from "../story.ts";

const server = demo();

const question = "Nộp giấy tờ chứng thực lúc nào thì được trả trong ngày?";

test("a public answer becomes a reference page, which says itself when it is not to be relied on",
    async ({ visitor, officer }) => {
  test.setTimeout(240_000);
  const unit = await officer(server, "tuphap");
  const office = await officer(server, "vanphong");
  const person = await visitor(server);

  await test.step("the unit writes it from the public answer; what is missing is said at its field", async () => {
    await unit.goto("/noi-bo/y-kien/ND-24-0029");
    await unit.getByRole("link", { name: "Làm trang hướng dẫn từ câu trả lời này" }).click();
    await expect(unit.getByLabel("Căn cứ pháp lý")).toHaveValue(/23\/2015\/NĐ-CP/);
    await unit.getByLabel("Câu hỏi, viết như người dân hỏi").fill("");
    await unit.getByLabel("Mã thủ tục, nếu biết").fill("2.000815");
    await unit.getByRole("button", { name: "Lưu bản thảo" }).click();
    await expect(unit.getByRole("link", { name: "Ghi câu hỏi" })).toBeVisible();
    await expect(unit.getByRole("link", { name: "Ghi tên thủ tục của mã này" })).toBeVisible();
    await look(unit, "guide-refused");
    await unit.getByLabel("Câu hỏi, viết như người dân hỏi").fill(question);
    await unit.getByLabel("Tên thủ tục hành chính, nếu có").fill("Chứng thực bản sao từ bản chính");
    await unit.getByRole("button", { name: "Lưu bản thảo" }).click();
    await expect(unit.getByText("Đã lưu bản thảo.")).toBeVisible();
    await expect(unit.getByRole("button", { name: "Đăng trang hướng dẫn" })).toHaveCount(0);
    await person.goto("/huong-dan");
    await expect(person.getByRole("link", { name: question })).toHaveCount(0);
  });

  await test.step("the office has it on its desk and publishes it; people find it above the answers", async () => {
    await office.goto("/noi-bo");
    await office.getByRole("link", { name: question }).click();
    await fits(office, "guide-draft");
    await office.getByRole("button", { name: "Đăng trang hướng dẫn" }).click();
    await expect(office.getByText("Đã đăng trang hướng dẫn.")).toBeVisible();
    await person.goto("/hoi-dap?tim=chung+thuc+ban+sao");
    await person.getByRole("link", { name: question }).click();
    await expect(person.getByText("giữ cho trang này đúng.", { exact: false })).toBeVisible();
    await fits(person, "guide");
    await person.goto("/huong-dan");
    await fits(person, "guides");
  });

  await test.step("a page whose answer was replaced says so until its unit revises it", async () => {
    const land = await officer(server, "diachinh");
    await person.goto("/huong-dan/3");
    await expect(person.getByText("Đang chờ rà soát")).toBeVisible();
    await fits(person, "guide-due");
    await land.goto("/noi-bo");
    await land.getByRole("link", { name: "Xác nhận nguồn gốc đất cần giấy tờ gì?" }).click();
    await fits(land, "guide-due-staff");
    await land.getByRole("link", { name: "Sửa nội dung" }).click();
    await land.getByRole("button", { name: "Đăng bản sửa" }).click();
    await expect(land.getByText("Nội dung chưa sửa gì.", { exact: false }).first()).toBeVisible();
    await land.getByRole("textbox", { name: "Hướng dẫn" }).fill("Mang giấy tờ về đất hiện có; thiếu gì được ghi một lần.");
    await land.getByRole("button", { name: "Đăng bản sửa" }).click();
    await expect(land.getByText("Đã đăng bản sửa.", { exact: false })).toBeVisible();
    await land.getByRole("link", { name: "Bản 1" }).click();
    await expect(land.getByText("xã đã xin lỗi và nhận lại hồ sơ", { exact: false })).toBeVisible();
    await person.reload();
    await expect(person.getByText("Đã rà soát")).toBeVisible();
    await expect(person.getByText("Mang giấy tờ về đất hiện có", { exact: false })).toBeVisible();
  });

  await test.step("a page that is withdrawn says since when and why", async () => {
    await office.goto("/noi-bo/huong-dan?loc=dang-dang");
    await fits(office, "guides-staff");
    await office.getByRole("link", { name: question }).click();
    await office.getByText("Gỡ trang này").click();
    await office.getByRole("button", { name: "Gỡ" }).click();
    await expect(office.getByRole("link", { name: "Ghi vì sao gỡ trang này" })).toBeVisible();
    await office.getByLabel("Vì sao gỡ").fill("Từ nay xem bảng niêm yết tại bộ phận Một cửa.");
    await office.getByRole("button", { name: "Gỡ" }).click();
    await expect(office.getByText("Đã gỡ trang hướng dẫn.")).toBeVisible();
    const at = new URL(office.url()).pathname.replace("/noi-bo", "");
    expect((await person.goto(at))?.status()).toBe(410);
    await expect(person.getByText("Từ nay xem bảng niêm yết", { exact: false })).toBeVisible();
  });
});
