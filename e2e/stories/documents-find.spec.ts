import { demo, expect, fits, look, test } from "../story.ts";

const server = demo();

test("a clerk finds documents by words, sees where papers wait, and sends two at once", async ({ officer }) => {
  test.setTimeout(180_000);
  const office = await officer(server, "vanphong");
  await office.goto("/noi-bo/van-ban");
  const find = async (words: string) => {
    await office.getByLabel("Số hoặc từ ngữ").fill(words);
    await office.getByRole("button", { name: "Tìm" }).click();
  };

  await test.step("by the words of the matter, in any order and without marks, by kind and by number", async () => {
    await find("con sinh khai");
    await expect(office.getByRole("main")).toContainText("118/UBND-VP");
    await find("tra loi khai sinh cho con");
    await expect(office.getByRole("main")).toContainText("118/UBND-VP");
    await find("87/TB");
    await expect(office.getByRole("main")).toContainText("87/TB-UBND");
    await find("kỳ lân bay");
    await expect(office.getByRole("main")).toContainText("Không có văn bản nào như vậy");
  });

  await test.step("the tabs say where each paper stands, what waits comes first", async () => {
    await office.goto("/noi-bo/van-ban");
    await expect(office.locator("tbody tr").first()).toContainText("chờ Chủ tịch ký");
    await look(office, "documents-register");
    for (const [tab, says] of [
      ["Dự thảo", "sửa lại"], ["Đã trình", "chờ Chủ tịch ký"], ["Đã ký, chờ phát hành", "chờ số"],
      ["Đã phát hành", "124/UBND-VP"],
    ] as const) {
      await office.getByRole("link", { name: tab }).click();
      await expect(office.getByRole("table")).toContainText(says);
    }
  });

  await test.step("two are sent at once to whom their own forms propose", async () => {
    await office.getByRole("checkbox", { name: "124/UBND-VP" }).check();
    await office.getByRole("checkbox", { name: "121/UBND-VP" }).check();
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    await expect(office.getByRole("status").or(office.getByRole("alert")).first())
        .toContainText("Đã gửi nơi nhận của 2 văn bản");
    for (const width of [320, 768, 1440]) {
      await office.setViewportSize({ width, height: 900 });
      await fits(office, "documents-register");
    }
  });
});
