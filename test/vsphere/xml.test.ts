import { MalformedAnswer, UnsendableText } from "../../lib/vsphere/errors";
import { booleanOf, integerOf, referenceOf } from "../../lib/vsphere/values";
import { node, writeXml, XmlNode } from "../../lib/vsphere/xml";
import * as fc from "../properties";
import { parseXml } from "./fake-vcenter";

const tag = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_.-]{0,8}$/).filter((name) => !/^xml/i.test(name));
// XML 1.0 has no way to carry control characters.
const sendable = fc.string({ unit: "binary" }).filter((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text));

const { element } = fc.letrec<{ element: XmlNode }>((tie) => ({
  element: fc.record({
    name: tag,
    attributes: fc.record({ type: sendable }, { requiredKeys: [] }),
    content: fc.oneof({ depthSize: "small" }, sendable, fc.array(tie("element"), { maxLength: 4 })),
  }),
}));

function read(name: string, text: string) {
  return parseXml(`<${name}>${text}</${name}>`);
}

describe("what is written", () => {
  it("is read back as it was, whatever the text", () => {
    fc.assert(
      fc.property(element, (written) => {
        const same = (node: XmlNode, found: ReturnType<typeof parseXml>): void => {
          expect(found.name).toBe(node.name);
          expect(found.objectType).toBe(node.attributes["type"]);
          if (typeof node.content === "string") {
            expect(found.text).toBe(node.content);
          } else {
            expect(found.children).toHaveLength(node.content.length);
            node.content.forEach((inner, index) => same(inner, found.children[index] ?? found));
          }
        };
        same(written, parseXml(writeXml(written)));
      }),
    );
  });

  it("leaves out children that are undefined", () => {
    expect(writeXml(node("config", [node("id", "0000:af:00.0"), undefined]))).toBe("<config><id>0000:af:00.0</id></config>");
  });

  it.each(["\u0000", "a\u001b[31m", "\ud800", "\uffff"])("is refused where XML can't carry it: %j", (text) => {
    expect(() => writeXml(node("name", text))).toThrow(UnsendableText);
    expect(() => writeXml(node("name", [], { type: text }))).toThrow(/a value has the character U\+[0-9A-F]{4}, which can't be sent/);
  });
});

describe("hostile answers", () => {
  const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>`;
  it.each([
    ["", "it is not well-formed XML"],
    ["not XML at all", "it is not well-formed XML"],
    ["<a><b></a>", "it is not well-formed XML"],
    ["<a/><b/>", "it is not well-formed XML"],
    ["<a>&undeclared;</a>", "it is not well-formed XML"],
    ["<a b='1' b='2'/>", "it is not well-formed XML"],
    ["<n:a/>", "it is not well-formed XML"],
    [laughs, "it declares a document type"],
    ['<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>', "it declares a document type"],
    ["<a>".repeat(101), "it is nested more than 100 deep"],
    ["<a>".repeat(5_000_000), "it is nested more than 100 deep"],
  ])("are refused: %#", (text, why) => {
    expect(() => parseXml(text)).toThrow(MalformedAnswer);
    expect(() => parseXml(text)).toThrow(`vCenter's answer can't be read: ${why}`);
  });

  it("never end in anything but an element or a clear error", () => {
    const pieces = fc.constantFrom(
      "<a>",
      "</a>",
      "<a/>",
      "<!DOCTYPE a>",
      "<![CDATA[",
      "]]>",
      "&amp;",
      "&lt",
      "&#0;",
      "&#x1F600;",
      '<a xsi:type="b">',
      "\0",
      "é",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (parts) => {
        try {
          expect(typeof parseXml(parts.join("")).name).toBe("string");
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedAnswer);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("have names that mean nothing to JavaScript", () => {
    const found = parseXml("<a><__proto__ constructor='1' __proto__='2'>x</__proto__></a>");
    expect(found.children[0]?.name).toBe("__proto__");
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });
});

describe("values of the wrong type", () => {
  it.each([
    [() => booleanOf(read("passthruEnabled", "maybe")), '<passthruEnabled> is "maybe"; expected true or false'],
    [() => booleanOf(read("passthruEnabled", "<b/>")), "<passthruEnabled> has elements inside; expected text"],
    [() => integerOf(read("vendorId", "0x10de")), '<vendorId> is "0x10de"; expected a whole number'],
    [() => integerOf(read("vendorId", "9".repeat(400))), "expected a whole number"],
    [() => referenceOf(read("obj", "host-1")), '<obj> is "host-1"; expected a reference with its type'],
    [() => referenceOf(parseXml('<obj type="HostSystem"/>')), '<obj> is ""; expected a reference with its type'],
  ])("are named: %#", (reading, message) => {
    expect(reading).toThrow(MalformedAnswer);
    expect(reading).toThrow(message);
  });

  it("are told from right ones", () => {
    expect(["true", "1", " false ", "0"].map((text) => booleanOf(read("b", text)))).toEqual([true, true, false, false]);
    expect(integerOf(read("vendorId", "-32634")) & 0xffff).toBe(0x8086);
  });
});
