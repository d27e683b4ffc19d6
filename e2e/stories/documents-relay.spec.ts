import { demo, expect, fits, look, test } from "../story.ts";

const server = demo();

test("an amended plan goes to its recipients; a village head acknowledges on a telephone, the rest are reminded",
    async ({ officer }) => {
  test.setTimeout(180_000);
  const office = await officer(server, "vanphong");
  await office.goto("/noi-bo/van-ban");
  await office.getByRole("link", { name: "Kế hoạch đối thoại năm 2024" }).first().click();
  const at = new URL(office.url()).pathname;

  await test.step("who has it, who has not, and since when", async () => {
    const social = office.getByRole("row").filter({ hasText: "Lao động" });
    await expect(social).toContainText("Chưa xác nhận");
    await expect(social).toContainText(/quá\shạn/);
    await expect(office.getByRole("row").filter({ hasText: "MTTQ" })).toContainText("Chưa đến nơi");
    await look(office, "document-recipients");
  });

  await test.step("it goes to the villages, and by another route to whom it did not reach", async () => {
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    const row = (name: string) => office.getByRole("row").filter({ hasText: name });
    await row("MTTQ").getByRole("combobox").selectOption({ label: "eOffice, trục liên thông" });
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    await expect(office.getByRole("alert")).toContainText("Nhập số văn bản trên trục liên thông");
    await row("MTTQ").getByRole("combobox").selectOption({ label: "Bản giấy" });
    await look(office, "document-send");
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã gửi văn bản đến nơi nhận.");
    await expect(office.getByRole("row").filter({ hasText: "MTTQ" })).toContainText("không đến nơi");
    await expect(office.getByRole("row").filter({ hasText: "Thôn 4" })).toContainText("Đã gửi");
  });

  await test.step("the head of a village opens it on a telephone, and acknowledges it with one button", async () => {
    const head = await officer(server, "truongthon4");
    await head.setViewportSize({ width: 360, height: 740 });
    await head.goto("/noi-bo/thon");
    await head.getByRole("link", { name: /Văn bản đến: 2 chờ xác nhận/ }).click();
    await fits(head, "documents-received");
    await head.getByRole("link", { name: /Kế hoạch: / }).click();
    const took = head.getByRole("button", { name: "Đã nhận" });
    await expect(took).toBeInViewport();
    await fits(head, "document-received");
    const file = head.locator("main").getByRole("link", { name: /PDF/ });
    const answer = await head.request.get((await file.getAttribute("href"))!);
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    await office.goto(at);
    await expect(office.getByRole("row").filter({ hasText: "Thôn 4" })).toContainText("Đã xem");
    await took.click();
    await expect(head.getByRole("alert")).toContainText("Đã xác nhận. Xin cảm ơn.");
  });

  await test.step("the office sees it, and reminds the rest, many documents at once", async () => {
    await office.goto(at);
    await expect(office.getByRole("row").filter({ hasText: "Thôn 4" })).toContainText("Đã nhận");
    await office.goto("/noi-bo");
    await expect(office.locator("main")).toContainText("2 văn bản có nơi nhận chưa xác nhận");
    await office.goto("/noi-bo/van-ban");
    await office.getByRole("link", { name: /Nơi nhận chưa xác nhận/ }).click();
    await look(office, "documents-waiting");
    for (const box of await office.locator("main .dt-list input[type=checkbox]").all()) {
      await box.check();
    }
    await office.locator("#cach-nhac").selectOption({ label: "Điện thoại, Zalo" });
    await office.getByRole("button", { name: "Nhắc xác nhận" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã ghi nhắc nơi nhận của 2 văn bản.");
    await office.goto(at);
    await expect(office.getByRole("row").filter({ hasText: "Lao động" })).toContainText("3 lần");
    await expect(office.getByRole("row").filter({ hasText: "Thôn 4" })).not.toContainText("lần");
  });
});
