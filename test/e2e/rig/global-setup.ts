import { binaries } from "./binaries";
import { onPath } from "./tools";

/** Builds before the tests, once, so that no test's time limit counts it. What fails here fails again, with its message, in the tests. */
export default function globalSetup(): void {
  if (onPath("go") === undefined) return;
  try {
    binaries();
  } catch {
    // A failure here would end the whole of jest.
  }
}
