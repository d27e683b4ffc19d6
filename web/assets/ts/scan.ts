/**
 * Reads codes by a telephone's camera, at reception.
 *
 * The part marked data-scan is shown where the browser gives a camera: over https, or on this machine. What the QR says
 * goes into the field of its form, which is sent. The camera then goes on by itself on the next page, so that one after
 * the other is noted. Everywhere else the code is typed, or sent by a scanner.
 *
 * A browser's own reader is used where it has one; else one is fetched, once the camera is on.
 */

interface Reader {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare global {
  interface Window {
    BarcodeDetector?: (new (options: { formats: string[] }) => Reader) & { getSupportedFormats(): Promise<string[]> };
  }
}

const going = "quet-camera"; // while the camera is on: the code that was sent last
const readEvery = 200; // ms

async function ownReader(): Promise<Reader | null> {
  const own = window.BarcodeDetector;
  if (!own || !(await own.getSupportedFormats()).includes("qr_code")) return null;
  return new own({ formats: ["qr_code"] });
}

/** A reader in script: at most 800 pixels wide, which is enough for a code that fills a third of the picture. */
async function fetchedReader(script: string): Promise<Reader> {
  const { readQR } = (await import(script)) as {
    readQR(data: Uint8ClampedArray, width: number, height: number): string | null;
  };
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return {
    detect(video) {
      const scale = Math.min(1, 800 / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      if (!context || canvas.width === 0) return Promise.resolve([]);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      const said = readQR(data, width, height);
      return Promise.resolve(said ? [{ rawValue: said }] : []);
    },
  };
}

class Scan {
  private readonly video: HTMLVideoElement;
  private readonly button: HTMLButtonElement;
  private readonly field: HTMLInputElement;
  private stream: MediaStream | null = null;

  constructor(private readonly root: HTMLElement) {
    this.video = root.querySelector("video") as HTMLVideoElement;
    this.button = root.querySelector("button") as HTMLButtonElement;
    this.field = document.querySelector<HTMLInputElement>(root.dataset.scan ?? "") as HTMLInputElement;
    root.hidden = false;
    this.button.addEventListener("click", () => (this.stream ? this.stop() : void this.start()));
    const last = sessionStorage.getItem(going);
    if (last !== null) void this.start(last);
  }

  private say(words = ""): void {
    const status = this.root.querySelector("[role=status]");
    if (status) status.textContent = words;
  }

  /** Turns the camera on. The code that was sent last is not read again: its paper is still held up. */
  private async start(last = ""): Promise<void> {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch {
      sessionStorage.removeItem(going);
      this.say(this.root.dataset.scanRefused);
      return;
    }
    sessionStorage.setItem(going, last);
    this.video.srcObject = this.stream;
    this.video.hidden = false;
    this.button.textContent = this.root.dataset.scanStop ?? "";
    this.say(this.root.dataset.scanAim);
    await this.video.play();
    const reader = (await ownReader()) ?? (await fetchedReader(this.root.dataset.scanScript ?? ""));
    while (this.stream) {
      const [read] = await reader.detect(this.video).catch(() => []);
      if (read && read.rawValue !== last) return this.send(read.rawValue);
      await new Promise((done) => window.setTimeout(done, readEvery));
    }
  }

  private send(said: string): void {
    sessionStorage.setItem(going, said);
    this.release();
    this.field.value = said;
    this.field.form?.requestSubmit();
  }

  private release(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }

  private stop(): void {
    this.release();
    sessionStorage.removeItem(going);
    this.video.hidden = true;
    this.button.textContent = this.root.dataset.scanStart ?? "";
    this.say();
  }
}

/** Starts the camera's part of the page, if it has one and the browser has a camera for it. */
export function startScan(): void {
  const root = document.querySelector<HTMLElement>("[data-scan]");
  if (root && "mediaDevices" in navigator) new Scan(root); // not on a page that is no secure context
}
