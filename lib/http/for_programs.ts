import { withoutBase } from "../dashboard/shell/base_path.ts";

const FOR_PROGRAMS = /^\/(api|ws|healthz|readyz|metrics)(\/|$)/;

/** Whether a path belongs to the API, where errors are JSON as well. */
export function isForPrograms({ pathname }: Pick<URL, "pathname">): boolean {
  return FOR_PROGRAMS.test(withoutBase(pathname));
}
