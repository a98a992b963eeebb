import { describe, expect, it } from 'vitest';
import { routeDelivery } from '../../src/handlers/table.js';

const label = (action: string, changes: object = {}) => ({
  action,
  installation: { id: 7 },
  repository: { full_name: 'Octo/Widgets' },
  pull_request: { number: 5, updated_at: '2026-01-01T00:00:00Z' },
  label: { name: 'area: api' },
  sender: { login: 'ada', type: 'User' },
  ...changes,
});

describe('a label of a pull request', () => {
  it.each(['labeled', 'unlabeled'])('that a person set is looked at: %s', (action) => {
    expect(routeDelivery('pull_request', label(action))).toEqual({
      event: `pull_request.${action}`,
      key: 'octo/widgets#5',
    });
  });

  it.each([
    { login: 'helper', type: 'Bot' },
    { login: 'helper[bot]', type: 'User' },
  ])('that a bot set teaches nothing: %j', (sender) => {
    expect(routeDelivery('pull_request', label('labeled', { sender }))).toBeNull();
  });

  it('that nobody is known to have set teaches nothing', () => {
    const sender = undefined;
    expect(routeDelivery('pull_request', label('unlabeled', { sender }))).toBeNull();
  });
});
