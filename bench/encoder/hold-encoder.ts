/** Loads the encoder, classifies 20 texts and prints the resident megabytes of this process. */
import { startEncoder } from '../../src/models/start-encoder.js';

const workerUrl = new URL('../../dist/models/encoder-worker.js', import.meta.url);
const encoder = await startEncoder({ workerUrl });
for (let i = 0; i < 20; i++) {
  await encoder.classify('It crashes when I open it. '.repeat(60));
}
console.log(process.memoryUsage.rss() / 1e6);
await encoder.close();
