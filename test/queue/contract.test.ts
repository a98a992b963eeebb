import { afterAll, beforeAll, describe } from 'vitest';
import { describeWithPostgres } from '../support/postgres.js';
import { postgresAdapter, sqliteAdapter } from './adapters.js';
import type { Adapter } from './contract.js';
import { crashContract } from './crash-contract.js';
import { deliveryContract } from './delivery-contract.js';
import { failureContract } from './failure-contract.js';

/**
 * One suite for both adapters: whatever holds for one holds for the other. Each part is a suite of its
 * own, for each makes a database before each of its tests.
 */
function contract(adapter: Adapter): void {
  describe('taking deliveries', () => deliveryContract(adapter));
  describe('failing', () => failureContract(adapter));
  describe('dying', () => crashContract(adapter));
}

describe('the queue on SQLite', () => {
  const adapter = sqliteAdapter();
  afterAll(adapter.remove);
  contract(adapter);
});

describeWithPostgres('the queue on PostgreSQL', () => {
  const adapter = postgresAdapter();
  beforeAll(adapter.start);
  afterAll(adapter.remove);
  contract(adapter);
});
