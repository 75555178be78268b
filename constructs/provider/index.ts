export * from "./passthru-host-device";
export * from "./passthru-provider";
export type { PassthruTimeouts } from "./passthru-resource";
export * from "./passthru-template";
