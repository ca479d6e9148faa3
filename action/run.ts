import { appendFileSync } from 'node:fs';
import { annotation, data } from './annotations.ts';
import { changesSince } from './changes.ts';
import { installed, type Ran } from './command.ts';
import { comment } from './comment.ts';
import { type Environment, readEnvironment } from './environment.ts';

/** Where the workflow shows it: annotations in the log, a summary, and a comment. */
async function main(environment: Environment): Promise<number> {
  const mae = installed(environment.package, environment.temp);
  const layout = mae('fmt', '--check', '--', ...environment.files);
  const problems = mae('check', '--format', 'github', '--', ...environment.files);
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
  // What it says on standard error is what the check finds, too.
  const wrong = lines(layout.stdout).map(annotation);
  for (const line of [...wrong, ...lines(problems.stdout)]) console.log(line);
  for (const { exit, stderr } of [layout, problems])
    if (exit > 1) throw new Error(stderr.trim() || `mae ended with exit code ${exit}`);
  const errors = [...wrong, ...lines(problems.stdout)].filter((line) => line.startsWith('::error ')).length;
  const failed = layout.exit !== 0 || problems.exit !== 0;
  await tell(environment, errors, mae);
  if (environment.output !== undefined) appendFileSync(environment.output, `errors=${errors}\n`);
  return failed ? 1 : 0;
}

async function tell(environment: Environment, errors: number, mae: (...args: readonly string[]) => Ran): Promise<void> {
  const { pull, summary, token, api, temp } = environment;
  const changes = pull === undefined ? undefined : changesSince(pull.base, mae, temp);
  if (changes?.ok === false) console.log(`::notice title=MAE-DET::Nothing is compared: ${data(changes.why)}`);
  const parts = changes?.ok === true ? changes.parts : [];
  const title = `### MAE-DET: ${errors === 0 ? 'no errors' : `${errors} ${errors === 1 ? 'error' : 'errors'}`}`;
  const none = changes?.ok === true && parts.length === 0 ? ['This pull request changes no design.'] : [];
  const text = [title, ...none, ...parts].join('\n\n');
  if (summary !== undefined) appendFileSync(summary, `${text}\n`);
  if (pull === undefined || token === '') return;
  try {
    await comment(api, token, pull.number, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.log(`::notice title=MAE-DET::There is no comment (the summary has it): ${data(why)}`);
  }
}

try {
  process.exitCode = await main(readEnvironment(process.env));
} catch (error) {
  console.log(`::error title=MAE-DET::${data(error instanceof Error ? error.message : String(error))}`);
  process.exitCode = 2;
}
