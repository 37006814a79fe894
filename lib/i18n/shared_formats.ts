/*
 * Shared formatters. Each takes 5 to 15 KB outside the heap of V8, which does not count them: those made for every page
 * would grow the process by 50 KB a page until the next full garbage collection, and then delay that.
 */

/** Returns a function that makes one formatter per locale and options. These are constants in code, thus few. */
function shared<Options, Format>(
  make: (locale: string, options: Options) => Format,
): (locale: string, options: Options) => Format {
  const made = new Map<string, Format>();
  return (locale, options) => {
    const key = JSON.stringify([locale, options]);
    const format = made.get(key) ?? make(locale, options);
    made.set(key, format);
    return format;
  };
}

/** Returns the shared formatter of dates and times. */
export const dateTimeFormat = shared((locale, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, options)
);

/** Returns the shared formatter of numbers. */
export const numberFormat = shared((locale, options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(locale, options)
);

/** Returns the shared rules of plurals. */
export const pluralRules = shared((locale, options: Intl.PluralRulesOptions) =>
  new Intl.PluralRules(locale, options)
);

/** Returns the shared formatter of lists. */
export const listFormat = shared((locale, options: Intl.ListFormatOptions) =>
  new Intl.ListFormat(locale, options)
);
