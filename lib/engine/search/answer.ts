import { Room } from "../rooms";

/** One VM that is put on a host, and what is left there then. */
export interface Stand {
  readonly slot: number;
  readonly demand: number;
  readonly next: Room;
}

/** Shown by where everything is, proved never to be, or open: a limit was reached. */
export type Answer = { readonly kind: "shown"; readonly stands: readonly Stand[] } | { readonly kind: "never" } | { readonly kind: "open" };
