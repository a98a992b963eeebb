import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Keys whose values never reach a log line, at the depths log objects have here. */
const SECRET_KEYS = [
  'privateKey',
  'webhookSecret',
  'password',
  'dashboardPassword',
  'token',
  'authorization',
  'secret',
  'client_secret',
  'pem',
];

/**
 * What a secret looks like inside free text: tokens, JWTs, PEM blocks, passwords in addresses.
 * Bounded where a text made for it would otherwise take quadratic time.
 */
const SECRET_TEXT =
  /gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,}|eyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|(?<=:\/\/[^\s:@/]{1,64}:)[^\s@/]{1,256}(?=@)/g;

/**
 * A JSON logger that redacts secrets by key and by shape.
 *
 * @param destination where lines go; standard output when left out
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: '[redacted]',
    },
    hooks: { streamWrite: redactText },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Replaces anything that looks like a secret in a text. */
export function redactText(text: string): string {
  return text.replace(SECRET_TEXT, '[redacted]');
}
