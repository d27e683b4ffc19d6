/** Reads a QR code in a picture, for browsers that can't themselves (scan.ts). */
import jsQR from "jsqr";

export function readQR(data: Uint8ClampedArray, width: number, height: number): string | null {
  return jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data ?? null;
}
