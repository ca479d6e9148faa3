import * as z from 'zod';

/** A request that a person picks in a client, with blanks to fill in. */
export interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  /** What is then said in the person's name. */
  readonly text: (values: Readonly<Record<string, unknown>>) => string;
}

export const prompts: readonly Prompt[] = [
  {
    name: 'design_backbone',
    title: 'Design a backbone within a budget',
    description: 'From a description in words to a checked .mae file.',
    input: z.object({
      description: z.string().describe('such as: a backbone for 640x640 under 5 G macs with at most 30 layers'),
    }),
    text: ({ description }) =>
      [
        `Design a detection backbone with the tools of MAE-DET: ${String(description)}.`,
        'Write a .mae text with the input and a budget of every limit that is asked for, check it, search it, check what the search',
        'returns, and show that text with its score and what is left of each limit.',
      ].join('\n'),
  },
];
