import { cleanText } from "./clean-text";

/**
 * Anything that went wrong between us and vCenter. Its message is for the user: one line, without secrets, and clean, whatever of
 * the server's texts it was made of.
 */
export class VsphereError extends Error {
  override readonly name: string = "VsphereError";

  constructor(message: string) {
    super(cleanText(message));
  }
}

/** An answer that is not what the API's documentation says. */
export class MalformedAnswer extends VsphereError {
  override readonly name = "MalformedAnswer";

  constructor(why: string) {
    super(`vCenter's answer can't be read: ${why}; is vsphere_server a vCenter, and nothing between that rewrites answers?`);
  }
}

/** A value of the user's that XML has no way to carry. */
export class UnsendableText extends VsphereError {
  override readonly name = "UnsendableText";
}

/** Given up, by an interrupt or for lack of time, with something going on at vCenter that nobody here waits for any more. */
export class StillRunning extends VsphereError {
  override readonly name = "StillRunning";

  constructor(what: string, advice: string) {
    super(`${what}, and may still be running: ${advice}`);
  }
}

/** No answer, or none of vCenter's. */
export class ConnectionError extends VsphereError {
  override readonly name = "ConnectionError";

  constructor(
    message: string,
    /** Whether the request may have reached vCenter's services: then something may have been done. */
    readonly mayHaveArrived: boolean,
    /** Whether trying again a little later can help. */
    readonly passing: boolean,
  ) {
    super(message);
  }
}

/** vCenter understood the call and refused it. */
export class VsphereFault extends VsphereError {
  override readonly name = "VsphereFault";

  constructor(
    message: string,
    /** The API's type of fault: `NotAuthenticated`, `HostConfigFault`. */
    readonly type: string,
  ) {
    super(message);
  }
}
