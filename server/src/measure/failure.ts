/** Why a measurement or a backend could not be had. */
export const FAILURE_CODES = [
  /** The backend's package is not there, or not for this platform. */
  'backend-absent',
  /** It is there and does not work: a damaged file, a missing library, a wrong answer. */
  'backend-broken',
  'no-device',
  'too-large',
  /** The forward pass does not know what the network is made of, or the score is not defined for it. */
  'unmeasurable',
  'cancelled',
  /** A newer request took its place. */
  'superseded',
  'timeout',
  'crashed',
  /** The process crashed too often to be started again. */
  'restart-budget',
  'bad-answer',
  /** The client was closed. */
  'closed',
  'internal',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** The code is for programs, the rest for people. */
export interface MeasureFailure {
  readonly code: FailureCode;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What the user can do about it; empty where there is nothing to do. */
  readonly nextStep: string;
}

/** A value or the reason why there is none: measuring never throws at its callers. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: MeasureFailure };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const failed = (code: FailureCode, message: string, nextStep = ''): { ok: false; failure: MeasureFailure } => ({
  ok: false,
  failure: { code, message, nextStep },
});

/** The text of anything that was thrown; emscripten and tfjs also throw plain objects. */
export function thrownText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}
