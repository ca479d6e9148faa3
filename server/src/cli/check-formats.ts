import type { CheckFormat } from './check-formats/checked.ts';
import { GITHUB } from './check-formats/github.ts';
import { JSON_FORMAT } from './check-formats/json.ts';
import { SARIF } from './check-formats/sarif.ts';
import { TEXT } from './check-formats/text.ts';

/** Every format of diagnostics; the first is for people. */
export const CHECK_FORMATS: readonly CheckFormat[] = [TEXT, JSON_FORMAT, GITHUB, SARIF];
