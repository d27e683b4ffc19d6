import { writeFileSync } from "node:fs";
import type { Locator } from "@playwright/test";

const [width, height] = [640, 480];

/**
 * Writes what a camera would see of a drawing that somebody holds up, a little askew on a grey ground: a film of ten
 * equal pictures (YUV4MPEG2), which Chromium shows again and again as its camera.
 */
export async function film(drawing: Locator, path: string): Promise<void> {
  const grey = await drawing.evaluate(async (svg, [w, h]) => {
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [w, h];
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = "#ccc";
    context.fillRect(0, 0, w, h);
    context.translate(w / 2, h / 2);
    context.rotate(0.12);
    context.fillStyle = "#fff";
    context.fillRect(-140, -140, 280, 280);
    context.drawImage(picture, -120, -120, 240, 240);
    const { data } = context.getImageData(0, 0, w, h);
    return Array.from({ length: w * h }, (_, i) => 16 + Math.round((data[4 * i] ?? 0) * 0.859));
  }, [width, height] as const);
  const colourless = Buffer.alloc((width * height) / 2, 128);
  const frame = [Buffer.from("FRAME\n"), Buffer.from(grey), colourless];
  const frames = Array.from({ length: 10 }, () => frame).flat();
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`), ...frames]));
}
