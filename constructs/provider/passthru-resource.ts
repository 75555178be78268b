import { TerraformMetaArguments, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { BlockSchema, PassthruResourceType, PROVIDER, RESOURCES } from "../../lib/schema";
import { hclAttributes, jsonAttributes, Values } from "./attributes";
import { PassthruProvider } from "./passthru-provider";

/** How long operations may take, as Go's durations: `30m`, `1h30m`. */
export interface PassthruTimeouts {
  readonly create?: string;
  readonly read?: string;
  readonly update?: string;
  readonly delete?: string;
}

/** What both resources share: they are written as their schema says, by the stack's own passthru provider unless told otherwise. */
export abstract class PassthruResource extends TerraformResource {
  private readonly schema: BlockSchema;

  protected constructor(scope: Construct, id: string, type: PassthruResourceType, meta: TerraformMetaArguments) {
    super(scope, id, {
      ...meta,
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: PROVIDER.type, providerVersionConstraint: PROVIDER.versionConstraint },
    });
    this.schema = RESOURCES[type];
    if (!this.provider) {
      const provider = PassthruProvider.of(TerraformStack.of(this));
      if (provider.alias !== undefined) this.provider = provider;
    }
  }

  /** What the author gave, by Terraform name. */
  protected abstract values(): Values;

  protected override synthesizeAttributes(): Record<string, unknown> {
    return jsonAttributes(this.schema, this.values());
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(this.schema, this.values());
  }
}
