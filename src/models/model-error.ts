const WAY_OUT = 'Restore it with "git checkout -- models" or install again.';

/** A model that cannot be used: which file, what is wrong with it, and the way out. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(
    /** The file at fault. */
    readonly file: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`Model file ${file} ${problem}. ${WAY_OUT}`, options);
  }

  /** The same error again, after its text crossed a thread. */
  static fromMessage(file: string, message: string): ModelError {
    const error = new ModelError(file, '');
    error.message = message;
    return error;
  }
}
