// A spec from a file: chosen, or dropped anywhere on the page. Nothing leaves the tab.
import { batch } from "@preact/signals";
import { linkedDraft } from "../address/linked.ts";
import { simulator } from "../engine/client.ts";
import { page } from "../state/page.ts";
import { catalog, type Draft, load, notices } from "../state/spec.ts";

export async function openSpec(file: File): Promise<void> {
  const { decodeSpecText, formatIssues, readSpecText } = await import("@minisim/spec/text");
  try {
    const text = decodeSpecText(new Uint8Array(await file.arrayBuffer()), { name: file.name });
    const document = readSpecText(text, { name: file.name });
    const { spec, issues } = await simulator.read(document.value);
    const wrong = formatIssues(
      issues.filter(({ severity }) => severity === "error"),
      document,
    );
    // What is wrong in its fields alone is shown, and explained where it stands.
    const shown = linkedDraft(spec, catalog.value!.schema);
    batch(() => {
      if ("draft" in shown) {
        if (page.value === "learn") page.value = "build";
        load(shown.draft as Draft, "");
      }
      notices.value = wrong;
    });
  } catch (error) {
    notices.value = [error instanceof Error ? error.message : String(error)];
  }
}
