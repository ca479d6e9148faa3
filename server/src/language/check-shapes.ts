import { stageName } from '../backbone/backbone.ts';
import { argumentSpan } from './argument-span.ts';
import { reportKernel } from './check-kernels.ts';
import * as ast from './generated/ast.ts';
import { type BackboneSource, knownStages } from './read-backbone.ts';
import type { GroupSource } from './read-group.ts';
import type { Report } from './report.ts';
import { propertySpan, recovered } from './span.ts';
import { blockNamed, keepsChannels } from './vocabulary.ts';

/** Checks that need more than one line: the order of stages, and channels and resolutions on their way down. */
export function checkShapes(source: BackboneSource, report: Report): void {
  checkChannels(source, report);
  // What a graph reads is where its nodes say; see read-wiring.ts.
  if (source.graph !== undefined) return;
  checkStages(source, report);
  checkKernels(source, report);
}

/** A stage begins with the stride 2 that opens its resolution, and its name says which resolution that is. */
function checkStages(source: BackboneSource, report: Report): void {
  const stages = knownStages(source.groups);
  let index = 0;
  for (const statement of source.node.statements) {
    if (!ast.isStem(statement) && !ast.isStage(statement)) continue;
    const members = source.groups.slice(index, index + statement.groups.length);
    const number = stages[index];
    const before = index > 0 ? stages[index - 1] : undefined;
    if (ast.isStage(statement) && number !== undefined && before !== undefined) {
      const opensHere = number > before;
      // A stride-2 max-pool that ends the stem has already opened C2.
      const openedByStem = before > 1 && source.groups[index - 1]?.statement.$type === 'Stem';
      if (!opensHere && !openedByStem) reportStride(members[0], stageName(before), statement, report);
      else checkStageName(statement, stageName(number), report);
    }
    for (const [offset, member] of members.entries()) {
      if (offset === 0 || member.fields.stride !== 2 || ast.isStem(statement)) continue;
      const next = stages[index + offset];
      const message = `Stride 2 opens a new stage: begin a line 'stage ${next === undefined ? '…' : stageName(next)}' here, or use s: 1.`;
      const data = { kind: 'replace', with: ['1'] } as const;
      report({ code: 'stage-stride', severity: 'error', message, span: argumentSpan(member, 's'), data });
    }
    index += statement.groups.length;
  }
}

function checkStageName(statement: ast.Stage, expected: string, report: Report): void {
  const { name } = recovered(statement);
  if (name === undefined || name === expected) return;
  const message = `This is stage ${expected}: stages are named C1 for the stem, then C2, C3 … in order.`;
  const data = { kind: 'replace', with: [expected] } as const;
  report({ code: 'stage-order', severity: 'error', message, span: propertySpan(statement, 'name'), data });
}

function reportStride(first: GroupSource | undefined, before: string, statement: ast.Stage, report: Report): void {
  if (first === undefined) return;
  const name = recovered(statement).name ?? 'a stage';
  const message = `${name} must begin with s: 2. With s: 1 it keeps the resolution of ${before} and belongs to that stage, after a +.`;
  const data = { kind: 'replace', with: ['2'] } as const;
  report({ code: 'stage-stride', severity: 'error', message, span: argumentSpan(first, 's'), data });
}

function checkChannels(source: BackboneSource, report: Report): void {
  let before: number | undefined;
  for (const member of source.groups) {
    const { out, btn } = member.fields;
    const definition = member.block === undefined ? undefined : blockNamed(member.block);
    if (out !== undefined && before !== undefined && out < before && ast.isStage(member.statement)) {
      const message = `Channels shrink from ${before} to ${out}: information that is lost here cannot come back. Use out: ${before} or more.`;
      const data = { kind: 'replace', with: [String(before)] } as const;
      report({ code: 'shrinking-channels', severity: 'warning', message, span: argumentSpan(member, 'out'), data });
    }
    if (definition?.narrows === true && out !== undefined && btn !== undefined && btn > out) {
      const message = `The bottleneck (${btn}) is wider than the output (${out}): use btn: ${out} or less.`;
      const data = { kind: 'replace', with: [String(out)] } as const;
      report({ code: 'wide-bottleneck', severity: 'warning', message, span: argumentSpan(member, 'btn'), data });
    }
    if (!keepsChannels(member.block)) before = out;
  }
}

function checkKernels(source: BackboneSource, report: Report): void {
  if (source.input === undefined) return;
  let side = Math.min(source.input.height, source.input.width);
  for (const member of source.groups) {
    const { stride } = member.fields;
    reportKernel(member, side, report);
    if (stride === undefined) return;
    side = Math.ceil(side / stride);
  }
}
