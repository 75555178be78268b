import { Readable } from "node:stream";
import { readAnswer } from "../../lib/vsphere/read-answer";
import { Allowance } from "../../lib/vsphere/xml";
import * as fc from "../properties";

const utf8 = 'text/xml; charset="utf-8"';
const inParts = (parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> => Readable.from(parts);
const read = async (bytes: Uint8Array, contentType = utf8): Promise<string> =>
  (await readAnswer(inParts([bytes]), contentType, new Allowance())).text;
const bytes = (text: string): Buffer => Buffer.from(text);

it("a text is the same wherever its bytes are split", async () => {
  const text = "é€虚\u{1f469}\r\nx";
  await fc.assertAsync(
    fc.asyncProperty(fc.array(fc.nat(40), { maxLength: 8 }), async (places) => {
      const all = bytes(`<?xml version="1.0" encoding="UTF-8"?><a>${text}</a>`);
      const cuts = [0, ...places.map((place) => all.length - place).sort((a, b) => a - b), all.length];
      const parts = cuts.slice(1).map((end, index) => all.subarray(cuts[index], end));
      expect((await readAnswer(inParts(parts), utf8, new Allowance())).text).toBe("é€虚\u{1f469}\nx");
    }),
  );
});

it.each<[string, Uint8Array, string, string]>([
  ["a byte that is none of UTF-8's", Buffer.of(0x3c, 0x61, 0x3e, 0xff), utf8, "it is not UTF-8"],
  ["an overlong slash", Buffer.concat([bytes("<a>"), Buffer.of(0xc0, 0xaf), bytes("</a>")]), utf8, "it is not UTF-8"],
  ["half a surrogate pair", Buffer.concat([bytes("<a>"), Buffer.of(0xed, 0xa0, 0x80), bytes("</a>")]), utf8, "it is not UTF-8"],
  ["an end within a character", Buffer.concat([bytes("<a/>"), Buffer.of(0xe2, 0x82)]), utf8, "it is not UTF-8"],
  ["UTF-16", Buffer.from("\ufeff<a/>", "utf16le"), utf8, "it is not UTF-8"],
  ["UTF-7", bytes('<?xml version="1.0" encoding="utf-7"?><a/>'), utf8, "it is encoded as utf-7; expected UTF-8"],
  ["Latin 1", bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a/>'), utf8, "it is encoded as ISO-8859-1; expected UTF-8"],
  ["Latin 1 by its header", bytes("<a/>"), "text/xml; charset=iso-8859-1", "it is encoded as iso-8859-1; expected UTF-8"],
  ["XML 1.1", bytes('<?xml version="1.1"?><a>&#27;[2J</a>'), utf8, "it is XML 1.1; expected 1.0"],
  ["XML 1.9", bytes('<?xml version="1.9"?><a>&#27;[2J</a>'), utf8, "it is XML 1.9; expected 1.0"],
  ["an escape in XML 1.0", bytes("<a>&#27;[2J</a>"), utf8, "it is not well-formed XML"],
  ["a processing instruction", bytes("<a><?x y?></a>"), utf8, "it has a processing instruction"],
])("%s is refused", async (_, all, contentType, why) => {
  await expect(read(all, contentType)).rejects.toThrow(`vCenter's answer can't be read: ${why}`);
});

it("the usual ones are read", async () => {
  expect(await read(bytes("\ufeff<a>x</a>"), "")).toBe("x");
  expect(await read(bytes('<?xml version="1.0" encoding="utf-8"?><a>x</a>'), "text/xml;charset=UTF-8")).toBe("x");
});
