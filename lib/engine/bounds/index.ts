export * from "./failures";
export * from "./never-refused";
export * from "./power-on";
