import pico from 'picocolors';

/** Terminal colours, or functions that leave the text alone. */
export function colours(enabled: boolean): ReturnType<typeof pico.createColors> {
  return pico.createColors(enabled);
}

/** Colour only where a terminal shows it and nobody asked for none (https://no-color.org). */
export function wantsColour(
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return isTTY && env.TERM !== 'dumb';
}
