import { randomUUID } from "node:crypto";
import { VirtualMachine } from "../vsphere";

/**
 * Extra configuration that says who made a VM: no name or uuid proves that, since both can be copied. A finished template's mark is
 * its own instance uuid, which no clone of it shares, though clones inherit the mark; until then it is a number used once.
 */
export const MARK = "vsphere-passthru.template";
const BIRTH = "being made ";

/** The mark of a copy that is about to be made. */
export function birthMark(): string {
  return `${BIRTH}${randomUUID()}`;
}

/** The mark of a finished template. */
export function ownMark({ instanceUuid }: Pick<VirtualMachine, "instanceUuid">): string {
  return instanceUuid;
}

/** Whether this provider made it. */
export function isOurs(vm: Pick<VirtualMachine, "instanceUuid" | "extraConfig">): boolean {
  const mark = vm.extraConfig.get(MARK);
  return mark !== undefined && (mark === ownMark(vm) || mark.startsWith(BIRTH));
}
