import { listing, parsePciId, quoted } from "../model";
import { TEMPLATE } from "../schema";
import { destroyVirtualMachine, findVirtualMachine, VirtualMachine } from "../vsphere";
import { Client } from "./client";
import { failure, refusal } from "./failures";
import { Config, Diagnostic, Planned, Resource, State, UNKNOWN } from "./plugin";
import { requestOf, sameRequests, spell } from "./template-devices";
import { copyTemplate, LeftOver, OLDEST_HARDWARE } from "./template-copy";
import { isOurs } from "./template-mark";

type Schema = typeof TEMPLATE;

/** `passthru_template`: a copy of a template that carries dynamic devices. Nothing of it can be changed in place. */
export const template: Resource<Schema, Client> = {
  schema: TEMPLATE,
  validate,

  /** A source that is not there, or carries devices itself, is said before anything is applied. */
  async plan({ prior, config }, { client, signal }) {
    const { source_template_uuid: uuid } = config;
    if (prior || !client || uuid === UNKNOWN) return {};
    try {
      checkSource(await findVirtualMachine(client.session, uuid, signal), uuid);
      return {};
    } catch (error) {
      throw failure(error, `the template with uuid ${uuid} can't be copied`, signal);
    }
  },

  async create(planned, { client: { session }, signal }) {
    const summary = `template ${planned.name} was not made`;
    try {
      const source = checkSource(await findVirtualMachine(session, planned.source_template_uuid, signal), planned.source_template_uuid);
      const devices = planned.device.map(requestOf);
      const { uuid } = await copyTemplate(session, source, { ...planned, devices }, signal);
      return { state: { ...planned, uuid }, diagnostics: linkedWarning(planned, source) };
    } catch (error) {
      if (error instanceof LeftOver) throw failure(error.reason, summary, signal, { ...planned, uuid: error.uuid });
      throw failure(error, summary, signal);
    }
  },

  async read(prior, { client, signal }) {
    try {
      const found = await findVirtualMachine(client.session, known(prior), signal);
      return found && { state: stateOf(prior, found), diagnostics: templateWarning(found) };
    } catch (error) {
      throw failure(error, `template ${prior.name} can't be read`, signal);
    }
  },

  update(prior) {
    // Every attribute that a user gives replaces the template: only what is computed can differ.
    return Promise.resolve({ state: prior });
  },

  async delete(prior, { client, signal }) {
    try {
      const found = await findVirtualMachine(client.session, known(prior), signal);
      if (!found) return [];
      if (!isOurs(found)) throw refuseForeign(found);
      await destroyVirtualMachine(client.session, found.reference, signal);
      return [];
    } catch (error) {
      throw failure(error, `template ${prior.name} was not deleted`, signal);
    }
  },
};

function validate({ name, hardware_version: version, device }: Config<Schema>): readonly Diagnostic[] {
  const mistakes: Diagnostic[] = [];
  const refuse = (path: readonly (string | number)[], summary: string, detail: string): void =>
    void mistakes.push({ severity: "error", summary, detail, path });
  if (typeof name === "string" && (name.trim() === "" || name.length > 80)) {
    refuse(["name"], `${quoted(name)} can't be a template's name`, "Expected 1 to 80 characters.");
  }
  if (typeof version === "number" && !(Number.isInteger(version) && version >= OLDEST_HARDWARE && version < 100)) {
    const detail = `Dynamic devices need virtual hardware ${OLDEST_HARDWARE} (ESXi 7.0) or newer.`;
    refuse(["hardware_version"], `hardware_version is ${version}`, detail);
  }
  (device === UNKNOWN ? [] : device).forEach(({ allowed, label }, index) => {
    (Array.isArray(allowed) ? (allowed as readonly unknown[]) : []).forEach((id, nth) => {
      if (typeof id !== "string" || parsePciId(id) !== undefined) return;
      const detail = "Expected vendor:device[:subvendor:subdevice[:revision]] in hexadecimal digits: 10de:20f1";
      refuse(["device", index, "allowed", nth], `${quoted(id)} is no PCI id`, detail);
    });
    if (typeof label !== "string" || label === label.trim()) return;
    refuse(
      ["device", index, "label"],
      `the label ${quoted(label)} begins or ends with white space`,
      "It counts, and is easily overlooked. Leave it out.",
    );
  });
  return mistakes;
}

function checkSource(source: VirtualMachine | undefined, uuid: string): VirtualMachine {
  const path = ["source_template_uuid"];
  if (!source) {
    throw refusal(
      `there is no template with uuid ${uuid}`,
      "Expected the uuid of a template that the user may see, as vsphere_virtual_machine's id gives it.",
      path,
    );
  }
  if (source.passthroughDevices.length > 0) {
    const devices = source.passthroughDevices.map(({ dynamic }) =>
      dynamic ? spell(dynamic).allowed.join(" or ") || "any device" : "a fixed device",
    );
    const fix = "Take a template without PCI devices, or clone from this one as it is.";
    const detail = `It carries ${listing(devices)}, and a copy would carry both. ${fix}`;
    throw refusal(`template ${source.name} carries PCI devices already`, detail, path);
  }
  return source;
}

/** What can be told from the copy itself; where it came from and was put can't. */
function stateOf(prior: State<Schema>, found: VirtualMachine): State<Schema> {
  const carried = found.passthroughDevices.flatMap(({ dynamic }) => (dynamic ? [dynamic] : []));
  const device = sameRequests(prior.device.map(requestOf), carried) ? prior.device : carried.map(spell);
  return { ...prior, name: found.name, device };
}

function templateWarning({ name, isTemplate }: VirtualMachine): readonly Diagnostic[] {
  if (isTemplate) return [];
  const detail = "Powered on, it takes devices from the pool. Mark it as a template again, or let Terraform replace it (-replace).";
  return [{ severity: "warning", summary: `${name} is not a template any more`, detail }];
}

function linkedWarning({ linked_clone: linked, name }: Planned<Schema>, { snapshot, name: source }: VirtualMachine): readonly Diagnostic[] {
  if (linked !== true || snapshot) return [];
  const detail = `${source} has no snapshot whose disks could be shared, and is not touched to make one.`;
  return [{ severity: "warning", summary: `template ${name} is a full copy`, detail }];
}

function refuseForeign({ name, reference }: VirtualMachine): unknown {
  const fix = "Remove it by hand, or forget it: terraform state rm.";
  const detail = `${name} (${reference.id}) has this template's uuid, and lacks the mark of what this provider made. ${fix}`;
  return refusal(`${name} was not made by this provider`, detail);
}

function known({ uuid }: State<Schema>): string {
  if (uuid === null) throw new Error("a template in the state has no uuid");
  return uuid;
}
