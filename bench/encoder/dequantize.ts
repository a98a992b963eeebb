import protobuf from 'protobufjs/minimal.js';

const { Reader, Writer } = protobuf;

/**
 * Writes the fp32 twin of a dynamically quantized ONNX model: the same graph with the same weights,
 * multiplied in floating point. It serves to compare speed where the fp32 export is not at hand.
 *
 * Each `MatMulInteger(quantize(a), W)` with its cast and scale becomes `MatMul(a, W)`, where
 * W = (W_quantized − zero point) · scale, per column. Field numbers are those of `onnx.proto`.
 *
 * @throws {Error} when a weight has no scale: the model was not quantized dynamically
 */
export function dequantize(model: Uint8Array): Uint8Array {
  return rewrite(model, { [MODEL.graph]: dequantizeGraph });
}

const MODEL = { graph: 7 } as const;
const GRAPH = { node: 1, initializer: 5, valueInfo: 13 } as const;
const NODE = { input: 1, output: 2, opType: 4 } as const;
const TENSOR = { dims: 1, dataType: 2, floatData: 4, int32Data: 5, name: 8, rawData: 9 } as const;
const FLOAT = 1;
const SIGNED_BYTE = 3;
const LENGTH_DELIMITED = 2;

interface OnnxNode {
  readonly inputs: string[];
  readonly outputs: string[];
  readonly opType: string;
}

interface WeightParts {
  readonly columns: number;
  readonly values: Uint8Array | Int8Array | Float32Array;
}

function dequantizeGraph(graph: Uint8Array): Uint8Array {
  const nodes = all(graph, GRAPH.node).map(readNode);
  const tensors = new Map(all(graph, GRAPH.initializer).map(readTensor));
  const quantizedFrom = new Map(
    nodes
      .filter((node) => node.opType === 'DynamicQuantizeLinear')
      .map((node) => [node.outputs[0], node.inputs[0] ?? '']),
  );
  const products = nodes.filter((node) => node.opType === 'MatMulInteger');
  const weights = new Map(products.map((node) => [node.inputs[1], node.inputs[3]]));
  const casts = new Set(
    nodes
      .filter((node) => node.opType === 'Cast')
      .filter((node) => products.some((product) => product.outputs[0] === node.inputs[0]))
      .map((node) => node.outputs[0]),
  );

  return rewrite(graph, {
    [GRAPH.valueInfo]: () => null,
    [GRAPH.node]: (bytes) => {
      const { opType, inputs, outputs } = readNode(bytes);
      const [first = '', second = ''] = inputs;
      if (opType === 'MatMulInteger') {
        return writeNode('MatMul', [quantizedFrom.get(first) ?? first, second], outputs);
      }
      const isScaling = opType === 'Mul' && (casts.has(first) || casts.has(second));
      return isScaling
        ? writeNode('Identity', [casts.has(first) ? first : second], outputs)
        : bytes;
    },
    [GRAPH.initializer]: (bytes) => {
      const [name, tensor] = readTensor(bytes);
      if (!weights.has(name)) {
        return bytes;
      }
      const scale = tensors.get(name.replace(/_quantized$/, '_scale'));
      const zeroPoint = tensors.get(weights.get(name) ?? '');
      if (!scale || !zeroPoint) {
        throw new Error(`The weight ${name} has no scale: not a dynamically quantized model`);
      }
      return writeWeight(bytes, tensor, scale, zeroPoint);
    },
  });
}

function writeWeight(
  bytes: Uint8Array,
  quantized: WeightParts,
  scale: WeightParts,
  zeroPoint: WeightParts,
): Uint8Array {
  const at = (part: WeightParts, column: number): number =>
    Number(part.values.length === 1 ? part.values[0] : part.values[column]);
  const floats = Float32Array.from(quantized.values, (value, i) => {
    const column = i % quantized.columns;
    return (value - at(zeroPoint, column)) * at(scale, column);
  });
  const raw = new Uint8Array(floats.buffer);
  return rewrite(bytes, {
    [TENSOR.dataType]: () => FLOAT,
    [TENSOR.rawData]: () => raw,
  });
}

function readNode(bytes: Uint8Array): OnnxNode {
  const texts = (field: number) => all(bytes, field).map((text) => Buffer.from(text).toString());
  return {
    inputs: texts(NODE.input),
    outputs: texts(NODE.output),
    opType: texts(NODE.opType)[0] ?? '',
  };
}

function writeNode(opType: string, inputs: string[], outputs: string[]): Uint8Array {
  const writer = Writer.create();
  for (const input of inputs) writer.uint32((NODE.input << 3) | 2).string(input);
  for (const output of outputs) writer.uint32((NODE.output << 3) | 2).string(output);
  return writer
    .uint32((NODE.opType << 3) | 2)
    .string(opType)
    .finish();
}

/** Name and values of an 8-bit or float tensor, however they are stored. */
function readTensor(bytes: Uint8Array): [string, WeightParts] {
  const name = Buffer.from(all(bytes, TENSOR.name)[0] ?? []).toString();
  const raw = all(bytes, TENSOR.rawData)[0];
  const floats = all(bytes, TENSOR.floatData)[0];
  const packed = all(bytes, TENSOR.int32Data)[0];
  const columns = Number(numbers(bytes, TENSOR.dims).at(-1) ?? 1);
  const [type] = numbers(bytes, TENSOR.dataType);
  const floatBytes = floats ?? (type === FLOAT ? raw : undefined);
  if (floatBytes) {
    return [name, { columns, values: new Float32Array(Uint8Array.from(floatBytes).buffer) }];
  }
  const whole = raw ?? Uint8Array.from(unpack(packed ?? new Uint8Array()));
  return [name, { columns, values: type === SIGNED_BYTE ? Int8Array.from(whole) : whole }];
}

function unpack(bytes: Uint8Array): number[] {
  const reader = Reader.create(bytes);
  const values: number[] = [];
  while (reader.pos < reader.len) values.push(reader.int32());
  return values;
}

/** All length-delimited values of one field. */
function all(message: Uint8Array, field: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  rewrite(message, {
    [field]: (bytes) => {
      found.push(bytes);
      return bytes;
    },
  });
  return found;
}

/** All varint values of one field, packed or not. */
function numbers(message: Uint8Array, field: number): number[] {
  const reader = Reader.create(message);
  const found: number[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 !== field) {
      reader.skipType(tag & 7);
    } else if ((tag & 7) === 2) {
      found.push(...unpack(reader.bytes()));
    } else {
      found.push(Number(reader.int64()));
    }
  }
  return found;
}

type Change = (bytes: Uint8Array) => Uint8Array | number | null;

/** Copies a message; named fields go through a function: bytes or a number stay, null drops. */
function rewrite(message: Uint8Array, changes: Readonly<Record<number, Change>>): Uint8Array {
  const reader = Reader.create(message);
  const parts: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    const content = reader.pos;
    reader.skipType(tag & 7);
    const change = changes[tag >>> 3];
    if (!change) {
      parts.push(message.subarray(start, reader.pos));
      continue;
    }
    const raw = message.subarray(content, reader.pos);
    const value = change((tag & 7) === LENGTH_DELIMITED ? Reader.create(raw).bytes() : raw);
    if (value !== null) {
      const writer = Writer.create().uint32(tag);
      const written = typeof value === 'number' ? writer.uint32(value) : writer.bytes(value);
      parts.push(written.finish());
    }
  }
  return Buffer.concat(parts);
}
