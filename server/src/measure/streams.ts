/** Which numbers a stream holds: part of its key, so that noise and weights of the same layer differ. */
export const STREAM = { noise: 0, weights: 1, perturbation: 2 } as const;
