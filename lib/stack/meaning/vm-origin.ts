import { known, Maybe, unknown, VmOrigin } from "../../model";
import { toText, Value, ValueMap, whyUnknown } from "../expression/value";
import { Attributes, identified } from "./attributes";

/** What a VM is made from: `clone` comes before `ovf_deploy`. */
export function vmOrigin(vm: Attributes): Maybe<VmOrigin> {
  const clone = vm.onlyBlock("clone");
  if (!clone.known) return clone;
  if (clone.value !== undefined) return known(sourceKind(clone.value.get("template_uuid") ?? null));
  const ovf = vm.onlyBlock("ovf_deploy");
  return ovf.known ? known(ovf.value === undefined ? "nothing" : "ovf") : ovf;
}

function sourceKind(uuid: Value): VmOrigin {
  if (identified(uuid, ["vsphere_virtual_machine", "passthru_template"], ["id", "uuid"]) !== undefined) return "template";
  return identified(uuid, ["vsphere_content_library_item"], ["id"]) === undefined ? "template-or-item" : "library-item";
}

/** The file name of the OVF or OVA that the VM is deployed from; undefined where it is from none. */
export function ovfName(vm: Attributes): Maybe<string> | undefined {
  const ovf = vm.onlyBlock("ovf_deploy");
  return ovf.known ? ovf.value && fileName(ovf.value) : ovf;
}

function fileName(ovf: ValueMap): Maybe<string> {
  const [path = null] = ["local_ovf_path", "remote_ovf_url"]
    .map((name) => ovf.get(name) ?? null)
    .filter((value) => value !== null && value !== "");
  const why = whyUnknown(path);
  if (why !== undefined) return unknown(why);
  // A URL's user, query and fragment may be secrets.
  const name = /([^/\\]+)[/\\]*$/.exec((toText(path) ?? "").replace(/[?#].*$/s, ""))?.[1];
  return name === undefined ? unknown("neither local_ovf_path nor remote_ovf_url is set") : known(name);
}
