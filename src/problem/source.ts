/**
 * Where a part of a document stands: the file it was read from and the JSON Pointer (RFC 6901) inside it.
 * The line is found only when somebody asks (`Contract.locate`), because most sources are never shown.
 *
 * @example { file: "spec/gateway/openapi.yaml", pointer: "/paths/~1metrics/get" }
 */
export interface Source {
	readonly file: string;
	readonly pointer: string;
}

/** A place that a person can open: lines and columns count from 1. */
export interface Place {
	readonly file: string;
	readonly line?: number;
	readonly column?: number;
	readonly pointer?: string;
}
