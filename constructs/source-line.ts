import { relative, sep } from "path";
import { fileURLToPath } from "url";
import { Source } from "../lib/model";

const FRAME = /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):\d+\)?$/;
const DEPTH = 100;

/**
 * Where `construct`, a class that is being constructed, was asked for: the innermost stack frame outside it and outside
 * installed packages, the file relative to the working directory. Undefined where no such frame is left.
 */
export function sourceOf(construct: new (...args: never[]) => unknown): Source | undefined {
  for (const frame of framesAbove(construct)) {
    const [, place, line] = FRAME.exec(frame) ?? [];
    if (place === undefined || place.includes("node_modules")) continue;
    const file = place.startsWith("file:") ? fileURLToPath(place) : place;
    return { file: relative(process.cwd(), file).split(sep).join("/"), line: Number(line) };
  }
  return undefined;
}

// The stack as text, because that is where tsx, ts-node and Jest put the lines of the TypeScript source.
function framesAbove(construct: new (...args: never[]) => unknown): readonly string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  try {
    const trace: { stack?: string } = {};
    Error.captureStackTrace(trace, construct);
    return (trace.stack ?? "").split("\n").slice(1);
  } finally {
    Error.stackTraceLimit = limit;
  }
}
