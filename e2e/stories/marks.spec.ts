import { expect, type Page, test } from "../story.ts";

/** The commonest family name, and capitals that stack two marks. */
const capitals = "NGUYỄN Ế Ỗ Ẵ Ậ";

test("capitals keep their marks in fields of one line", async ({ visitor, officer, shared }) => {
  for (const viewport of [{ width: 360, height: 740 }, { width: 1366, height: 768 }]) {
    const resident = await visitor(shared, { viewport });
    await resident.goto("/hoi-dap");
    expect(await cut(resident, "input[type=search], input[name=tim]")).toBe(0);
    await resident.goto("/gui-y-kien");
    await resident.locator("#noi-dung").fill("Đường ngập.");
    const on = resident.getByRole("button", { name: "Tiếp tục" }); // one question a screen on a telephone
    if (await on.isVisible()) await on.click();
    expect(await cut(resident, "#ho-ten"), "Họ và tên").toBe(0);
    const clerk = await officer(shared, "vanphong", { viewport });
    await clerk.goto("/noi-bo/y-kien");
    expect(await cut(clerk, "main input[type=search], main input[type=text]")).toBe(0);
    const secretary = await officer(shared, "thuky", { viewport });
    await secretary.goto("/hoi-truong/2024-10-25");
    expect(await cut(secretary, "#ho-ten"), "Người nêu").toBe(0);
  }
});

/**
 * How many rows of a text's picture a field hides: the text is typed, and its rows of ink are counted beside those of
 * a copy that nothing clips.
 */
async function cut(page: Page, selector: string): Promise<number> {
  const field = page.locator(selector).first();
  await field.evaluate((input: HTMLInputElement, text) => {
    input.value = text;
    input.blur(); // its frame has more ink than the text
    const copy = document.createElement("div");
    copy.id = "unclipped";
    copy.textContent = text;
    document.body.append(copy);
    const { fontSize, fontWeight, letterSpacing, color, backgroundColor } = getComputedStyle(input);
    const style = { fontSize, fontWeight, letterSpacing, color, backgroundColor };
    Object.assign(copy.style, style, {
      position: "absolute", top: "0", left: "0", zIndex: "9", padding: "30px", lineHeight: "2", whiteSpace: "nowrap",
      fontFamily: "Be Vietnam Pro",
    });
  }, capitals);
  await page.evaluate(() => document.fonts.ready);
  const [there, whole] = [await field.screenshot(), await page.locator("#unclipped").screenshot()];
  return await ink(page, whole) - await ink(page, there);
}

/** The rows of a picture, from the first to the last that has ink inside its border. */
async function ink(page: Page, png: Buffer): Promise<number> {
  const blank = await page.context().newPage();
  const rows = await blank.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    const border = 4;
    const { data } = context.getImageData(border, border, image.width - 2 * border, image.height - 2 * border);
    const inked: number[] = [];
    for (let i = 0; i < data.length; i += 4) {
      if (data[i]! + data[i + 1]! + data[i + 2]! < 300) inked.push(Math.floor(i / 4 / (image.width - 2 * border)));
    }
    return inked.length ? inked.at(-1)! - inked[0]! + 1 : 0;
  }, `data:image/png;base64,${png.toString("base64")}`);
  await blank.close();
  return rows;
}
