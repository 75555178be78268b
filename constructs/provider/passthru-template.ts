import { IResolvable, TerraformMetaArguments } from "cdktf";
import { Construct } from "constructs";
import { Values } from "./attributes";
import { PassthruResource, PassthruTimeouts } from "./passthru-resource";

export interface PassthruTemplateDevice {
  /** Ids of which any fits, `vendor:device[:subvendor:subdevice[:revision]]`. */
  readonly allowed: string[];
  /** @default - any label and none */
  readonly label?: string;
}

export interface PassthruTemplateConfig extends TerraformMetaArguments {
  readonly sourceTemplateUuid: string;
  readonly name: string;
  /** At least one; a clone asks for every one of them. */
  readonly device: PassthruTemplateDevice[];
  /** @default - the source's, at least 17 */
  readonly hardwareVersion?: number;
  /** @default - false */
  readonly linkedClone?: boolean | IResolvable;
  /** @default - the source's */
  readonly datastoreId?: string;
  /** @default - the source's */
  readonly folder?: string;
  readonly timeouts?: PassthruTimeouts;
}

/** `passthru_template`: a copy of a VM template that carries Dynamic DirectPath I/O devices. */
export class PassthruTemplate extends PassthruResource {
  static readonly tfResourceType = "passthru_template";

  constructor(
    scope: Construct,
    id: string,
    private readonly config: PassthruTemplateConfig,
  ) {
    super(scope, id, PassthruTemplate.tfResourceType, config);
  }

  get sourceTemplateUuid(): string {
    return this.getStringAttribute("source_template_uuid");
  }

  get name(): string {
    return this.getStringAttribute("name");
  }

  get hardwareVersion(): number {
    return this.getNumberAttribute("hardware_version");
  }

  get linkedClone(): IResolvable {
    return this.getBooleanAttribute("linked_clone");
  }

  get datastoreId(): string {
    return this.getStringAttribute("datastore_id");
  }

  get folder(): string {
    return this.getStringAttribute("folder");
  }

  get uuid(): string {
    return this.getStringAttribute("uuid");
  }

  protected override values(): Values {
    return {
      source_template_uuid: this.config.sourceTemplateUuid,
      name: this.config.name,
      device: this.config.device,
      hardware_version: this.config.hardwareVersion,
      linked_clone: this.config.linkedClone,
      datastore_id: this.config.datastoreId,
      folder: this.config.folder,
      timeouts: this.config.timeouts,
    };
  }
}
