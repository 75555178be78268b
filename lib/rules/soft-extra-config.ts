import { listing } from "../model";
import { Rule } from "./rule";

export const softExtraConfig: Rule = {
  id: "soft-extra-config",
  severity: "warning",
  title: "a changed extra_config takes back the reboot that another change needs",
  explanation:
    "With extra_config_reboot_required = false the vSphere provider changes extra_config on the running VM, and forgets the reboot that " +
    "other arguments of the same update asked for. vCenter refuses to change those while the VM is on. The verdict takes it for a reboot.",
  fix: "change them in two applies, or leave extra_config_reboot_required out",
  check: ({ vms, nameOf }) =>
    vms.flatMap(({ vm, place }) =>
      vm.softened === undefined || vm.isOff
        ? []
        : [
            {
              ...place,
              message: `${listing(vm.softened)} of ${nameOf(vm.address)} needs it off, but extra_config_reboot_required = false leaves it on`,
            },
          ],
    ),
};
