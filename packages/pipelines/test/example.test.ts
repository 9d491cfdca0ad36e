// The README shows the files of the example as they are.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadAdapter } from "@minisim/pipelines";
import { expect, test } from "vitest";

const example = fileURLToPath(new URL("../../../examples/pipeline", import.meta.url));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test.each([
  ["pipeline.yaml", "yaml"],
  ["requirements.txt", "text"],
  ["run.py", "python"],
])("%s", (name, language) => {
  const text = readFileSync(`${example}/${name}`, "utf8");
  expect(readme).toContain(`\`\`\`${language}\n${text}\`\`\``);
});

test("the example is an adapter", async () => {
  expect(await loadAdapter(example)).toMatchObject({ name: "flicker", isBuiltin: false });
});
