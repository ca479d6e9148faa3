/** What the process says when it ends; part of the contract of the command line. */
export const EXIT = {
  done: 0,
  /** The input is at fault: a message names file, line and column. */
  input: 1,
  usage: 2,
  /** The environment is at fault: no permission, no such backend … */
  environment: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Why a command cannot go on: the code it ends with, and lines for standard error. */
export interface Failure {
  readonly ok: false;
  readonly exit: ExitCode;
  readonly message: string;
  /** The same with its place apart, where it is about one file. */
  readonly fault?: FileFault;
}

/** What is wrong with a file as a whole, and where; lines and columns are counted from 1. */
export interface FileFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | Failure;

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const fail = (exit: ExitCode, message: string): Failure => ({ ok: false, exit, message });
