import { setTimeout as pause } from "node:timers/promises";

// Each of these listens to a signal of its own that follows the given one: many wait for the same interruption at a time, and
// Node takes more than ten listeners at one signal for a leak.
const followed = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal]);

/** Waits that many milliseconds. @throws the signal's reason where it is aborted before */
export async function wait(time: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(time, undefined, { signal: followed(signal) });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** What the promise gives, or the signal's reason as soon as it is aborted; the promise goes on for others that wait for it. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    followed(signal).addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}

/** Aborted that many milliseconds after another: time to bring something to its end, so that its outcome is known. */
export function lingering(signal: AbortSignal, time: number): AbortSignal {
  const later = new AbortController();
  const end = (): void => void pause(time, undefined, { ref: false }).then(() => later.abort(signal.reason));
  if (signal.aborted) end();
  else followed(signal).addEventListener("abort", end, { once: true });
  return later.signal;
}
