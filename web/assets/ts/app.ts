/**
 * The module every page loads. It makes comfortable what already works without
 * it: nothing on the public site needs this file.
 */
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { startVerify } from "./verify";
import { startConsole } from "./console";
import { startCopies } from "./copy";
import { startCounts } from "./counts";
import { saveDrafts } from "./draft";
import { startFinder } from "./finder";
import { startNarrow } from "./narrow";
import { startKeys } from "./keys";
import { keepForms } from "./keep";
import { startFinding } from "./find";
import { startFollow } from "./follow";
import { live } from "./live";
import { startPreviews } from "./preview";
import { startProjector } from "./projector";
import { startReceipt } from "./receipt";
import { startScan } from "./scan";
import { startTurns } from "./turn";
import { startUploads } from "./upload";

const HIDDEN = /[\p{Cf}\p{Co}\p{Cs}\u034F\u115F\u1160\u3164\uFFA0]|[^\P{Cc}\n\t]/gu; // what the server takes out

/** Counts as the server does: characters of composed text, not code units. */
class ServerCount extends CharacterCount {
  updateCount(): void {
    this.count = [...this.$textarea.value.replace(HIDDEN, "").normalize("NFC").trim()].length;
  }
}

const components = [
  Button,
  ServerCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  ServiceNavigation,
  SkipLink,
  // The style sheet opens conditional answers by :has(). Where it can't, the script does; elsewhere it would only put
  // aria-expanded on radios, which ARIA does not allow.
  ...(CSS.supports("selector(:has(*))") ? [] : [Radios]),
];

keepForms(); // before the components read the fields

// createAll skips a component that is not on the page and reports a broken one
// on the console without stopping the others.
for (const component of components) createAll(component);

saveDrafts();

startVerify();

startKeys();
startConsole();
startTurns();
startScan();
startFinder();
startCounts();
startNarrow();
live();
startReceipt();
startCopies();
startUploads();
startPreviews();
startFinding();
startProjector();
startFollow();
