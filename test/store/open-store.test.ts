import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../../src/store/open-store.js';
import { StoreError, type StoreErrorCode } from '../../src/store/store-error.js';
import { describeWithPostgres, startPostgres, type TestPostgres } from '../support/postgres.js';

let folder = '';
const opened: Store[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sentinel-store-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(url: string): Promise<Store> {
  const store = await openStore(url);
  opened.push(store);
  return store;
}

async function refusal(url: string): Promise<StoreError> {
  const error = await openStore(url).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StoreError) return error;
  throw new Error(`expected a StoreError, got ${error}`);
}

async function openInChildren(url: string, count: number): Promise<string[]> {
  const script = fileURLToPath(new URL('./open-in-child.ts', import.meta.url));
  const run = () => promisify(execFile)(process.execPath, ['--import', 'tsx', script, url]);
  const results = await Promise.all(Array.from({ length: count }, run));
  return results.map(({ stdout }) => stdout.trim());
}

function mode(file: string): string {
  return (statSync(file).mode & 0o777).toString(8);
}

describe('a SQLite store', () => {
  it('is found under each form of its URL', async () => {
    const file = path.join(folder, 'one.sqlite');
    for (const url of [file, `sqlite:${file}`, `file:${file}`, `file://${file}`]) {
      const store = await open(url);
      await store.configurations.save(configuration(url));
    }
    const store = await open(path.relative(process.cwd(), file));
    expect(await store.configurations.list()).toHaveLength(4);
  });

  it('is made with its folders, readable by its owner alone', async () => {
    const file = path.join(folder, 'a', 'b', 'data.sqlite');
    const store = await open(file);
    await store.configurations.save(configuration('x'));
    expect(mode(path.join(folder, 'a'))).toBe('700');
    expect(mode(path.dirname(file))).toBe('700');
    for (const each of [file, `${file}-wal`, `${file}-shm`]) expect(mode(each)).toBe('600');
  });

  it('loses no committed transaction to a power cut', async () => {
    const { db } = await open(path.join(folder, 'data.sqlite'));
    const settings = [
      (await sql`pragma journal_mode`.execute(db)).rows,
      (await sql`pragma synchronous`.execute(db)).rows,
      (await sql`pragma foreign_keys`.execute(db)).rows,
    ];
    expect(settings).toEqual([
      [{ journal_mode: 'wal' }],
      [{ synchronous: 2 }],
      [{ foreign_keys: 1 }],
    ]);
  });

  it('keeps its rows when it is opened again', async () => {
    const file = path.join(folder, 'data.sqlite');
    const first = await open(file);
    await first.configurations.save(configuration('octo/widgets'));
    await first.close();
    const second = await open(file);
    expect(await second.configurations.find('octo/widgets')).toMatchObject({ good: '{}' });
  });

  it('can be created by several processes at once', async () => {
    const file = path.join(folder, 'data.sqlite');
    expect(await openInChildren(file, 3)).toEqual(['ok', 'ok', 'ok']);
    const { db } = await open(file);
    const { rows } = await sql`select name from kysely_migration order by name`.execute(db);
    expect(rows).toEqual([
      { name: '0001-initial' },
      { name: '0002-sqlite-jobs' },
      { name: '0004-learning' },
      { name: '0005-learned-pulls' },
      { name: '0006-pulls-result' },
      { name: '0007-encodings-of-issues' },
      { name: '0008-background-jobs' },
      { name: '0009-feedback-of-issues' },
      { name: '0010-indexes-for-many' },
    ]);
  });

  it('waits for a write of another process, without blocking', async () => {
    const file = path.join(folder, 'data.sqlite');
    const [first, second] = [await open(file), await open(file)];
    let written = false;
    let writing: Promise<void> = Promise.resolve();
    await first.db.transaction().execute(async (transaction) => {
      writing = second.configurations.save(configuration('b')).then(() => {
        written = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(written).toBe(false);
      await sql`delete from configurations`.execute(transaction);
    });
    await writing;
    expect(await first.configurations.find('b')).toBeDefined();
  });

  it('lets other work take its turn during a long row of queries', async () => {
    const store = await open('sqlite::memory:');
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const end = performance.now() + 300;
    while (performance.now() < end) await store.deliveries.find('none');
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it('rolls back what fails and goes on', async () => {
    const store = await open(path.join(folder, 'data.sqlite'));
    const failing = store.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('configurations').values(configuration('a')).execute();
      await transaction.insertInto('configurations').values(configuration('a')).execute();
    });
    await expect(failing).rejects.toThrow(/UNIQUE/);
    expect(await store.configurations.list()).toEqual([]);
    await store.configurations.save(configuration('a'));
    expect(await store.configurations.list()).toHaveLength(1);
  });

  it('takes nothing while its file is not where it was, and goes on once it is back', async () => {
    const file = path.join(folder, 'moved.sqlite');
    const store = await open(`sqlite:${file}`);
    renameSync(file, `${file}.away`);
    await expect(store.ping()).rejects.toMatchObject({
      code: 'missing',
      message: `${file} was moved or deleted: put it back, or restart Sentinel.`,
    });
    await expect(store.configurations.remove('octo/widgets')).rejects.toMatchObject({
      code: 'missing',
    });
    renameSync(`${file}.away`, file);
    await store.ping();
  });

  it('refuses work after it is closed, which it may be twice', async () => {
    const store = await open(path.join(folder, 'data.sqlite'));
    const last = store.configurations.save(configuration('a'));
    await Promise.all([store.close(), store.close()]);
    await last;
    await expect(store.ping()).rejects.toThrow(StoreError);
    await expect(store.configurations.list()).rejects.toThrow();
  });

  it('says that a file is not a database, and leaves it as it was', async () => {
    const file = path.join(folder, 'notes.txt');
    writeFileSync(file, 'dear diary, '.repeat(500));
    const error = await refusal(file);
    expect(error).toMatchObject({ code: 'corrupt' });
    expect(error.message).toContain(file);
    expect(readFileSync(file, 'utf8')).toBe('dear diary, '.repeat(500));
  });

  it('says that a database is damaged', async () => {
    const file = path.join(folder, 'data.sqlite');
    await (await openStore(file)).close();
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length, 7)]));
    expect((await refusal(file)).code).toBe('corrupt');
  });

  it('says where it cannot write', async () => {
    expect((await refusal(folder)).code).toBe('not-writable');
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect((await refusal(path.join(file, 'data.sqlite'))).code).toBe('not-writable');
    symlinkSync(path.join(folder, 'nowhere', 'x'), path.join(folder, 'dangling'));
    expect((await refusal(path.join(folder, 'dangling'))).code).toBe('not-writable');
    expect((await refusal('sqlite:/proc/sentinel/data.sqlite')).code).toBe('not-writable');
  });

  // Root may write everywhere.
  it.skipIf(process.getuid?.() === 0)('says that its folder is read-only', async () => {
    const locked = path.join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    expect((await refusal(path.join(locked, 'data.sqlite'))).code).toBe('not-writable');
  });

  it('says that a newer version made it', async () => {
    const file = path.join(folder, 'data.sqlite');
    const store = await openStore(file);
    await sql`insert into kysely_migration values ('9999-future', '2099-01-01')`.execute(store.db);
    await store.close();
    expect((await refusal(file)).code).toBe('migration');
  });
});

describe('a URL', () => {
  const wrong: [string, StoreErrorCode][] = [
    ['', 'bad-url'],
    ['sqlite:', 'bad-url'],
    ['mysql://root:hunter2@localhost/x', 'bad-url'],
    ['http://user:hunter2@localhost/x', 'bad-url'],
    ['sqlite:data.sqlite?token=hunter2', 'bad-url'],
    ['sqlite://user:hunter2@host/x', 'bad-url'],
    ['postgres://user:hunter2@host:port/x', 'bad-url'],
    ['postgres://user:12/hunter2@127.0.0.1:1/x', 'bad-url'],
    ['postgres://user:/hunter2@127.0.0.1:1/x', 'bad-url'],
    ['postgres://user:12?hunter2@127.0.0.1:1/x', 'bad-url'],
    ['postgres://user:12#hunter2@127.0.0.1:1/x', 'bad-url'],
    ['postgres://user:hunter2@127.0.0.1:1/x', 'unreachable'],
  ];
  it.each(wrong)('%s is refused without telling the password', async (url, code) => {
    const error = await refusal(url);
    expect(error.code).toBe(code);
    expect(`${error.message} ${error.stack}`).not.toContain('hunter2');
  });
});

describeWithPostgres('a PostgreSQL store', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('can be created by several processes at once', async () => {
    const url = await server.createDatabase();
    expect(await openInChildren(url, 3)).toEqual(['ok', 'ok', 'ok']);
    const store = await open(url);
    expect(await store.configurations.list()).toEqual([]);
  });

  it('reads its numbers as numbers', async () => {
    const store = await open(await server.createDatabase());
    await store.configurations.save(configuration('a', 1_790_000_000_123));
    expect((await store.configurations.find('a'))?.checked_at).toBe(1_790_000_000_123);
  });

  it('says that a database does not exist, or cannot be written', async () => {
    const url = await server.createDatabase();
    expect((await refusal(`${url}_missing`)).code).toBe('unreachable');
    const readOnly = `${url}?options=-c%20default_transaction_read_only%3Don`;
    expect((await refusal(readOnly)).code).toBe('not-writable');
  });

  it('fails a query, not the process, when the server ends the connection', async () => {
    const store = await open(await server.createDatabase());
    const killed = sql`select pg_terminate_backend(pg_backend_pid())`.execute(store.db);
    await expect(killed).rejects.toThrow();
    await vi.waitFor(() => store.ping(), { timeout: 10_000 });
  });
});

function configuration(repository: string, checked_at = 1) {
  return { repository, good: '{}', errors: null, source: null, checked_at };
}
