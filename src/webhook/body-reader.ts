/** Why a body was not read whole: what to answer. */
export interface Unread {
  readonly status: 400 | 413 | 503;
  readonly error: string;
}

/** A body that is being read. */
interface Part {
  readonly chunks: Uint8Array[];
  bytes: number;
  giveUp: () => void;
}

const BROKEN_OFF: Unread = { status: 400, error: 'The body did not arrive.' };
const GIVEN_UP: Unread = { status: 503, error: 'Too many large bodies at once; send it again.' };

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

  /** The body's text, or why there is none: it is too large, breaks off, or was given up for others. */
  async read(request: Request): Promise<string | Unread> {
    const tooLarge: Unread = {
      status: 413,
      error: `The body is larger than ${this.maxBytes / 1024 / 1024} MB.`,
    };
    if (Number(request.headers.get('content-length')) > this.maxBytes) return tooLarge;
    if (request.body === null) return '';
    const part: Part = { chunks: [], bytes: 0, giveUp: () => undefined };
    const givenUp = new Promise<Unread>((resolve) => {
      part.giveUp = () => resolve(GIVEN_UP);
    });
    this.#reading.add(part);
    const reader = request.body.getReader();
    try {
      for (;;) {
        const piece = await Promise.race([givenUp, reader.read().catch(() => BROKEN_OFF)]);
        if ('status' in piece) return piece;
        if (!this.#reading.has(part)) continue;
        if (piece.done) return Buffer.concat(part.chunks).toString();
        if (part.bytes + piece.value.length > this.maxBytes) return tooLarge;
        this.#hold(part, piece.value);
      }
    } finally {
      this.#release(part);
    }
  }

  #hold(part: Part, chunk: Uint8Array): void {
    part.chunks.push(chunk);
    part.bytes += chunk.length;
    this.#held += chunk.length;
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
}
