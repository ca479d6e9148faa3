import type * as z from 'zod';
import { done, type Outcome } from '../answers/exit.ts';

/** What the caller of a tool wants to hear, and whether it still wants an answer. */
export interface ToolContext {
  readonly signal: AbortSignal;
  /** @param share of the work that is done, 0 to 1 */
  readonly progress: (share: number, message: string) => void;
}

/** The structured answer of a tool: plain JSON by its output schema. */
export type ToolAnswer = Readonly<Record<string, unknown>>;

/** What one tool is, whoever calls it: a client of the Model Context Protocol, or VS Code's language models. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** All that a program reads before it calls the tool. */
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  /** Whether it leaves everything as it is. */
  readonly readOnly: boolean;
  /** Checks what it is given, and runs. What the caller can mend comes back as a message. */
  readonly run: (input: unknown, context: ToolContext) => Promise<Outcome<ToolAnswer>>;
}

interface Definition<I extends z.ZodObject, O extends z.ZodObject> extends Omit<Tool, 'run' | 'input' | 'output'> {
  readonly input: I;
  readonly output: O;
  readonly run: (input: z.output<I>, context: ToolContext) => Promise<Outcome<z.input<O>>>;
}

/** A tool whose implementation has the types of its schemas. */
export const tool = <I extends z.ZodObject, O extends z.ZodObject>(definition: Definition<I, O>): Tool => ({
  ...definition,
  run: async (input, context) => {
    const answer = await definition.run(definition.input.parse(input), context);
    return answer.ok ? done(definition.output.parse(answer.value)) : answer;
  },
});
