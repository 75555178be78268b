import { toJsonSchema } from "@valibot/to-json-schema";
import Ajv, { AnySchemaObject } from "ajv";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { Report } from "../../lib/model";
import { ReportSchema } from "../../lib/schema";

/**
 * The model's shape as JSON has it: nothing read-only, and a PCI address without its brand. It is put around the model alone: of two
 * types that both recurse through it, the compiler takes for equal, unseen, what is more than a few levels deep.
 */
type Plain<T> = T extends { readonly __brand: unknown } ? string : T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Published = v.InferOutput<typeof ReportSchema>;

// The types are the test, which `npm run types` runs: these two lines don't compile once the schema and the model part ways.
const modelFitsSchema = (report: Plain<Report>): Published => report;
const schemaFitsModel = (report: Published): Plain<Report> => report;

const validate = new Ajv({ strict: true }).compile(toJsonSchema(ReportSchema) as AnySchemaObject);
const folder = join(__dirname, "../data/reports");
const reports = readdirSync(folder).filter((name) => name.endsWith(".json"));

function read(name: string): Plain<Report> {
  return schemaFitsModel(modelFitsSchema(JSON.parse(readFileSync(join(folder, name), "utf8")) as Plain<Report>));
}

test.each(reports)("%s is a report by the published schema", (name) => {
  expect(validate(read(name)) || validate.errors).toBe(true);
});

test.each([
  ["an unknown field", { extra: 1 }],
  ["null in place of what is absent", { vms: null }],
  ["a verdict that does not exist", { verdict: "maybe" }],
])("the published schema refuses %s", (_, change) => {
  expect(validate({ ...read("fits.json"), ...change })).toBe(false);
});
