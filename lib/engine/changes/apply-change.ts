import { Change } from "./change";
import { changeDevice } from "./change-devices";
import { addHost, copyHost, takeAway } from "./change-hosts";
import { addVms, leaveOut } from "./change-vms";
import { Asked } from "./find";

/**
 * What was read, as if the change were written in it. Throws InputError where the change can't be made: something that it names is
 * not there (with what was probably meant), or is in the way.
 */
export function applyChange(asked: Asked, change: Change): Asked {
  switch (change.kind) {
    case "fail-host":
      return takeAway(asked, change, "disconnected");
    case "drain-host":
      return takeAway(asked, change, "maintenance");
    case "add-host":
      return addHost(asked, change.cluster, change.host);
    case "copy-host":
      return copyHost(asked, change);
    case "label-device":
    case "enable-device":
    case "disable-device":
    case "set-device-aside":
      return changeDevice(asked, change);
    case "add-vms":
      return addVms(asked, change.cluster, change.shape);
    case "leave-out-vm":
      return leaveOut(asked, change);
  }
}
