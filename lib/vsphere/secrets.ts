import { MARK, plainText } from "./plain-text";

/** Shorter ones are parts of ordinary words: they are hidden where they stand alone. */
const SHORTEST_ANYWHERE = 4;
/** Of a longer secret so much is looked for, and all that follows is hidden with it. */
const LONGEST = 256;
/** Passwords and ids of sessions: a program that needs more has long forgotten the first. */
const MOST = 100;

const HIDDEN = "(secret)";
const secrets = new Set<string>();
let pattern: RegExp | undefined;

/**
 * Has a text hidden in every message from now on, until the program ends. One list for the whole program, because a server can repeat
 * in an answer to one session what it learned in another; at most the hundred that were told last.
 */
export function keepSecret(text: string): void {
  if (plainText(text).replaceAll(MARK, "") === "") return;
  for (const form of [text.normalize("NFD"), text.normalize("NFC"), text]) {
    secrets.delete(form);
    secrets.add(form);
  }
  for (const oldest of secrets) {
    if (secrets.size <= MOST) break;
    secrets.delete(oldest);
  }
  pattern = undefined;
}

/**
 * A plain text with the secrets hidden: as they are, and escaped as XML, JSON and addresses do, once or several times over, with
 * marks of invisible characters in between, or in base64.
 */
export function withoutSecrets(text: string): string {
  if (secrets.size === 0) return text;
  pattern ??= new RegExp([String.raw`\(secret\)`, ...[...secrets].sort((a, b) => b.length - a.length).map(spellings)].join("|"), "gu");
  return text.replace(pattern, HIDDEN);
}

// Every repetition has an end or one way to be read, so that no text takes long.
function spellings(secret: string): string {
  const characters = [...plainText(secret).replaceAll(MARK, "")];
  const spelt = characters.slice(0, LONGEST).map(spellingsOf).join(`${MARK}*`);
  if (characters.length < SHORTEST_ANYWHERE) return String.raw`(?<![\p{L}\p{N}])${spelt}(?![\p{L}\p{N}])`;
  const base64 = [...Buffer.from(secret).toString("base64").replace(/=+$/, "")].map(literal).join("");
  return `${spelt}${characters.length > LONGEST ? "[^]*" : ""}|${base64}={0,2}`;
}

const NAMED: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

function spellingsOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const references = [`#0*${code}`, `#[xX]0*${anyCase(code.toString(16))}`, NAMED[character] ?? []].flat();
  const bytes = [...Buffer.from(character)].map((byte) => `%(?:25)*${anyCase(byte.toString(16).padStart(2, "0"))}`);
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index).toString(16));
  const escapes = units.map((unit) => String.raw`\\{1,8}(?:u${anyCase(unit.padStart(4, "0"))}|x${anyCase(unit.padStart(2, "0"))})`);
  const plain = character === " " ? "[ +]" : String.raw`\\{0,8}${literal(character)}`;
  return `(?:&(?:amp;)*(?:${references.join("|")});|${bytes.join("")}|${escapes.join("")}|${plain})`;
}

function literal(character: string): string {
  return String.raw`\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function anyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
