export * from "./resource";
export * from "./schema";
export * from "./values";
