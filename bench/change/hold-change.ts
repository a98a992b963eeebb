/** Reads a diff from a file, takes all steps and prints this process's peak memory in megabytes. */
import { readFileSync } from 'node:fs';
import { measureSteps } from './huge.js';

measureSteps(readFileSync(process.argv[2] ?? '', 'utf8'));
console.log(process.resourceUsage().maxRSS / 1000);
