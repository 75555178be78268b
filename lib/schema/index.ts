export * from "./provider";
export * from "./report";
