export * from "./define";
export * from "./resource";
export * from "./schema";
export { serve } from "./serve";
export { TimeIsUp } from "./timeouts";
export * from "./values";
