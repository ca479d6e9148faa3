import { addressOf, PAGES, pageText } from '../answers/docs.ts';
import { detectorExamples, templates } from '../server/examples.ts';

/** A text that a client may read by its address. */
export interface Resource {
  readonly name: string;
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly read: () => Promise<string>;
}

/** Pages of the documentation, and the published designs as texts to begin with. */
export function resources(): readonly Resource[] {
  return [
    ...PAGES.map(({ name, title, description }) => ({
      name,
      address: addressOf(name),
      title,
      description,
      type: 'text/markdown',
      read: () => pageText(name),
    })),
    {
      name: 'examples',
      address: 'mae://examples',
      title: 'Examples',
      description: 'Published backbones, and searches to begin with, as .mae texts.',
      type: 'text/plain',
      read: async () => (await templates()).map(({ name, text }) => `// ---- ${name}.mae ----\n${text}`).join('\n'),
    },
    {
      name: 'detector-examples',
      address: 'mae://examples/detectors',
      title: 'Examples of detectors',
      description: 'Published detectors as .mae texts.',
      type: 'text/plain',
      read: async () => (await detectorExamples()).map(({ document }) => document.getText()).join('\n'),
    },
  ];
}
