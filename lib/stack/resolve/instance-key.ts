/** An instance's key as Terraform writes it in an address: `["a"]`, with what begins a template doubled, and what can't be printed as its number. */
export function keySuffix(key: string): string {
  return `["${key.replace(SPECIAL, escaped)}"]`;
}

/** What Go prints as it is: letters, marks, numbers, punctuation, symbols, and of spaces the plain one. */
const SPECIAL = /["\\]|[$%](?=\{)|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\", $: "$$", "%": "%%" };

function escaped(char: string): string {
  const code = char.codePointAt(0)!.toString(16);
  return NAMED[char] ?? (code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`);
}
