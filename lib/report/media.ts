import { cleanData, escapeJson, withoutCommands } from "./clean";

/** What a text is written for, which decides what in it would be obeyed instead of shown. */
export type Medium = keyof typeof MEDIA;

interface Cleaning {
  /** Before it is laid out: every text in the data. */
  readonly data: <T>(data: T) => T;
  /** After: the whole. */
  readonly text: (text: string) => string;
}

/** Texts that may have several lines: those of a finding. */
const MULTILINE: readonly string[] = ["message", "fix"];

const MEDIA = {
  /**
   * Lines for a person's terminal, or for a log that a CI system reads, too. Colours are put in between, so that control codes
   * have to go before; a command to the CI system is one only by where it stands in a line, so that it can be told only after.
   */
  terminal: { data: (data) => cleanData(data, MULTILINE), text: withoutCommands },
  /** A machine gets every text as it was found, spelt in characters that neither a terminal nor a CI system acts upon. */
  json: { data: (data) => data, text: escapeJson },
} satisfies Record<string, Cleaning>;

/** Writes data for a medium: the one way from what was found to what is shown. */
export function writeFor<T>(medium: Medium, data: T, write: (data: T) => string): string {
  const cleaning: Cleaning = MEDIA[medium];
  return cleaning.text(write(cleaning.data(data)));
}
