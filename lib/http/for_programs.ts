const FOR_PROGRAMS = /^\/(api|ws|healthz|readyz|metrics)(\/|$)/;

/** Whether an address is for programs, which are answered in JSON, whatever goes wrong. */
export function isForPrograms({ pathname }: Pick<URL, "pathname">): boolean {
  return FOR_PROGRAMS.test(pathname);
}
