import { IResolvable, TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { PROVIDER, PROVIDER_CONFIG } from "../../lib/schema";
import { hclAttributes, jsonAttributes, Values } from "./attributes";
import { installOnSynth } from "./install-on-synth";

/**
 * Without server, user and password the connection is that of the stack's vSphere provider of the same alias, where that one says more.
 * What is not given there comes from the environment, as for the vSphere provider: VSPHERE_SERVER, VSPHERE_USER, VSPHERE_PASSWORD,
 * VSPHERE_ALLOW_UNVERIFIED_SSL, VSPHERE_API_TIMEOUT, VSPHERE_VIM_KEEP_ALIVE.
 */
export interface PassthruProviderConfig {
  readonly vsphereServer?: string;
  readonly user?: string;
  /** Never a literal: it would be written into the synthesized stack. */
  readonly password?: string;
  readonly allowUnverifiedSsl?: boolean | IResolvable;
  /**
   * Minutes that one call may take.
   *
   * @default - 5
   */
  readonly apiTimeout?: number;
  /**
   * Minutes between calls that keep an idle session alive; 0 for none.
   *
   * @default - 10
   */
  readonly vimKeepAlive?: number;
  readonly alias?: string;
}

const AUTOMATIC_ID = "passthru-provider";
const DECLARED = new WeakMap<TerraformStack, PassthruProvider[]>();

/**
 * The Terraform provider of `passthru_host_device` and `passthru_template`. A stack that needs it and has none gets one by itself;
 * its synth puts the provider's executable into the stack's folder.
 */
export class PassthruProvider extends TerraformProvider {
  /** The stack's provider without alias, else its first, else a new one that is configured by the environment. */
  static of(stack: TerraformStack): PassthruProvider {
    const declared = DECLARED.get(stack) ?? [];
    return declared.find(({ alias }) => alias === undefined) ?? declared[0] ?? new PassthruProvider(stack, AUTOMATIC_ID);
  }

  private readonly given: Values;
  private readonly aliasName: string | undefined;

  constructor(scope: Construct, id: string, config: PassthruProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: PROVIDER.type,
      terraformGeneratorMetadata: { providerName: PROVIDER.type, providerVersionConstraint: PROVIDER.versionConstraint },
      terraformProviderSource: PROVIDER.source,
    });
    this.aliasName = config.alias;
    this.given = {
      vsphere_server: config.vsphereServer,
      user: config.user,
      password: config.password,
      allow_unverified_ssl: config.allowUnverifiedSsl,
      api_timeout: config.apiTimeout,
      vim_keep_alive: config.vimKeepAlive,
    };
    this.declare();
  }

  private declare(): void {
    const stack = TerraformStack.of(this);
    const declared = DECLARED.get(stack) ?? [];
    const automatic = declared.find(({ node }) => node.id === AUTOMATIC_ID);
    if (automatic && this.aliasName === undefined) {
      throw new Error(
        `${this.node.path}: the stack has a passthru provider already, made for the first construct that needs one; ` +
          "declare PassthruProvider before that construct",
      );
    }
    if (declared.length === 0) installOnSynth(stack);
    DECLARED.set(stack, [...declared, this]);
  }

  override get alias(): string | undefined {
    return this.aliasName;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return jsonAttributes(PROVIDER_CONFIG, this.values());
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(PROVIDER_CONFIG, this.values());
  }

  /** Looked up when the stack is synthesized, since the vSphere provider may be declared after this one. */
  private values(): Values {
    const saysWhere = [this.given["vsphere_server"], this.given["user"], this.given["password"]].some((value) => value !== undefined);
    if (saysWhere) return this.given;
    const own = Object.fromEntries(Object.entries(this.given).filter(([, value]) => value !== undefined));
    return { ...vsphereArguments(TerraformStack.of(this), this.aliasName), ...own };
  }
}

/** The arguments of the stack's vSphere provider that ours has, too. It may be of any bindings: only its type is known. */
function vsphereArguments(stack: TerraformStack, alias: string | undefined): Values {
  const vsphere = stack.node
    .findAll()
    .filter((node) => TerraformProvider.isTerraformProvider(node))
    .find((provider) => provider.terraformResourceType === "vsphere" && provider.alias === alias && TerraformStack.of(provider) === stack);
  const json = vsphere?.toTerraform() as { readonly provider: { readonly vsphere: readonly [Values] } } | undefined;
  const written = json?.provider.vsphere[0] ?? {};
  const names = Object.keys(PROVIDER_CONFIG.attributes).filter((name) => written[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, written[name]]));
}
