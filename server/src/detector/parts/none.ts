import { from } from '../part-arguments.ts';
import type { NeckDefinition } from '../part-definition.ts';

/** What heads read that stand on a backbone with a pyramid of its own, such as SpineNet. */
export const none: NeckDefinition = {
  role: 'neck',
  name: 'none',
  doc: 'no neck: the heads read the backbone’s outputs, which have to be equally wide',
  synonyms: 'identity noneck direct',
  arguments: [from('all')],
  example: 'neck none',
  build: (_, __, read) => read,
};
