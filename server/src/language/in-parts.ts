/** Long work in parts: between two of them whoever has it done may listen to others, or give it up. */
export type InParts<T> = Generator<void, T, void>;

/** All of it at once. */
export function atOnce<T>(work: InParts<T>): T {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}
