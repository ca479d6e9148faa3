import { nats, signed } from '../../../common/numbers.ts';
import type { MeasuredBackbone, MeasuredStage } from './knowledge.ts';
import { paragraphs, table } from './markdown.ts';

/** Beyond this many standard errors measurement and closed form contradict each other. */
export const SUSPICIOUS_Z = 4;

export const isSuspicious = (stage: MeasuredStage): boolean => Math.abs(stage.z ?? 0) > SUSPICIOUS_Z;

/** «measured C5 H 297.9 ± 1.0, as predicted (wasm, 4 draws)»: the last stage stands for the backbone. */
export function measuredSummary({ stages, backend, draws }: MeasuredBackbone): string | undefined {
  const last = stages[stages.length - 1];
  if (last === undefined) return undefined;
  const { name, mean, sd } = last;
  return `measured ${name} H ${nats(mean)} ± ${nats(sd)}, ${agreement(last)} (${backend}, ${draws} draws)`;
}

/** Where no closed form tells the spread of a draw, no distance can be told either. */
const NO_TERM = 'no term in the theory for its spread';

/** «as predicted», «3 σ below the prediction»: σ is the standard error of the mean. 19 of 20 measurements are within 2.5. */
export function agreement({ z }: MeasuredStage): string {
  if (z === undefined) return NO_TERM;
  const errors = Math.round(Math.abs(z));
  return errors <= 2 ? 'as predicted' : `${errors} σ ${z < 0 ? 'below' : 'above'} the prediction`;
}

const distance = (z: number | undefined): string => (z === undefined ? NO_TERM : `z ${signed(z)}`);

/** What a measured number needs to be believed, for the tooltip of the summary. */
export function measuredDetail(measured: MeasuredBackbone, now: number): string {
  const stages = measured.stages.map(
    ({ name, mean, predicted, z }) => `${name} ${mean.toFixed(2)}, predicted ${predicted.toFixed(2)}, ${distance(z)}`,
  );
  return `H in nats: ${stages.join('; ')}. z counts standard errors. ${measuredHow(measured, now)}`;
}

function measuredHow({ backend, device, draws, seed, activation, seconds, at }: MeasuredBackbone, now: number): string {
  const took = `${seconds.toFixed(1)} s, ${agoText(now - at)}`;
  return `Measured on ${device} (${backend}), ${draws} draws, ${activation}, seed ${seed}, ${took}.`;
}

/** «3 min ago» */
export function agoText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`;
  return `${Math.round(seconds / 3600)} h ago`;
}

/** The measurement as a table, of one stage or of all, with everything that a number needs to be believed. */
export function measuredTable(measured: MeasuredBackbone, now: number, stage?: string): string {
  const shown = measured.stages.filter((s) => stage === undefined || s.name === stage);
  const rows = shown.map((s) => [
    s.name,
    `**${s.mean.toFixed(2)}** ± ${s.sd.toFixed(2)}`,
    s.predicted.toFixed(2),
    s.z === undefined ? '–' : signed(s.z),
    agreement(s),
  ]);
  return paragraphs(
    table(['stage end', 'H measured (nats)', 'predicted', 'z', 'agreement'], rows, [4]),
    measuredHow(measured, now),
  );
}
