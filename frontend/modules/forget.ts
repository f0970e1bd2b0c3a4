/** What a form carried is not left in the browser's history: there it would lie on the phone's disk after signing out. */
export function start(): void {
  history.replaceState(history.state, "", location.href);
}
