import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ruleDocs } from "../../tools/rule-docs";

// After a change that is meant: npm run update-rules.
test.each([...ruleDocs()])("%s says what the rules and their fixtures say", (file, text) => {
  expect(readFileSync(join(__dirname, "../..", file), "utf8")).toBe(text);
});
