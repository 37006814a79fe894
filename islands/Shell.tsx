// The islands of every page. As one module, they load in fewer and smaller files.
export { AlertCount } from "../components/alerts/AlertCount.tsx";
export { FailureCount } from "../components/failures/FailureCount.tsx";
export { HealthLine } from "../components/health/HealthLine.tsx";
export { Keyboard } from "../components/keyboard/Keyboard.tsx";
export { Preferences } from "../components/shell/Preferences.tsx";
// Prefixes links with the base path.
import "../lib/dashboard/shell/base_path.ts";
