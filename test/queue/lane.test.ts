import { expect, it } from 'vitest';
import { issueKey } from '../../src/handlers/issue-event.js';
import { learningKey } from '../../src/handlers/own-event.js';
import { laneOf } from '../../src/queue/lane.js';

it('has learning in the background, and issues beside it', () => {
  expect(laneOf(learningKey('Octo/Widgets'))).toBe('background');
  expect(laneOf(issueKey('octo/learning', 7))).toBe('foreground');
});
