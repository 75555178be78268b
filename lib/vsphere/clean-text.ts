import { plainText } from "./plain-text";
import { withoutSecrets } from "./secrets";

const LONGEST = 2000;
/** So much of what a server says is looked at. */
const LOOKED_AT = 2 ** 18;
/** Commands to the CI system whose log it ends up in: `::` at the start of a line, `##vso[` anywhere. */
const COMMANDS = /^:(?=:)|#(?=#\w*\[)/g;

/**
 * Foreign text as it may be shown: one line without secrets, of which nothing is obeyed. Of a text that is too long the middle goes,
 * because a message ends with its advice.
 */
export function cleanText(text: string, longest = LONGEST): string {
  const open = withoutSecrets(plainText(shortened(text, LOOKED_AT)));
  // Plain once more: a character may have been cut in two.
  return plainText(shortened(open, longest)).replace(COMMANDS, "$& ");
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = Math.ceil(longest * 0.6);
  return `${text.slice(0, head)} … ${text.slice(head - longest)}`;
}
