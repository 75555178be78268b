import { AttributePath, Block, Config, Diagnostic, Fields, UNKNOWN, Value } from "./plugin";

/** Far above every name, path and label of vCenter's; no limit of a hardware label is documented. */
const MOST_CHARACTERS = 1000;

/** What XML can't carry, what a line can't hold, and marks that show a text as another: nobody means them in a name. */
const REFUSED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;

/** With a check of every text that a user gives it, however deep, before its own. */
export function withCheckedTexts<R extends { readonly schema: Block; readonly validate?: (config: never) => readonly Diagnostic[] }>(
  resource: R,
): R {
  const validate = (config: Config<Block>): readonly Diagnostic[] => [
    ...textMistakes(config, []),
    ...(resource.validate?.(config as never) ?? []),
  ];
  return { ...resource, validate };
}

/** Texts that can't be sent, or would come back changed. What they are is not repeated. */
function textMistakes(value: Value | Fields, path: AttributePath): readonly Diagnostic[] {
  if (typeof value === "string") {
    const why = whyRefused(value);
    return why === undefined ? [] : [{ severity: "error", summary: `${path.join(".")} ${why}`, detail: "Leave that out.", path }];
  }
  if (value === UNKNOWN || typeof value !== "object" || value === null) return [];
  const parts: readonly (readonly [string | number, Value])[] = Array.isArray(value)
    ? (value as readonly Value[]).map((each, index) => [index, each] as const)
    : Object.entries(value as Fields);
  return parts.flatMap(([name, each]) => textMistakes(each, [...path, name]));
}

/** Why a text can't be a value of vCenter's; undefined where it can. */
export function whyRefused(text: string): string | undefined {
  if (text.length > MOST_CHARACTERS) return `has ${text.length} characters, expected at most ${MOST_CHARACTERS}`;
  const [found] = REFUSED.exec(text) ?? [];
  if (found === undefined) return undefined;
  const code = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return `has the character U+${code}, which vCenter can't keep or nobody can see`;
}
