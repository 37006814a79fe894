import { createDefine } from "fresh";

export const define = createDefine<Record<string, never>>();
