import { UNSEEN, Written } from "./written";

/** JSON has no comments: the notes are left out. */
export function writeJson({ inventory }: Written): string {
  return `${quotedUnseen(JSON.stringify(inventory, null, 2))}\n`;
}

/** Escapes what can't be seen in strings that JSON has quoted already; YAML's double quotes know the same escapes. */
export function quotedUnseen(text: string): string {
  return text.replace(UNSEEN, (letter) => (letter === "\n" ? letter : [...unitsOf(letter)].join("")));
}

function* unitsOf(letter: string): Generator<string> {
  for (let at = 0; at < letter.length; at++) yield `\\u${letter.charCodeAt(at).toString(16).padStart(4, "0")}`;
}
