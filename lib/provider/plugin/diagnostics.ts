import { blockType, ValueError } from "./dynamic-value";
import type { Message } from "./messages";
import { AttributePath, Diagnostic, OperationError } from "./resource";
import type { Block, Type } from "./schema";
import { TimeIsUp } from "./timeouts";

type Step = Message<"AttributePathStep">;

export function sentDiagnostics(block: Block, diagnostics: readonly Diagnostic[]): Message<"Diagnostic">[] {
  return diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: severity === "error" ? 1 : 2,
    summary,
    detail: detail ?? "",
    ...(path && path.length > 0 && { attribute: sentPath(block, path) }),
  }));
}

/** A path as far as the schema has it: the protocol has no steps into a set. */
export function sentPath(block: Block, path: AttributePath): Message<"AttributePath"> {
  const steps: Step[] = [];
  let type: Type | undefined = blockType(block);
  for (const name of path) {
    const next: { readonly step: Step; readonly type: Type | undefined } | undefined = stepInto(type, name);
    if (next === undefined) break;
    steps.push(next.step);
    type = next.type;
  }
  return { steps };
}

function stepInto(type: Type | undefined, name: string | number): { readonly step: Step; readonly type: Type | undefined } | undefined {
  if (type === undefined || typeof type === "string") return undefined;
  if ("list" in type) return typeof name === "number" ? { step: { element_key_int: name }, type: type.list } : undefined;
  if ("map" in type) return { step: { element_key_string: String(name) }, type: type.map };
  if ("set" in type || !Object.hasOwn(type.object, name)) return undefined;
  return { step: { attribute_name: String(name) }, type: type.object[name] };
}

/** What was thrown, in words for the user: a failure that the resource tells, an interrupt, a value, or a bug. */
export function diagnosticsOf(thrown: unknown): readonly Diagnostic[] {
  if (thrown instanceof OperationError) return thrown.diagnostics;
  if (thrown instanceof ValueError) return [{ severity: "error", summary: thrown.message, path: thrown.path }];
  if (thrown instanceof TimeIsUp) return [{ severity: "error", summary: thrown.message }];
  if (thrown instanceof Error && thrown.name === "AbortError") return [{ severity: "error", summary: "interrupted" }];
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return [{ severity: "error", summary: "internal error of the provider", detail: `${detail} — This is a bug. Please report it.` }];
}
