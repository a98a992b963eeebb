import type { Head } from './head.js';

/** A head that knows a label under another name. */
export function renameInHead(head: Head, from: string, to: string): Head {
  const renamed = (name: string) => (name === from ? to : name);
  return {
    ...head,
    labels: head.labels.map((label) => ({ ...label, name: renamed(label.name) })),
    exclusive: head.exclusive.map((group) => group.map(renamed)),
    leftOut: head.leftOut.map((label) => ({ ...label, name: renamed(label.name) })),
    groups: head.groups.map((group) => ({ ...group, labels: group.labels.map(renamed) })),
  };
}
