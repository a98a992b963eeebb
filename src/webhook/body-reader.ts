/** Why a body was not read whole. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  constructor(
    readonly status: 400 | 413 | 503,
    message: string,
  ) {
    super(message);
  }
}

/** A body that is being read. */
interface Part {
  readonly chunks: Uint8Array[];
  bytes: number;
  giveUp: () => void;
}

/**
 * Reads bodies within a common budget. Anyone can send bodies, and only a whole one shows who signed it:
 * when together they take too much memory, the largest is given up, so that those of few bytes always pass,
 * however many others dribble in.
 */
export class BodyReader {
  readonly #reading = new Set<Part>();
  #held = 0;

  /**
   * @param maxBytes of one body
   * @param budgetBytes of all that are being read; at least `maxBytes`
   */
  constructor(
    readonly maxBytes: number,
    readonly budgetBytes: number,
  ) {}

  /**
   * @throws {BodyError} when it is too large, breaks off, or was given up for others
   */
  async read(request: Request): Promise<string> {
    if (Number(request.headers.get('content-length')) > this.maxBytes) throw this.#tooLarge();
    if (request.body === null) return '';
    const part: Part = { chunks: [], bytes: 0, giveUp: () => undefined };
    const givenUp = new Promise<never>((_, reject) => {
      part.giveUp = () =>
        reject(new BodyError(503, 'Too many large bodies at once; send it again.'));
    });
    givenUp.catch(() => undefined);
    this.#reading.add(part);
    const reader = request.body.getReader();
    try {
      for (;;) {
        const { done, value } = await Promise.race([givenUp, reader.read()]);
        if (!this.#reading.has(part)) continue;
        if (done) return Buffer.concat(part.chunks).toString();
        this.#hold(part, value);
      }
    } catch (error) {
      if (error instanceof BodyError) throw error;
      throw new BodyError(400, 'The body did not arrive.');
    } finally {
      this.#release(part);
    }
  }

  #hold(part: Part, chunk: Uint8Array): void {
    part.chunks.push(chunk);
    part.bytes += chunk.length;
    this.#held += chunk.length;
    if (part.bytes > this.maxBytes) throw this.#tooLarge();
    while (this.#held > this.budgetBytes) {
      const largest = [...this.#reading].reduce((a, b) => (b.bytes > a.bytes ? b : a));
      this.#release(largest);
      largest.giveUp();
    }
  }

  #release(part: Part): void {
    if (!this.#reading.delete(part)) return;
    this.#held -= part.bytes;
    part.chunks.length = 0;
  }

  #tooLarge(): BodyError {
    return new BodyError(413, `The body is larger than ${this.maxBytes / 1024 / 1024} MB.`);
  }
}
