import { writeSync } from 'node:fs';
import { CheckpointFile } from '../../server/src/search/checkpoint-file.ts';
import { nodeHost } from '../../server/src/search/node/host.ts';
import { search } from '../../server/src/search/node/run-search.ts';
import { checkpointTask } from './search-arbitrary.ts';

/** A process to be killed: it searches, writes a checkpoint after every epoch, and says so on its standard output. */
const [file = ''] = process.argv.slice(2);
const checkpoints = new CheckpointFile(nodeHost(), file, checkpointTask, 0);
await search(checkpointTask, {
  onState: (state) => {
    checkpoints.offer(state);
    writeSync(1, `${state.epoch}\n`);
  },
});
