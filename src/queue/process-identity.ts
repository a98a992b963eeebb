import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names the process that holds a lease, so that a restarted process need not wait for the leases
 * of the one before it: `host pid start random`.
 */
export function newOwner(): string {
  return [host(), process.pid, processStart(process.pid), randomUUID()].join(' ');
}

/**
 * Whether an owner's process is known to be gone: it ran on this host, and its pid is free or has
 * been given to another process. False when that can't be told; then only time ends its lease.
 *
 * Two machines or containers with the same host name must not share one database.
 */
export function isOwnerGone(owner: string): boolean {
  const [ownerHost, pidText, start] = owner.split(' ');
  const pid = Number(pidText);
  if (ownerHost !== host() || !Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM means that the process is there, but belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  const present = processStart(pid);
  return present !== '' && start !== '' && present !== start;
}

function host(): string {
  return hostname().replace(/\s/g, '_');
}

/**
 * When a process started, in a form that only equality matters for; empty when unknown. In a
 * container the pid is the same after every restart, so the pid alone says little.
 *
 * Linux: `starttime`, field 22 of /proc/PID/stat (proc(5)); elsewhere only our own is known.
 */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return pid === process.pid ? STARTED : '';
  }
}

/** Taken once: uptime and clock drift apart, which would make a process a stranger to itself. */
const STARTED = String(Math.round(Date.now() / 1000 - process.uptime()));
