import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';

const CHILD = fileURLToPath(new URL('./child-help.ts', import.meta.url));

/** Prints help in a process of its own, and tells which packages that loaded. */
async function help(which: 'all' | 'every'): Promise<{ text: string; packages: Set<string> }> {
  const words = ['--import', 'tsx', CHILD, which];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words);
  const names = stderr.matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//g);
  return { text: stdout, packages: new Set([...names].map(([, name]) => name ?? '')) };
}

describe('--help', () => {
  it('lists every command and loads nothing but the command line', async () => {
    const { text, packages } = await help('all');
    for (const { group, name, description } of COMMANDS) {
      if (group === null) expect(text).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
      else expect(text).toMatch(new RegExp(`^  ${group} +\\S`, 'm'));
      if (group === null) expect(text.replace(/\s+/g, ' ')).toContain(description);
    }
    expect([...packages].sort()).toEqual(['commander', 'picocolors']);
  });

  it('of each command loads no model, no chart and no server driver', async () => {
    const { text, packages } = await help('every');
    for (const { group, name, description } of COMMANDS) {
      const words = group === null ? name : `${group} ${name}`;
      expect(text).toContain(`Usage: sentinel ${words} [options]`);
      expect(text).toContain(description);
    }
    expect(packages).toContain('zod');
    for (const heavy of ['onnxruntime-node', '@huggingface/transformers', 'echarts', 'pg']) {
      expect(packages).not.toContain(heavy);
    }
  });
});
