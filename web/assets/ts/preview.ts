/**
 * Shows in [data-preview] what a form will make of what is typed, as the server makes it. Without this script the page
 * that checks all answers shows the same.
 */
const PAUSE = 250;

class Preview {
  private timer: number | undefined;
  private turn = 0;

  constructor(private readonly shown: HTMLElement, private readonly form: HTMLFormElement) {
    form.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.show(), PAUSE);
    });
  }

  private async show(): Promise<void> {
    const turn = ++this.turn;
    const fields = new FormData(this.form);
    fields.set("xem-truoc", "1");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: fields });
      if (answer.ok && turn === this.turn) this.shown.innerHTML = await answer.text();
    } catch {
      // The server is out of reach: the form itself will say so.
    }
  }
}

export function startPreviews(): void {
  for (const shown of document.querySelectorAll<HTMLElement>("[data-preview]")) {
    const form = shown.closest("form");
    if (form) new Preview(shown, form);
  }
}
