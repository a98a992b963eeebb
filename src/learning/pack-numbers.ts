import { endianness } from 'node:os';

/** Numbers as base64 of little-endian 32-bit floats. */
export function packFloats(values: Float64Array | Float32Array): string {
  return pack(Float32Array.from(values));
}

/** Whole numbers below 2^32 as base64, little-endian. */
export function packIntegers(values: Uint32Array): string {
  return pack(values);
}

export function unpackFloats(packed: string): Float32Array {
  return new Float32Array(unpack(packed));
}

export function unpackIntegers(packed: string): Uint32Array {
  return new Uint32Array(unpack(packed));
}

function pack(values: Float32Array | Uint32Array): string {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return inOrder(Buffer.from(bytes)).toString('base64');
}

function unpack(packed: string): ArrayBuffer {
  const bytes = inOrder(Buffer.from(packed, 'base64'));
  return Uint8Array.from(bytes).buffer;
}

function inOrder(bytes: Buffer): Buffer {
  return endianness() === 'LE' ? bytes : bytes.swap32();
}
