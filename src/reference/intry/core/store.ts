import { randomUUID } from "node:crypto";
import type { Row, Sql } from "../../database/database.ts";
import { selectPart, type Window } from "../../database/select-part.ts";
import type { Kind, Plural } from "./kinds.ts";

/** A thing as the API shows it. */
export type Item = Readonly<Record<string, unknown>> & { readonly id: string };

/** Field → value, as a request sends it. */
export type Values = Readonly<Record<string, unknown>>;

/** What a list is asked for. */
export interface Question extends Window {
	readonly conditions: readonly Condition[];
	/** A column. */
	readonly order: string;
	readonly descending: boolean;
}

export interface Condition {
	/** The query parameter. */
	readonly parameter: string;
	readonly field: string;
	readonly compares: "=" | ">=" | "<=";
	readonly value: string | number;
}

export interface Part {
	readonly items: readonly Item[];
	readonly total: number;
}

/** What one environment remembers. Each function is one statement, so it happens as a whole or not at all. */
export interface Store {
	/** Fails with a foreign key violation when the owner is missing, and with a unique violation; so does `update`. */
	create(kind: Kind, values: Values): Promise<Item>;
	list(kind: Kind, question: Question): Promise<Part>;
	get(kind: Kind, id: string): Promise<Item | undefined>;
	/** Changes the fields that are sent. */
	update(kind: Kind, id: string, values: Values): Promise<Item | undefined>;
	/** With all that goes with it; false when there is no such thing. */
	remove(kind: Kind, id: string): Promise<boolean>;
}

/** Where each kind of an environment is kept, as SQL. */
export type Tables = (plural: Plural) => string;

/** @param clock milliseconds since 1970 */
export function createStore(sql: Sql, tables: Tables, clock: () => number): Store {
	return {
		create: async (kind, values) => {
			const fields = Object.keys(kind.fields);
			const times = fields.filter((name) => kind.fields[name]?.isTime === true);
			const names = [...fields, ...times.map(timeColumn)];
			const texts = fields.map((name) => values[name] ?? kind.fields[name]?.fallback ?? null);
			const held = [...texts, ...times.map((name) => new Date(String(values[name])))];
			const places = held.map((_, index) => `$${index + 3}`);
			const [row] = await sql.query(
				`insert into ${tables(kind.plural)} (id, created_at, updated_at, ${names.join(", ")})
				values ($1, $2, $2, ${places.join(", ")}) returning *`,
				[randomUUID(), new Date(clock()), ...held],
			);
			return show(kind, row ?? {});
		},
		list: async (kind, { conditions, order, descending, ...window }) => {
			const way = descending ? "desc" : "asc";
			const tests = conditions.map(
				({ field, compares }, index) => `${comparable(kind, field)} ${compares} $${index + 1}`,
			);
			const { rows, total } = await selectPart(
				sql,
				{
					columns: "*",
					from: `${tables(kind.plural)} where ${["true", ...tests].join(" and ")}`,
					values: conditions.map(({ field, value }) => (isTime(kind, field) ? new Date(String(value)) : value)),
					order: `${sortable(kind, order)} ${way}, serial ${way}`,
				},
				window,
			);
			return { items: rows.map((row) => show(kind, row)), total };
		},
		get: async (kind, id) => {
			const [row] = await sql.query(`select * from ${tables(kind.plural)} where id = $1`, [id]);
			return row === undefined ? undefined : show(kind, row);
		},
		update: async (kind, id, values) => {
			const names = Object.keys(kind.fields).filter((name) => Object.hasOwn(values, name));
			const changes = names.map((name, index) => `${name} = $${index + 3}`);
			const [row] = await sql.query(
				`update ${tables(kind.plural)} set ${["updated_at = $2", ...changes].join(", ")} where id = $1 returning *`,
				[id, new Date(clock()), ...names.map((name) => values[name])],
			);
			return row === undefined ? undefined : show(kind, row);
		},
		remove: async (kind, id) => {
			const gone = await sql.query(`delete from ${tables(kind.plural)} where id = $1 returning id`, [id]);
			return gone.length > 0;
		},
	};
}

/** A time is kept as it was sent, and beside it as what it means: the database knows fewer offsets than RFC 3339. */
function timeColumn(field: string): string {
	return `${field}_time`;
}

function isTime({ fields }: Kind, name: string): boolean {
	return fields[name]?.isTime === true;
}

function comparable(kind: Kind, name: string): string {
	return isTime(kind, name) ? timeColumn(name) : name;
}

/** Texts by their characters' numbers, whatever the locale of the database. */
function sortable(kind: Kind, column: string): string {
	if (isTime(kind, column)) return timeColumn(column);
	return kind.fields[column]?.schema.type === "string" ? `${column} collate "C"` : column;
}

function show({ fields }: Kind, row: Row): Item {
	const names = ["id", ...Object.keys(fields), "created_at", "updated_at"];
	const shown = names.map((name) => [name, row[name] instanceof Date ? row[name].toISOString() : row[name]]);
	return Object.fromEntries(shown) as Item;
}
