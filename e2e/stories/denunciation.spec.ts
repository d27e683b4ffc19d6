import { expectNowhere } from "../nowhere.ts";
import { demo, expect, look, sendSlip, test } from "../story.ts";

const server = demo();

const secret = "Tôi tố cáo cán bộ thôn nhận ba triệu đồng của hai hộ để đưa vào danh sách hỗ trợ.";

test("a denunciation that was typed already vanishes everywhere but at citizen reception; the count stays",
    async ({ visitor, officer }) => {
  test.setTimeout(150_000);
  const receipt = await sendSlip(await visitor(server), {
    matters: [secret], name: "Lâm Văn Giả Thử", village: "Thôn 2", phone: "0900 555 666",
  });
  const number = receipt.numbers[0] ?? "";
  const secretary = await officer(server, "thuky");

  await test.step("the secretary sees what it is and rules it out", async () => {
    await secretary.goto(`/noi-bo/y-kien/${number}`);
    await secretary.getByRole("radio", { name: /tố cáo/i }).check();
    await secretary.locator("#da-chuyen").check();
    await secretary.getByRole("button", { name: "Ghi hướng xử lý" }).click();
    await expect(secretary.getByText("Ý kiến đã rời sổ này")).toBeVisible();
  });

  await test.step("nobody finds it in page, register, search, hall, audit, exports, feeds or by an act; its count stays",
      async () => {
    const telling = ["ba triệu đồng", "Lâm Văn Giả Thử", "0900 555 666", "0900555666"];
    for (const login of ["thuky", "chutich", "phochutich", "vanphong", "tuphap", "quantri", "giamsat"] as const) {
      await test.step(login, async () => expectNowhere(await officer(server, login), number, telling));
    }
    await test.step("anyone", async () => expectNowhere(await visitor(server), number, telling, [401]));
    const chair = await officer(server, "chutich");
    await expect(chair.getByText("ý kiến đã chuyển giải quyết tố cáo")).toBeVisible();
    const supervisor = await officer(server, "giamsat");
    await expect(supervisor.getByRole("heading", { name: "Số liệu năm 2024" })).toBeVisible();
    await look(supervisor, "giamsat-desk");
  });

  await test.step("who receives citizens opens the file; the name only for a reason", async () => {
    const page = await officer(server, "tiepdan");
    await look(page, "tiepdan-desk");
    await page.getByRole("link", { name: "Mở danh sách" }).click();
    await look(page, "tiepdan-list");
    await page.getByRole("link", { name: number }).click();
    await expect(page.getByText("ba triệu đồng")).toBeVisible();
    await expect(page.getByText("Lâm Văn Giả Thử")).toHaveCount(0);
    await page.getByText("Xem họ tên người nêu").click();
    await page.getByLabel("Lý do xem").selectOption({ label: "Liên hệ xác minh" });
    await page.getByRole("button", { name: "Xem họ tên" }).click();
    await expect(page.getByText("Lâm Văn Giả Thử")).toBeVisible();
    await look(page, "tiepdan-file");
  });

  await test.step("the holder of the receipt learns that it was passed on, and who looked", async () => {
    const page = await visitor(server);
    await page.goto("/tra-cuu");
    await page.getByLabel("Mã tra cứu trên biên nhận").fill(receipt.code);
    await page.getByRole("button", { name: "Tra cứu" }).click();
    await expect(page.getByText("Thông tin của ông/bà được giữ bí mật")).toBeVisible();
    await page.getByText("Ai đã xem họ tên, cách liên hệ, tệp kèm theo của ông/bà").click();
    await expect(page.getByText("Công chức tiếp công dân")).toBeVisible();
  });
});
