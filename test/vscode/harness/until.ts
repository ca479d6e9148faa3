/** How long to wait for something the screen should show; generous, for two busy cores. */
export const PATIENCE = 30_000;
const INTERVAL = 50;

/**
 * Asks again and again until the answer is neither undefined nor false, and returns it. `what` completes the sentence
 * "Waited in vain for …"; `seen` says what was there instead.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  { timeout = PATIENCE, seen }: { timeout?: number; seen?: () => Promise<unknown> } = {},
): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) {
      const instead = seen ? ` Seen instead: ${JSON.stringify(await seen(), null, 1)}` : '';
      throw new Error(`Waited in vain for ${what} (${timeout / 1000} s).${instead}`);
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}

/** Text as a person reads it: the editor draws spaces as U+00A0 and sprinkles invisible direction marks. */
export const plain = (text: string): string =>
  text.replace(/\u00a0/g, ' ').replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');

/** Whether a text contains a string or matches a pattern. */
export const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
