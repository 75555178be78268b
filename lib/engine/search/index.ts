export * from "./budget";
export * from "./evacuation";
export * from "./power-on";
export * from "./restart";
