import { setTimeout as pause } from "node:timers/promises";

/** Aborted that many milliseconds after another: time to bring something to its end, so that its outcome is known. */
export function lingering(signal: AbortSignal, time: number): AbortSignal {
  const later = new AbortController();
  const end = (): void => void pause(time, undefined, { ref: false }).then(() => later.abort(signal.reason));
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  return later.signal;
}
