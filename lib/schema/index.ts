export * from "./inventory";
export * from "./provider";
export * from "./report";
