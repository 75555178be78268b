import { Source } from "./source";

/** One mistake in what the user gave: where it is, what was found, what was expected. */
export interface Mistake {
  /** The place; the line is absent where the file as a whole is meant (it is missing, empty, too large). */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Lower case, one line: found and expected, with a suggestion where there is one. */
  readonly message: string;
}

/** The user's mistakes, several at once. Anything else that is thrown is a bug of ours. */
export class InputError extends Error {
  constructor(readonly mistakes: readonly Mistake[]) {
    super(mistakes.map(formatMistake).join("\n"));
    this.name = "InputError";
  }

  static at(source: Source | { readonly file: string }, message: string): InputError {
    return new InputError([{ ...source, message }]);
  }
}

/** `file:line:column  message` */
export function formatMistake({ file, line, column, message }: Mistake): string {
  const place = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
  return `${place}  ${message}`;
}
