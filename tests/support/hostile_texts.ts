import type { Page } from "playwright-core";

/** Runs a script wherever text is parsed as markup: in content, attributes, scripts and titles. */
export const HOSTILE = `"><img src=x onerror=pwn()></script><script>pwn()</script>`;
/** The same for long texts: ends every kind of element, and contains double-encoded markup. */
export const HOSTILE_LONG =
  `${HOSTILE}'--></title></textarea></style><svg onload=pwn()><a href=javascript:pwn()>a</a>` +
  "<iframe srcdoc='<script>parent.pwn()</script>'></iframe><base href=//evil.example>" +
  "<meta http-equiv=refresh content='0;url=javascript:pwn()'>${pwn()}{{constructor.constructor('pwn()')()}}" +
  "&lt;img src=x onerror=pwn()&gt;\\u003cscript\\u003epwn()";

/** The effects of hostile texts on a page. */
export interface Harm {
  /** Dialogs, executed scripts, CSP violations, and elements created from text. */
  readonly done: string[];
}

/** Records the effects of hostile texts on a page. */
export async function watchForHarm(page: Page): Promise<Harm> {
  const done: string[] = [];
  await page.exposeFunction("reportHarm", (what: string) => void done.push(what));
  await page.addInitScript(() => {
    const self = globalThis as unknown as Record<"pwn" | "reportHarm", (what?: string) => void>;
    self.pwn = () => self.reportHarm(`a script ran on ${location.href}`);
    document.addEventListener("securitypolicyviolation", (event) => {
      const { violatedDirective, sample, blockedURI } = event;
      self.reportHarm(`${violatedDirective} on ${location.href}: ${blockedURI} ${sample}`);
    });
  });
  page.on("dialog", (dialog) => {
    // The import page asks before it is left during an import.
    if (dialog.type() === "beforeunload") return void dialog.accept();
    done.push(`a dialog on ${page.url()}`);
    dialog.dismiss();
  });
  return { done };
}

/**
 * Returns the elements of a page that only text parsed as markup can have created. A link to plain text is
 * the list of rejected records.
 */
export function foreignElements(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const foreign = "img, iframe, base, meta[http-equiv=refresh], [onerror], [onload]";
    const links = [...document.querySelectorAll("a[href], form[action]")].filter((each) =>
      /^\s*(javascript:|vbscript:|data:(?!text\/plain;))/i.test(
        each.getAttribute("href") ?? each.getAttribute("action") ?? "",
      )
    );
    return [...document.querySelectorAll(foreign), ...links].map((each) =>
      each.outerHTML.slice(0, 200)
    );
  });
}
