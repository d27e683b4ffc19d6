import { createHash } from "node:crypto";
import { demo, expect, fits, look, test } from "../story.ts";

const server = demo();

test("a document's whole life: drafted, signed, numbered, issued, relayed, acknowledged on a telephone, public with its hash",
    async ({ officer, visitor }) => {
  test.setTimeout(240_000);
  const office = await officer(server, "vanphong");
  let path = "";
  let title = "";
  let paper: Buffer = Buffer.alloc(0);

  await test.step("next year's plan is drafted from this year's, and submitted", async () => {
    await office.goto("/noi-bo/ke-hoach");
    await office.getByRole("button", { name: "Lập kế hoạch mới" }).click();
    const year = await office.getByLabel("Năm của kế hoạch").inputValue();
    title = `Kế hoạch đối thoại năm ${year}`;
    const copy = office.getByRole("option", { name: /^Chép kế hoạch năm 2024/ });
    await office.getByLabel("Bắt đầu từ").selectOption({ label: await copy.first().innerText() });
    await office.getByRole("button", { name: "Tạo dự thảo" }).click();
    path = new URL(office.url()).pathname;
    await office.getByRole("button", { name: "Trình Chủ tịch ký" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã trình");
    await office.goto("/noi-bo/van-ban?tab=da-trinh");
    await look(office, "document-life-submitted");
  });

  await test.step("the chair signs it", async () => {
    const chair = await officer(server, "chutich");
    await chair.goto("/noi-bo");
    await chair.getByRole("link", { name: title }).click();
    await chair.getByRole("button", { name: "Ký kế hoạch" }).click();
    await expect(chair.getByRole("alert")).toContainText("Đã ký");
  });

  await test.step("the clerk gives it its number and day: it is issued", async () => {
    await office.goto(path);
    await office.getByLabel("Số", { exact: true }).fill("2");
    await office.getByLabel("Ngày ban hành").fill("23/10/2024");
    await office.getByRole("button", { name: "Ban hành" }).click();
    await expect(office.getByRole("alert")).toContainText("Kế hoạch đã lên trang công khai");
    const pdf = office.locator("main").getByRole("link", { name: /PDF/ }).first();
    const file = await office.request.get((await pdf.getAttribute("href"))!);
    expect(file.headers()["content-type"]).toBe("application/pdf");
    paper = await file.body();
  });

  await test.step("the file that was signed and sealed is kept: it is the document", async () => {
    await office.goto("/noi-bo/van-ban");
    await office.getByRole("link", { name: title }).first().click();
    await office.getByText("Lưu bản đã ký").first().click();
    await office.getByLabel("Tệp đã ký và đóng dấu").setInputFiles({
      name: "ke-hoach-da-ky.pdf", mimeType: "application/pdf", buffer: paper,
    });
    await office.getByLabel("Giống nhau").check();
    await office.getByRole("button", { name: "Lưu bản đã ký" }).click();
    await expect(office.locator("main")).toContainText("Mã SHA-256");
    await look(office, "document-life-signed");
  });

  await test.step("it goes to its recipients", async () => {
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    await expect(office.locator("main")).toContainText("Phần mềm gửi thư điện tử kèm bản đã ký.");
    const other = office.getByRole("row").filter({ hasText: "Nơi khác 1" });
    await other.getByLabel("Tên cơ quan, đơn vị").fill("Sở Nội vụ");
    await other.getByLabel("Cách gửi").selectOption({ label: "Thư điện tử" });
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    await expect(office.getByRole("alert")).toContainText("Nhập địa chỉ thư điện tử");
    await other.getByLabel("Số, địa chỉ hoặc người nhận").fill("vanthu@sonoivu.example.vn");
    await look(office, "document-life-send");
    await office.getByRole("button", { name: "Gửi nơi nhận" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã gửi văn bản đến nơi nhận.");
  });

  await test.step("an e-mail is sent with the file, and then waited for", async () => {
    const body = office.getByRole("row").filter({ hasText: "Sở Nội vụ" });
    await expect(async () => {
      await office.reload();
      await expect(body).toContainText("chờ gửi · thư điện tử: vanthu@sonoivu.example.vn");
      await expect(body).toContainText("Đã gửi");
    }).toPass();
    await look(office, "document-life-mailed");
  });

  await test.step("the head of a village reads it on a telephone and acknowledges it", async () => {
    const head = await officer(server, "truongthon4");
    await head.setViewportSize({ width: 360, height: 740 });
    await head.goto("/noi-bo/thon");
    await head.getByRole("link", { name: /Văn bản đến: \d+ chờ xác nhận/ }).click();
    await head.getByRole("link", { name: /Kế hoạch: / }).first().click();
    await fits(head, "document-life-received");
    const link = head.locator("main").getByRole("link", { name: /PDF|Bản đã ký/ }).first();
    const answer = await head.request.get((await link.getAttribute("href"))!);
    expect((await answer.body()).equals(paper), "who acknowledges it has the file that was signed").toBe(true);
    await head.getByRole("button", { name: "Đã nhận" }).click();
    await expect(head.getByRole("alert")).toContainText("Đã xác nhận. Xin cảm ơn.");
    await office.reload();
    await expect(office.getByRole("row").filter({ hasText: "Thôn 4" })).toContainText("Đã nhận");
  });

  await test.step("anybody finds it on the portal, with the hash that its file has", async () => {
    const resident = await visitor(server);
    await resident.goto("/ke-hoach");
    await resident.getByRole("link", { name: /2025/ }).first().click();
    const main = resident.locator("main");
    await expect(main).toContainText("2/KH-UBND");
    const hash = createHash("sha256").update(paper).digest("hex");
    await expect(main).toContainText(hash);
    const link = main.getByRole("link", { name: /^Kế hoạch số 2/ }).first();
    const answer = await resident.request.get((await link.getAttribute("href"))!);
    expect(createHash("sha256").update(await answer.body()).digest("hex")).toBe(hash);
    await look(resident, "document-life-public");
  });
});
