/** Chromium must run as root in a container, and phone nobody. */
export const BROWSER_FLAGS: string[] = [
  'no-sandbox',
  'disable-gpu',
  'disable-quic',
  'no-first-run',
  'disable-background-networking',
  'disable-component-update',
  'disable-sync',
].map((flag) => `--${flag}`);
