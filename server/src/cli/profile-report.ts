import type { Profile } from '../latency/profile.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** What was made, and how well it predicts. */
export function profileText(profile: Profile, file: string, name: string): string {
  const { device, runtime, threads, operators, channelBlock, heldOut, timing } = profile;
  const points = operators.reduce((sum, { points: own }) => sum + own.length, 0);
  const block =
    channelBlock === 1
      ? 'Its kernels have no block of channels that was found.'
      : `Its kernels work on ${channelBlock} channels at once: widths cost what the next multiple of ${channelBlock} does.`;
  const lines = [
    `${file}: ${device}, ${runtime.name} ${runtime.version}, ${threads === 1 ? 'one thread' : `${threads} threads`}, ${points} points.`,
    block,
  ];
  if (heldOut !== undefined) {
    const { networks, medianError, error95, rank } = heldOut;
    lines.push(
      `${networks} networks that had no part in it are predicted within ${percent(medianError)} (median) and ${percent(error95)} ` +
        `(95 %), rank correlation ${rank.toFixed(3)}; the same network timed twice differs by ${percent(timing.noise)}.`,
    );
  }
  return [...lines, `Use it beside it: budget b { latency <= 10ms on ${name} }`].join('\n');
}

/** When a machine is too noisy, and what to do about it. */
export const NOISY = {
  share: 0.03,
  advice: (noise: number): string =>
    `warning: this machine is noisy: the same network timed twice differs by ${percent(noise)}. Close what else runs, plug in the ` +
    'power, leave out --threads, and run the command again.',
};
