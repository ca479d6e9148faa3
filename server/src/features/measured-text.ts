import type { MeasuredBackbone, MeasuredStage } from './knowledge.ts';
import { paragraphs, table } from './markdown.ts';
import { signed } from './numbers.ts';

/** Beyond this many standard errors measurement and closed form contradict each other. */
export const SUSPICIOUS_Z = 4;

export const isSuspicious = (stage: MeasuredStage): boolean => Math.abs(stage.z) > SUSPICIOUS_Z;

/** «measured C5 log σ 256.3 ± 1.0, z +0.3 (wasm, 4 draws)»: the last stage stands for the backbone. */
export function measuredSummary({ stages, backend, draws }: MeasuredBackbone): string | undefined {
  const last = stages[stages.length - 1];
  if (last === undefined) return undefined;
  const { name, mean, sd, z } = last;
  return `measured ${name} log σ ${mean.toFixed(1)} ± ${sd.toFixed(1)}, z ${signed(z)} (${backend}, ${draws} draws)`;
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
  const { backend, device, draws, seed, activation, seconds, at, stages } = measured;
  const how = `Measured on ${device} (${backend}), ${draws} draws, ${activation}, seed ${seed}, ${seconds.toFixed(1)} s, ${agoText(now - at)}.`;
  const shown = stages.filter((s) => stage === undefined || s.name === stage);
  const rows = shown.map((s) => [
    s.name,
    `**${s.mean.toFixed(2)}** ± ${s.sd.toFixed(2)}`,
    s.predicted.toFixed(2),
    signed(s.z),
  ]);
  return paragraphs(table(['stage end', 'log σ measured (nats)', 'predicted', 'z'], rows), how);
}
