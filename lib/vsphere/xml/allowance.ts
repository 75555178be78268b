import { MalformedAnswer } from "../errors";

/** Far above what a host with a thousand VMs tells of them, and what a small machine can hold. */
const MEGABYTES = 32;
const ELEMENTS = 500_000;

/** What the answers to one question may take together, in as many pages as they come. */
export class Allowance {
  private bytes = MEGABYTES * 2 ** 20;
  private elements = ELEMENTS;

  /** @throws MalformedAnswer where it is used up */
  takeBytes(count: number): void {
    this.bytes -= count;
    if (this.bytes < 0) throw new MalformedAnswer(`it is larger than ${MEGABYTES} MB`);
  }

  /** @throws MalformedAnswer where it is used up */
  takeElement(): void {
    if (--this.elements < 0) throw new MalformedAnswer(`it has more than ${ELEMENTS} elements`);
  }
}
