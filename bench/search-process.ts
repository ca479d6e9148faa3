import { runSearch } from '../server/src/search/node/run-search.ts';
import { r50Task } from './tasks.ts';

/** The paper's whole search in one process; prints its peak memory in KiB. */
const result = await runSearch(r50Task);
if (result.kind === 'problem') throw new Error(result.message);
console.log(process.resourceUsage().maxRSS);
