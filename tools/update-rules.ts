// npm run update-rules: writes what follows from the rules and their fixtures. The tests hold the files to the same.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FINDING, findingOf, fixtureNames, FIXTURES } from "../test/rules/fixture";
import { ruleDocs } from "./rule-docs";

for (const id of fixtureNames()) writeFileSync(join(FIXTURES, id, FINDING), findingOf(id));
for (const [file, text] of ruleDocs()) writeFileSync(join(__dirname, "..", file), text);
