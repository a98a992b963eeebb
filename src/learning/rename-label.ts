import type { Head } from './head.js';

/**
 * A head that knows a label under another name. One that it knows under that name already is gone from
 * GitHub: it gets a name that no label has, and is never proposed again.
 */
export function renameInHead(head: Head, from: string, to: string): Head {
  const gone = `${to} (deleted before ${from} was renamed)`;
  const renamed = (name: string) => (name === from ? to : name === to ? gone : name);
  const knows = (name: string) => head.labels.some((label) => label.name === name);
  if (!knows(from)) return head;
  return {
    ...head,
    labels: head.labels.map((label) => {
      const name = renamed(label.name);
      return name === gone
        ? { ...label, name, threshold: null, offBecause: 'the label was deleted' }
        : { ...label, name };
    }),
    exclusive: head.exclusive.map((group) => group.map(renamed)),
    leftOut: head.leftOut.filter(({ name }) => name !== to),
    groups: head.groups.map((group) => ({ ...group, labels: group.labels.map(renamed) })),
  };
}
