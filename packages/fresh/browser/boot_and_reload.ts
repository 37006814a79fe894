export * from "./boot.ts";
import "./reload.ts";
