import { COUNT, type CostDefinition } from '../definition.ts';

/**
 * DeepMAD's effectiveness, the depth of a network over its width: ρ = max_i exp(log D_i − Σ log width_l / D_i), with D_i
 * the scored layers up to the end of stage i and width_l = in / groups · k² (Shen et al., CVPR 2023; docs/method.md 2.2).
 */
export const rho: CostDefinition = {
  name: 'rho',
  doc: 'DeepMAD’s effectiveness, depth over width: held below a limit, a network is not too deep to be trained.',
  formula: 'max over stages of D · exp(−mean of ln(in / groups · k²) over its D layers)',
  synonyms: 'effectiveness depthwidthratio deepmadrho',
  unit: 'number',
  convention: false,
  limit: { ...COUNT, what: 'rho', min: 0, max: 1_000, whole: false },
  usual: '0.5',
  kind: 'stages',
  of: ({ layers, logFanIn }) => (layers === 0 ? 0 : layers * Math.exp(-logFanIn / layers)),
};
