import { readFileSync } from "node:fs";
import { demo, expect, look, test } from "../story.ts";

const server = demo();

test("the register is taken out without a name; the book of receptions with names, each seen on record",
    async ({ officer }) => {
  test.setTimeout(120_000);
  const office = await officer(server, "vanphong");
  await test.step("the register as the filters have it", async () => {
    await office.goto("/noi-bo/y-kien?loc=da-tra-loi");
    const [file] = await Promise.all([
      office.waitForEvent("download"), office.getByRole("link", { name: "Xuất sổ theo dõi (CSV)" }).click(),
    ]);
    const rows = readFileSync(await file.path(), "utf8").split("\r\n").filter((r) => r !== "");
    expect(rows[0]).toContain("Số đăng ký;Ngày nhận;Kênh");
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter((r) => /Chờ hướng xử lý|Đang xử lý|Chờ ký/.test(r)), "only what the tab shows").toEqual([]);
    expect(rows.join("\n"), "nobody's name").not.toContain("Lục Thị Thay Tên");
  });

  await test.step("the book asks for a period, and says that each name is seen on record", async () => {
    await office.getByRole("link", { name: "Sổ tiếp công dân" }).click();
    await expect(office.locator("main")).toContainText("Mẫu số 03/TCD");
    await look(office, "ledger-book");
    await office.getByLabel("Đến ngày").fill("31/12/2030");
    await office.getByRole("button", { name: "Ghi nhận và xuất sổ (XLSX)" }).click();
    await expect(office.getByRole("alert").getByRole("link", { name: /không được sau hôm nay/ })).toBeVisible();
  });

  await test.step("what was taken out stands in the opinion's course", async () => {
    await office.getByLabel("Từ ngày").fill("01/06/2024");
    await office.getByLabel("Đến ngày").fill("30/06/2024");
    const [file] = await Promise.all([
      office.waitForEvent("download"), office.getByRole("button", { name: "Ghi nhận và xuất sổ (XLSX)" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("so-tiep-cong-dan-2024-06-01-2024-06-30.xlsx");
    expect(readFileSync(await file.path()).subarray(0, 2).toString()).toBe("PK");
    await office.goto("/noi-bo/y-kien/ND-24-0015");
    await expect(office.locator("main")).toContainText("Lập sổ tiếp công dân");
  });

  await test.step("who keeps no book does not open it", async () => {
    const unit = await officer(server, "tuphap");
    expect((await unit.goto("/noi-bo/so-tiep-cong-dan"))?.status()).toBe(403);
    await unit.goto("/noi-bo/y-kien?loc=tat-ca");
    await expect(unit.getByRole("link", { name: "Sổ tiếp công dân" })).toHaveCount(0);
  });
});
