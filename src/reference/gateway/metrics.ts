import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What is counted, and its text for Prometheus. */
export interface Metrics {
	readonly contentType: string;
	answered(answer: Answered): void;
	called(result: "accepted" | "refused" | "limited" | "no-capacity"): void;
	render(): Promise<string>;
}

interface Answered {
	readonly method: string;
	/** The route with its braces, or `unmatched`, so that callers cannot make up new time series. */
	readonly route: string;
	readonly status: number;
	readonly durationMs: number;
}

export interface MetricsOptions {
	readonly isStoreReady: () => boolean;
	/** Also measures the process: memory, event loop, garbage collection. It cannot be undone, so once per process. */
	readonly process: boolean;
}

/** Upper bounds in seconds: most requests take well under a millisecond. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5];

export function createMetrics(options: MetricsOptions): Metrics {
	const registry = new Registry();
	const registers = [registry];
	if (options.process) collectDefaultMetrics({ register: registry });
	const requests = new Counter({
		name: "gateway_requests_total",
		help: "Answers by method, route and status.",
		labelNames: ["method", "route", "status"],
		registers,
	});
	const durations = new Histogram({
		name: "gateway_request_duration_seconds",
		help: "Time from request to answer.",
		labelNames: ["method", "route"],
		buckets: BUCKETS,
		registers,
	});
	const calls = new Counter({
		name: "gateway_calls_total",
		help: "Outbound calls by result.",
		labelNames: ["result"],
		registers,
	});
	new Gauge({
		name: "gateway_store_ready",
		help: "1 while the storage can be reached.",
		registers,
		collect() {
			this.set(options.isStoreReady() ? 1 : 0);
		},
	});
	return {
		contentType: registry.contentType,
		answered: ({ method, route, status, durationMs }) => {
			requests.inc({ method, route, status });
			durations.observe({ method, route }, durationMs / 1000);
		},
		called: (result) => calls.inc({ result }),
		render: () => registry.metrics(),
	};
}
