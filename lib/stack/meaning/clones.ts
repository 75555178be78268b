import { DynamicRequest, Maybe, RequestCarriers, unknown } from "../../model";
import { Computed, Instance, Unknown, Value } from "../expression/value";
import { Described, isDescribed } from "../resolve/described";
import { Attributes, identified, nameOf, textOf } from "./attributes";
import { readMetadata } from "./metadata";
import { all, readRequest } from "./requests";
import { siteOf, splitPath } from "./site";

/** Clones of clones that are followed. */
const MAX_CLONES = 32;

/** What VMs are cloned from, and what that carries. Each `passthru_template` is read once. */
export class Clones {
  private readonly requests = new Map<Instance, Maybe<readonly DynamicRequest[]>>();

  constructor(private readonly attributesOf: (instance: Described) => Attributes) {}

  carriers(vm: Attributes): Pick<RequestCarriers, "template" | "stackTemplate" | "templateName" | "templateUuid" | "templateSite"> {
    const value = this.source(vm);
    if (value === undefined) return {};
    const template = stackTemplate(value);
    if (template === undefined) return declaredTemplate(value);
    const source = declaredTemplate(template.attribute("source_template_uuid"));
    const { constructPath, source: place } = readMetadata(template.block);
    return {
      ...((source.templateUuid ?? source.templateName)?.known && source),
      template: this.read(template),
      stackTemplate: { address: template.address, ...(constructPath !== undefined && { constructPath }), source: place },
    };
  }

  /** That of the `passthru_template` the VM is cloned from. */
  hardwareVersion(vm: Attributes): Maybe<number> | undefined {
    const value = this.source(vm);
    const template = value === undefined ? undefined : stackTemplate(value);
    return template && this.attributesOf(template).whole("hardware_version", { least: 1, unit: "" });
  }

  /** Whether its `hardware_version` is that of the very template it is cloned from. */
  hasTemplateHardware(vm: Attributes): boolean {
    const clone = vm.onlyBlock("clone");
    const version = vm.value("hardware_version");
    if (!clone.known || !(version instanceof Computed) || version.attribute !== "hardware_version") return false;
    return identified(clone.value?.get("template_uuid") ?? null, ["vsphere_virtual_machine"], ["id", "uuid"]) === version.instance;
  }

  private read(template: Described): Maybe<readonly DynamicRequest[]> {
    let found = this.requests.get(template);
    if (found === undefined) {
      const attributes = this.attributesOf(template);
      const blocks = attributes.blocks("device");
      found = blocks.known ? all(blocks.value.map((block) => readRequest(attributes, "device", block))) : blocks;
      this.requests.set(template, found);
    }
    return found;
  }

  /** `clone.template_uuid`; where that is a VM of the stack, what this VM is cloned from in its turn. */
  private source(vm: Attributes): Value | undefined {
    let current = vm;
    for (let length = 0; length < MAX_CLONES; length++) {
      const clone = current.onlyBlock("clone");
      if (!clone.known) return new Unknown(clone.why);
      if (clone.value === undefined) return undefined;
      const value = clone.value.get("template_uuid") ?? null;
      const next = identified(value, ["vsphere_virtual_machine"], ["id", "uuid"]);
      if (!isDescribed(next) || next.type.startsWith("data.")) return value;
      current = this.attributesOf(next);
    }
    return null;
  }
}

function stackTemplate(value: Value): Described | undefined {
  const template = identified(value, ["passthru_template"], ["id", "uuid"]);
  return isDescribed(template) ? template : undefined;
}

/** What a stack says of a template that an inventory may declare. */
function declaredTemplate(value: Value): Pick<RequestCarriers, "templateName" | "templateUuid" | "templateSite"> {
  const named = identified(value, ["vsphere_virtual_machine", "vsphere_content_library_item"], ["id", "uuid"]);
  if (named !== undefined) return namedTemplate(named);
  const uuid = textOf(value);
  return uuid?.known ? { templateUuid: uuid } : { templateName: uuid ?? unknown("clone.template_uuid is not set") };
}

/** A data source finds its template by name or by uuid. */
function namedTemplate(template: Instance): Pick<RequestCarriers, "templateName" | "templateUuid" | "templateSite"> {
  const uuid = template.attribute("uuid");
  const byUuid = template.attribute("name") instanceof Computed && !(uuid instanceof Computed) ? textOf(uuid) : undefined;
  if (byUuid !== undefined) return { templateUuid: byUuid };
  const name = nameOf(template);
  const { datacenter } = name.known ? splitPath(name.value, "vm") : {};
  const site = { ...siteOf(template), ...(datacenter !== undefined && { datacenter }) };
  return { templateName: name, ...(Object.keys(site).length > 0 && { templateSite: site }) };
}
