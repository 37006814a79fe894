import { withoutBase } from "../dashboard/shell/base_path.ts";

const API_PATH = /^\/(api|ws|healthz|readyz|metrics)(\/|$)/;

/** Whether a path belongs to the API, where errors are JSON as well. */
export function isApiPath({ pathname }: Pick<URL, "pathname">): boolean {
  return API_PATH.test(withoutBase(pathname));
}
