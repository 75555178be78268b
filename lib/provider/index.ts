import { DATA_SOURCES, PROVIDER_CONFIG, RESOURCES } from "../schema";
import { withCheckedTexts } from "./checked-texts";
import { cleanText } from "../vsphere";
import { Client } from "./client";
import { configure } from "./configuration";
import { hostDevice } from "./host-device";
import { hostDevices } from "./host-devices";
import { defineDataSource, defineResource, Provider } from "./plugin";
import { template } from "./template";

/** The Terraform provider: its configuration, its resources and its data sources. */
export const passthruProvider = {
  schema: PROVIDER_CONFIG,
  configure: (config) => configure(config),
  resources: {
    passthru_host_device: defineResource(withCheckedTexts(hostDevice)),
    passthru_template: defineResource(withCheckedTexts(template)),
  } satisfies Record<keyof typeof RESOURCES, unknown>,
  dataSources: { passthru_host_devices: defineDataSource(withCheckedTexts(hostDevices)) } satisfies Record<
    keyof typeof DATA_SOURCES,
    unknown
  >,
  close: (client) => client.close(),
  clean: cleanText,
} as const satisfies Provider<typeof PROVIDER_CONFIG, Client>;
