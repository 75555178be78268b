// What a terminal obeys, the C1 set among it, what turns the direction of writing, hides or breaks a text.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;

export const MARK = "\ufffd";

/** On one line, with a mark for everything that can't be seen, so that two names which differ don't look the same. */
export function plainText(text: string): string {
  return text
    .replace(/[\s\u0085]+/g, " ")
    .trim()
    .replace(UNSEEN, MARK);
}
