// Imports modules one after the other and writes what went wrong with each: REPORT FILE... → a JSON list of messages and nulls.
import { writeFileSync } from "node:fs";
import process from "node:process";

const [report, ...files] = process.argv.slice(2);
const errors = [];
for (const file of files) {
  try {
    await import(file);
    errors.push(null);
  } catch (error) {
    errors.push(String(error));
  }
}
writeFileSync(report, JSON.stringify(errors));
