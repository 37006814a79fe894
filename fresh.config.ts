/** Fresh's configuration, given to the application and to the builder. */
export const freshConfig = { basePath: "" } as const;
