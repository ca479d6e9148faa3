/** Versions of the format and of its operators that are known here, oldest and newest. */
export const KNOWN_IR = [3, 10] as const;
export const KNOWN_OPSETS = [9, 21] as const;

const isWithin = (version: number, [oldest, newest]: readonly [number, number]): boolean =>
  version >= oldest && version <= newest;

/** Whether operators mean what is known of them. */
export const isKnownVersion = ({ irVersion, opset }: { readonly irVersion: number; readonly opset: number }): boolean =>
  isWithin(irVersion, KNOWN_IR) && isWithin(opset, KNOWN_OPSETS);
