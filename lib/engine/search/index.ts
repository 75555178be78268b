export * from "./budget";
export * from "./power-on";
export * from "./restart";
