/** Where lines go: `process.stdout` or `process.stderr`. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress {
  /** Prints a line above the progress. */
  line(text: string): void;
  /** Changes the text beside the spinner. */
  update(text: string): void;
  /** Takes the progress away. */
  end(): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const ERASE = '\r\u001b[2K';

/** A spinner with a text on the last line of a terminal; only the lines anywhere else. */
export function startProgress(output: Output): Progress {
  if (output.isTTY !== true) {
    return {
      line(text) {
        output.write(`${text}\n`);
      },
      update() {},
      end() {},
    };
  }
  let text = '';
  let frame = 0;
  const draw = (): void => {
    output.write(`${ERASE}${FRAMES[frame % FRAMES.length]} ${text}`);
  };
  const timer = setInterval(() => {
    frame += 1;
    draw();
  }, 100);
  return {
    line(line) {
      output.write(`${ERASE}${line}\n`);
      draw();
    },
    update(next) {
      text = next;
      draw();
    },
    end() {
      clearInterval(timer);
      output.write(ERASE);
    },
  };
}
