import { nodeShipped } from './node-shipped.ts';
import { ShippedExamples } from './shipped-examples.ts';

/** The texts that stand beside the bundle, in the package as in a checkout. */
const all = new ShippedExamples({ shipped: nodeShipped });

export const templates = (): ReturnType<ShippedExamples['templates']> => all.templates();
export const examples = (): ReturnType<ShippedExamples['designs']> => all.designs();
export const detectorExamples = (): ReturnType<ShippedExamples['detectors']> => all.detectors();
