import { demo, expect, look, sendSlip, test } from "../story.ts";

const server = demo();

const road = "Đường vào nghĩa địa thôn bị rào, đề nghị xã mở lại.";
const counter = "Lịch trực quầy chứng thực niêm yết ở đâu?";

test("the office classifies with the ruling, splits a slip of two matters, and links what is raised again",
    async ({ officer, visitor }) => {
  test.setTimeout(150_000);
  const resident = await visitor(server);
  const receipt = await sendSlip(resident, { matters: [`${road} ${counter}`], name: "Lê Thị Mô Phỏng" });
  const whole = receipt.numbers[0] ?? "";
  const office = await officer(server, "vanphong");
  let part = "";

  await test.step("one opinion of two matters becomes two, in the words that were said", async () => {
    await office.goto(`/noi-bo/y-kien/${whole}`);
    await office.locator("summary", { hasText: "Tách thành ý kiến riêng" }).click();
    await office.getByLabel("Lời thuộc phần tách").fill("Lịch trực quầy chứng thực công khai ở đâu?");
    await office.getByRole("button", { name: "Tách", exact: true }).click();
    await expect(office.getByRole("alert").getByRole("link", { name: /“công” không có ở đó/ })).toBeVisible();
    await office.getByLabel("Lời thuộc phần tách").fill(counter);
    await look(office, "split-form");
    await office.getByRole("button", { name: "Tách", exact: true }).click();
    await expect(office.getByRole("alert")).toContainText("Đã tách thành ý kiến riêng");
    const link = office.locator("#phan-tach a");
    part = await link.innerText();
    await expect(office.locator("blockquote").first()).toContainText(counter); // what was said stays whole
    await link.click();
    await expect(office.getByRole("link", { name: whole }).first()).toBeVisible();
  });

  await test.step("the ruling and the classification are one form; the proposal is nobody's choice yet", async () => {
    await office.goto(`/noi-bo/y-kien/${whole}`);
    await expect(office.getByRole("radio", { name: "Kiến nghị (theo lời văn)" })).not.toBeChecked();
    await office.getByRole("radio", { name: "Kiến nghị (theo lời văn)" }).check();
    await office.locator("summary", { hasText: "Nội dung, nơi có việc" }).click();
    await office.getByLabel("Nội dung", { exact: true }).selectOption({ value: "1" });
    await office.getByLabel("Nơi có việc được nêu").selectOption({ label: "Thôn 3" });
    await office.locator("input[name=huong][value='TL-SAU']").check();
    await office.locator("#don-vi").selectOption({ label: "Bộ phận Tư pháp – Hộ tịch" });
    await office.getByRole("button", { name: "Ghi hướng xử lý" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã ghi hướng xử lý.");
    await office.goto(`/noi-bo/y-kien/${whole}`);
    await expect(office.getByText("Việc ở Thôn 3.")).toBeVisible();
    await look(office, "classified");
    await office.goto("/noi-bo/y-kien?loc=tat-ca&loai=chua-phan-loai");
    await expect(office.getByRole("link", { name: /Lịch trực quầy chứng thực/ })).toBeVisible();
    await expect(office.getByText(whole, { exact: true })).toHaveCount(0);
  });

  await test.step("what was answered then stands beside what raises it again", async () => {
    await office.goto(`/noi-bo/y-kien/${part}`);
    await office.locator("summary", { hasText: "Ghi nêu lại một việc đã trả lời" }).click();
    await office.locator("#neu-lai").fill("ND-24-0009");
    await office.getByRole("button", { name: "Ghi nêu lại" }).click();
    await expect(office.getByRole("alert")).toContainText("Đã ghi kiến nghị nhiều lần.");
    await expect(office.getByText("Hồ sơ chỉ cần đơn theo mẫu")).toBeVisible();
    await expect(office.locator("summary", { hasText: "Văn bản 86/UBND-VP" })).toBeVisible();
    await look(office, "repeat");
    await office.goto("/noi-bo/y-kien?loc=tat-ca&loai=nhieu-lan");
    await expect(office.getByText("nhiều lần: 3").first()).toBeVisible();
  });

  await test.step("the one code opens both parts, on the smallest screen", async () => {
    await resident.setViewportSize({ width: 320, height: 640 });
    await resident.goto("/tra-cuu/y-kien");
    await expect(resident.getByText(`Phần này tách từ ý kiến ${whole}`)).toBeVisible();
    await expect(resident.getByText(`Xã đã tách ra để giải quyết, trả lời riêng: ${part}.`)).toBeVisible();
    const wide = await resident.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(320);
    await look(resident, "parts");
  });
});
