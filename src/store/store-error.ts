/** Why a store could not be opened or used; stable, for messages and exit codes. */
export type StoreErrorCode =
  | 'bad-url'
  | 'unreachable'
  | 'missing'
  | 'not-writable'
  | 'corrupt'
  | 'busy'
  | 'migration'
  | 'failed';

/** A database problem told to a person. The message never holds the password of the URL. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The driver's error code (`SQLITE_BUSY`, `28P01`, `ECONNREFUSED`); empty when there is none. */
export function driverCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
