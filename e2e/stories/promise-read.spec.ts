import { demo, expect, look, test } from "../story.ts";

const server = demo("--day", "2024-10-25");
const hall = "/hoi-truong/2024-10-25";

test("what earlier dialogues promised is read back: a step, the chair's book, the hall, the wall, the course that the minutes tell", async ({
  officer, visitor,
}) => {
  test.setTimeout(150_000);
  const office = await officer(server, "vanphong");
  const secretary = await officer(server, "thuky");
  const chair = await officer(server, "chutich");
  await office.goto("/noi-bo/doi-thoai");
  await office.locator('a[href^="/noi-bo/doi-thoai/0"]').first().click();
  const workspace = office.url().split("?")[0] ?? "";

  await test.step("the programme proposes the step; the office takes it", async () => {
    await office.goto(`${workspace}/chuong-trinh`);
    await expect(office.getByText("8 cam kết của các kỳ đối thoại trước")).toBeVisible();
    await office.getByRole("link", { name: "Thêm bước thông báo cam kết" }).click();
    await look(office, "promise-read-step");
    await office.getByRole("button", { name: "Lưu chương trình" }).click();
    await expect(office.getByRole("cell", { name: /^4\. Thông báo việc thực hiện các cam kết/ })
      .or(office.getByRole("rowheader", { name: /^4\. Thông báo việc thực hiện các cam kết/ }))).toBeVisible();
    await expect(office.getByRole("link", { name: "Thêm bước thông báo cam kết" })).toHaveCount(0);
  });

  await test.step("the chair's book says what to say", async () => {
    await chair.goto(`${workspace}/tap-tai-lieu`);
    await expect(chair.getByRole("heading", { name: "Việc đã hứa" })).toBeVisible();
    await expect(chair.getByText("Quá hạn; nhận chậm, nêu lý do, nói rõ bao giờ xong.")).toHaveCount(1);
    await look(chair, "promise-read-book");
  });

  await test.step("in the hall the promises are read and ticked; the wall shows them", async () => {
    await office.goto(`${workspace}/dien-bien`);
    await office.locator("main form").getByRole("button").click();
    await secretary.goto(hall);
    await secretary.getByRole("button", { name: "Sang bước 3" }).click();
    await secretary.getByRole("button", { name: "Sang bước 4" }).click();
    const code = (await secretary.locator(".dt-run .dt-no").textContent()) ?? "";
    const wall = await visitor(server, { viewport: { width: 1280, height: 720 } });
    await wall.goto("/man-hinh/2024-10-25");
    await wall.getByLabel("Mã màn hình").fill(code);
    await wall.keyboard.press("Enter");
    await expect(wall.locator(".dt-show__promises li")).toHaveCount(6);
    await expect(wall.locator(".dt-show__promises")).toContainText("và 3 việc khác");
    await wall.screenshot({ path: "test-results/pages/promise-read-wall.png" });
    await secretary.goto(hall);
    await secretary.locator(`a[href="${hall}/cam-ket"]`).click();
    await secretary.getByRole("button", { name: "Ghi đã thông báo" }).click();
    await expect(secretary.getByRole("alert")).toContainText("Đánh dấu ít nhất một việc");
    for (const box of await secretary.getByRole("checkbox").all()) await box.check();
    await look(secretary, "promise-read-hall");
    await secretary.getByRole("button", { name: "Ghi đã thông báo" }).click();
    await secretary.getByRole("link", { name: "Ghi chú trật tự" }).click();
    await expect(secretary.locator(".dt-notes__list")).toContainText(
      /Thông báo việc thực hiện 8 cam kết.*2 việc đã xong đúng hạn.*1 việc quá hạn/);
  });
});
