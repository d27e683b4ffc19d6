import { demo, expect, look, test } from "../story.ts";

const server = demo();

test("the vice chair signs for the chair by a dated paper, and not without it; a post changes hands",
    async ({ officer }) => {
  test.setTimeout(150_000);
  const chair = await officer(server, "chutich");
  const deputy = await officer(server, "phochutich");
  await chair.getByRole("button", { name: /Xem, ký/ }).first().click();
  const at = new URL(chair.url()).pathname;

  await test.step("without a paper the vice chair reads, and can't sign", async () => {
    await deputy.goto(at);
    await expect(deputy.getByRole("button", { name: "Ký văn bản trả lời" })).toHaveCount(0);
  });

  await test.step("the chair records the delegation", async () => {
    await chair.goto("/noi-bo/thiet-lap");
    await chair.getByRole("link", { name: "Cán bộ, chức vụ, ủy quyền" }).click();
    await look(chair, "posts");
    await chair.getByRole("button", { name: "Ghi văn bản giao ký thay, ủy quyền" }).click();
    await look(chair, "delegation-form");
    await chair.getByRole("button", { name: "Ghi văn bản giao ký thay, ủy quyền" }).click();
    await expect(chair.getByRole("alert").getByRole("link", { name: "Ghi số của văn bản giao" })).toBeVisible();
    await look(chair, "delegation-error");
    await chair.getByLabel("Người nhận").selectOption({ label: "Cao Thị Giả Thiết, Phó Chủ tịch UBND xã (KT.)" });
    await expect(chair.getByRole("checkbox", { name: "Chủ tịch UBND" })).toBeChecked();
    await chair.getByLabel("Đến hết ngày").fill("25/10/2024");
    await chair.getByLabel("Số văn bản giao").fill("12/GUQ-UBND");
    await chair.getByRole("button", { name: "Ghi văn bản giao ký thay, ủy quyền" }).click();
    await expect(chair.getByText("Đã ghi việc giao ký thay, ủy quyền.")).toBeVisible();
    await expect(chair.getByText("Đang hiệu lực")).toBeVisible();
    await look(chair, "posts-delegated");
  });

  await test.step("the vice chair signs KT.; the timeline says for whom", async () => {
    await deputy.goto("/noi-bo");
    await expect(deputy.getByRole("button", { name: /Xem, ký/ }).first()).toBeVisible();
    await deputy.goto(at);
    await deputy.getByRole("button", { name: "Ký văn bản trả lời" }).click();
    await expect(deputy.getByRole("alert")).toContainText("Đã ký văn bản trả lời.");
    await deputy.goto(at);
    await expect(deputy.getByText("KT. CHỦ TỊCH")).toBeVisible();
    await expect(deputy.getByText("Cao Thị Giả Thiết (thay Đặng Văn Giả Định) ký văn bản trả lời")).toBeVisible();
    await look(deputy, "delegation-signed");
  });

  await test.step("revoked, it gives nothing", async () => {
    await chair.getByRole("button", { name: /Thu hồi/ }).click();
    await expect(chair.getByText("Đã thu hồi văn bản giao ký thay, ủy quyền.")).toBeVisible();
    await deputy.goto("/noi-bo");
    await expect(deputy.getByRole("button", { name: /Xem, ký/ })).toHaveCount(0);
  });

  await test.step("the land officer's post changes hands; the work is on the other desk", async () => {
    const admin = await officer(server, "quantri");
    await admin.goto("/noi-bo/thiet-lap/can-bo");
    await admin.getByRole("link", { name: "Nguyễn Văn Mẫu" }).click();
    await admin.getByLabel("Người nhận").selectOption({ label: "Võ Văn Thử, Thư ký hội nghị đối thoại" });
    await admin.getByLabel("Nhận từ ngày").fill("23/10/2024");
    await admin.locator("#van-ban").fill("Quyết định số 41/QĐ-UBND ngày 22/10/2024");
    await look(admin, "post-hand-over");
    await admin.getByRole("button", { name: "Bàn giao" }).click();
    await expect(admin.getByText("Đã ghi bàn giao.")).toBeVisible();
    const heir = await officer(server, "thuky");
    await expect(heir.getByRole("button", { name: /Soạn trả lời|Sửa dự thảo/ }).first()).toBeVisible();
  });
});
