import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InventoryPicture, Report, RuleDescription } from "../../lib/model";
import { findFormat, formatNames, inventoryText, PLAIN, plainLine, plainLines, rulesText, ruleText } from "../../lib/report";
import { HOSTILE, OBEYED } from "../hostile";
import * as fc from "../properties";

/** What each format owes its reader, whatever a report says. A format that is not here fails. */
const OWES: Readonly<Record<string, (text: string, report: Report) => void>> = {
  table: (text) => expect(text).not.toMatch(OBEYED),
  json: (text, report) => {
    expect(text).not.toMatch(OBEYED);
    expect(JSON.parse(text)).toEqual(report);
  },
};

function owes(format: string): (typeof OWES)[string] {
  const owed = OWES[format];
  if (owed === undefined) throw new Error(`the format "${format}" has no line in OWES of this test: expected what it owes its reader`);
  return owed;
}

const template = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, `../data/reports/${name}.json`), "utf8"));
const TEMPLATES = ["does-not-fit", "unknown", "fits"].map(template);

/** What only the engine says: the fields whose values its types list. */
const OWN_WORDS = ["schemaVersion", "verdict", "severity", "action", "reason", "resource", "policy", "state", "passthrough", "dependsOn"];

/** The same with every foreign text replaced. */
function spoilt(data: unknown, spoil: (text: string) => string, key = ""): unknown {
  if (typeof data === "string") return OWN_WORDS.includes(key) ? data : spoil(data);
  if (Array.isArray(data)) return data.map((item) => spoilt(item, spoil, key));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    // A finding's resource is foreign, a refusal's is a word of the engine's.
    Object.entries(data).map(([name, part]) => [name, spoilt(part, spoil, name === "resource" && "rule" in data ? "" : name)]),
  );
}

/** Instead of each text, and around it, so that what belongs together still does. */
function reportsWith(hostile: string): readonly Report[] {
  return TEMPLATES.flatMap((report) => [spoilt(report, () => hostile), spoilt(report, (text) => hostile + text + hostile)] as Report[]);
}

test("every format owes something", () => {
  expect(Object.keys(OWES).sort()).toEqual([...formatNames].sort());
});

const everyFormat = formatNames.flatMap((format) => Object.keys(HOSTILE).map((what) => [format, what] as const));

test.each(everyFormat)("the %s has nothing in it to obey, given %s", (format, what) => {
  for (const report of reportsWith(HOSTILE[what]!)) owes(format)(findFormat(format)!(report, PLAIN), report);
});

test.each(formatNames)("the %s has nothing in it to obey, whatever chance puts together", (format) => {
  const anything = fc.array(fc.oneof(fc.constantFrom(...Object.values(HOSTILE)), fc.string({ unit: "binary" })), { maxLength: 4 });
  fc.assert(
    fc.property(anything, fc.nat(), (texts, seed) => {
      let next = seed;
      const spoil = (text: string): string => (texts.length === 0 ? text : texts[next++ % texts.length]! + text);
      const report = spoilt(TEMPLATES[seed % TEMPLATES.length], spoil) as Report;
      owes(format)(findFormat(format)!(report, PLAIN), report);
    }),
  );
});

const rule: RuleDescription = { id: "a", severity: "note", title: "b", explanation: "c", fix: "d" };
const cluster = {
  ...{
    name: "a",
    drs: "b",
    ha: "c",
    otherVms: ["d"],
    templates: [{ name: "e", devices: 1 }],
    planned: [{ name: "f", devices: 1, count: 2 }],
  },
  hosts: [
    {
      ...{ name: "g", state: "connected", failover: false },
      devices: [
        { address: "h", id: "10de:20f1", label: "i", passthrough: "active", vm: "j", running: true },
        { address: "k", id: "l", passthrough: "active", unavailable: "m" },
      ],
    },
    { name: "n", state: "maintenance", failover: true, devices: [] },
  ],
};
const picture = { files: ["a", "b"], clusters: [cluster, { ...cluster, name: "o" }] };

test.each(Object.entries(HOSTILE))("nothing else that is shown has something in it to obey, given %s", (_, hostile) => {
  for (const spoil of [() => hostile, (text: string) => hostile + text + hostile]) {
    expect(inventoryText(spoilt(picture, spoil) as InventoryPicture, PLAIN)).not.toMatch(OBEYED);
    expect(rulesText([spoilt(rule, spoil) as RuleDescription], PLAIN)).not.toMatch(OBEYED);
    expect(ruleText(spoilt(rule, spoil) as RuleDescription, spoil("e"), PLAIN)).not.toMatch(OBEYED);
  }
  expect(plainLine(hostile)).not.toMatch(OBEYED);
  expect(plainLine(hostile)).not.toContain("\n");
  expect(plainLines(`${hostile}\n${hostile}`)).not.toMatch(OBEYED);
});

test("what is plain stays as it is, and so does what is made plain", () => {
  const name = "虚拟机 é # :: x (a) [b]";
  expect([plainLine(name), plainLines(`a\n${name}\n`)]).toEqual([name, `a\n${name}\n`]);
  for (const hostile of Object.values(HOSTILE)) {
    expect(plainLine(plainLine(hostile))).toBe(plainLine(hostile));
    expect(plainLines(plainLines(hostile))).toBe(plainLines(hostile));
  }
});
