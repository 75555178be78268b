export * from "./passthru-host-device";
export * from "./passthru-provider";
export * from "./passthru-template";
