import { cleanText } from "../../lib/vsphere/clean-text";
import { VsphereError } from "../../lib/vsphere/errors";
import { keepSecret } from "../../lib/vsphere/secrets";
import { HOSTILE, OBEYED } from "../hostile";
import * as fc from "../properties";

const PASSWORD = "p4ss W<&>\"rd'\\é€";
const SESSION = "52b5f1c0-ae6e-4b9d-a5f6-0b1e7e3b5c2d";
const LONG = `long-${"0123456789".repeat(60)}`;

beforeAll(() => [PASSWORD, SESSION, LONG, "xy", "secret"].forEach(keepSecret));

describe("a text for people", () => {
  it.each(Object.entries(HOSTILE))("holds nothing that is obeyed or hides: %s", (_, text) => {
    for (const cleaned of [cleanText(text), cleanText(`esx-01${text} is busy`), new VsphereError(text).message]) {
      expect(cleaned).not.toMatch(OBEYED);
      expect(cleaned).not.toContain("\n");
    }
  });

  it.each([
    "\u200e",
    "\u200f",
    "\u061c",
    "\u202a",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u009b",
    "\u200b",
    "\u034f",
    "\u3164",
    "\ue000",
    "\u{e0041}",
  ])("marks what can't be seen: %j", (character) => expect(cleanText(`a${character}b`)).toBe("a\ufffdb"));

  it("is one line", () => {
    expect(cleanText(" esx\r\n\u2028\u2029\u0085\tApply complete!\n")).toBe("esx Apply complete!");
  });

  it("is short, and keeps its end, which has the advice", () => {
    const cleaned = cleanText(`name ${"x".repeat(2 ** 25)}; check the name`);
    expect(cleaned.length).toBeLessThan(2010);
    expect(cleaned).toMatch(/^name x+ … x+; check the name$/);
  });

  it("stays as it is when it is clean", () => {
    const words = "vCenter refused CloneVM on VirtualMachine vm-1: 虚拟机 ist beschäftigt 👩 (Busy)";
    expect(cleanText(words)).toBe(words);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expect(cleanText(cleanText(text))).toBe(cleanText(text))));
  });
});

/** The texts as a server can repeat them. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "as XML": (text) => text.replace(/[&<>"']/g, (found) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[found] ?? "&apos;"),
  "as XML in XML": (text) => text.replace(/[&<>"']/g, (found) => `&amp;#${found.charCodeAt(0)};`),
  "as references": (text) => [...text].map((found) => `&#x0${found.codePointAt(0)!.toString(16).toUpperCase()};`).join(""),
  "in an address": encodeURIComponent,
  "in an address in an address": (text) => encodeURIComponent(encodeURIComponent(text)),
  "in a form": (text) => new URLSearchParams({ x: text }).toString().slice(2),
  "as JSON": (text) => JSON.stringify(text).slice(1, -1),
  "as JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  "as JSON in ASCII": (text) => text.replace(/[^ -~]|["<&]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "in base64": (text) => Buffer.from(text).toString("base64"),
  "broken up": (text) => [...text].join("\u200b"),
  "broken up by controls": (text) => [...text].join("\u009b\u0000"),
  decomposed: (text) => text.normalize("NFD"),
};

describe("a secret is hidden", () => {
  it.each(Object.entries(SPELLINGS))("%s", (_, spelt) => {
    for (const secret of [PASSWORD, SESSION]) {
      expect(cleanText(`vCenter: no ${spelt(secret)}, or ${spelt(secret)}.`)).toBe("vCenter: no (secret), or (secret).");
    }
  });

  it("with what follows where it is very long", () => expect(cleanText(`no ${LONG} there`)).toBe("no (secret)"));

  it("once, however often a text is cleaned", () => expect(cleanText(cleanText("the secret"))).toBe("the (secret)"));

  it("where it stands alone when it is as short as parts of words are", () => {
    expect(cleanText("galaxy, xy, (xy): xyz")).toBe("galaxy, (secret), ((secret)): xyz");
  });

  it("however long the text before it is", () => {
    expect(cleanText(`${"x".repeat(5000)} ${PASSWORD}`)).toMatch(/x \(secret\)$/);
  });

  it("in time that does not explode", () => {
    for (const part of ["&", "&amp;", "p\u200b", "%25", "\\", "p4ss ", "\u200b"]) {
      const begun = performance.now();
      cleanText(part.repeat(2 ** 19));
      expect(performance.now() - begun).toBeLessThan(3000);
    }
  });
});

it("a hundred secrets are remembered, the newest of all", () => {
  for (let index = 0; index < 200; index++) keepSecret(`session-${index}`);
  expect(cleanText("session-199 session-150")).toBe("(secret) (secret)");
  expect(cleanText("session-7")).toBe("session-7");
});
