/** Writes schemas/maeprofile.schema.json, which a test holds equal to what the program reads. */
import { writeFileSync } from 'node:fs';
import { profileSchema } from '../server/src/latency/profile-schema.ts';

writeFileSync(new URL('../schemas/maeprofile.schema.json', import.meta.url), profileSchema());
