/** With one tag, a notification replaces the previous one, even that of another browser tab. */
const TAG = "millrace-alerts";

/** Shows a notification of the operating system, if the browser has permission. */
export function notifyDesktop(body: string): void {
  if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
  new Notification("Millrace", { body, tag: TAG });
}
