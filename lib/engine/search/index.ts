export * from "./blockade";
export * from "./budget";
export * from "./evacuation";
export * from "./packing";
export * from "./patterns";
export * from "./power-on";
export * from "./restart";
