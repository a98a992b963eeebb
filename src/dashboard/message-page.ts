import { html } from 'hono/html';
import { layout, type Markup } from './layout.js';

/** A page with one thing to say: what happened, then what to do, a paragraph each. */
export function messagePage(message: {
  readonly title: string;
  readonly text: readonly string[];
  /** Where to go next. */
  readonly link?: { readonly href: string; readonly text: string };
}): Markup {
  const { title, text, link } = message;
  return layout({
    title,
    width: 'narrow',
    content: html`<h1>${title}</h1>
${text.map((paragraph) => html`<p>${paragraph}</p>`)}
${link ? html`<p><a class="button" href="${link.href}">${link.text}</a></p>` : ''}`,
  });
}
