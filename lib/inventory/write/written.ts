import { InventoryText } from "../../schema";

/**
 * Where facts come from, to be written beside them: by the part of the inventory (a cluster, a host, a device, a VM …) and, in it,
 * by the field as a file spells it (`cpu_mhz`). The empty field is the part as a whole.
 */
export type Notes = ReadonlyMap<object, Readonly<Record<string, string>>>;

/** An inventory as a file says it, and the notes to its parts. */
export interface Written {
  readonly inventory: InventoryText;
  readonly notes: Notes;
}

/** Carries the notes of a part of an inventory over to its text. */
export type Note = <T extends object>(part: object, text: T) => T;

/** What a comment says of a part or of a field of it: one line, in which nothing can end the comment or hide. */
export function commentOn(part: object, field: string, notes: Notes): string | undefined {
  const note = notes.get(part);
  return note !== undefined && Object.hasOwn(note, field) ? note[field]!.replace(UNSEEN, " ").trim() : undefined;
}

/** Letters that can't be seen, or that some reader takes for the end of a line or refuses. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufffd]/gu;
