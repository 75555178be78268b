import { setTimeout as pause } from "node:timers/promises";
import { selfSignedCertificate } from "../../lib/provider/plugin/certificate";
import { ask, Asked } from "./ask";
import { Answer, FakeVcenter, NEVER, soapEnvelope } from "./fake-vcenter";

const MARK = "<!-- here -->";
const [HEAD = "", TAIL = ""] = soapEnvelope(
  `<RetrievePropertiesExResponse xmlns="urn:vim25"><returnval>${MARK}</returnval></RetrievePropertiesExResponse>`,
).split(MARK);
const MB = 2 ** 20;

function* repeated(part: string, megabytes: number, head = HEAD, tail = TAIL): Generator<string> {
  yield head;
  const block = part.repeat(Math.ceil(65_536 / part.length));
  for (let size = 0; size < megabytes * MB; size += block.length) yield block;
  yield tail;
}

async function* drip(text: string, milliseconds: number): AsyncGenerator<string> {
  for (const character of text) {
    await pause(milliseconds);
    yield character;
  }
}

const IDENTITY = selfSignedCertificate(new Date());
let vcenter: FakeVcenter;
afterEach(() => vcenter.stop());

async function asked(answer: Answer, timeout?: number): Promise<Asked> {
  vcenter = await FakeVcenter.start({ RetrievePropertiesEx: () => answer }, { key: IDENTITY.privateKey, cert: IDENTITY.pem });
  return ask(vcenter.server.replace("127.0.0.1", "localhost"), IDENTITY.pem, {}, timeout);
}

const attributes = Array.from({ length: 1_000_000 }, (_, index) => ` a${index}="1"`).join("");

/** What the process takes of itself, in MB. */
const ITSELF = 110;

it.each<[string, () => Iterable<string | Uint8Array>, string, number]>([
  ["10 MB of empty elements", () => repeated("<a/>", 10), "it has more than 500000 elements", 100],
  ["120 MB of empty elements", () => repeated("<a/>", 120), "it has more than 500000 elements", 100],
  ["120 MB of short elements", () => repeated(`<a>${"x".repeat(1000)}</a>`, 120), "it is larger than 32 MB", 120],
  ["120 MB of comments", () => repeated("<!-- x -->", 120), "it is larger than 32 MB", 60],
  [
    "120 MB of white space after the end",
    () => repeated(" \n", 120, `${HEAD}${TAIL}`, ""),
    "it has a tag or a text of more than 1048576",
    60,
  ],
  ["a text of 50 MB", () => repeated("x", 50, `${HEAD}<a>`, `</a>${TAIL}`), "it has a tag or a text of more than 1048576 characters", 60],
  [
    "a text of 50 MB in pieces",
    () => repeated("x<!-- -->", 50, `${HEAD}<a>`, `</a>${TAIL}`),
    "a text has more than 1048576 characters",
    60,
  ],
  [
    "a text of 50 MB of references",
    () => repeated("&amp;", 50, `${HEAD}<a>`, `</a>${TAIL}`),
    "it has a tag or a text of more than 1048576",
    60,
  ],
  ["CDATA of 50 MB", () => repeated("x", 50, `${HEAD}<a><![CDATA[`, `]]></a>${TAIL}`), "it has a tag or a text of more than 1048576", 60],
  ["a comment of 50 MB", () => repeated("x", 50, `${HEAD}<!--`, `-->${TAIL}`), "it has a tag or a text of more than 1048576", 60],
  ["a name of 50 MB", () => repeated("x", 50, `${HEAD}<`, `/>${TAIL}`), "it has a tag or a text of more than 1048576", 60],
  ["a name of 1000 characters", () => [`${HEAD}<${"x".repeat(1000)}/>${TAIL}`], "an element's name has more than 256 characters", 60],
  ["an attribute of 50 MB", () => repeated("x", 50, `${HEAD}<a b="`, `"/>${TAIL}`), "it has a tag or a text of more than 1048576", 60],
  [
    "an attribute of 5000 characters",
    () => [`${HEAD}<a b="${"x".repeat(5000)}"/>${TAIL}`],
    "an attribute has more than 4096 characters",
    60,
  ],
  ["a million attributes", () => [`${HEAD}<a${attributes}/>${TAIL}`], "an element has more than 32 attributes", 60],
  ["a reference of 50 MB", () => repeated("x", 50, `${HEAD}<a>&`, `;</a>${TAIL}`), "it has a tag or a text of more than 1048576", 60],
  ["elements in elements", () => repeated("<a>", 50), "it is nested more than 100 deep", 60],
])("%s is refused soon, and in little memory", async (_, parts, why, megabytes) => {
  const { said, ms, megabytes: taken, late } = await asked({ parts: parts() });
  expect(said).toContain(`vCenter's answer can't be read: ${why}`);
  expect(taken).toBeLessThan(ITSELF + megabytes);
  expect(ms).toBeLessThan(15_000);
  // An interrupt and the time limit are heeded meanwhile.
  expect(late).toBeLessThan(1000);
});

it.each<[string, () => Answer]>([
  ["never answers", () => NEVER],
  ["sends a character a second", () => ({ parts: drip(HEAD, 1000) })],
  ["never stops sending", () => ({ parts: repeated("<!-- -->", 10_000) })],
])("a server that %s is given up after the time that a call may take", async (_, answer) => {
  const { said, ms } = await asked(answer(), 1000);
  expect(said).toMatch(/did not answer within 1 s|larger than 32 MB/);
  expect(ms).toBeLessThan(4000);
});
