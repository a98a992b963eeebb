/**
 * Takes the pictures in `docs/images` from a real run of the demo: what the terminal shows, and the
 * decisions page. Needs Linux (`script`, of util-linux) and Chromium; `CHROMIUM` says where it is.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { renderTerminal } from './render-terminal.js';
import { REPOSITORY } from './run-check.js';

const IMAGES = path.join(REPOSITORY, 'docs', 'images');
const COLUMNS = 116;
const ISSUES = 18;
const WITHIN_MS = 120_000;
const DONE = /(http:\/\/127\.0\.0\.1:\d+)\/decisions[\s\S]*Ctrl-C stops/;
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs the demo in a terminal; resolves once it is done, while its pages are still there. */
async function runDemo(): Promise<{ output: string; url: string; stop(): Promise<void> }> {
  const command = `stty cols ${COLUMNS}; exec node --import tsx demo/run.ts --limit ${ISSUES}`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: REPOSITORY,
    env: { ...process.env, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The demo did not end')), WITHIN_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const found = DONE.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    void ended.then(() => reject(new Error(`The demo ended early:\n${output}`)));
  });
  const stop = () => {
    child.stdin.write('\u0003');
    return ended;
  };
  return { output, url, stop };
}

async function photograph(url: string, file: string): Promise<void> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  try {
    const viewport = { width: 1240, height: 820 };
    const page = await browser.newPage({ viewport, colorScheme: 'light' });
    await page.goto(url);
    await page.screenshot({ path: file });
  } finally {
    await browser.close();
  }
}

await mkdir(IMAGES, { recursive: true });
const demo = await runDemo();
try {
  await photograph(`${demo.url}/decisions`, path.join(IMAGES, 'decisions.png'));
} finally {
  await demo.stop();
}
const prompt = `\u001b[1m$ npm run demo -- --limit ${ISSUES}\u001b[22m\n`;
await writeFile(path.join(IMAGES, 'demo.svg'), renderTerminal(prompt + demo.output));
console.log(`docs/images written: demo.svg, decisions.png`);
