export { check, type CheckInputs, type CheckOptions } from "./check";
