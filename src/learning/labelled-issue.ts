/** An issue or pull request with the labels that are its truth: what a repository's head learns from. */
export interface LabelledIssue {
  readonly title: string;
  readonly body: string | null;
  /** The labels people gave it, as GitHub spells them; empty: looked at and left without one. */
  readonly labels: readonly string[];
  /**
   * Labels it bears that nobody whose word counts is known to have put there, such as those of bots,
   * of templates or of Sentinel itself: neither true nor false.
   */
  readonly unsure?: readonly string[];
  /** ISO 8601; learning and judging go by this order. */
  readonly createdAt: string;
  /** GitHub's `author_association`, such as `NONE` or `MEMBER`, where it is known. */
  readonly authorAssociation?: string | undefined;
  /** Of a pull request, the files it changes: they are read in place of its body. */
  readonly paths?: readonly string[];
}

/** What the encoder says of an issue's prepared text; cached by text and model version. */
export interface IssueEncoding {
  /** One per class of the encoder, in its manifest's order. */
  readonly logits: readonly number[];
  /** Unit length. */
  readonly embedding: Float32Array;
}

/** An issue with its encoding: one row to learn from or to judge on. */
export interface Example {
  readonly issue: LabelledIssue;
  /** What the encoder read of it. */
  readonly text: string;
  readonly encoding: IssueEncoding;
  /**
   * True when the encoder itself was trained on this issue: it is far too sure of it, so such a row
   * is learned from but counts in no figure, calibration or threshold.
   */
  readonly seen: boolean;
}
