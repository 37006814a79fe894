// The islands of the overview, as one module; the charts load on their own.
export { LogTail } from "../components/logs/LogTail.tsx";
export { Overview } from "../components/overview/Overview.tsx";
export { OverviewSide } from "../components/overview/OverviewSide.tsx";
// Prefixes links with the base path.
import "../lib/dashboard/shell/base_path.ts";
