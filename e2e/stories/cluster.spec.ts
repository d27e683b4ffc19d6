import { demo, expect, look, test } from "../story.ts";

const server = demo();

test("a dialogue for two villages, at the house of one of them and online", async ({ officer, visitor }) => {
  test.setTimeout(240_000);
  const office = await officer(server, "vanphong");
  let at = "";

  await test.step("made for the cluster in one form", async () => {
    await office.getByRole("link", { name: "Đối thoại" }).first().click();
    await office.getByRole("button", { name: "Lập buổi đối thoại" }).click();
    await office.getByLabel("Tên buổi đối thoại").fill("Hội nghị đối thoại cụm Thôn 3, Thôn 4 về thủ tục đất đai");
    await office.getByRole("textbox", { name: "Ngày", exact: true }).fill("12/11/2024");
    await office.getByLabel("Giờ bắt đầu").fill("14:00");
    await office.getByLabel("Giờ đón tiếp").fill("13:30");
    await office.getByLabel("Giờ kết thúc dự kiến").fill("16:30");
    await office.getByLabel("Hạn nhận phiếu trước hội nghị: ngày").fill("11/11/2024");
    await office.getByLabel("Hạn nhận phiếu: giờ").fill("16:30");
    await office.getByLabel("Trực tiếp kết hợp trực tuyến").check();
    await office.getByRole("textbox", { name: "Địa điểm" }).fill("Nhà văn hóa Thôn 3");
    await office.getByLabel("Đường dẫn dự trực tuyến").fill("https://hop.example.vn/nghia-dung");
    await office.getByRole("checkbox", { name: "Thôn 3", exact: true }).check();
    await office.getByRole("checkbox", { name: "Thôn 4", exact: true }).check();
    await office.getByLabel("Thư ký").fill("Bà Lê Thị Giả Dụ, Văn phòng UBND xã");
    await office.getByLabel("Đầu mối liên hệ").fill("Bà Lê Thị Giả Dụ, Văn phòng UBND xã, 0255 000 0000");
    await look(office, "cluster-form");
    await office.getByRole("button", { name: "Lập buổi đối thoại" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã lập buổi đối thoại");
    at = new URL(office.url()).pathname;
  });

  await test.step("its programme and its announcement say whom it is for", async () => {
    await office.goto(`${at}/chuong-trinh`);
    const minutes = office.getByRole("textbox", { name: /^Số phút, dòng/ });
    for (const [i, field] of (await minutes.all()).entries()) {
      const step = office.getByRole("textbox", { name: `Bước, dòng ${i + 1}`, exact: true });
      if (await step.inputValue()) await field.fill("15");
    }
    await office.getByRole("button", { name: "Lưu chương trình" }).click();
    await office.goto(`${at}/van-ban/thong-bao`);
    const paper = office.getByRole("article");
    await expect(paper).toContainText("tổ chức, cá nhân thuộc Thôn 3, Thôn 4");
    await expect(paper).toContainText("https://hop.example.vn/nghia-dung");
    await office.getByLabel("Số thông báo").fill("92");
    await office.getByLabel("Ngày ban hành").fill("23/10/2024");
    await office.getByRole("button", { name: "Lưu", exact: true }).click();
    await look(office, "cluster-announcement");
    await office.getByRole("button", { name: "Thông báo", exact: true }).click();
    await expect(office.getByRole("alert")).toContainText("Trang công khai đã mở");
  });

  await test.step("only the heads and cells of these villages are proposed", async () => {
    await office.goto(`${at}/thanh-phan`);
    await office.getByRole("button", { name: "Lập theo kế hoạch", exact: true }).click();
    await expect(office.getByRole("alert")).toContainText("vào danh sách");
    const cells = (village: number) => office.getByRole("cell", { name: new RegExp(`thôn ${village}`, "i") });
    for (const village of [3, 4]) await expect(cells(village).first()).toBeVisible();
    for (const village of [1, 2]) await expect(cells(village)).toHaveCount(0);
    // The bar of what to do with those chosen stands over the rows that are still to be scrolled to.
    await office.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await look(office, "cluster-people");
  });

  await test.step("only these villages are to be told", async () => {
    await office.goto(`${at}/thon`);
    await expect(office.getByRole("rowheader", { name: /^Thôn/ })).toHaveText(["Thôn 3", "Thôn 4"]);
    await look(office, "cluster-villages");
    await office.goto(at);
    await expect(office.getByRole("row", { name: /^Thông báo đến từng hộ/ })).toContainText("0 trên 2 thôn");
    await look(office, "cluster-workspace");
  });

  await test.step("the public page says for whom it is, where, and how to take part from home", async () => {
    const resident = await visitor(server);
    await resident.goto("/doi-thoai");
    await resident.getByRole("main").getByRole("link", { name: /cụm Thôn 3, Thôn 4/ }).first().click();
    const main = resident.locator("main");
    await expect(main).toContainText("Nhà văn hóa Thôn 3");
    await expect(main).toContainText(/Dành\scho\s*Thôn\s3,\sThôn\s4/);
    await expect(main).toContainText("hop.example.vn");
    await look(resident, "cluster-public");
  });
});
