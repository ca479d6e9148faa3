import type { Tool } from './tool.ts';
import { checkTool } from './tools/check.ts';
import { compareTool } from './tools/compare.ts';
import { explainTool } from './tools/explain.ts';
import { inspectTool } from './tools/inspect.ts';
import { scoreTool } from './tools/score.ts';
import { searchTool } from './tools/search.ts';
import { whatIfTool } from './tools/what-if.ts';

/** Every tool, in the order in which agents are told of them. */
export const allTools = (): readonly Tool[] => [
  checkTool,
  scoreTool,
  whatIfTool,
  searchTool,
  compareTool,
  inspectTool,
  explainTool,
];
