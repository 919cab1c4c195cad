/**
 * A value that is made when somebody first asks for it, and then kept. It keeps big documents cheap: a part that
 * nobody looks at costs nothing.
 *
 * @example const size = lazy(() => expensive()); size(); size(); // made once
 */
export function lazy<Value>(make: () => Value): () => Value {
	let made: { readonly value: Value } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}
